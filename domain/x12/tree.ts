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

/** Puts every segment into its loop. What the grammar has no place for is in `strays`, what is wrong in `faults`; never throws. */
export function treeOf(set: TransactionSet, grammar: Grammar): Tree {
  const head: KeptSegment[] = [];
  const tail: KeptSegment[] = [];
  const strays: KeptSegment[] = [];
  const loops: GrowingLoop[] = [];
  const faults: Fault[] = [];
  const grown = new Map<Frame, GrowingLoop>();
  const first = set.segments[0];
  const walker = new LoopWalker(grammar, first?.place ?? { segment: 0, offset: 0 });
  for (const segment of set.segments) {
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

/** The first such segment. */
export function segmentOf(loop: Loop, id: string, codes?: readonly string[], element = 1): KeptSegment | undefined {
  return segmentsOf(loop, id, codes, element)[0];
}
