// The parts a rule may need besides the claim: what they are called, and whether a case has them.
import type { ScrubCase } from './case.ts';

interface Part {
  /** How a person is told that it is missing. */
  readonly why: string;
  readonly has: (scrubbed: ScrubCase) => boolean;
}

/** By the name a rule's `needs` calls it. */
export const parts: Readonly<Record<string, Part>> = {
  chart: { why: 'There is no chart at hand.', has: ({ chart }) => chart !== null },
  'chart.visits': {
    why: 'The chart does not tell its visits.',
    has: ({ chart }) => (chart?.visits ?? null) !== null,
  },
  'chart.authorizations': {
    why: 'The chart does not tell its authorizations.',
    has: ({ chart }) => (chart?.authorizations ?? null) !== null,
  },
  'chart.planOfCare': {
    why: 'The chart does not tell its plan of care.',
    has: ({ chart }) => (chart?.planOfCare ?? null) !== null,
  },
  'chart.therapySpend': {
    why: 'The chart does not tell what Medicare has allowed in the year.',
    has: ({ chart }) => (chart?.therapySpend ?? null) !== null,
  },
  'tables.ptp': { why: 'There is no table of NCCI edits.', has: ({ tables }) => tables.ptp.length > 0 },
  'tables.mue': { why: 'There is no table of MUEs.', has: ({ tables }) => tables.mue.length > 0 },
  'tables.fees': { why: 'There is no table of fee schedule indicators.', has: ({ tables }) => tables.fees.length > 0 },
};

/** The first part a rule lacks; a part of the chart is not asked for where there is no chart. */
export function missingPart(
  { parts: needed }: { readonly parts: readonly string[] },
  scrubbed: ScrubCase,
): { readonly name: string; readonly why: string } | null {
  const lacking = needed.find((name) => parts[name]?.has(scrubbed) === false);
  if (lacking === undefined) return null;
  const name = lacking.startsWith('chart.') && scrubbed.chart === null ? 'chart' : lacking;
  return { name, why: parts[name]?.why ?? '' };
}
