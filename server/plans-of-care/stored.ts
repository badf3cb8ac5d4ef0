// A plan of care as it lies sealed, and the structure of it that stands beside.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { GaitError } from '../../domain/errors.ts';
import type { PlanDraft } from '../../domain/plan-of-care/draft.ts';
import type { PlanLimits } from '../../domain/plan-of-care/frequency.ts';
import type { SimilarPatients } from '../../domain/plan-of-care/similar.ts';
import type { BodyPart, Side } from '../../domain/session/words.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Opening, Vault } from '../vault/vault.ts';

export interface SealedPlan {
  readonly draft: PlanDraft;
  readonly protocolName: string;
  readonly part: BodyPart;
  readonly side: Side | null;
  readonly limits: PlanLimits;
  readonly similar: SimilarPatients;
}

/** Of what is shown and approved: every change of it is another one. */
export function planHash(draft: PlanDraft): string {
  return createHash('sha256').update(canonicalJson(draft)).digest('hex');
}

/** What a flow may know of it. */
export function structureOf({ draft }: Pick<SealedPlan, 'draft'>) {
  const { frequency } = draft;
  return {
    starts_on: frequency.from,
    ends_on: frequency.to < frequency.from ? frequency.from : frequency.to,
    visits_per_week: frequency.visitsPerWeek[0] ?? null,
    visits: frequency.visits,
    goals: draft.goals.length,
    unknown: draft.unknown.length,
  };
}

/** Throws `reference.unknown`. */
export async function planRow(db: Db | Trx, clinic: string, ref: string, lock = false) {
  const query = db.selectFrom('plans_of_care').selectAll().where('clinic', '=', clinic).where('ref', '=', ref);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such plan of care.', { where: 'plan' });
  return row;
}

export type PlanRow = Awaited<ReturnType<typeof planRow>>;

export async function openPlan(vault: Vault, clinic: string, ref: string, opening: Opening): Promise<SealedPlan> {
  const record: unknown = await vault.open(clinic, ref, opening);
  if (!isSealedPlan(record)) throw new GaitError('internal.bug', 'A plan of care has not the form of one.');
  return record;
}

/** It was checked when it was sealed; what it was sealed as is looked at, not every field again. */
function isSealedPlan(record: unknown): record is SealedPlan {
  if (typeof record !== 'object' || record === null) return false;
  return ['draft', 'protocolName', 'part', 'limits', 'similar'].every((field) => field in record);
}
