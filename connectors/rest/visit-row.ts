// What every visit that an API tells of has in common, read from its cells.
import type { Cells } from '../csv/cells.ts';
import { minutesBetween } from '../pt-records/minutes.ts';
import { therapistTold } from '../pt-records/rows.ts';
import type { AppointmentRow } from '../pt-records/rows.ts';

/** What one system calls a state that Gait knows. */
export type StatusWords = Readonly<Partial<Record<AppointmentRow['status'], readonly string[]>>>;

/**
 * One visit, in the clinic's wall clock, from the cells `appointmentId`, `recordNumber`, `startsAt` (an instant with its offset), `status` and
 * `type` (the vendor's id of it); and where the system tells them `minutes` or `endsAt`, `therapistId`, `therapist`, `room`, `location`.
 * @param types names by the vendor's id
 */
export function visitRow(
  cells: Cells,
  zone: string,
  statuses: readonly AppointmentRow['status'][],
  words: StatusWords,
  types: ReadonlyMap<string, string>,
): AppointmentRow {
  if (cells.text('status') === null) cells.fail('status', 'empty', true);
  const status = cells.word('status', statuses, words, true);
  const starts = cells.moment('startsAt', zone, 'not a time');
  return {
    appointmentId: cells.needed('appointmentId'),
    recordNumber: cells.needed('recordNumber'),
    date: starts?.date ?? '',
    time: starts?.time ?? null,
    startsAt: starts?.startsAt ?? null,
    status: status ?? 'booked',
    type: types.get(cells.text('type') ?? '') ?? null,
    units: null,
    therapist: therapistTold(cells.text('therapistId'), cells.text('therapist')),
    room: cells.text('room'),
    location: cells.text('location'),
    minutes: cells.positive('minutes') ?? minutesTo(cells, zone, starts?.startsAt ?? null),
  };
}

function minutesTo(cells: Cells, zone: string, startsAt: string | null): number | null {
  if (cells.text('endsAt') === null) return null;
  return minutesBetween(startsAt, cells.moment('endsAt', zone, 'not a time')?.startsAt ?? null);
}
