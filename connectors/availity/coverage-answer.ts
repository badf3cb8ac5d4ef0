// Availity's Coverage as the one form every wire is read into: each plan is an answer of its own, nothing of it is chosen or dropped.
import type { AnswerDate, EligibilityAnswer, PersonAnswer, Reject } from '../../domain/eligibility/answer.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { at, dateAt, isObject, listAt, textAt } from '../json.ts';
import { benefitsOf, planNameOf } from './coverage-benefits.ts';
import { datesOf } from './coverage-dates.ts';

/** AAA03 has two characters; any other code in a message is Availity's own and tells nothing of the payer. */
function isRejectCode(code: string): boolean {
  return /^(\d{2}|T\d)$/.test(code);
}

function whose(field: string | null, role: PersonAnswer['role']): Reject['at'] {
  const name = field?.toLowerCase() ?? '';
  if (/^(requesting)?(provider|submitter)/.test(name)) return 'receiver';
  if (name.startsWith('subscriber')) return 'subscriber';
  return /^(patient|member|group|medicaid)/.test(name) ? role : 'source';
}

/** The payer's refusals (AAA) among field errors: `validationMessages` of a coverage, `errors` of a refused call. */
export function rejectsIn(json: unknown, list: 'validationMessages' | 'errors', role: PersonAnswer['role']): Reject[] {
  return listAt(json, list).flatMap((message, index) => {
    const code = textAt(message, 'code');
    if (code === null || !isRejectCode(code)) return [];
    return [{ at: whose(textAt(message, 'field'), role), code, followUp: null, source: `${list}[${index}]` }];
  });
}

/** `2026-11-21T17:26:19.000+0000` as an instant; a date alone stays one. Null for anything else. */
function instantAt(value: unknown, key: string): string | null {
  const text = textAt(value, key);
  if (text === null) return null;
  const parsed = /T/.test(text) ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : Number.NaN;
  return Number.isNaN(parsed) ? dateAt(value, key) : new Date(parsed).toISOString();
}

function roleIn(json: unknown, asked: EligibilityRequest): PersonAnswer['role'] {
  const relationship = textAt(at(json, 'patient'), 'subscriberRelationshipCode');
  if (relationship !== null) return relationship === '18' ? 'subscriber' : 'dependent';
  return asked.dependent === null ? 'subscriber' : 'dependent';
}

function personIn(json: unknown, role: PersonAnswer['role'], dates: readonly AnswerDate[]): PersonAnswer {
  const patient = at(json, 'patient');
  const subscriber = at(json, 'subscriber');
  const person = role === 'subscriber' && !isObject(patient) ? subscriber : patient;
  const either = (key: string): string | null =>
    textAt(person, key) ?? (role === 'subscriber' ? textAt(subscriber, key) : null);
  return {
    role,
    trace: null,
    name: { given: either('firstName'), family: either('lastName') },
    memberId: textAt(patient, 'memberId') ?? textAt(subscriber, 'memberId'),
    groupNumber: null,
    planName: null,
    birthDate: dateAt(person, 'birthDate') ?? (role === 'subscriber' ? dateAt(subscriber, 'birthDate') : null),
    dates,
    benefits: [],
    rejects: [],
    source: isObject(patient) ? 'patient' : 'subscriber',
  };
}

function payerIn(json: unknown, people: readonly PersonAnswer[]): EligibilityAnswer['payer'] {
  const payer = at(json, 'payer');
  const entities = people.flatMap(({ benefits }) => benefits.flatMap((benefit) => benefit.entities));
  return {
    id: textAt(payer, 'responsePayerId') ?? textAt(payer, 'payerId'),
    name: textAt(payer, 'responseName') ?? textAt(payer, 'name'),
    contacts: entities.find(({ role, contacts }) => role === 'PR' && contacts.length > 0)?.contacts ?? [],
  };
}

/**
 * Reads a Coverage. One entry in `people` for each plan: a member with two plans has two, each with its own dates and group; a member
 * without any plan has one without statements. `asked` tells who was asked about where the answer does not.
 */
export function toEligibilityAnswer(json: unknown, asked: EligibilityRequest): EligibilityAnswer {
  const role = roleIn(json, asked);
  const all = rejectsIn(json, 'validationMessages', role);
  const personal = all.filter((reject) => reject.at === 'subscriber' || reject.at === 'dependent');
  const plans = listAt(json, 'plans').filter(isObject);
  const people = plans.map((plan, index) => ({
    ...personIn(json, role, datesOf(plan, `plans[${index}]`)),
    groupNumber: textAt(plan, 'groupNumber'),
    planName: planNameOf(plan),
    benefits: benefitsOf(plan, `plans[${index}]`),
    rejects: index === 0 ? personal : [],
    source: `plans[${index}]`,
  }));
  const known = people.length > 0 ? people : [{ ...personIn(json, role, []), rejects: personal }];
  const whole = all.filter((reject) => !personal.includes(reject));
  return {
    wire: 'availity.coverage',
    asOf: instantAt(json, 'updatedDate') ?? instantAt(json, 'createdDate'),
    payer: payerIn(json, known),
    people: people.length === 0 && whole.length > 0 && personal.length === 0 ? [] : known,
    rejects: whole,
  };
}

/** The answer that a refused call is when the payer's own codes stand in it; null when only Availity spoke. */
export function toRefusedAnswer(json: unknown, asked: EligibilityRequest): EligibilityAnswer | null {
  const role = asked.dependent === null ? 'subscriber' : 'dependent';
  const all = rejectsIn(json, 'errors', role);
  if (all.length === 0) return null;
  const personal = all.filter((reject) => reject.at === 'subscriber' || reject.at === 'dependent');
  return {
    wire: 'availity.coverage',
    asOf: null,
    payer: { id: asked.payer.id, name: asked.payer.name, contacts: [] },
    people: personal.length === 0 ? [] : [{ ...personIn({}, role, []), rejects: personal }],
    rejects: all.filter((reject) => !personal.includes(reject)),
  };
}
