// A FHIR Appointment as a visit of the schedule, on the clinic's own clock.
import { appointmentStatuses } from '../../domain/appointment/schema.ts';
import type { AppointmentStatus } from '../../domain/appointment/schema.ts';
import type { Element } from '../../domain/fhir/element.ts';
import { minutesBetween } from '../pt-records/minutes.ts';
import { therapistTold } from '../pt-records/rows.ts';
import type { VisitPlace } from '../pt-records/rows.ts';
import { clinicianAt, patientAt } from './read-party.ts';
import { ownWord, Reading, wordsOf } from './reading.ts';
import type { Surroundings, Told } from './reading.ts';
import { targetOf } from './references.ts';

/** http://hl7.org/fhir/R4/valueset-appointmentstatus.html; a waiting list holds no visit. */
const statuses: Readonly<Record<string, AppointmentStatus>> = {
  proposed: 'booked',
  pending: 'booked',
  booked: 'booked',
  arrived: 'arrived',
  'checked-in': 'arrived',
  fulfilled: 'arrived',
  cancelled: 'cancelled',
  'entered-in-error': 'cancelled',
  noshow: 'missed',
};

function statusOf(appointment: Element, reading: Reading, { settings }: Surroundings): AppointmentStatus {
  const code = reading.needed(appointment, 'status');
  const status = ownWord(settings.words.appointmentStatus, [code]) ?? statuses[code];
  if (status !== undefined) return status;
  if (code !== '') reading.fail(`${appointment.path}.status`, 'unknown word', true);
  return appointmentStatuses[0];
}

function typeOf(actor: Element, around: Surroundings): string | null {
  return around.follow(actor)?.path ?? targetOf(actor, around.settings.baseUrl)?.type ?? actor.string('type');
}

function actorsOf(appointment: Element, type: string, around: Surroundings): readonly Element[] {
  const actors = appointment.children('participant').map((one) => one.child('actor'));
  return actors.filter((one) => one !== null).filter((one) => typeOf(one, around) === type);
}

/** The references to the patients of an appointment; a class has several. */
export function patientsOf(appointment: Element, around: Surroundings): readonly Element[] {
  return actorsOf(appointment, 'Patient', around);
}

/** A room is a Location of the physical type `ro`; every other one is a place where rooms are. */
function placesOf(appointment: Element, around: Surroundings): Pick<VisitPlace, 'room' | 'location'> {
  const places: { room: string | null; location: string | null } = { room: null, location: null };
  for (const actor of actorsOf(appointment, 'Location', around)) {
    const known = around.follow(actor);
    const name = known?.string('name') ?? actor.string('display');
    const isRoom =
      known
        ?.child('physicalType')
        ?.children('coding')
        .some((one) => one.string('code') === 'ro') === true;
    if (isRoom) places.room ??= name;
    else places.location ??= name;
  }
  return places;
}

function placeOf(appointment: Element, startsAt: string | null, around: Surroundings): VisitPlace {
  const [practitioner = null] = actorsOf(appointment, 'Practitioner', around);
  const id = practitioner === null ? null : (targetOf(practitioner, around.settings.baseUrl)?.id ?? null);
  const end = appointment.string('end');
  const told = appointment.number('minutesDuration');
  return {
    therapist: therapistTold(id, clinicianAt(practitioner, around).clinicianName),
    ...placesOf(appointment, around),
    minutes:
      told !== null && Number.isInteger(told) && told > 0
        ? told
        : minutesBetween(startsAt, end === null ? null : (around.clock.momentOf(end)?.startsAt ?? null)),
  };
}

/** One row for each patient; where there are several, each has an id of its own. */
export function readAppointment(appointment: Element, row: number, around: Surroundings): Told<'appointments'> {
  const reading = new Reading(row, around.clock);
  const id = appointment.string('id');
  const status = statusOf(appointment, reading, around);
  const start = appointment.string('start');
  const shown = start === null ? null : around.clock.momentOf(start);
  if (start === null) reading.missing(appointment, 'start', true);
  else if (shown === null || !start.includes('T')) reading.fail(`${appointment.path}.start`, 'not a time', true);
  const patients = patientsOf(appointment, around);
  if (patients.length === 0) reading.fail(`${appointment.path}.participant`, 'empty', true);
  const [service = null] = appointment.children('serviceType');
  const common = {
    date: shown?.date ?? '',
    time: shown?.time ?? null,
    startsAt: shown?.startsAt ?? null,
    status,
    type: wordsOf(appointment.child('appointmentType')) ?? wordsOf(service),
    units: null,
    ...placeOf(appointment, shown?.startsAt ?? null, around),
  };
  const rows = patients.map((reference, at) => ({
    appointmentId: id === null || patients.length === 1 ? id : `${id}.${at + 1}`,
    recordNumber: patientAt(reference, reading, around, appointment.path),
    ...common,
  }));
  return { rows: reading.rejected ? [] : rows, problems: reading.problems, gone: [] };
}
