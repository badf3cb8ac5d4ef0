// The answer before this one, about the same patient and coverage: what a new answer is compared with.
import { benefitSummarySchema } from '../../domain/eligibility/summary-schema.ts';
import type { BenefitSummary } from '../../domain/eligibility/summary-schema.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import type { CheckRow } from './request.ts';

/** References of the summaries of the newest answered check before `row`, in their order; none where there was none. */
export async function lastSummaries(db: Db, row: CheckRow, before: Date): Promise<{ ref: string; at: Date }[]> {
  const last = await db
    .selectFrom('eligibility_checks')
    .select('ref')
    .where('clinic', '=', row.clinic)
    .where('patient', '=', row.patient)
    .where('coverage', '=', row.coverage)
    .where('state', '=', 'answered')
    .where('ref', '<>', row.ref)
    .where('settled_at', '<', row.settled_at ?? before)
    .orderBy('settled_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return [];
  return db
    .selectFrom('eligibility_summaries')
    .select(['ref', 'at'])
    .where('clinic', '=', row.clinic)
    .where('check_ref', '=', last.ref)
    .orderBy('position')
    .execute();
}

/** The same, opened. */
export async function openLast(
  { db, vault, validator }: { readonly db: Db; readonly vault: Vault; readonly validator: Validator },
  row: CheckRow,
  before: Date,
): Promise<BenefitSummary[]> {
  const refs = (await lastSummaries(db, row, before)).map(({ ref }) => ref);
  if (refs.length === 0) return [];
  const opened = await vault.openMany(row.clinic, refs, {
    purpose: 'eligibility.compare',
    actor: systemPrincipal('eligibility'),
  });
  return [...opened.values()].map((record) => {
    const summary: unknown = record;
    assertSummary(validator, summary);
    return summary;
  });
}

export function assertSummary(validator: Validator, value: unknown): asserts value is BenefitSummary {
  validator.check(benefitSummarySchema, value, 'summary');
}
