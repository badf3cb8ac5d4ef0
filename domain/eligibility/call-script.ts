// What to ask a payer on the phone: exactly what is unknown and needed, in the order of a real call, and what becomes of the answers.
import type { JSONSchema } from 'json-schema-to-ts';
import { isDate } from '../calendar.ts';
import { GaitError } from '../errors.ts';
import type { Confidence, Field, FieldKind, FieldName, FieldSet, Known } from './fields.ts';
import { benefitYears, fieldSet, fieldTable, isFieldName, isKnown, isSame, limitPeriods } from './fields.ts';
import type { UnjudgedSummary } from './flags.ts';
import { contradictionFlags } from './flags.ts';
import type { BenefitSummary, Question } from './summary-schema.ts';
import { valueSchema } from './summary-schema.ts';

/** The answers by field; null and absent: the payer could not say either. */
export type CallAnswers = Readonly<Record<string, unknown>>;

/** Who called, when (an instant) and the payer's number of the call. `confidence`: how sure the caller is; medium where not given. */
export interface Call {
  readonly by: string;
  readonly at: string;
  readonly reference: string | null;
  readonly confidence?: Confidence;
}

interface Line {
  readonly field: FieldName;
  readonly ask: (summary: UnjudgedSummary) => string;
  /** Whether somebody needs the answer, given what is known. */
  readonly isNeeded: (set: FieldSet) => boolean;
  readonly isEssential: boolean;
}

/** In the order of a call: who is covered, what it costs, how much there is, what must come first. */
const lines: readonly Line[] = [
  line('active', ({ serviceDate }) => `Is the coverage active on ${serviceDate}?`, true),
  line('clinicInNetwork', () => "Is our clinic in this plan's network?", false),
  line('therapyCovered', ({ serviceName }) => `Does the plan cover outpatient ${serviceName}?`, true),
  line('deductibleCents', () => 'What is the individual deductible?', false),
  line('deductibleLeftCents', () => 'How much of the deductible is left?', true),
  line(
    'copayCents',
    () => 'What is the copay for a visit?',
    true,
    ({ coinsurance }) => !isKnown(coinsurance),
  ),
  line(
    'coinsurance',
    () => 'What coinsurance does the patient pay?',
    true,
    ({ copayCents }) => !isKnown(copayCents),
  ),
  line('outOfPocketLeftCents', () => 'How much is left until the out-of-pocket maximum?', false),
  line(
    'visitsAllowed',
    ({ serviceName }) => `How many ${serviceName} visits does the plan allow?`,
    true,
    hasNoOtherLimit,
  ),
  line('visitsLeft', () => 'How many visits are left?', true, hasNoOtherLimit),
  line('unitsAllowed', () => 'Is there a limit in units?', false, hasNoLimit),
  line(
    'unitsLeft',
    () => 'How many units are left?',
    true,
    ({ unitsAllowed }) => isKnown(unitsAllowed),
  ),
  line('dollarCapCents', () => 'Is there a limit in dollars?', false, hasNoLimit),
  line(
    'dollarLeftCents',
    () => 'How much of the dollar limit is left?',
    true,
    ({ dollarCapCents }) => isKnown(dollarCapCents),
  ),
  line('benefitYear', () => 'Do the benefits run by the calendar year, or by which other year?', false),
  line('benefitYearResets', () => 'When does the benefit year start anew?', false),
  line(
    'pooledWith',
    ({ serviceName }) => `Which other services share the limit with ${serviceName}?`,
    false,
    mayHaveLimit,
  ),
  line(
    'deductibleVisitsCount',
    () => 'Do visits that go to the deductible count toward the limit?',
    false,
    mayHaveLimit,
  ),
  line('authorizationRequired', ({ serviceName }) => `Is an authorization required for ${serviceName}?`, true),
  line('referralRequired', () => 'Is a referral or an order required?', false),
];

function line(field: FieldName, ask: Line['ask'], isEssential: boolean, isNeeded: Line['isNeeded'] = () => true): Line {
  return { field, ask, isEssential, isNeeded };
}

function isUnlimited({ visitsAllowed }: FieldSet): boolean {
  return isKnown(visitsAllowed) && visitsAllowed.value === 'unlimited';
}

/** Visits are asked for unless the plan counts in something else. */
function hasNoOtherLimit(set: FieldSet): boolean {
  if (isUnlimited(set)) return false;
  return isKnown(set.visitsAllowed) || (!isKnown(set.unitsAllowed) && !isKnown(set.dollarCapCents));
}

function hasNoLimit(set: FieldSet): boolean {
  return ![set.visitsAllowed, set.unitsAllowed, set.dollarCapCents].some((limit) => isKnown<unknown>(limit));
}

function mayHaveLimit(set: FieldSet): boolean {
  return !isUnlimited(set);
}

const closing: readonly Question[] = [
  { field: 'answeredBy', ask: 'Who am I speaking with?', essential: false },
  { field: 'calledOn', ask: 'The day of the call', essential: false },
  { field: 'reference', ask: 'What is the reference number of this call?', essential: false },
];

