// What the rules of a grammar say of a segment, of each other and of a loop.
import type { LoopRule, SegmentRule } from './loops.ts';

/** What the walker asks of a segment; it keeps none. */
export interface WalkedSegment {
  readonly id: string;
  element(element: number): string;
}

/** @param id the segment's, which is read once: a segment may have to work it out */
export function matches({ id: own, when }: SegmentRule, id: string, segment: WalkedSegment): boolean {
  if (id !== own) return false;
  return when === undefined || when.values.includes(segment.element(when.element).trim());
}

/**
 * Whether a rule stands before the one that came last. Uses of one segment that follow each other in a guide share one
 * position of the standard and come in any order: a rendering provider before a referring one, one date before another.
 */
export function isBefore<T>(rules: readonly T[], index: number, last: number, idOf: (rule: T) => string): boolean {
  const own = rules[index];
  if (own === undefined) return false;
  for (let at = index + 1; at <= last; at++) {
    const other = rules[at];
    if (other !== undefined && idOf(other) !== idOf(own)) return true;
  }
  return false;
}

export function ownId({ id }: SegmentRule): string {
  return id;
}

export function firstId({ segments }: LoopRule): string {
  return segments[0].id;
}

/** A missing SE has its own finding. */
export function lacks({ id, min }: SegmentRule | LoopRule, count = 0): boolean {
  return count < min && id !== 'SE';
}

export function ruleName({ id, when }: SegmentRule): string {
  return when === undefined ? id : `${id}*${when.values.join('|')}`;
}

export function isLevel(rule: LoopRule | null): boolean {
  return rule?.segments[0].id === 'HL';
}

export function levelOf(loops: readonly LoopRule[], code: string): LoopRule | null {
  return loops.find((rule) => isLevel(rule) && (rule.segments[0].when?.values.includes(code) ?? false)) ?? null;
}

export function anyLevel(loops: readonly LoopRule[], code: string): LoopRule | null {
  const own = levelOf(loops, code);
  if (own !== null) return own;
  for (const { loops: inner } of loops) {
    const found = anyLevel(inner, code);
    if (found !== null) return found;
  }
  return null;
}
