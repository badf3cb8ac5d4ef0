// Figures of attendance and messages as this clinic's own books tell them: before and since its first reminder, or not known.
import type { AttendanceFigures, VisitShare } from '../../domain/attendance/figures.ts';
import { shareOf } from '../../domain/attendance/figures.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { countIf } from '../today/counting.ts';
import { dayOf } from './needs.ts';
import type { AttendanceNeeds } from './needs.ts';

/** Of visits, messages, slots and calls from a day on; null: of all of them. */
export async function attendanceFigures(
  needs: AttendanceNeeds,
  clinic: string,
  from: string | null,
): Promise<AttendanceFigures> {
  const { zone, today } = await dayOf(needs, clinic);
  const first = await needs.db
    .selectFrom('messages')
    .select(({ fn }) => fn.min('created_at').as('at'))
    .where('clinic', '=', clinic)
    .where('purpose', '=', 'visit.reminder')
    .executeTakeFirst();
  const firstAt: Date | null = first?.at ?? null;
  const remindersSince = firstAt === null ? null : dateInZone(firstAt.toISOString(), zone);
  const since = from === null || (remindersSince !== null && remindersSince > from) ? remindersSince : from;
  return {
    asOf: today,
    remindersSince,
    noShow: {
      // The time before is the baseline, whatever span is asked for.
      before: remindersSince === null ? null : await visitShare(needs, clinic, { to: remindersSince }),
      since: remindersSince === null ? null : await visitShare(needs, clinic, { from: since ?? remindersSince }),
      all: await visitShare(needs, clinic, from === null ? {} : { from }),
    },
    reminders: await remindersIn(needs, clinic, from),
    slots: await slotsIn(needs, clinic, from),
    calls: await callsIn(needs, clinic, from),
  };
}

/** Visits that were kept or missed from a day on and before another one; null: none. */
async function visitShare(
  { db }: AttendanceNeeds,
  clinic: string,
  { from, to }: { readonly from?: string; readonly to?: string },
): Promise<VisitShare | null> {
  let query = db
    .selectFrom('appointments')
    .select(({ eb }) => [
      countIf(eb('status', '=', 'missed')).as('missed'),
      countIf(eb('status', '=', 'arrived')).as('kept'),
    ])
    .where('clinic', '=', clinic);
  if (from !== undefined) query = query.where('date', '>=', from);
  if (to !== undefined) query = query.where('date', '<', to);
  const { missed, kept } = await query.executeTakeFirstOrThrow();
  return shareOf(Number(missed), Number(kept));
}

async function remindersIn(
  { db }: AttendanceNeeds,
  clinic: string,
  from: string | null,
): Promise<AttendanceFigures['reminders']> {
  let query = db
    .selectFrom('messages as m')
    .select(({ fn, eb }) => [
      fn.countAll<string>().as('written'),
      countIf(eb('m.state', '=', 'open')).as('open'),
      countIf(eb('m.ending', '=', 'delivered')).as('delivered'),
      countIf(eb('m.ending', '=', 'sent')).as('sent'),
      countIf(eb('m.ending', 'in', ['callList', 'unreached'])).as('notReached'),
      countIf(eb('m.answer', '=', 'yes')).as('confirmed'),
      countIf(eb.and([eb('m.answer', 'is not', null), eb('m.answer', '<>', 'yes')])).as('otherAnswer'),
      countIf(eb.and([eb('m.answer', '=', 'yes'), eb('m.ending', 'in', ['delivered', 'sent'])])).as('withoutCall'),
    ])
    .where('m.clinic', '=', clinic)
    .where('m.purpose', '=', 'visit.reminder');
  if (from !== null) query = query.where('m.created_at', '>=', new Date(`${from}T00:00:00Z`));
  const row = await query.executeTakeFirstOrThrow();
  const written = Number(row.written);
  if (written === 0) return null;
  return {
    written,
    underWay: Number(row.open),
    delivered: Number(row.delivered),
    sent: Number(row.sent),
    notReached: Number(row.notReached),
    confirmed: Number(row.confirmed),
    otherAnswer: Number(row.otherAnswer),
    confirmedWithoutCall: Number(row.withoutCall),
  };
}

async function slotsIn(
  { db }: AttendanceNeeds,
  clinic: string,
  from: string | null,
): Promise<AttendanceFigures['slots']> {
  let query = db
    .selectFrom('freed_slots as s')
    .leftJoin('slot_holds as h', 'h.slot', 's.ref')
    .select(['s.phase', 's.opened_at', 'h.at'])
    .where('s.clinic', '=', clinic);
  if (from !== null) query = query.where('s.opened_at', '>=', new Date(`${from}T00:00:00Z`));
  const rows = await query.execute();
  if (rows.length === 0) return null;
  const hours = rows
    .flatMap(({ opened_at: opened, at, phase }) =>
      at === null || phase !== 'booked' ? [] : [(at.getTime() - opened.getTime()) / 3_600_000],
    )
    .sort((one, other) => one - other);
  return {
    opened: rows.length,
    booked: rows.filter(({ phase }) => phase === 'booked').length,
    underWay: rows.filter(({ phase }) => phase === 'offering' || phase === 'held').length,
    medianHoursToAnswer: hours[Math.floor(hours.length / 2)] ?? null,
  };
}

async function callsIn(
  { db }: AttendanceNeeds,
  clinic: string,
  from: string | null,
): Promise<AttendanceFigures['calls']> {
  let query = db
    .selectFrom('work_items as w')
    .leftJoin('work_item_decisions as d', (join) =>
      join.onRef('d.work_item', '=', 'w.id').on('d.state', '=', 'accepted'),
    )
    .select(({ fn, eb }) => [
      fn.countAll<string>().as('asked'),
      countIf(eb('d.decision', 'is not', null)).as('made'),
      countIf(eb('d.decision', 'in', ['reached', 'confirmed', 'cannotCome', 'wantsNone'])).as('reached'),
    ])
    .where('w.clinic', '=', clinic)
    .where('w.kind', '=', 'patient.call');
  if (from !== null) query = query.where('w.opened_at', '>=', new Date(`${from}T00:00:00Z`));
  const { asked, made, reached } = await query.executeTakeFirstOrThrow();
  return { asked: Number(asked), made: Number(made), reached: Number(reached) };
}
