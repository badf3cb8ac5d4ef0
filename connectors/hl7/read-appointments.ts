// A visit from a message of SIU: booked, moved, cancelled, kept or missed, in the clinic's own clock.
import { appointmentStatuses } from '../../domain/appointment/schema.ts';
import type { AppointmentStatus } from '../../domain/appointment/schema.ts';
import { neededRecordNumber } from './identifiers.ts';
import { therapistTold } from '../pt-records/rows.ts';
import type { VisitPlace } from '../pt-records/rows.ts';
import { clinicianIn } from './people.ts';
import type { Reading } from './reading.ts';
import { clinicMoment, oneOf, part } from './segment-reader.ts';
import type { ClinicMoment, SegmentReader } from './segment-reader.ts';
import { meaningOf } from './words.ts';

/** What an event says by itself; the others leave it to the status in SCH-25. */
const statusByEvent: Readonly<Record<string, AppointmentStatus | undefined>> = { S15: 'cancelled', S26: 'missed' };

function status(sch: SegmentReader, reading: Reading): AppointmentStatus {
  const byEvent = statusByEvent[reading.event];
  if (byEvent !== undefined) return byEvent;
  const texts = [sch.text(25), sch.text(25, 2)];
  if (texts.every((text) => text === null)) return 'booked';
  const found = oneOf(appointmentStatuses, meaningOf(reading.settings, 'appointmentStatus', texts));
  return found ?? sch.fail(25, 'unknown word', true) ?? 'booked';
}

/** Where a start is told: the timing of the visit, else of its services, people, places, or of a TQ1. */
const starts = [
  ['SCH', 11, 4],
  ['AIS', 4, 1],
  ['AIP', 6, 1],
  ['AIL', 6, 1],
  ['AIG', 8, 1],
  ['TQ1', 7, 1],
] as const;

function start(reading: Reading, sch: SegmentReader): ClinicMoment | null {
  for (const [name, field, component] of starts) {
    const segment = reading.all(name).find((one) => one.text(field, component) !== null);
    const stamp = segment?.timestamp(field, component, true);
    if (segment === undefined || stamp === undefined) continue;
    const moment = stamp === null ? null : clinicMoment(stamp, reading.clock);
    if (moment === null) {
      if (stamp !== null) segment.fail(field, 'not a date', true);
      return null;
    }
    if (moment.time !== null && moment.instant === null && reading.clock !== undefined)
      segment.fail(field, 'time does not exist on that day', false);
    return moment;
  }
  return sch.fail(11, 'empty', true);
}

function appointmentId(sch: SegmentReader, { settings }: Reading): string | null {
  const [first, second] = settings.appointmentId === 'filler' ? [2, 1] : [1, 2];
  return sch.text(first) ?? sch.text(second) ?? sch.fail(first, 'empty', true);
}

const minuteWords = new Set(['', 'm', 'min', 'mins', 'minute', 'minutes']);

/** SCH-9 in the units of SCH-10, else the duration of the service (AIS-7 and AIS-8). A unit that is not minutes says nothing here. */
function minutes(sch: SegmentReader, ais: SegmentReader | null): number | null {
  const told: readonly (readonly [SegmentReader | null, number])[] = [
    [sch, 9],
    [ais, 7],
  ];
  for (const [segment, field] of told) {
    const text = segment?.text(field) ?? null;
    const unit = segment?.text(field + 1)?.toLowerCase() ?? '';
    if (text !== null && minuteWords.has(unit) && /^[1-9]\d{0,3}$/.test(text)) return Number(text);
  }
  return null;
}

/** AIP-3 is who treats; AIL-3 the place: its room, else its point of care, and the facility. */
function placeOf(reading: Reading, sch: SegmentReader): VisitPlace {
  const [who, where] = [reading.first('AIP')?.repetitions(3) ?? [], reading.first('AIL')?.repetitions(3)[0]];
  return {
    therapist: therapistTold(part(who[0]), clinicianIn(who)?.name ?? null),
    room: part(where, 2) ?? part(where),
    location: part(where, 4),
    minutes: minutes(sch, reading.first('AIS')),
  };
}

export function readAppointment(reading: Reading): void {
  const sch = reading.needed('SCH');
  if (sch === null) return;
  const id = appointmentId(sch, reading);
  // A deletion says that the visit was booked by mistake, not that somebody cancelled.
  if (reading.event === 'S17') {
    if (id !== null) reading.into.leave({ of: 'appointment', id, mergedInto: null });
    return;
  }
  const pid = reading.needed('PID');
  if (pid === null) return;
  const recordNumber = neededRecordNumber(pid, 3, reading.settings);
  const told = status(sch, reading);
  const moment = start(reading, sch);
  const ais = reading.first('AIS');
  const broken = reading.segments.some(({ rejected }) => rejected);
  if (id === null || moment === null || broken) return;
  reading.into.appointment({
    appointmentId: id,
    recordNumber,
    date: moment.date,
    time: moment.time,
    startsAt: moment.instant,
    status: told,
    type: sch.text(8, 2) ?? sch.text(8) ?? sch.text(7, 2) ?? ais?.text(3, 2) ?? null,
    units: null,
    ...placeOf(reading, sch),
  });
}
