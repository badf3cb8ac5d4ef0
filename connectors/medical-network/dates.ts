// Dates of the Medical Network: `YYYYMMDD` or a period of two, under names that stand for X12 date qualifiers (DTP01).
import type { AnswerDate } from '../../domain/eligibility/answer.ts';
import { dateAt, isObject, listAt, textAt } from '../json.ts';

/** DTP01 in the 271 (005010X279A1) by the vendor's name; both spellings of the premium date are on the wire. */
const qualifiers: Readonly<Record<string, string>> = {
  discharge: '096',
  issue: '102',
  effectiveDateOfChange: '152',
  periodStart: '193',
  periodEnd: '194',
  completion: '198',
  coordinationOfBenefits: '290',
  plan: '291',
  benefit: '292',
  primaryCareProvider: '295',
  latestVisitOrConsultation: '304',
  eligibility: '307',
  added: '318',
  cobraBegin: '340',
  cobraEnd: '341',
  premiumPaidtoDateBegin: '342',
  premiumPaidToDateBegin: '342',
  premiumPaidToDateEnd: '343',
  planBegin: '346',
  planEnd: '347',
  benefitBegin: '348',
  benefitEnd: '349',
  eligibilityBegin: '356',
  eligibilityEnd: '357',
  enrollment: '382',
  admission: '435',
  dateOfDeath: '442',
  certification: '458',
  service: '472',
  policyEffective: '539',
  policyExpiration: '540',
  dateOfLastUpdate: '636',
  status: '771',
};

/** `2026-01-31` as `20260131`. */
export function wireDate(date: string): string {
  return date.replaceAll('-', '');
}

/** A day or a period under `name`; null where there is neither. */
export function periodAt(value: unknown, name: string): { from: string | null; to: string | null } | null {
  const [first = '', last = ''] = (textAt(value, name) ?? '').split(/(?<=^\d{8})-(?=\d{8}$)/);
  const from = dateAt({ first }, 'first');
  const to = dateAt({ last }, 'last');
  return from === null && to === null ? null : { from, to };
}

/** The dates of an object of named dates. A name without a qualifier, or a text that is no date, is left to the raw answer. */
export function datesOf(value: unknown, source: string): AnswerDate[] {
  if (!isObject(value)) return [];
  return Object.entries(qualifiers)
    .flatMap(([name, qualifier]) => {
      const period = periodAt(value, name);
      return period === null ? [] : [{ qualifier, ...period, source: `${source}.${name}` }];
    })
    .concat(repeated(value, 'discharges', '096', source), repeated(value, 'admissions', '435', source));
}

/** Dates a payer gave more than once come as lists of `{date}` or `{startDate, endDate}`. */
function repeated(value: unknown, name: string, qualifier: string, source: string): AnswerDate[] {
  return listAt(value, name).flatMap((one, index) => {
    const from = dateAt(one, 'date') ?? dateAt(one, 'startDate');
    return from === null
      ? []
      : [{ qualifier, from, to: dateAt(one, 'endDate'), source: `${source}.${name}[${index}]` }];
  });
}
