// The facts every context has: who pays, which claim it is, and the day on which it is checked.
import type { ScrubCase } from './case.ts';
import type { FactsOf } from './facts.ts';

export const sharedFacts = {
  asOf: { type: 'date', about: 'the day on which the claim is checked' },
  payer: { type: 'text', about: "the payer's id, of the profile or the claim" },
  lineOfBusiness: { type: 'text', about: 'medicare, medicareAdvantage, medicaid, commercial …; null: not told' },
  state: { type: 'text', about: 'where the service was given, two letters' },
  filingCode: { type: 'text', about: 'SBR09 of the claim' },
  frequency: { type: 'text', about: '1 original, 7 replacement, 8 void' },
  hasChart: { type: 'truth', about: 'whether there is a chart at hand' },
} as const;

export function sharedFactsOf({
  asOf,
  payerId,
  lineOfBusiness,
  state,
  claim,
  chart,
}: ScrubCase): FactsOf<typeof sharedFacts> {
  const { filingCode, frequency } = claim;
  return { asOf, payer: payerId, lineOfBusiness, state, filingCode, frequency, hasChart: chart !== null };
}

export const sharedNames: readonly (keyof typeof sharedFacts)[] = [
  'asOf',
  'payer',
  'lineOfBusiness',
  'state',
  'filingCode',
  'frequency',
  'hasChart',
];
