// The dates of a coverage, named fields in Availity's JSON, as X12 date qualifiers (DTP01) so that every wire reads alike.
import type { AnswerDate } from '../../domain/eligibility/answer.ts';
import { dateAt } from '../json.ts';

/** Begin and end of one period. "Coverage" is no qualifier of the 271: it is read as the plan's period. */
const periods = [
  ['eligibilityStartDate', 'eligibilityEndDate', '307'],
  ['coverageStartDate', 'coverageEndDate', '291'],
  ['benefitBeginDate', 'benefitEndDate', '292'],
] as const;

const days = [
  ['planStartDate', '346'],
  ['planEndDate', '347'],
  ['planEnrollmentDate', '382'],
  ['policyEffectiveDate', '539'],
  ['policyExpirationDate', '540'],
  ['premiumPaidToBeginDate', '342'],
  ['premiumPaidToEndDate', '343'],
  ['cobraStartDate', '340'],
  ['cobraEndDate', '341'],
  ['serviceDate', '472'],
] as const;

/** All dates that `holder` (a plan, a benefit, one statement) names. `path` is where it stands. */
export function datesOf(holder: unknown, path: string): AnswerDate[] {
  const spans = periods.flatMap(([begin, end, qualifier]) => {
    const [from, to] = [dateAt(holder, begin), dateAt(holder, end)];
    return from === null && to === null
      ? []
      : [{ qualifier, from, to, source: `${path}.${from === null ? end : begin}` }];
  });
  const single = days.flatMap(([field, qualifier]) => {
    const from = dateAt(holder, field);
    return from === null ? [] : [{ qualifier, from, to: null, source: `${path}.${field}` }];
  });
  return [...spans, ...single];
}
