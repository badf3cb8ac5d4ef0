// The parts a rule may need besides the claim: what they are called, and whether a case has them.
import type { ScrubCase } from './case.ts';

interface Part {
  /** How a person is told that it is missing. */
  readonly words: string;
  readonly has: (scrubbed: ScrubCase) => boolean;
}

/** By the name a rule's `needs` calls it. */
export const parts: Readonly<Record<string, Part>> = {
  chart: { words: 'the chart', has: ({ chart }) => chart !== null },
  'chart.visits': { words: "the chart's visits", has: ({ chart }) => (chart?.visits ?? null) !== null },
  'chart.authorizations': {
    words: "the chart's authorizations",
    has: ({ chart }) => (chart?.authorizations ?? null) !== null,
  },
  'chart.planOfCare': { words: "the chart's plan of care", has: ({ chart }) => (chart?.planOfCare ?? null) !== null },
  'chart.therapySpend': {
    words: "the chart's therapy spend of the year",
    has: ({ chart }) => (chart?.therapySpend ?? null) !== null,
  },
  'tables.ptp': { words: 'a table of NCCI edits', has: ({ tables }) => tables.ptp.length > 0 },
  'tables.mue': { words: 'a table of MUEs', has: ({ tables }) => tables.mue.length > 0 },
  'tables.fees': { words: 'a table of fee schedule indicators', has: ({ tables }) => tables.fees.length > 0 },
};