/** What holds for this clinic: the set of its network, or where that is not known whatever one of the two sets knows. */
export function setOfClinic({ clinicInNetwork, inNetwork, outOfNetwork }: UnjudgedSummary): FieldSet {
  if (isKnown(clinicInNetwork)) return clinicInNetwork.value ? inNetwork : outOfNetwork;
  return fieldSet((name) => (isKnown<unknown>(inNetwork[name]) ? inNetwork[name] : outOfNetwork[name]));
}

/** The unknown fields that somebody needs, in the order of a call. None where nothing is covered: then no benefit is to be asked about. */
export function openFields(summary: UnjudgedSummary): FieldName[] {
  const set = setOfClinic(summary);
  const isNothingCovered = [set.active, set.therapyCovered].some((field) => isKnown(field) && !field.value);
  if (isNothingCovered) return [];
  return lines
    .filter(({ field, isNeeded }) => !isKnown<unknown>(set[field]) && isNeeded(set))
    .map(({ field }) => field);
}

/** The questions for exactly the open fields; who answered, the day and the reference number last. Empty where nothing is open. */
export function callScriptOf(summary: UnjudgedSummary): Question[] {
  const open = openFields(summary);
  if (open.length === 0) return [];
  const questions = lines
    .filter(({ field }) => open.includes(field))
    .map(({ field, ask, isEssential }) => ({ field, ask: ask(summary), essential: isEssential }));
  return [...questions, ...closing];
}

/** JSON Schema of the form for a script: null for what the payer could not say. */
export function callFormSchema(script: readonly Question[]): JSONSchema {
  const properties = Object.fromEntries(
    script.map(({ field, ask }): [string, JSONSchema] => {
      if (isFieldName(field))
        return [field, { title: ask, anyOf: [{ type: 'null' }, valueSchema(fieldTable[field].kind)] }];
      return [
        field,
        field === 'calledOn' ? { title: ask, type: 'string', format: 'date' } : { title: ask, type: 'string' },
      ];
    }),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    properties,
  };
}

/**
 * The summary with what the payer said on the phone. An unknown field becomes known with the source `call`. A known value stays,
 * and where the call says something else both are kept and the flag `contradiction` is raised.
 * @throws GaitError `input.invalid` for a field there is none of, or a value of another kind; names the field
 */
export function completeByCall(summary: BenefitSummary, answers: CallAnswers, call: Call): BenefitSummary {
  const said = new Map<FieldName, Known<unknown>>();
  for (const [name, value] of Object.entries(answers)) {
    if (value === null || value === undefined) continue;
    if (!isFieldName(name)) throw new GaitError('input.invalid', 'There is no such field.', { where: name });
    if (!fitsKind(fieldTable[name].kind, value))
      throw new GaitError('input.invalid', 'The answer is of another kind.', {
        where: name,
        fix: fieldTable[name].words,
      });
    said.set(name, spoken(value, call));
  }
  const complete = (set: FieldSet): FieldSet =>
    fieldSet((name) => {
      const answer = said.get(name);
      return answer === undefined ? set[name] : together(set[name], answer);
    });
  const { inNetwork, outOfNetwork } = summary;
  const isInside = isInNetwork(summary, answers);
  const completed = {
    ...summary,
    ...complete(summary),
    inNetwork: isInside === false ? inNetwork : complete(inNetwork),
    outOfNetwork: isInside === true ? outOfNetwork : complete(outOfNetwork),
    calls: [...summary.calls, { by: call.by, at: call.at, reference: call.reference }],
  };
  const kept = summary.flags.filter(({ code }) => code !== 'contradiction');
  return { ...completed, flags: [...kept, ...contradictionFlags(completed)], callScript: callScriptOf(completed) };
}

function isInNetwork({ clinicInNetwork }: BenefitSummary, answers: CallAnswers): boolean | null {
  if (isKnown(clinicInNetwork)) return clinicInNetwork.value;
  const answer = answers['clinicInNetwork'];
  return typeof answer === 'boolean' ? answer : null;
}

function spoken(value: unknown, { at, reference, confidence = 'medium' }: Call): Known<unknown> {
  const why =
    reference === null ? 'the payer said it on the phone' : `the payer said it on the phone, call ${reference}`;
  return { value, source: 'call', asOf: at, confidence, why };
}

function together(known: Field<unknown>, answer: Known<unknown>): Field<unknown> {
  if (!isKnown(known)) return answer;
  return isSame(known.value, answer.value) ? known : { ...known, contradictedBy: answer };
}

function fitsKind(kind: FieldKind, value: unknown): boolean {
  switch (kind) {
    case 'yesNo':
      return typeof value === 'boolean';
    case 'cents':
      return Number.isSafeInteger(value) && Number(value) >= 0;
    case 'share':
      return isNumber(value) && value <= 1;
    case 'count':
      return isNumber(value);
    case 'limit':
      return value === 'unlimited' || isNumber(value);
    case 'text':
      return typeof value === 'string' && value.trim() !== '';
    case 'date':
      return typeof value === 'string' && isDate(value);
    case 'serviceTypes':
      return Array.isArray(value) && value.every((type) => typeof type === 'string' && /^[0-9A-Z]{1,2}$/.test(type));
    case 'year':
      return benefitYears.some((year) => year === value);
    case 'period':
      return limitPeriods.some((period) => period === value);
    case 'frequency':
      return false;
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** Every field a call may ask about, in its order. */
export const askedFields: readonly FieldName[] = lines.map(({ field }) => field);
