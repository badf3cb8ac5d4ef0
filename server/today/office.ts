// What stands today about the clinic's own books: the work list, claims and their money, imports, the data audit, the nightly comparison.
import { claimsByGroup, sourceOf } from '../../domain/today/today.ts';
import type { TodaySource, TodaySystem } from '../../domain/today/today.ts';
import type { DataRules } from '../data-audit/rules.ts';
import { auditsOf } from '../data-audit/views.ts';
import { reconciliationShown } from '../reconciliation/nightly.ts';
import { countIf, latest, openItems } from './counting.ts';
import type { TodayAsk } from './counting.ts';

const dayMilliseconds = 86_400_000;

export async function workToday({ db, clinic, roles, now }: TodayAsk): Promise<TodaySource> {
  const row = await db
    .selectFrom('work_items')
    .select(({ fn, eb }) => [
      fn.countAll<string>().as('all'),
      countIf(eb.or([eb('role', 'in', [...roles]), eb('waits_for', 'in', [...roles])])).as('mine'),
      countIf(eb('due_at', '<', now)).as('overdue'),
      countIf(eb('escalated_at', 'is not', null)).as('escalated'),
    ])
    .where('clinic', '=', clinic)
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
  const page = 'workList';
  return sourceOf('work', now, [
    { words: 'For you', value: Number(row.mine), page },
    { words: 'For everybody', value: Number(row.all), page },
    { words: 'Overdue', value: Number(row.overdue), page, urgent: true },
    { words: 'Escalated', value: Number(row.escalated), page, urgent: true },
  ]);
}

/** Money and the workbench of denials are for whoever bills. */
export async function claimsToday({ db, clinic, roles }: TodayAsk): Promise<TodaySource> {
  const rows = await db
    .selectFrom('claim_lives as l')
    .innerJoin('claims as c', 'c.ref', 'l.claim')
    .select(['l.state', 'l.denial', 'l.updated_at as at', 'c.charge_cents as cents'])
    .where('l.clinic', '=', clinic)
    .execute();
  const asOf = latest(rows.map(({ at }) => at));
  const groups = claimsByGroup(rows.map(({ state }) => ({ state, count: 1 })));
  const bills = roles.includes('biller') || roles.includes('admin');
  const open = rows.filter(({ state }) => state !== 'closed');
  const denied = open.flatMap(({ denial }) => (denial === null ? [] : [denial.cents]));
  const page = 'claims';
  return sourceOf('claims', asOf, [
    { words: 'For us to do', value: groups.ours, page },
    { words: 'At the payer', value: groups.payer, page },
    { words: 'The payer is late', value: groups.overdue, page, urgent: true },
    { words: 'Denied', value: groups.denied, page: bills ? 'denials' : page, urgent: true },
    { words: 'Partly paid or taken back', value: groups.partly, page },
    { words: 'With the patient', value: groups.patient, page },
    ...(bills
      ? ([
          { words: 'Charged on open claims', value: chargedIn(open), unit: 'cents', page: 'figures' },
          {
            words: 'Denied and not settled',
            value: denied.reduce((sum, cents) => sum + cents, 0),
            unit: 'cents',
            page: 'denials',
          },
        ] as const)
      : []),
  ]);
}

/** Unknown where the charge of one of them is. */
function chargedIn(claims: readonly { readonly cents: number | null }[]): number | null {
  return claims.reduce<number | null>((sum, { cents }) => (sum === null || cents === null ? null : sum + cents), 0);
}

