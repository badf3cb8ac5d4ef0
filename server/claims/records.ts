// Reads claims: the row with their structure, and the record behind it for the server's own use.
import type { Selectable } from 'kysely';
import { claimDraftSchema, claimHeadingSchema } from '../../domain/claim/draft-schema.ts';
import type { ClaimDraft, ClaimHeading } from '../../domain/claim/draft-schema.ts';
import { claimSchema } from '../../domain/claim/schema.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { SystemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import type { ClaimTables } from './tables.ts';

export type ClaimRow = Selectable<ClaimTables['claims']>;

interface Needs {
  readonly vault: Vault;
  readonly validator: Validator;
}

/** The row of a claim. Throws `reference.unknown`. */
export async function claimRow(db: Db, clinic: string, ref: string, lock = false): Promise<ClaimRow> {
  const query = db.selectFrom('claims').selectAll().where('clinic', '=', clinic).where('ref', '=', ref);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined) throw new GaitError('reference.unknown', 'This clinic has no such claim.', { where: 'claim' });
  return row;
}

/**
 * The claim a subject names: itself, or the work item by which it is approved, and what it is to be sent as: a decided claim may go
 * again as a replacement or a void (CLM05-3). Throws `reference.unknown`.
 */
export async function claimNamed(
  db: Db,
  clinic: string,
  subject: string,
): Promise<{ row: ClaimRow; frequency: string }> {
  const item = await db
    .selectFrom('work_items')
    .select(['subject', 'context'])
    .where('clinic', '=', clinic)
    .where('id', '=', subject)
    .where('kind', 'in', ['claim.submit', 'claim.uncertain'])
    .executeTakeFirst();
  const row = await claimRow(db, clinic, item?.subject ?? subject);
  const asked = item?.context['frequency'];
  return { row, frequency: typeof asked === 'string' ? asked : row.frequency };
}

/** What a flow may see of a claim. */
export function structureOfClaim(row: ClaimRow): Readonly<Record<string, unknown>> {
  return {
    payer: row.payer,
    from: row.service_from,
    to: row.service_to,
    chargeCents: row.charge_cents,
    lines: row.lines,
    frequency: row.frequency,
  };
}

/** The claim and its heading, opened under one audit entry. */
export async function openClaim(
  { vault, validator }: Needs,
  row: ClaimRow,
  opening: { readonly purpose: string; readonly actor: SystemPrincipal; readonly trx?: Trx },
): Promise<ClaimDraft> {
  const opened = await vault.openMany(row.clinic, [row.ref, row.heading], opening);
  const [claim, heading]: unknown[] = [opened.get(row.ref), opened.get(row.heading)];
  assertClaim(validator, claim);
  assertHeading(validator, heading);
  return { claim, heading };
}

/** The claim that a person approves or approved. Throws `input.invalid` where the record is none. */
export function draftIn(validator: Validator, record: unknown): ClaimDraft {
  assertDraft(validator, record);
  return record;
}

function assertClaim(validator: Validator, value: unknown): asserts value is Claim {
  validator.check(claimSchema, value, 'claim');
}

function assertHeading(validator: Validator, value: unknown): asserts value is ClaimHeading {
  validator.check(claimHeadingSchema, value, 'heading');
}

function assertDraft(validator: Validator, value: unknown): asserts value is ClaimDraft {
  validator.check(claimDraftSchema, value, 'draft');
}
