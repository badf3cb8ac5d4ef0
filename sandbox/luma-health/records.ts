// The synthetic clinic through Luma Health's eyes: ids of a document database, birth dates in parts, E.164 numbers, names as patients give them.
import type { Clinic, ClinicPatient, ClinicVisit } from '../clinic/model.ts';
import { visitClock } from '../rest/clock.ts';
import { nicknames, objectIdOf, pickOf } from '../rest/ids.ts';

export type LumaRecord = Readonly<Record<string, unknown>> & { readonly _id: string };

export const lumaResources = [
  'patients',
  'appointments',
  'appointmentTypes',
  'messages',
  'waitlists',
  'offers',
  'reminders',
  'facilities',
] as const;
export type LumaResource = (typeof lumaResources)[number];

export type LumaRecords = Readonly<Record<LumaResource, readonly LumaRecord[]>>;

const zone = 'America/Denver';
export const patientId = (recordNumber: string): string => objectIdOf(`luma/patient/${recordNumber}`);
export const appointmentId = (visit: string): string => objectIdOf(`luma/appointment/${visit}`);
const typeId = (name: string): string => objectIdOf(`luma/type/${name}`);
const providerId = (name: string): string => objectIdOf(`luma/provider/${name}`);
const facilityId = objectIdOf('luma/facility');

function stamped(id: string, at: string, members: Readonly<Record<string, unknown>>): LumaRecord {
  const present = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
  return { ...present, _id: id, user: objectIdOf('luma/account'), deleted: 0, createdAt: at, updatedAt: at };
}

function e164(phone: string | null): string | null {
  const digits = phone?.replace(/\D/g, '') ?? '';
  return digits.length === 10 ? `+1${digits}` : null;
}

/** A third of those who have one gave their nickname when they answered a text. */
function givenName(one: ClinicPatient): string {
  const nickname = nicknames[one.name.given];
  return nickname !== undefined && pickOf(one.recordNumber, 3) === 0 ? nickname : one.name.given;
}

function patient(one: ClinicPatient, at: string): LumaRecord {
  const [year, month, day] = (one.birthDate ?? '').split('-').map(Number);
  const phone = e164(one.contact.phone);
  const contact = [
    ...(phone === null
      ? []
      : [
          { type: 'voice', value: '+13035550100', active: true, archived: true, archivedReason: 'unreachable' },
          { type: 'sms', value: phone, active: true, archived: false, archivedReason: 'none' },
        ]),
    ...(one.contact.email === null
      ? []
      : [{ type: 'email', value: one.contact.email, active: true, archived: false, archivedReason: 'none' }]),
  ];
  const given = givenName(one);
  return stamped(patientId(one.recordNumber), at, {
    name: `${given} ${one.name.family}`,
    firstname: given,
    lastname: one.name.family,
    type: 'patient',
    dateOfBirth: one.birthDate === null ? null : { year, month, day },
    gender: one.gender === 'other' ? 'nonbinary' : one.gender,
    contact,
    displayPhone: phone,
    doNotContact: false,
    active: 1,
    language: 'en',
    country: 'US',
    address: one.address?.line ?? null,
    city: one.address?.city ?? null,
    state: one.address?.state ?? null,
    postcode: one.address?.postalCode ?? null,
    externalId: { source: 'webpt', value: one.recordNumber },
  });
}

const statuses = { booked: 'unconfirmed', arrived: 'confirmed', cancelled: 'cancelled', missed: 'confirmed' } as const;

function appointment(visit: ClinicVisit, start: string, provider: string, at: string): LumaRecord {
  return stamped(appointmentId(visit.appointmentId), at, {
    patient: patientId(visit.recordNumber),
    provider: providerId(provider),
    facility: facilityId,
    type: typeId(visit.type),
    date: start,
    duration: 45,
    source: 'integrator',
    status: statuses[visit.status],
    externalId: { source: 'webpt', value: visit.appointmentId },
  });
}

/** Everything was made a day before the clinic's today, one record a second. */
export function lumaRecords(clinic: Clinic): LumaRecords {
  const start = Date.parse(`${clinic.today}T00:00:00Z`) - 86_400_000;
  const made = (index: number): string => new Date(start + index * 1000).toISOString();
  const startOf = visitClock(zone);
  const therapists = new Map(clinic.patients.map((one) => [one.recordNumber, one.renderingProvider?.name ?? '']));
  const future = clinic.visits.filter(({ date, status }) => date > clinic.today && status === 'booked');
  const waitlists = clinic.patients.slice(0, 4).map((one, index) =>
    stamped(objectIdOf(`luma/waitlist/${index}`), made(index), {
      name: `Waitlist ${index + 1}`,
      patient: patientId(one.recordNumber),
      provider: providerId(one.renderingProvider?.name ?? ''),
      appointmentType: typeId('PT Treatment'),
      status: index === 3 ? 'declined' : 'waiting',
    }),
  );
  return {
    patients: clinic.patients.map((one, index) => patient(one, made(index))),
    appointments: clinic.visits.map((visit, index) =>
      appointment(visit, startOf(visit.date, visit.time), therapists.get(visit.recordNumber) ?? '', made(index)),
    ),
    appointmentTypes: [...new Set(clinic.visits.map(({ type }) => type))].map((name, index) =>
      stamped(typeId(name), made(index), { name, visible: true }),
    ),
    messages: [],
    waitlists,
    offers: [
      stamped(objectIdOf('luma/offer/1'), made(0), {
        waitlists: waitlists.slice(0, 2).map(({ _id }) => _id),
        date: made(900_000),
        expireAt: made(300_000),
        protocol: 'serial',
        status: 'in-progress',
      }),
    ],
    reminders: future.slice(0, 6).map((visit, index) =>
      stamped(objectIdOf(`luma/reminder/${index}`), made(index), {
        patient: patientId(visit.recordNumber),
        appointment: appointmentId(visit.appointmentId),
        type: 'appointment',
        sendAt: startOf(visit.date, visit.time),
        status: index === 0 ? 'teleported' : 'scheduled',
      }),
    ),
    facilities: [stamped(facilityId, made(0), { name: 'Stride Test Clinic', state: 'CO' })],
  };
}
