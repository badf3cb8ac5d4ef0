// A transaction set as a tree of loops, and the few ways of looking into one.
import type { Fault } from './findings.ts';
import type { Frame } from './loop-walker.ts';
import { LoopWalker } from './loop-walker.ts';
import type { Grammar, Loop, LoopRule, Tree } from './loops.ts';
import type { KeptSegment, TransactionSet } from './transaction-set.ts';

interface GrowingLoop extends Loop {
  readonly segments: KeptSegment[];
  readonly loops: GrowingLoop[];
}

/**
 * Puts every segment into its loop; a level stands below its parent, though it come before it. What the grammar has no place
 * for is in `strays`, what is wrong in `faults`; never throws.
 */
export function treeOf(set: TransactionSet, grammar: Grammar): Tree {
  const head: KeptSegment[] = [];
  const tail: KeptSegment[] = [];
  const strays: KeptSegment[] = [];
  const loops: GrowingLoop[] = [];
  const faults: Fault[] = [];
  const grown = new Map<Frame, GrowingLoop>();
  const first = set.segments[0];
  const walker = new LoopWalker(grammar, first?.place ?? { segment: 0, offset: 0 });
  for (const segment of parentsFirst(set.segments, grammar)) {
    const step = walker.next(segment, segment.place);
    faults.push(...step.faults);
    const { frame } = step;
    if (frame === null) strays.push(segment);
    else if (frame.rule === null) (step.tail ? tail : head).push(segment);
    else grow(frame, frame.rule).segments.push(segment);
  }
  faults.push(...walker.end());
  return { set, head, tail, loops, strays, faults };

  function grow(frame: Frame, rule: LoopRule): GrowingLoop {
    const known = grown.get(frame);
    if (known !== undefined) return known;
    const loop: GrowingLoop = { id: rule.id, rule, segments: [], loops: [] };
    grown.set(frame, loop);
    const { parent } = frame;
    const siblings = parent === null || parent.rule === null ? loops : grow(parent, parent.rule).loops;
    siblings.push(loop);
    return loop;
  }
}

/** A hierarchical level: HL and what follows up to the next. */
interface Level {
  readonly index: number;
  readonly parent: string;
  readonly segments: readonly KeptSegment[];
}

/**
 * The segments with every level behind the one it names as its parent (HL02): of levels with one number the last before it,
 * else the first after it. Where a parent is missing or a cycle, the order of the file.
 */
function parentsFirst(segments: readonly KeptSegment[], grammar: Grammar): readonly KeptSegment[] {
  if (!namesLaterLevel(segments)) return segments;
  const first = segments.findIndex(({ id }) => id === 'HL');
  const tail = segments.findLastIndex(({ id }) => grammar.tail.every((rule) => rule.id !== id)) + 1;
  const starts = [...segments.keys()].filter((index) => segments[index]?.id === 'HL');
  const levels = new Map<string, Level[]>();
  const inFile = starts.map((start, index): Level => {
    const level = segments[start];
    const own = segments.slice(start, starts[index + 1] ?? tail);
    const block = { index, parent: level?.element(2) ?? '', segments: own };
    const id = level?.element(1) ?? '';
    const same = levels.get(id);
    if (same === undefined) levels.set(id, [block]);
    else same.push(block);
    return block;
  });
  const parentOf = ({ index, parent }: Level): Level | undefined => {
    const named = levels.get(parent) ?? [];
    return named.findLast((level) => level.index < index) ?? named.find((level) => level.index > index);
  };
  const ordered = new Set<Level>();
  for (const level of inFile) {
    const path: Level[] = [];
    const seen = new Set<Level>();
    let above: Level | undefined = level;
    while (above !== undefined && !ordered.has(above) && !seen.has(above)) {
      path.push(above);
      seen.add(above);
      above = parentOf(above);
    }
    const isCycle = above !== undefined && seen.has(above);
    // Of levels that are each other's parents none can come first.
    if (isCycle) path.sort((a, b) => b.index - a.index);
    for (const one of path.reverse()) ordered.add(one);
  }
  return [...segments.slice(0, first), ...[...ordered].flatMap((level) => level.segments), ...segments.slice(tail)];
}

function namesLaterLevel(segments: readonly KeptSegment[]): boolean {
  const seen = new Set<string>();
  const awaited = new Set<string>();
  for (const segment of segments) {
    if (segment.id !== 'HL') continue;
    const [id, parent] = [segment.element(1), segment.element(2)];
    if (awaited.has(id)) return true;
    seen.add(id);
    if (parent !== '' && !seen.has(parent)) awaited.add(parent);
  }
  return false;
}

/** The loops of one kind directly below. */
export function loopsOf(parent: Loop | Tree, id: string): readonly Loop[] {
  return parent.loops.filter((loop) => loop.id === id);
}

/** The first loop of one kind directly below. */
export function loopOf(parent: Loop | Tree, id: string): Loop | undefined {
  return parent.loops.find((loop) => loop.id === id);
}

/** The segments of a loop with this id, and where codes are given with one of them in that element (1 by default). */
export function segmentsOf(loop: Loop, id: string, codes?: readonly string[], element = 1): readonly KeptSegment[] {
  return loop.segments.filter(
    (segment) => segment.id === id && (codes === undefined || codes.includes(segment.element(element))),
  );
}

/** A loop wherever it stands, with the loops above it, the innermost first. */
export interface Found {
  readonly loop: Loop;
  readonly above: readonly Loop[];
}

/** Every loop of these kinds at any depth: where levels above it are missing, it stands higher than it should. */
export function allLoops(tree: Tree, ...ids: readonly string[]): Found[] {
  const found: Found[] = [];
  const seek = (loops: readonly Loop[], above: readonly Loop[]) => {
    for (const loop of loops) {
      if (ids.includes(loop.id)) found.push({ loop, above });
      seek(loop.loops, [loop, ...above]);
    }
  };
  seek(tree.loops, []);
  return found;
}

/** The first such segment. */
export function segmentOf(loop: Loop, id: string, codes?: readonly string[], element = 1): KeptSegment | undefined {
  return segmentsOf(loop, id, codes, element)[0];
}
