// What lists and pages show of coverage checks: structure for flows, names and summaries for a person who is signed in.
import { addDays } from '../../domain/calendar.ts';
import { namesOf } from '../authorizations/views.ts';
import type { ViewNeeds } from '../authorizations/views.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { openStates } from './states.ts';
import { checkRow } from './evidence.ts';
import { lastSummaries } from './last.ts';
import type { CheckRow } from './request.ts';

export type EligibilityViewNeeds = ViewNeeds;

/** The newest summaries of checks, without the older ones that a call has completed. */
async function summariesOf(db: Db, clinic: string, checks: readonly string[]) {
  const rows = await db
    .selectFrom('eligibility_summaries')
    .select(['ref', 'check_ref', 'structure', 'at'])
    .where('clinic', '=', clinic)
    .where('check_ref', 'in', [...checks, ''])
    .orderBy('position')
    .execute();
  return Map.groupBy(rows, (row) => row.check_ref);
}

async function openItemsOf(
  db: Db,
  clinic: string,
  checks: readonly string[],
): Promise<Map<string, { id: string; kind: string; reason: string; dueAt: string | null }>> {
  const rows = await db
    .selectFrom('work_items')
    .select(['id', 'kind', 'subject', 'reason', 'due_at'])
    .where('clinic', '=', clinic)
    .where('status', '=', 'open')
    .where('subject', 'in', [...checks, ''])
    .execute();
  return new Map(
    rows.map(({ id, kind, subject, reason, due_at }) => [
      subject,
      { id, kind, reason, dueAt: due_at?.toISOString() ?? null },
    ]),
  );
}

function structureOfCheck(row: CheckRow): Record<string, unknown> {
  return {
    check: row.ref,
    batch: row.batch,
    patient: row.patient,
    payer: row.payer,
    serviceDate: row.service_date,
    serviceTypes: row.service_types,
    reasons: row.reasons,
    state: row.state,
    code: row.code,
    askedAt: row.asked_at?.toISOString() ?? null,
    settledAt: row.settled_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
  };
}

interface Filter {
  readonly state?: string | undefined;
  readonly batch?: string | undefined;
  readonly patient?: string | undefined;
  readonly from?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** Checks, the next visit first. `exception`: the payer did not answer, or a person is asked to call. */
function checksWhere(
  db: Db,
  clinic: string,
  { state, batch, patient, from, limit = 200, cursor = '0' }: Filter,
): Promise<CheckRow[]> {
  let query = db.selectFrom('eligibility_checks as c').selectAll('c').where('c.clinic', '=', clinic);
  if (batch !== undefined) query = query.where('c.batch', '=', batch);
  if (patient !== undefined) query = query.where('c.patient', '=', patient);
  if (from !== undefined) query = query.where('c.service_date', '>=', from);
  if (state === 'exception')
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('work_items as w')
          .select('w.id')
          .whereRef('w.subject', '=', 'c.ref')
          .where('w.clinic', '=', clinic)
          .where('w.status', '=', 'open'),
      ),
    );
  else if (state === 'waiting') query = query.where('c.state', 'in', [...openStates]);
  else if (state !== undefined && state !== 'all') query = query.where('c.state', '=', state);
  return query.orderBy('c.service_date').orderBy('c.ref').offset(Number(cursor)).limit(limit).execute();
}

