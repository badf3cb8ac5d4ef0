// Reads and writes permits: one row per key, one writer at a time.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { isErrorCode } from '../../domain/errors.ts';
import type { Permit } from '../../domain/effect/permit.ts';
import { permitStates } from '../../domain/effect/permit.ts';
import type { Trx } from '../database/tables.ts';
import type { EffectTables } from './tables.ts';

export type EffectRow = Selectable<EffectTables['effects']>;

/** What an effect is, apart from how it stands. */
export interface EffectIdentity {
  readonly clinic: string;
  readonly key: string;
  readonly operation: string;
  readonly connection: string;
  readonly subject: string;
  readonly requestOf: string;
  readonly workItem: string | null;
  readonly approval: string | null;
  readonly request: string;
}

/** Makes this transaction the only one that decides about a key, also while the key has no row yet. */
export async function lockKey(trx: Trx, clinic: string, key: string): Promise<EffectRow | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`effect ${clinic} ${key}`}, 0))`.execute(trx);
  const row = await trx
    .selectFrom('effects')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('key', '=', key)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** The permit of a row. */
export function permitOf(row: EffectRow): Permit {
  const state = permitStates.find((one) => one === row.state);
  if (state === undefined) throw new Error('The database holds a permit state that is not one.');
  return {
    state,
    attempt: row.attempt,
    sentAt: row.sent_at?.toISOString() ?? null,
    leaseUntil: row.lease_until?.toISOString() ?? null,
    inquireAt: row.inquire_at?.toISOString() ?? null,
    inquireAfterSeconds: row.inquire_after_seconds,
    personAsked: row.person_asked,
    outcome: row.outcome,
    code: isErrorCode(row.code) ? row.code : null,
    reasons: row.reasons,
  };
}

/** Stores how an effect stands now. */
export async function writePermit(trx: Trx, of: EffectIdentity, permit: Permit, at: Date): Promise<void> {
  const standing = {
    state: permit.state,
    attempt: permit.attempt,
    sent_at: permit.sentAt,
    lease_until: permit.leaseUntil,
    inquire_at: permit.inquireAt,
    inquire_after_seconds: permit.inquireAfterSeconds,
    inquiring_until: null,
    person_asked: permit.personAsked,
    outcome: permit.outcome === null ? null : JSON.stringify(permit.outcome),
    code: permit.code,
    reasons: JSON.stringify(permit.reasons),
    updated_at: at,
    // A later attempt may send another approved revision of the same request.
    approval: of.approval,
    request: of.request,
    operation: of.operation,
    connection: of.connection,
    work_item: of.workItem,
  };
  await trx
    .insertInto('effects')
    .values({
      clinic: of.clinic,
      key: of.key,
      subject: of.subject,
      request_of: of.requestOf,
      created_at: at,
      ...standing,
    })
    // What was written for one request and one connection is not sent as another.
    .onConflict((conflict) =>
      conflict.columns(['clinic', 'key']).doUpdateSet({
        ...standing,
        wire: sql`case when (effects.request, effects.operation, effects.connection)
          = (excluded.request, excluded.operation, excluded.connection) then effects.wire end`,
      }),
    )
    .execute();
}

/** The identity of a stored effect. */
export function identityOf(row: EffectRow): EffectIdentity {
  return {
    clinic: row.clinic,
    key: row.key,
    operation: row.operation,
    connection: row.connection,
    subject: row.subject,
    requestOf: row.request_of,
    workItem: row.work_item,
    approval: row.approval,
    request: row.request,
  };
}

/** Keeps what would have been sent in live mode. */
export async function keepShadow(trx: Trx, of: EffectIdentity, at: Date): Promise<void> {
  await trx
    .insertInto('effect_shadows')
    .values({
      clinic: of.clinic,
      key: of.key,
      operation: of.operation,
      connection: of.connection,
      subject: of.subject,
      approval: of.approval,
      first_at: at,
      last_at: at,
      times: 1,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['clinic', 'key'])
        .doUpdateSet((row) => ({ last_at: at, times: row('effect_shadows.times', '+', 1), approval: of.approval })),
    )
    .execute();
}
