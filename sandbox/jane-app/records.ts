// The synthetic clinic through Jane's eyes: UUIDs, legal and preferred names, sex as on the policy, times in UTC, treatments with names.
import type { Clinic, ClinicPatient, ClinicVisit } from '../clinic/model.ts';
import { visitClock } from '../rest/clock.ts';
import { nicknames, pickOf, uuidOf } from '../rest/ids.ts';

type Json = Readonly<Record<string, unknown>>;

/** A record as Jane keeps it: what goes over the wire, and when it was made and changed, which does not. */
export interface JaneRecord {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly wire: Json;
}

/** What a person changed since in a record, by its id. */
export interface JaneChange {
  readonly id: string;
  readonly at: string;
  readonly wire: Json;
}

export interface JaneRecords {
  readonly patients: readonly JaneRecord[];
  readonly appointments: readonly JaneRecord[];
  readonly treatments: readonly JaneRecord[];
  readonly observations: readonly JaneRecord[];
}

/** Jane's own clocks and the clinic's differ: the clinic is in Colorado. */
export const janeZone = 'America/Denver';
export const janeClinicName = 'Stride Test Clinic';

export const patientId = (recordNumber: string): string => uuidOf(`jane/patient/${recordNumber}`);
export const appointmentId = (visit: string): string => uuidOf(`jane/appointment/${visit}`);
const treatmentId = (name: string): string => uuidOf(`jane/treatment/${name}`);

function dotted(phone: string | null): string | null {
  const digits = phone?.replace(/\D/g, '') ?? '';
  return digits.length === 10 ? `${digits.slice(0, 3)}.${digits.slice(3, 6)}.${digits.slice(6)}` : phone;
}

function withoutNulls(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

const sexes: Readonly<Record<ClinicPatient['gender'], string | null>> = {
  female: 'female',
  male: 'male',
  other: 'x',
  unknown: null,
};

function patient(one: ClinicPatient, made: string): JaneRecord {
  const id = patientId(one.recordNumber);
  const phone = dotted(one.contact.phone);
  const office = { type: 'fax', number: '303.555.0199', is_primary: false };
  return {
    id,
    createdAt: made,
    updatedAt: made,
    wire: withoutNulls({
      id,
      first_name: one.name.given,
      last_name: one.name.family,
      preferred_name: nicknames[one.name.given] ?? null,
      sex: sexes[one.gender],
      date_of_birth: one.birthDate,
      patient_number: String(1 + pickOf(`jane/number/${one.recordNumber}`, 90_000)),
      email: one.contact.email,
      do_not_email: false,
      status: 'active',
      phone_numbers: phone === null ? [] : [office, { type: 'mobile', number: phone, is_primary: true }],
      street_address: one.address?.line ?? null,
      city: one.address?.city ?? null,
      province: one.address?.state ?? null,
      postal: one.address?.postalCode ?? null,
      country: 'US',
    }),
  };
}

const states = { booked: 'booked', arrived: 'arrived', cancelled: 'cancelled', missed: 'no_show' } as const;

function appointment(visit: ClinicVisit, start: string, made: string): JaneRecord {
  const id = appointmentId(visit.appointmentId);
  const end = new Date(Date.parse(start) + visit.minutes * 60_000).toISOString();
  const state = states[visit.status];
  return {
    id,
    createdAt: made,
    updatedAt: made,
    wire: {
      id,
      start_at: start,
      end_at: end,
      staff_member_id: uuidOf(`jane/staff/${visit.therapist.name}`),
      patient_id: patientId(visit.recordNumber),
      location_id: uuidOf('jane/location'),
      treatment_id: treatmentId(visit.type),
      first_visit: visit.type === 'PT Initial Evaluation',
      booked_at: made,
      cancelled_at: state === 'cancelled' ? made : null,
      cancelled_reason: state === 'cancelled' ? 'Other' : null,
      no_show_at: state === 'no_show' ? start : null,
      arrived_at: state === 'arrived' ? start : null,
      archived_at: null,
      state,
    },
  };
}

function observations(one: ClinicPatient, made: string): JaneRecord[] {
  return one.clinical.outcomeMeasures.map(({ measure, score, date }, index) => {
    const id = uuidOf(`jane/observation/${one.recordNumber}/${index}`);
    return {
      id,
      createdAt: made,
      updatedAt: made,
      wire: {
        id,
        patient_id: patientId(one.recordNumber),
        category: 'exam',
        issued_at: `${date}T18:00:00Z`,
        created_at: made,
        updated_at: made,
        values: [
          { code: measure, system: 'urn:clinic:measures', value: String(score), value_type: 'numeric' },
          { code: '8480-6', system: 'http://loinc.org', value: '121', value_type: 'numeric', unit: 'mm[Hg]' },
        ],
      },
    };
  });
}

/** The records as they are after `changes`. */
export function changed(records: readonly JaneRecord[], changes: readonly JaneChange[]): JaneRecord[] {
  const byId = new Map<string, JaneChange[]>();
  for (const change of changes) byId.set(change.id, [...(byId.get(change.id) ?? []), change]);
  return records.map((record) =>
    (byId.get(record.id) ?? []).reduce(
      (now, { at, wire }) => ({ ...now, updatedAt: at, wire: { ...now.wire, ...wire } }),
      record,
    ),
  );
}

/** Everything was made a day before the clinic's today, one record a second. */
export function janeRecords(clinic: Clinic): JaneRecords {
  const start = Date.parse(`${clinic.today}T00:00:00Z`) - 86_400_000;
  const made = (index: number): string => new Date(start + index * 1000).toISOString();
  const startOf = visitClock(janeZone);
  const treatments = [...new Set(clinic.visits.map(({ type }) => type))].map((name, index) => ({
    id: treatmentId(name),
    createdAt: made(index),
    updatedAt: made(index),
    wire: { id: treatmentId(name), name, treatment_duration: 2700 },
  }));
  return {
    patients: clinic.patients.map((one, index) => patient(one, made(index))),
    appointments: clinic.visits.map((visit, index) => appointment(visit, startOf(visit.date, visit.time), made(index))),
    treatments,
    observations: clinic.patients.flatMap((one, index) => observations(one, made(index))),
  };
}
