// What stands today about patients: visits by system with their confirmations, authorizations, coverage, messages.
import { addDays } from '../../domain/calendar.ts';
import { sourceOf } from '../../domain/today/today.ts';
import type { TodaySource, TodaySystem } from '../../domain/today/today.ts';
import { openStates } from '../eligibility/states.ts';
import { countIf, latest, openItems } from './counting.ts';
import type { TodayAsk } from './counting.ts';

/** How many days ahead an authorization that must be acted on is shown. */
const daysAhead = 7;

/** Visits as each connection last told them; a system that never told of a schedule is not among them. */
export async function visitsToday({ db, clinic, day }: TodayAsk): Promise<TodaySource> {
  const told = await systemsWithVisits(db, clinic);
  const visits = await db
    .selectFrom('appointments as a')
    .leftJoin('messages as m', (join) =>
      join
        .onRef('m.about', '=', 'a.ref')
        .onRef('m.about_at', '=', 'a.starts_at')
        .on('m.key', 'like', 'visit.reminder/%'),
    )
    .select(['a.connection', 'a.status', 'm.ref as message', 'm.answer'])
    .where('a.clinic', '=', clinic)
    .where('a.date', '=', day)
    .execute();
  const standing = visits.filter(({ status }) => status === 'booked' || status === 'arrived');
  const asked = standing.filter(({ message }) => message !== null);
  const answered = (holds: (answer: string | null) => boolean): number | null =>
    // Whom nobody asked nobody knows about.
    asked.length === 0 ? null : asked.filter(({ answer }) => holds(answer)).length;
  const systems = told.map(({ connection, name, at }): TodaySystem => {
    const own = standing.filter((visit) => visit.connection === connection).length;
    return { name, asOf: at.toISOString(), words: `${own} ${own === 1 ? 'visit' : 'visits'}`, urgent: false };
  });
  const page = 'visits';
  return sourceOf(
    'visits',
    latest(told.map(({ at }) => at)),
    [
      { words: 'Booked or kept', value: standing.length, page },
      { words: 'Cancelled or missed', value: visits.length - standing.length },
      { words: 'Confirmed', value: answered((answer) => answer === 'yes'), page },
      {
        words: 'Cannot come, or another time',
        value: answered((answer) => answer !== null && answer !== 'yes'),
        page,
        urgent: true,
      },
      { words: 'Reminded, without an answer', value: answered((answer) => answer === null), page },
    ],
    systems,
  );
}

/** Connections that ever told of a visit, with when they last told of any. */
async function systemsWithVisits(db: TodayAsk['db'], clinic: string) {
  const changed = await db
    .selectFrom('appointments as a')
    .innerJoin('connections as c', 'c.id', 'a.connection')
    .select(({ fn }) => ['c.id', 'c.name', fn.max('a.updated_at').as('at')])
    .where('a.clinic', '=', clinic)
    .groupBy(['c.id', 'c.name'])
    .orderBy('c.name')
    .execute();
  const imported = await db
    .selectFrom('imports')
    .select(({ fn }) => ['connection', fn.max('at').as('at')])
    .where('clinic', '=', clinic)
    .where('kind', '=', 'appointments')
    .groupBy('connection')
    .execute();
  return changed.map(({ id, name, at }) => ({
    connection: id,
    name,
    // A report that says what was known is newer all the same.
    at: latest([at, ...imported.filter(({ connection }) => connection === id).map((one) => one.at)]) ?? at,
  }));
}

export async function authorizationsToday(ask: TodayAsk): Promise<TodaySource> {
  const { db, clinic, day } = ask;
  const row = await db
    .selectFrom('authorizations')
    .select(({ fn, eb }) => [
      fn.max('updated_at').as('at'),
      countIf(eb('act_by', '<=', day)).as('now'),
      countIf(eb.and([eb('act_by', '>', day), eb('act_by', '<=', addDays(day, daysAhead))])).as('soon'),
      countIf(eb('state', '=', 'pending')).as('pending'),
      countIf(eb.or([eb('held', 'is not', null), eb('coverage_changed_on', 'is not', null)])).as('held'),
    ])
    .where('clinic', '=', clinic)
    .executeTakeFirstOrThrow();
  const uncovered = await openItems(ask, ['authorization.uncovered']);
  const page = 'authorizations';
  return sourceOf('authorizations', row.at, [
    { words: 'To act on by today', value: Number(row.now), page, urgent: true },
    { words: `To act on within ${daysAhead} days`, value: Number(row.soon), page },
    { words: 'Asked for, not answered', value: Number(row.pending), page },
    { words: 'Held: coverage changed', value: Number(row.held), page, urgent: true },
    { words: 'Visits nothing covers', value: uncovered, page: 'workList', urgent: true },
  ]);
}

/** Null: coverage is for whoever works at the desk or bills. */
export async function coverageToday(ask: TodayAsk): Promise<TodaySource | null> {
  const { db, clinic, day, roles } = ask;
  if (!roles.some((role) => role !== 'therapist')) return null;
  const row = await db
    .selectFrom('eligibility_checks')
    .select(({ fn, eb }) => [
      fn.max('settled_at').as('at'),
      countIf(eb('state', 'in', [...openStates])).as('waiting'),
      countIf(eb.and([eb('service_date', '=', day), eb('state', '=', 'answered')])).as('answered'),
    ])
    .where('clinic', '=', clinic)
    .executeTakeFirstOrThrow();
  const exceptions = await openItems(ask, ['eligibility.call', 'eligibility.correct']);
  return sourceOf('coverage', row.at, [
    { words: 'Exceptions for a person', value: exceptions, page: 'benefits', urgent: true },
    { words: "Today's visits with an answer", value: Number(row.answered), page: 'benefits' },
    { words: 'Waiting for the payer', value: Number(row.waiting), page: 'benefits' },
  ]);
}

export async function messagesToday(ask: TodayAsk): Promise<TodaySource> {
  const { db, clinic, from } = ask;
  const row = await db
    .selectFrom('messages')
    .select(({ fn, eb }) => [
      fn.max('updated_at').as('at'),
      countIf(eb('state', '=', 'open')).as('open'),
      countIf(eb.and([eb('ending', 'in', ['delivered', 'sent']), eb('updated_at', '>=', from)])).as('arrived'),
      countIf(eb.and([eb('ending', 'in', ['callList', 'unreached']), eb('updated_at', '>=', from)])).as('unreached'),
    ])
    .where('clinic', '=', clinic)
    .executeTakeFirstOrThrow();
  const [calls, replies] = [await openItems(ask, ['patient.call']), await openItems(ask, ['patient.reply'])];
  return sourceOf('messages', row.at, [
    { words: 'On the call list', value: calls, page: 'messages', urgent: true },
    { words: 'Replies to read', value: replies, page: 'workList', urgent: true },
    { words: 'Under way', value: Number(row.open), page: 'messages' },
    { words: 'Sent or delivered today', value: Number(row.arrived) },
    { words: 'Nobody reached today', value: Number(row.unreached), page: 'messages' },
  ]);
}
