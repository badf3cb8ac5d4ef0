// The shorthand grammars are written in.
import type { SegmentRule } from '../loops.ts';

/** A segment that may come. `max` null: any number. */
export function may(id: string, max: number | null = 1, codes?: readonly string[], element = 1): SegmentRule {
  return codes === undefined ? { id, min: 0, max } : { id, min: 0, max, when: { element, values: codes } };
}

/** A segment that must come. */
export function must(id: string, max: number | null = 1, codes?: readonly string[], element = 1): SegmentRule {
  return { ...may(id, max, codes, element), min: 1 };
}

/** A hierarchical level by its HL03. */
export function level(code: string): SegmentRule {
  return must('HL', 1, [code], 3);
}
