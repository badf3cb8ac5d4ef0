// Summaries straight from the segments of a 271, for the tests.
import { subscriberWith } from '../../x12/testing/eligibility-samples.ts';
import { readEligibilityResponse } from '../../x12/readers/eligibility-response.ts';
import { setsIn } from '../../x12/testing/sets.ts';
import type { EligibilityAnswer } from '../answer.ts';
import type { Field } from '../fields.ts';
import { isKnown } from '../fields.ts';
import type { SummaryOptions } from '../summary.ts';
import { summarise } from '../summary.ts';
import type { BenefitSummary } from '../summary-schema.ts';
import { defaultSettings } from '../../../rules/testing/eligibility-book.ts';

export const options: SummaryOptions = {
  service: 'PT',
  serviceDate: '2026-06-15',
  now: '2026-06-01T17:00:00.000Z',
  settings: defaultSettings,
};

export function answerIn(text: string): EligibilityAnswer {
  const [set] = setsIn(text);
  if (set === undefined) throw new Error('the sample holds no transaction set');
  return readEligibilityResponse(set).answer;
}

/** The summaries of one subscriber of whom the payer says this. */
export function summariesOf(...statements: readonly string[]): BenefitSummary[] {
  return summarise(answerIn(subscriberWith(...statements)), options);
}

/** The one summary of such a subscriber. */
export function summaryOf(...statements: readonly string[]): BenefitSummary {
  const [summary, ...more] = summariesOf(...statements);
  if (summary === undefined || more.length > 0) throw new Error(`${more.length + 1} summaries, one was expected`);
  return summary;
}

/** A field's value, or `unknown` with the reason. */
export function told(field: Field<unknown>): unknown {
  return isKnown(field) ? field.value : `unknown: ${field.why}`;
}
