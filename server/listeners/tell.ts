// Tells flows of records that are new or changed: references only, in order, each again until the flow has taken it.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { visitsAmong } from '../imports/changes.ts';
import { repliesAmong } from '../messages/reply-changes.ts';
import { deliver } from '../steps/delivery.ts';
import { checkCall } from '../steps/signature.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { ListenerTables } from './tables.ts';

export interface TellingNeeds {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly keyring: Keyring;
  readonly n8nUrl: string | null;
}

type ListenerRow = Selectable<ListenerTables['record_listeners']>;

/** One record as a flow hears of it. */
export interface ToldRecord {
  readonly kind: string;
  readonly record: string;
  readonly change: 'added' | 'changed';
  readonly connection: string;
  readonly structure: Readonly<Record<string, unknown>>;
}

const atOnce = 100;
const longestPauseSeconds = 300;

/** One round over all flows that something is to be told to. Returns how many took it. */
export async function tellListeners(needs: TellingNeeds): Promise<number> {
  const { db, now } = needs;
  const due = await db
    .selectFrom('record_listeners')
    .selectAll()
    .where('removed_at', 'is', null)
    .where('try_at', '<=', now())
    .execute();
  let told = 0;
  for (const row of due) if (await tellOne(needs, row)) told += 1;
  return told;
}

/** A call is good for one taking. The pause is written first, so that a second server does not tell the same at once. */
async function tellOne(needs: TellingNeeds, row: ListenerRow): Promise<boolean> {
  const { db, now } = needs;
  const { clinic, listener, failures } = row;
  const [last, ...others] = (await newFor(db, row)).toReversed();
  if (last === undefined) return false;
  const call = randomUUID();
  const pause = Math.min(longestPauseSeconds, 5 * 2 ** Math.min(failures, 10));
  const taken = await db
    .updateTable('record_listeners')
    .set({
      call,
      call_by: last.written_by,
      call_seq: last.seq,
      failures: failures + 1,
      try_at: new Date(now().getTime() + pause * 1000),
    })
    .where('listener', '=', listener)
    .where('failures', '=', failures)
    .where('try_at', '=', row.try_at)
    .executeTakeFirst();
  if (taken.numUpdatedRows === 0n) return false;
  const count = others.length + 1;
  return (await deliver(needs, clinic, row.url, { call, listener, clinic, records: count })) === 'taken';
}

/** What no running transaction can still precede, in the order in which it was written. */
function newFor(
  db: Db,
  row: Pick<ListenerRow, 'clinic' | 'kinds' | 'connection' | 'told_by' | 'told_seq'>,
  upTo?: { by: string; seq: number },
) {
  const order = sql`(written_by, seq)`;
  let query = db
    .selectFrom('record_changes')
    .select(['seq', 'written_by', 'kind', 'ref', 'change', 'connection'])
    .where('clinic', '=', row.clinic)
    .where('kind', 'in', row.kinds)
    .where(sql<boolean>`${order} > (${row.told_by}::xid8, ${row.told_seq})`)
    .where(sql<boolean>`written_by < pg_snapshot_xmin(pg_current_snapshot())`);
  if (row.connection !== null) query = query.where('connection', '=', row.connection);
  if (upTo !== undefined) query = query.where(sql<boolean>`${order} <= (${upTo.by}::xid8, ${upTo.seq})`);
  return query
    .orderBy(sql`written_by`)
    .orderBy('seq')
    .limit(upTo === undefined ? atOnce : 1000)
    .execute();
}

/**
 * Gives a call out, once: the records it is about, each once. From then on they count as told.
 * @throws GaitError `access.forbidden` for a call Gait did not make, `state.conflict` for one that was given out or replaced
 */
export async function claimRecords(
  needs: TellingNeeds,
  clinic: string,
  signed: { readonly timestamp: string; readonly signature: string; readonly body: string },
  by: Principal,
): Promise<{ records: readonly ToldRecord[] }> {
  if (checkCall(needs.keyring, clinic, signed, needs.now()) !== 'good')
    throw new GaitError('access.forbidden', 'This call was not made by Gait just now.');
  const call = callIn(signed.body);
  return needs.db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('record_listeners')
      .selectAll()
      .where('clinic', '=', clinic)
      .where('call', '=', call)
      .where('removed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined || row.call_by === null || row.call_seq === null)
      throw new GaitError('state.conflict', 'This call was given out already, or another took its place.', {
        where: 'call',
      });
    const changes = await newFor(trx, row, { by: row.call_by, seq: row.call_seq });
    await trx
      .updateTable('record_listeners')
      .set({
        call: null,
        call_by: null,
        call_seq: null,
        told_by: row.call_by,
        told_seq: row.call_seq,
        failures: 0,
        try_at: needs.now(),
      })
      .where('listener', '=', row.listener)
      .execute();
    await needs.audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: 'listener.told',
      subject: row.listener,
      flow: row.flow,
      details: { changes: changes.length },
    });
    const first = new Map(changes.toReversed().map((one) => [one.ref, one]));
    const told = [...first.values()];
    const structures = new Map([...(await visitsAmong(trx, told)), ...(await repliesAmong(trx, told))]);
    return {
      records: [...first.values()].toReversed().map(({ kind, ref, change, connection }) => ({
        kind,
        record: ref,
        change,
        connection,
        structure: structures.get(ref) ?? {},
      })),
    };
  });
}

function callIn(body: string): string {
  const parsed: unknown = JSON.parse(body);
  const call: unknown =
    typeof parsed === 'object' && parsed !== null && 'call' in parsed
      ? Object.entries(parsed).find(([key]) => key === 'call')?.[1]
      : null;
  if (typeof call === 'string' && /^[0-9a-f-]{36}$/.test(call)) return call;
  throw new GaitError('input.invalid', 'The call names no call.', { where: 'call' });
}
