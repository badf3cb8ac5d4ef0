// What the console's pages of claims have in common: a claim's structure, its patient's name, and values out of opened records.
import type { Selectable } from 'kysely';
import { claimSchema } from '../../domain/claim/schema.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import type { ClaimLifeTables } from '../claims/life/tables.ts';
import type { ClaimRow } from '../claims/records.ts';
import type { Db } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';

type LifeRow = Selectable<ClaimLifeTables['claim_lives']>;

/** `sentAt`: when it last left for the payer; null: it did not, as far as Gait knows. */
interface ClaimLife {
  readonly state: LifeRow['state'];
  readonly since: string;
  readonly dueBy: string | null;
  readonly sentAt: string | null;
  readonly denial: LifeRow['denial'];
  readonly hold: string | null;
}

export interface ClaimViewNeeds {
  readonly db: Db;
  readonly vault: Vault;
  readonly validator: Validator;
}

export function structureOf(row: ClaimRow) {
  return {
    claimRef: row.ref,
    payer: row.payer,
    from: row.service_from,
    to: row.service_to,
    chargeCents: row.charge_cents,
    lines: row.lines,
    frequency: row.frequency,
    importedAt: row.imported_at.toISOString(),
  };
}

/** The item about a claim that waits for a person, the most urgent one. */
export async function openItems(
  db: Db,
  clinic: string,
  subjects: readonly string[],
): Promise<Map<string, { id: string; kind: string }>> {
  const rows = await db
    .selectFrom('work_items')
    .select(['id', 'kind', 'subject'])
    .where('clinic', '=', clinic)
    .where('status', '=', 'open')
    .where('subject', 'in', [...subjects, ''])
    .orderBy('priority', 'desc')
    .execute();
  return new Map(rows.map(({ id, kind, subject }) => [subject, { id, kind }]));
}

/** Where a claim stands by the workflow that follows it. */
export async function livesOf(db: Db, claims: readonly string[]): Promise<Map<string, ClaimLife>> {
  const rows = await db
    .selectFrom('claim_lives')
    .select(['claim', 'state', 'since', 'due_by', 'denial', 'hold'])
    .where('claim', 'in', [...claims, ''])
    .execute();
  const sent = await db
    .selectFrom('claim_events')
    .select((all) => ['claim', all.fn.max('at').as('at')])
    .where('claim', 'in', [...claims, ''])
    .where('type', '=', 'submitted')
    .groupBy('claim')
    .execute();
  return new Map(
    rows.map(({ claim, state, since, due_by: due, denial, hold }) => [
      claim,
      {
        state,
        since: since.toISOString(),
        dueBy: due?.toISOString() ?? null,
        sentAt: sent.find((one) => one.claim === claim)?.at.toISOString() ?? null,
        denial,
        hold,
      },
    ]),
  );
}

export function nameIn(record: VaultRecord | undefined): string | null {
  const person = asRecord(record?.['patient'] ?? record?.['subscriber']);
  const [family, given] = [person['name'], person['given']];
  const parts = [family, given].filter((part): part is string => typeof part === 'string' && part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function textIn(value: unknown, name: string): string {
  const found = asRecord(value)[name];
  return typeof found === 'string' ? found : '';
}

export function claimIn(validator: Validator, record: unknown): Claim {
  assertClaim(validator, record);
  return record;
}

function assertClaim(validator: Validator, value: unknown): asserts value is Claim {
  validator.check(claimSchema, value, 'claim');
}
