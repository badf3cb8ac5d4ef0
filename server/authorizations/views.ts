// What lists and pages show of authorizations: structure for flows, with names for a person who is signed in.
import { patientStatus } from '../../domain/authorization/patient-status.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import { mayReadScores, scoresOf } from '../imports/scores.ts';
import { authorizationRow, factsOfRow } from './facts.ts';
import type { AuthorizationRow } from './facts.ts';
import { numberIn } from './numbers.ts';
import type { Policies } from './policies.ts';
import { documentedIn, keptTimelineOf, mayReadNumbers } from './timeline.ts';

export interface ViewNeeds {
  readonly db: Db;
  readonly vault: Vault;
  readonly policies: Policies;
  readonly now: () => Date;
}

/** An authorization without anything that names a person. */
export function structureOf(row: AuthorizationRow): Record<string, unknown> {
  const { assessment } = row;
  return {
    authorization: row.ref,
    payer: row.payer,
    lineOfBusiness: row.line_of_business,
    state: row.held !== null || row.coverage_changed_on !== null ? 'held' : row.state,
    periods: row.periods,
    requiredByPayer: row.required_by_payer,
    need: assessment?.need ?? null,
    actBy: row.act_by,
    route: assessment?.route ?? null,
    projection: assessment?.projection ?? null,
    reason: assessment?.reason ?? null,
    tracked: row.tracked_at !== null,
  };
}

/** One page of authorizations, those to act on first. `cursor` is what the page before gave as `next`. */
export async function listAuthorizations(
  db: Db,
  clinic: string,
  filter: { state?: string; payer?: string; limit?: number; cursor?: string },
): Promise<{ rows: AuthorizationRow[]; next: string | null }> {
  const limit = filter.limit ?? 100;
  const offset = filter.cursor === undefined ? 0 : Number(filter.cursor);
  if (!Number.isInteger(offset) || offset < 0)
    throw new GaitError('input.invalid', 'The cursor is not one.', { where: 'cursor' });
  let query = db.selectFrom('authorizations').selectAll().where('clinic', '=', clinic);
  if (filter.payer !== undefined) query = query.where('payer', '=', filter.payer);
  if (filter.state === 'held') {
    query = query.where((where) =>
      where.or([where('held', 'is not', null), where('coverage_changed_on', 'is not', null)]),
    );
  } else if (filter.state !== undefined) {
    query = query.where('state', '=', filter.state);
  }
  const rows = await query
    .orderBy('act_by', (order) => order.asc().nullsLast())
    .orderBy('ref')
    .offset(offset)
    .limit(limit + 1)
    .execute();
  return { rows: rows.slice(0, limit), next: rows.length > limit ? String(offset + limit) : null };
}

/** Names of patients by reference, opened for a signed-in person under one audit entry. */
export async function namesOf(
  vault: Vault,
  clinic: string,
  patients: readonly string[],
  by: SessionPrincipal,
  view: { purpose: string; action: string },
): Promise<Map<string, string>> {
  const opened = await vault.openMany(clinic, [...new Set(patients)], { ...view, actor: by });
  const names = [...opened].flatMap(([ref, record]): [string, string][] => {
    const name = nameIn(record['name']);
    return name === null ? [] : [[ref, name]];
  });
  return new Map(names);
}

function nameIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('given' in value) || !('family' in value)) return null;
  return typeof value.given === 'string' && typeof value.family === 'string' ? `${value.family}, ${value.given}` : null;
}

/** The payer as a person reads it. */
export async function payerOf(needs: ViewNeeds, row: AuthorizationRow): Promise<{ id: string; name: string }> {
  const today = await needs.policies.today(needs.db, row.clinic, needs.now());
  const lineOfBusiness = await needs.policies.lineOfBusiness(needs.db, row.clinic, row.payer, today.date);
  const policy = await needs.policies.policyFor(needs.db, row.clinic, {
    payer: row.payer,
    lineOfBusiness,
    on: today.date,
  });
  return { id: row.payer, name: policy.name };
}

/** One authorization as its page shows it. */
export async function authorizationPage(
  needs: ViewNeeds,
  clinic: string,
  ref: string,
  by: SessionPrincipal,
): Promise<unknown> {
  const { db } = needs;
  const row = await authorizationRow(db, clinic, ref);
  const facts = await factsOfRow(needs, row, needs.now());
  const timeline = await keptTimelineOf(db, clinic, ref);
  const numbers = mayReadNumbers(by.roles);
  const refs = [row.patient, ...(numbers ? [ref] : []), ...timeline.flatMap(({ records }) => records)];
  const opened = await needs.vault.openMany(clinic, [...new Set(refs)], {
    purpose: 'authorization.view',
    action: 'authorization.viewed',
    actor: by,
  });
  const kept = opened.get(ref) ?? {};
  const outcomes = mayReadScores(by.roles) ? { outcomes: await scoresOf(needs, clinic, row.patient, by) } : {};
  const workItems = await db
    .selectFrom('work_items')
    .select(['id', 'kind', 'title', 'status'])
    .where('clinic', '=', clinic)
    .where('subject', '=', ref)
    .orderBy('opened_at', 'desc')
    .execute();
  return {
    ref,
    ...structureOf(row),
    patientName: nameIn(opened.get(row.patient)?.['name']),
    periods: row.periods.map((period) => ({ ...period, payerNumber: numberIn(kept, period.sequence) })),
    payer: { id: row.payer, name: facts.policy.name },
    projection: facts.assessment.projection,
    assessment: facts.assessment,
    patientStatus: patientStatus(facts.authorization, facts.assessment, facts.today.date),
    appointments: facts.appointments.map(({ date, status, units }) => ({ date, status, units })),
    timeline: timeline.map(({ entry, records }) => ({
      ...entry,
      documented: records.flatMap((record) => documentedIn(opened.get(record) ?? {}, by.roles)),
    })),
    ...outcomes,
    workItems,
  };
}
