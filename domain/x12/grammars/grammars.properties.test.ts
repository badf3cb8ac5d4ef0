// What must hold of every grammar: whatever it allows is read as it was written.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Grammar } from '../loops.ts';
import type { Delimiters, LoopShape, Shape, TreeShape } from '../testing/grammar-arbitrary.ts';
import { delimiters, flat, shapeOf, textOf, treeOver } from '../testing/grammar-arbitrary.ts';
import { setsIn } from '../testing/sets.ts';
import { treeOf } from '../tree.ts';
import { grammars } from './all.ts';

const named = grammars.map((grammar): [string, Grammar] => [`${grammar.type} ${grammar.guide}`, grammar]);

function treeIn(grammar: Grammar, text: string) {
  const [set] = setsIn(text);
  if (set === undefined) throw new Error('no transaction set was written');
  return treeOf(set, grammar);
}

function reread(grammar: Grammar, segments: readonly Shape[], by: Delimiters): TreeShape {
  const tree = treeIn(grammar, textOf(grammar, segments, by));
  expect({ faults: tree.faults, strays: tree.strays }).toEqual({ faults: [], strays: [] });
  return shapeOf(tree, by);
}

test.each(named)('%s: any tree, written and read, is the same tree without a fault', (_name, grammar) => {
  fc.assert(
    fc.property(treeOver(grammar), delimiters, delimiters, (tree, by, other) => {
      const once = reread(grammar, flat(tree), by);
      expect(once).toEqual(tree);
      expect(textOf(grammar, flat(once), by)).toBe(textOf(grammar, flat(tree), by));
      expect(reread(grammar, flat(once), other)).toEqual(once);
    }),
    { numRuns: 60 },
  );
});

const hierarchical = named.filter(([, { loops }]) => loops.some((loop) => loop.segments[0].id === 'HL'));

/** Levels with what follows each, up to the next: HL tells where they belong, whatever their order. */
function levelsOf(segments: readonly Shape[]): { before: Shape[]; levels: Shape[][] } {
  const before: Shape[] = [];
  const levels: Shape[][] = [];
  for (const segment of segments) {
    if (segment[0] === 'HL') levels.push([segment]);
    else (levels.at(-1) ?? before).push(segment);
  }
  return { before, levels };
}

/** Loops of one parent in the order of their numbers: which came first in the file does not matter. */
function sorted(loops: readonly LoopShape[]): LoopShape[] {
  const number = ({ segments }: LoopShape) => (segments[0]?.[0] === 'HL' ? Number(segments[0][1]) : 0);
  return loops.map((loop) => ({ ...loop, loops: sorted(loop.loops) })).toSorted((a, b) => number(a) - number(b));
}

test.each(hierarchical)('%s: levels in any order stand below their parents', (_name, grammar) => {
  const anyOrder = treeOver(grammar).chain((tree) => {
    const { before, levels } = levelsOf(flat(tree));
    return fc.tuple(
      fc.constant(tree),
      fc.constant(before),
      fc.shuffledSubarray(levels, { minLength: levels.length, maxLength: levels.length }),
    );
  });
  fc.assert(
    fc.property(anyOrder, delimiters, ([tree, before, levels], by) => {
      const read = reread(grammar, [...before, ...levels.flat()], by);
      expect(sorted(read.loops)).toEqual(sorted(tree.loops));
    }),
    { numRuns: 60 },
  );
});