/** Each connection that records were ever taken in over, with what the last run of it said. */
export async function importsToday({ db, clinic, roles, now }: TodayAsk): Promise<TodaySource> {
  const imports = await db
    .selectFrom('imports as i')
    .innerJoin('connections as c', 'c.id', 'i.connection')
    .distinctOn('i.connection')
    .select(['i.connection', 'c.name', 'i.at', 'i.rejected'])
    .where('i.clinic', '=', clinic)
    .where('c.removed_at', 'is', null)
    .orderBy('i.connection')
    .orderBy('i.at', 'desc')
    .execute();
  const runs = await db
    .selectFrom('import_runs as r')
    .innerJoin('connections as c', 'c.id', 'r.connection')
    .distinctOn('r.connection')
    .select(['r.connection', 'c.name', 'r.state', 'r.failure', 'r.heard_at'])
    .where('r.clinic', '=', clinic)
    .where('c.removed_at', 'is', null)
    .orderBy('r.connection')
    .orderBy('r.asked_at', 'desc')
    .execute();
  const names = new Map([...imports, ...runs].map(({ connection, name }) => [connection, name]));
  const systems = [...names].map(([connection, name]): TodaySystem => {
    const last = imports.find((one) => one.connection === connection);
    const run = runs.find((one) => one.connection === connection);
    const failed = run?.state === 'failed' && (last === undefined || run.heard_at > last.at);
    const refused = last === undefined || last.rejected.length === 0 ? '' : `, ${last.rejected.length} rows refused`;
    const words = failed
      ? `the last import did not end (${run.failure ?? 'unknown'})`
      : `${ageInWords(last?.at, now)}${refused}`;
    const isOld = last === undefined || now.getTime() - last.at.getTime() > dayMilliseconds;
    return { name, asOf: last?.at.toISOString() ?? null, words, urgent: failed || isOld || refused !== '' };
  });
  const asOf = latest(imports.map(({ at }) => at));
  const page = roles.includes('admin') ? 'connections' : null;
  return sourceOf(
    'imports',
    asOf,
    [
      { words: 'Systems that told us something', value: imports.length, page },
      { words: 'To look at', value: systems.filter(({ urgent }) => urgent).length, page, urgent: true },
    ],
    systems.sort((a, b) => a.name.localeCompare(b.name, 'en')),
  );
}

function ageInWords(at: Date | undefined, now: Date): string {
  if (at === undefined) return 'nothing taken in yet';
  const hours = Math.floor((now.getTime() - at.getTime()) / 3_600_000);
  if (hours < 1) return 'within the last hour';
  if (hours < 48) return `${hours} ${hours === 1 ? 'hour' : 'hours'} ago`;
  return `${Math.floor(hours / 24)} days ago`;
}

export async function dataAuditToday(ask: TodayAsk, rules: DataRules): Promise<TodaySource> {
  const { db, clinic, roles, now } = ask;
  const last = (await auditsOf(db, clinic, 10)).find(({ state }) => state === 'done');
  const at = last?.finishedAt ?? null;
  const age = at === null ? null : Math.floor((now.getTime() - Date.parse(at)) / dayMilliseconds);
  const pairs = await openItems(ask, ['patient.merge']);
  const isAdmin = roles.includes('admin');
  const page = isAdmin ? 'dataAudit' : null;
  const findings = last?.figures?.bySeverity;
  return sourceOf('dataAudit', at, [
    { words: 'Pairs that look like one person', value: pairs, page: 'workList', urgent: true },
    { words: 'Findings that stop later work', value: findings?.error ?? null, page, urgent: true },
    { words: 'To be corrected', value: findings?.warning ?? null, page },
    {
      words: 'Days since the last audit',
      value: age,
      page,
      urgent: age !== null && age > rules.requirements.auditEvery.days,
    },
  ]);
}

export async function reconciliationToday(ask: TodayAsk): Promise<TodaySource> {
  const { db, clinic, roles, now } = ask;
  const { last } = await reconciliationShown(db, clinic, now);
  const open = await openItems(ask, ['visits.disagree']);
  const page = roles.includes('admin') ? 'dataAudit' : null;
  const patients = last?.figures?.patients ?? null;
  return sourceOf('reconciliation', last?.finishedAt ?? null, [
    { words: 'Patients compared', value: patients, page },
    { words: 'Whose books disagree', value: last?.figures?.disagreeing ?? null, page: 'workList', urgent: true },
    { words: 'Open items of it', value: open, page: 'workList' },
  ]);
}
