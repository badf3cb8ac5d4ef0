// Patients written into Luma Health: made once, changed without losing what else stands there.
import type { ConnectorContext, Inquiry, Outcome, Sending } from '../connector.ts';
import { at, isObject, textAt } from '../json.ts';
import { isFailure } from '../rest/answer.ts';
import { getFromLuma } from './client.ts';
import { readLumaHealthConfig } from './config.ts';
import { beforeEffect, findAtLuma, markOf, writeToLuma } from './effects.ts';
import type { LumaRecord } from './effects.ts';
import { given, kept, standsThere } from './standing.ts';
import type { Json } from './standing.ts';

export interface PatientFields {
  readonly given: string;
  readonly family: string;
  /** YYYY-MM-DD. */
  readonly birthDate: string | null;
  readonly gender: 'female' | 'male' | 'other' | 'unknown';
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: {
    readonly line: string;
    readonly city: string;
    readonly state: string;
    readonly postalCode: string;
  } | null;
}

export interface PatientCreation {
  readonly patient: PatientFields;
  /** The permit's key. */
  readonly key: string;
}

export interface PatientUpdate {
  readonly patientId: string;
  /** Only what changes. */
  readonly changes: Partial<PatientFields>;
}

const genders = { female: 'female', male: 'male', other: 'nonbinary', unknown: 'unknown' } as const;

function birthOf(date: string, firstMonth: number): Json {
  const [year, month, day] = date.split('-').map(Number);
  return { year, month: (month ?? 1) - 1 + firstMonth, day };
}

/** The fields as Luma names them; only those that are given. A contact that changes takes the place of those of its kind. */
function patientBody(context: ConnectorContext, fields: Partial<PatientFields>, before: unknown): Json {
  const { birthMonthStartsAt } = readLumaHealthConfig(context.config);
  const contacts: unknown = at(before, 'contact');
  const known = Array.isArray(contacts) ? contacts.filter(isObject) : [];
  const changed = (type: string, value: string | null | undefined): Json[] =>
    value === undefined || value === null ? [] : [{ type, value, active: true }];
  const kept = known.filter(
    ({ type }) => !(type === 'sms' && fields.phone !== undefined) && !(type === 'email' && fields.email !== undefined),
  );
  const names = { ...nameOf(before), ...given(fields.given, (name) => ({ firstname: name })), ...given(fields.family, (name) => ({ lastname: name })) }; // prettier-ignore
  return {
    ...names,
    name: `${names.firstname} ${names.lastname}`.trim(),
    ...given(fields.birthDate, (date) => (date === null ? {} : { dateOfBirth: birthOf(date, birthMonthStartsAt) })),
    ...given(fields.gender, (gender) => ({ gender: genders[gender] })),
    ...given(fields.address, (address) =>
      address === null
        ? {}
        : { address: address.line, city: address.city, state: address.state, postcode: address.postalCode },
    ),
    contact: [...kept, ...changed('sms', fields.phone), ...changed('email', fields.email)],
  };
}

function nameOf(before: unknown): { firstname: string; lastname: string } {
  return { firstname: textAt(before, 'firstname') ?? '', lastname: textAt(before, 'lastname') ?? '' };
}

/** A new patient is one whom Luma may contact until somebody says otherwise: whether we may, the clinic's consent decides. */
export function createPatient(
  context: ConnectorContext,
  { patient, key }: PatientCreation,
): Promise<Outcome<LumaRecord>> {
  const body = patientBody(context, patient, {});
  const fixed = { type: 'patient', doNotContact: false, active: 1, country: 'US', secondaryExternalId: markOf(key) };
  return writeToLuma(context, 'POST', '/patients', { ...body, ...fixed });
}

/** Whether a record is this person: names and birth date. */
function isPerson(context: ConnectorContext, item: unknown, patient: PatientFields): boolean {
  const wanted = patientBody(context, patient, {});
  const same = (one: string | null, other: string | null): boolean =>
    (one ?? '').trim().toLowerCase() === (other ?? '').trim().toLowerCase();
  const born = wanted['dateOfBirth'];
  return (
    same(textAt(item, 'firstname'), textAt(wanted, 'firstname')) &&
    same(textAt(item, 'lastname'), textAt(wanted, 'lastname')) &&
    ['year', 'month', 'day'].every((part) => textAt(at(item, 'dateOfBirth'), part) === textAt(born, part))
  );
}

export function findPatient(
  context: ConnectorContext,
  { patient, key }: PatientCreation,
  sending?: Sending,
): Promise<Inquiry<LumaRecord>> {
  return findAtLuma(
    context,
    'patients',
    { firstname: patient.given, lastname: patient.family },
    { key, markedBy: 'secondaryExternalId', sending, isAlike: (item) => isPerson(context, item, patient) },
  );
}

/** What Luma takes of a patient, so that an update sends it back whole: whether a PUT leaves out fields as they are is not told. */
const patientMembers = [
  'type',
  'doNotContact',
  'active',
  'country',
  'gender',
  'firstname',
  'lastname',
  'middlename',
  'dateOfBirth',
  'email',
  'language',
  'address',
  'city',
  'state',
  'postcode',
  'externalId',
  'secondaryExternalId',
] as const;

export async function updatePatient(
  context: ConnectorContext,
  { patientId, changes }: PatientUpdate,
): Promise<Outcome<LumaRecord>> {
  const path = `/patients/${encodeURIComponent(patientId)}`;
  const before = await getFromLuma(context, path);
  if (isFailure(before)) return beforeEffect(before);
  const body = { ...kept(before.json, patientMembers), ...patientBody(context, changes, before.json) };
  return writeToLuma(context, 'PUT', path, body);
}

export function findPatientUpdate(
  context: ConnectorContext,
  { patientId, changes }: PatientUpdate,
): Promise<Inquiry<LumaRecord>> {
  const path = `/patients/${encodeURIComponent(patientId)}`;
  return standsThere(context, path, patientId, (json) => patientBody(context, changes, json));
}
