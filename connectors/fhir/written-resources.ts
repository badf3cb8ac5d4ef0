// What Gait writes into a PT system as FHIR resources: a patient, a signed note, an appointment; and a change to a patient's record.
import type { Patient } from '../../domain/patient/schema.ts';
import { isObject, listAt, textAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { NoteRow } from '../pt-records/rows.ts';

export interface Identifier {
  readonly system: string;
  readonly value: string;
}

export type PatientDetails = Pick<Patient, 'name' | 'birthDate' | 'gender' | 'contact' | 'address'>;

export interface NewPatient {
  readonly patient: PatientDetails;
  readonly identifier: Identifier;
}

/** Null leaves what stands there. `version` is the one the change was decided on; null: whichever stands there. */
export interface PatientChange {
  readonly id: string;
  readonly version: string | null;
  readonly patient: PatientDetails;
}

/** A note that was signed. Ids are those of the endpoint; `signedAt` is ISO UTC. */
export interface NewDocument {
  readonly identifier: Identifier;
  readonly patientId: string;
  readonly authorId: string | null;
  readonly encounterId: string | null;
  readonly kind: NoteRow['kind'];
  readonly title: string;
  readonly text: string;
  readonly signedAt: string;
}

/** `startsAt` and `endsAt` are ISO UTC. */
export interface NewAppointment {
  readonly identifier: Identifier;
  readonly patientId: string;
  readonly practitionerId: string | null;
  readonly type: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
}

const loinc = 'http://loinc.org';
const documentTypes: Readonly<Partial<Record<NoteRow['kind'], string>>> = {
  evaluation: '18735-1',
  daily: '28579-1',
  progress: '11508-9',
  discharge: '18842-5',
};

function addressOf(address: PatientDetails['address']): JsonObject {
  if (address === null) return {};
  const { line, city, state, postalCode } = address;
  return { line: [line], city, state, postalCode };
}

export function patientResource({ patient, identifier }: NewPatient): JsonObject {
  const { name, birthDate, gender, contact, address } = patient;
  const ways = [
    ...(contact.phone === null ? [] : [{ system: 'phone', value: contact.phone }]),
    ...(contact.email === null ? [] : [{ system: 'email', value: contact.email }]),
  ];
  return {
    resourceType: 'Patient',
    identifier: [identifier],
    active: true,
    name: [{ use: 'official', family: name.family, given: [name.given] }],
    ...(ways.length === 0 ? {} : { telecom: ways }),
    gender,
    ...(birthDate === null ? {} : { birthDate }),
    ...(address === null ? {} : { address: [{ use: 'home', ...addressOf(address) }] }),
  };
}

/** The list with the first entry that is `meant` changed, or a new one behind the others. */
function changed(
  list: readonly unknown[],
  meant: (one: unknown) => boolean,
  change: (one: JsonObject) => JsonObject,
): unknown[] {
  const at = list.findIndex((one) => isObject(one) && meant(one));
  if (at === -1) return [...list, change({})];
  return list.map((one, index) => (index === at && isObject(one) ? change(one) : one));
}

function isUse(one: unknown, use: string): boolean {
  return textAt(one, 'use') === use;
}

function namesWith(current: JsonObject, { given, family }: Patient['name']): unknown[] {
  const names = listAt(current, 'name');
  const official = names.some((one) => isUse(one, 'official'));
  const inForce = (one: unknown): boolean => !isUse(one, 'old') && !isUse(one, 'maiden');
  return changed(names, official ? (one) => isUse(one, 'official') : inForce, ({ text: _text, ...one }) => ({
    ...one,
    family,
    given: [given, ...listAt(one, 'given').slice(1)],
  }));
}

function waysWith(current: JsonObject, contact: Patient['contact']): unknown[] {
  return (['phone', 'email'] as const).reduce<unknown[]>(
    (ways, system) => {
      const value = contact[system];
      if (value === null || ways.some((one) => textAt(one, 'system') === system && textAt(one, 'value') === value))
        return ways;
      const meant = (one: unknown): boolean => textAt(one, 'system') === system && !isUse(one, 'old');
      return changed(ways, meant, (one) => ({ ...one, system, value }));
    },
    [...listAt(current, 'telecom')],
  );
}

/**
 * The resource as it stands with the change in it. Everything Gait knows nothing of stays: an update replaces the whole resource.
 * Changed twice it is what it is changed once.
 */
export function changedPatient(
  current: JsonObject,
  { name, birthDate, gender, contact, address }: PatientDetails,
): JsonObject {
  const ways = waysWith(current, contact);
  const places = listAt(current, 'address');
  const hasHome = places.some((one) => isUse(one, 'home'));
  return {
    ...current,
    name: namesWith(current, name),
    ...(ways.length === 0 ? {} : { telecom: ways }),
    ...(gender === 'unknown' ? {} : { gender }),
    ...(birthDate === null ? {} : { birthDate }),
    ...(address === null
      ? {}
      : {
          address: changed(
            places,
            (one) => (hasHome ? isUse(one, 'home') : !isUse(one, 'old') && !isUse(one, 'billing')),
            ({ text: _text, ...one }) => ({ use: 'home', ...one, ...addressOf(address) }),
          ),
        }),
  };
}

export function documentResource(note: NewDocument): JsonObject {
  const code = documentTypes[note.kind];
  return {
    resourceType: 'DocumentReference',
    identifier: [note.identifier],
    status: 'current',
    docStatus: 'final',
    type: { ...(code === undefined ? {} : { coding: [{ system: loinc, code }] }), text: note.title },
    subject: { reference: `Patient/${note.patientId}` },
    date: note.signedAt,
    ...(note.authorId === null ? {} : { author: [{ reference: `Practitioner/${note.authorId}` }] }),
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          data: Buffer.from(note.text, 'utf8').toString('base64'),
          title: note.title,
          creation: note.signedAt,
        },
      },
    ],
    ...(note.encounterId === null ? {} : { context: { encounter: [{ reference: `Encounter/${note.encounterId}` }] } }),
  };
}

export function appointmentResource(visit: NewAppointment): JsonObject {
  const taking = (reference: string): JsonObject => ({ actor: { reference }, status: 'accepted' });
  return {
    resourceType: 'Appointment',
    identifier: [visit.identifier],
    status: 'booked',
    ...(visit.type === null ? {} : { appointmentType: { text: visit.type } }),
    start: visit.startsAt,
    end: visit.endsAt,
    participant: [
      taking(`Patient/${visit.patientId}`),
      ...(visit.practitionerId === null ? [] : [taking(`Practitioner/${visit.practitionerId}`)]),
    ],
  };
}
