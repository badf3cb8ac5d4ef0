// The messages Gait sends: a new or changed patient (ADT^A28, A31) and a booked visit (SIU^S12), as an interface would send them.
import { GaitError } from '../../domain/errors.ts';
import type { AppointmentRow, CoverageRow, PatientRow, TherapistTold } from '../pt-records/rows.ts';
import { buildMessage, declaredCharset } from './build-message.ts';
import type { ComponentValue, SegmentValue } from './build-message.ts';
import type { Hl7Settings } from './settings.ts';
import { writtenDate, writtenInstant } from './timestamps.ts';

/** A patient whom the PT system may not have numbered yet: then Gait's own reference names it, one of the two at least. */
export type NewPatient = Omit<PatientRow, 'recordNumber' | 'coverage'> & {
  readonly recordNumber: string | null;
  readonly reference: string | null;
  readonly coverages: readonly CoverageRow[];
};

/**
 * What the caller knows of the sending. `controlId` is made of the effect's identity: the same effect has the same, so that a
 * repeated message is known by it. `at` (ISO UTC) is the instant it was first meant to be sent at: repeated, the bytes are the same.
 */
export interface Sending {
  readonly controlId: string;
  readonly at: string;
}

const longestControlId = 20;

/** MSH of a message that Gait sends. */
export function header(settings: Hl7Settings, [type, event, structure]: [string, string, string], sending: Sending) {
  if (!new RegExp(`^[A-Za-z0-9._-]{1,${longestControlId}}$`).test(sending.controlId))
    throw new GaitError('input.invalid', 'a control id has one to twenty letters or digits', { where: 'controlId' });
  const { send } = settings;
  const fields = {
    3: settings.ownApplication,
    4: settings.ownFacility ?? null,
    5: send?.application ?? null,
    6: send?.facility ?? null,
    7: writtenInstant(sending.at),
    9: [type, event, structure],
    10: sending.controlId,
    11: 'P',
    12: '2.5.1',
    18: declaredCharset(send?.charset ?? 'utf-8'),
  };
  return { name: 'MSH', fields } satisfies SegmentValue;
}

export const genderCodes = { female: 'F', male: 'M', other: 'O', unknown: 'U' } as const;
const relationshipCodes = { self: 'SEL', spouse: 'SPO', child: 'CHD', other: 'OTH', unknown: 'UNK' } as const;
const orders = ['primary', 'secondary', 'tertiary'] as const;

function identifiers(settings: Hl7Settings, { recordNumber, reference }: NewPatient): ComponentValue[][] {
  const { authority, type } = settings.identifier;
  if (recordNumber === null && reference === null)
    throw new GaitError('input.invalid', 'a patient is sent with a number', { where: 'recordNumber' });
  return [
    ...(recordNumber === null ? [] : [[recordNumber, null, null, authority ?? null, type ?? 'MR']]),
    ...(reference === null ? [] : [[reference, null, null, settings.ownApplication, 'PI']]),
  ];
}

function telecoms({ phone, email }: PatientRow['contact']): ComponentValue[][] {
  return [
    ...(phone === null ? [] : [[phone, 'PRN', 'PH']]),
    ...(email === null ? [] : [[null, 'NET', 'Internet', email]]),
  ];
}

function pid(settings: Hl7Settings, patient: NewPatient): SegmentValue {
  const { name, address, birthDate, gender, contact } = patient;
  return {
    name: 'PID',
    fields: {
      1: '1',
      3: { repeated: identifiers(settings, patient) },
      5: [name.family, name.given, null, null, null, null, 'L'],
      7: writtenDate(birthDate),
      8: genderCodes[gender],
      11: address === null ? null : [address.line, null, address.city, address.state, address.postalCode, null, 'H'],
      13: { repeated: telecoms(contact) },
    },
  };
}

/** "Given Family" as HL7 splits it: the last word is the family name. */
function clinician(of: PatientRow['referringProvider']): ComponentValue[] | null {
  if (of === null) return null;
  const words = of.name.split(' ');
  const given = words.slice(0, -1).join(' ');
  const authority = of.npi === null ? null : 'NPI';
  return [of.npi, words.at(-1) ?? null, given, null, null, null, null, null, authority];
}

function in1(coverage: CoverageRow, place: number): SegmentValue {
  return {
    name: 'IN1',
    fields: {
      1: String(place),
      2: coverage.planName === null ? null : [null, coverage.planName],
      3: coverage.payerId,
      4: coverage.payerName,
      8: coverage.groupNumber,
      12: writtenDate(coverage.from),
      13: writtenDate(coverage.to),
      17: relationshipCodes[coverage.relationship],
      22: String(orders.indexOf(coverage.order) + 1),
      36: coverage.memberId,
    },
  };
}

/** ADT^A28 for a new person, ADT^A31 for a changed one. Throws `input.invalid` for a control id no receiver would keep. */
export function patientMessage(
  settings: Hl7Settings,
  event: 'A28' | 'A31',
  patient: NewPatient,
  sending: Sending,
): string {
  const { referringProvider, renderingProvider, coverages, diagnoses } = patient;
  const doctors = { 7: clinician(renderingProvider), 8: clinician(referringProvider) };
  return buildMessage([
    header(settings, ['ADT', event, 'ADT_A05'], sending),
    { name: 'EVN', fields: { 1: event, 2: writtenInstant(sending.at) } },
    pid(settings, patient),
    { name: 'PV1', fields: { 1: '1', 2: 'O', ...doctors } },
    ...diagnoses.map(({ code }, index) => ({
      name: 'DG1',
      fields: { 1: String(index + 1), 3: [code, null, 'I10'], 6: 'W' },
    })),
    ...coverages.map((coverage, index) => in1(coverage, index + 1)),
  ]);
}

/** XCN: the system's number of the therapist, family and given name. */
function therapistField({ id, name }: TherapistTold): (string | null)[] {
  const words = name?.trim().split(/\s+/) ?? [];
  return [id, words.at(-1) ?? null, words.slice(0, -1).join(' ') || null];
}

/** SIU^S12: a booked visit. Its start is told in UTC; throws `input.invalid` where the instant is not known. */
export function appointmentMessage(
  settings: Hl7Settings,
  appointment: AppointmentRow,
  patient: NewPatient,
  sending: Sending,
): string {
  const { appointmentId, startsAt, type, minutes, therapist, room, location } = appointment;
  if (startsAt === null || appointmentId === null)
    throw new GaitError('input.invalid', 'a visit is sent with its number and its instant', { where: 'appointment' });
  const start = writtenInstant(startsAt);
  return buildMessage([
    header(settings, ['SIU', 'S12', 'SIU_S12'], sending),
    {
      name: 'SCH',
      fields: {
        1: appointmentId,
        2: appointmentId,
        6: 'ROUTINE',
        8: [null, type],
        ...(minutes === null ? {} : { 9: String(minutes), 10: 'min' }),
        11: [null, null, null, start],
        25: 'Booked',
      },
    },
    pid(settings, patient),
    { name: 'RGS', fields: { 1: '1', 2: 'A' } },
    { name: 'AIS', fields: { 1: '1', 2: 'A', 3: [null, type], 4: start } },
    ...(therapist === null ? [] : [{ name: 'AIP', fields: { 1: '1', 2: 'A', 3: therapistField(therapist) } }]),
    ...(room === null && location === null
      ? []
      : [{ name: 'AIL', fields: { 1: '1', 2: 'A', 3: [null, room, null, location] } }]),
  ]);
}
