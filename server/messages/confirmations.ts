// The visits of a day with how far the confirmation of each has come, and the calls that are to be made.
import { sql } from 'kysely';
import { dateInZone } from '../../domain/calendar.ts';
import { confirmationOf } from '../../domain/outreach/confirmation.ts';
import { compareText } from '../../domain/schedule/order.ts';
import { usualReminderHours } from '../../domain/outreach/settings.ts';
import { namesOf } from '../authorizations/views.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { clinicOf } from './needs.ts';
import type { MessageNeeds } from './needs.ts';

type Needs = Pick<MessageNeeds, 'db' | 'vault' | 'now'>;

/** The newest call about a message. */
interface CallAbout {
  readonly workItem: string;
  readonly isOpen: boolean;
  readonly decision: string | null;
}

/** What is known of the reminders of these visits, by the visit. Nothing of the vault is opened. */
export async function remindersOf(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  clinic: string,
  between: { readonly from: string; readonly to: string },
) {
  const { outreach } = await clinicOf(db, clinic);
  const rows = await db
    .selectFrom('appointments as a')
    .leftJoin('messages as m', (join) =>
      join
        .onRef('m.about', '=', 'a.ref')
        .onRef('m.about_at', '=', 'a.starts_at')
        .on('m.key', 'like', 'visit.reminder/%'),
    )
    .select(['a.ref as visit', 'a.patient', 'a.date', 'a.starts_at', 'a.status', 'm.ref as message'])
    .select(['m.ways', 'm.ending', 'm.rule', 'm.answer'])
    .where('a.clinic', '=', clinic)
    .where('a.date', '>=', between.from)
    .where('a.date', '<=', between.to)
    .where('a.status', '<>', 'cancelled')
    .orderBy('a.date')
    .orderBy('a.starts_at')
    .orderBy('a.ref')
    .execute();
  const calls = await callsAbout(
    db,
    clinic,
    rows.flatMap(({ message }) => message ?? []),
  );
  const clock = { now: now().toISOString(), reminderHours: outreach.reminderHours ?? usualReminderHours };
  return rows.map(({ visit, patient, date, starts_at: at, status, message, ways, ending, rule, answer }) => {
    const startsAt = at?.toISOString() ?? null;
    const call = message === null ? null : (calls.get(message) ?? null);
    const reminder = message === null ? null : { ways: ways ?? [], ending, rule, answer };
    const confirmation = confirmationOf({ status, startsAt, reminder, call }, clock);
    return { visit, patient, date, startsAt, status, message, answer, call: call?.workItem ?? null, confirmation };
  });
}

async function callsAbout(db: Db, clinic: string, messages: readonly string[]): Promise<Map<string, CallAbout>> {
  if (messages.length === 0) return new Map();
  const rows = await db
    .selectFrom('work_items as w')
    .leftJoin('work_item_decisions as d', (join) =>
      join.onRef('d.work_item', '=', 'w.id').on('d.state', '=', 'accepted'),
    )
    .select(['w.id', 'w.status', 'w.context', 'd.decision'])
    .where('w.clinic', '=', clinic)
    .where('w.kind', '=', 'patient.call')
    .where(sql<string>`w.context ->> 'message'`, 'in', [...messages])
    .orderBy('w.opened_at')
    .execute();
  return new Map(
    rows.flatMap(({ id, status, context, decision }): [string, CallAbout][] => {
      const message = context['message'];
      return typeof message === 'string' ? [[message, { workItem: id, isOpen: status === 'open', decision }]] : [];
    }),
  );
}

/** The visits of a day; the name of each patient is read for the signed-in person. */
export async function confirmationsOf(
  needs: Needs,
  clinic: string,
  of: { readonly day?: string },
  by: SessionPrincipal,
) {
  const { zone } = await clinicOf(needs.db, clinic);
  const day = of.day ?? dateInZone(needs.now().toISOString(), zone);
  const visits = await remindersOf(needs, clinic, { from: day, to: day });
  const names = await namesOf(
    needs.vault,
    clinic,
    visits.map(({ patient }) => patient),
    by,
    { purpose: 'messages.confirmations', action: 'confirmations.viewed' },
  );
  return { day, zone, visits: visits.map((visit) => ({ ...visit, name: names.get(visit.patient) ?? null })) };
}

/** Open calls, the most urgent first, and those that were made since the day began; numbers and words stay in the vault. */
export async function callsOf(needs: Needs, clinic: string, by: SessionPrincipal) {
  const { db } = needs;
  const { zone } = await clinicOf(db, clinic);
  const day = dateInZone(needs.now().toISOString(), zone);
  const rows = await db
    .selectFrom('work_items as w')
    .leftJoin('messages as m', (join) => join.on('m.ref', '=', sql<string>`w.context ->> 'message'`))
    .leftJoin('work_item_decisions as d', (join) =>
      join.onRef('d.work_item', '=', 'w.id').on('d.state', '=', 'accepted'),
    )
    .leftJoin('users as u', 'u.id', 'd.by_user')
    .select(['w.id', 'w.subject as patient', 'w.reason', 'w.due_at', 'w.opened_at', 'w.status', 'w.escalated_at'])
    .select(['m.purpose', 'm.about_at', 'd.decision', 'd.at as decidedAt', 'u.display_name as decidedBy'])
    .where('w.clinic', '=', clinic)
    .where('w.kind', '=', 'patient.call')
    .where((where) =>
      where.or([
        where('w.status', '=', 'open'),
        where('d.at', '>=', new Date(needs.now().getTime() - dayMilliseconds)),
      ]),
    )
    .orderBy('w.due_at')
    .orderBy('w.opened_at')
    .orderBy('w.id')
    .limit(mostCalls)
    .execute();
  const names = await namesOf(
    needs.vault,
    clinic,
    rows.map(({ patient }) => patient),
    by,
    { purpose: 'messages.callList', action: 'callList.viewed' },
  );
  const shown = rows.map((row) => ({
    workItem: row.id,
    patient: row.patient,
    name: names.get(row.patient) ?? null,
    reason: row.reason,
    purpose: row.purpose,
    startsAt: row.about_at?.toISOString() ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    openedAt: row.opened_at.toISOString(),
    isEscalated: row.escalated_at !== null,
    decision: row.decision,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }));
  return {
    day,
    open: shown.filter(({ decision }) => decision === null),
    made: shown
      .filter(({ decidedAt }) => decidedAt !== null && dateInZone(decidedAt, zone) === day)
      .sort((one, other) => compareText(other.decidedAt ?? '', one.decidedAt ?? '')),
  };
}

const dayMilliseconds = 86_400_000;
const mostCalls = 300;