/** For flows: references and structure, page by page; `next` is the cursor of the page after, null where there is none. */
export async function checkStructures(
  { db }: EligibilityViewNeeds,
  clinic: string,
  filter: Filter,
): Promise<{ items: unknown[]; next: string | null }> {
  const limit = filter.limit ?? 200;
  const found = await checksWhere(db, clinic, { ...filter, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const refs = rows.map(({ ref }) => ref);
  const [summaries, items] = [await summariesOf(db, clinic, refs), await openItemsOf(db, clinic, refs)];
  return {
    items: rows.map((row) => ({
      ...structureOfCheck(row),
      workItem: items.get(row.ref)?.id ?? null,
      summaries: (summaries.get(row.ref) ?? []).map(({ ref, structure }) => ({ summary: ref, ...structure })),
    })),
    next: found.length > limit ? String(Number(filter.cursor ?? '0') + limit) : null,
  };
}

/** For the console's list: with names, the exceptions with why they are some. */
export async function checkList(
  needs: EligibilityViewNeeds,
  clinic: string,
  filter: Filter,
  by: SessionPrincipal,
): Promise<unknown[]> {
  const { db, vault, now, policies } = needs;
  const { date } = await policies.today(db, clinic, now());
  const rows = await checksWhere(db, clinic, { from: addDays(date, -7), ...filter });
  const refs = rows.map(({ ref }) => ref);
  const [summaries, items] = [await summariesOf(db, clinic, refs), await openItemsOf(db, clinic, refs)];
  const view = { purpose: 'eligibility.list', action: 'eligibility.listed' };
  const names = await namesOf(
    vault,
    clinic,
    rows.map(({ patient }) => patient),
    by,
    view,
  );
  const payers = await payerNames(needs, clinic, rows, date);
  return rows.map((row) => ({
    ...structureOfCheck(row),
    payer: { id: row.payer, name: payers.get(row.payer) ?? row.payer },
    patientName: names.get(row.patient) ?? null,
    workItem: items.get(row.ref) ?? null,
    summaries: (summaries.get(row.ref) ?? []).map(({ ref, structure }) => ({ summary: ref, ...structure })),
  }));
}

/** One check as its page shows it: each coverage's summary, and the answer before it to compare with. */
export async function checkPage(
  needs: EligibilityViewNeeds,
  clinic: string,
  ref: string,
  by: SessionPrincipal,
): Promise<unknown> {
  const { db, vault, now, policies } = needs;
  const row = await checkRow(db, clinic, ref);
  const { date } = await policies.today(db, clinic, now());
  const earlier = await lastSummaries(db, row, now());
  const own = (await summariesOf(db, clinic, [ref])).get(ref) ?? [];
  const records = [...own, ...earlier].map((one) => one.ref);
  const opened = await vault.openMany(clinic, [row.patient, row.coverage, ...records], {
    purpose: 'eligibility.review',
    action: 'eligibility.viewed',
    actor: by,
  });
  const patient = opened.get(row.patient) ?? {};
  const coverage = opened.get(row.coverage) ?? {};
  const items = await openItemsOf(db, clinic, [ref]);
  const payers = await payerNames(needs, clinic, [row], date);
  return {
    ...structureOfCheck(row),
    payer: { id: row.payer, name: payers.get(row.payer) ?? row.payer },
    patient: {
      ref: row.patient,
      name: patient['name'] ?? null,
      birthDate: patient['birthDate'] ?? null,
    },
    coverage: {
      memberId: coverage['memberId'] ?? null,
      groupNumber: coverage['groupNumber'] ?? null,
      planName: coverage['planName'] ?? null,
      order: coverage['order'] ?? null,
    },
    summaries: own.map((one) => ({ ref: one.ref, at: one.at.toISOString(), summary: opened.get(one.ref) ?? null })),
    before: earlier.map((one) => ({ ref: one.ref, at: one.at.toISOString(), summary: opened.get(one.ref) ?? null })),
    workItem: items.get(ref) ?? null,
  };
}

/** The last batches with how many of their checks came to what. */
export async function batchList({ db }: EligibilityViewNeeds, clinic: string): Promise<unknown[]> {
  const batches = await db
    .selectFrom('eligibility_batches')
    .selectAll()
    .where('clinic', '=', clinic)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute();
  const counts = await db
    .selectFrom('eligibility_checks')
    .select(['batch', 'state', (all) => all.fn.countAll<string>().as('checks')])
    .where('batch', 'in', [...batches.map(({ id }) => id), ''])
    .groupBy(['batch', 'state'])
    .execute();
  return batches.map((batch) => ({
    batch: batch.id,
    kind: batch.kind,
    day: batch.day,
    startedAt: batch.created_at.toISOString(),
    finishedAt: batch.finished_at?.toISOString() ?? null,
    checks: Object.fromEntries(
      counts.filter((one) => one.batch === batch.id).map(({ state, checks }) => [state, Number(checks)]),
    ),
  }));
}

async function payerNames(
  { db, policies }: EligibilityViewNeeds,
  clinic: string,
  rows: readonly Pick<CheckRow, 'payer'>[],
  on: string,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const payer of new Set(rows.map((row) => row.payer))) {
    const lineOfBusiness = await policies.lineOfBusiness(db, clinic, payer, on);
    names.set(payer, (await policies.policyFor(db, clinic, { payer, lineOfBusiness, on })).name);
  }
  return names;
}
