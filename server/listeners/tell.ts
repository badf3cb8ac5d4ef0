// Tells flows of records that are new or changed: references only, in order, each again until the flow has taken it.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Logger } from 'pino';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { structureAmong } from '../imports/changes.ts';
import { repliesAmong } from '../messages/reply-changes.ts';
import { post } from '../steps/delivery.ts';
import { checkCall } from '../steps/signature.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { ListenerTables } from './tables.ts';

export interface TellingNeeds {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly keyring: Keyring;
  readonly n8nUrl: string | null;
  readonly log: Logger;
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
/** Another server leaves a call alone that is under way; one whose server died is made again after so long. */
const leaseMilliseconds = 15_000;
const renewMilliseconds = 5_000;
/** Somewhat less than the five minutes after which an HTTP client gives up on an answer: a flow that runs longer is left to n8n. */
const longestRunMilliseconds = 280_000;
/** A flow that ends in an error each time is told so often and no more: what it stumbles over would keep from it all that follows. */
const mostFailures = 5;

export interface Telling {
  /** Begins to tell every flow that something is to be told to and that is not being told. */
  round(): Promise<void>;
  /** Calls under way are broken off; they are made again by whoever serves next. */
  stop(): Promise<void>;
}

/**
 * Flows are told side by side: each answers when it has ended, so that what a killed n8n dropped is known and told again. A flow may
 * so hear of a record twice, and never not at all.
 */
export function createTelling(needs: TellingNeeds): Telling {
  const { db, now } = needs;
  const running = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  return {
    async round() {
      const due = await db
        .selectFrom('record_listeners')
        .selectAll()
        .where('removed_at', 'is', null)
        .where('try_at', '<=', now())
        .execute();
      for (const row of due) {
        if (running.has(row.listener) || stopping.signal.aborted) continue;
        const told = tellOne(needs, row, stopping.signal)
          .catch((error: unknown) =>
            needs.log.warn({ code: error instanceof Error ? error.name : 'unknown' }, 'a flow could not be told'),
          )
          .finally(() => running.delete(row.listener));
        running.set(row.listener, told);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}

/** The lease is written first, so that a second server does not tell the same at once, and renewed while the flow runs. */
async function tellOne(needs: TellingNeeds, row: ListenerRow, stopping: AbortSignal): Promise<void> {
  const { db, now } = needs;
  const { clinic, listener } = row;
  const [last, ...others] = (await newFor(db, row)).toReversed();
  if (last === undefined) return;
  const call = randomUUID();
  const failures = row.failures + 1;
  const inFuture = (milliseconds: number): Date => new Date(now().getTime() + milliseconds);
  const taken = await db
    .updateTable('record_listeners')
    .set({ call, call_by: last.written_by, call_seq: last.seq, failures, try_at: inFuture(leaseMilliseconds) })
    .where('listener', '=', listener)
    .where('failures', '=', row.failures)
    .where('try_at', '=', row.try_at)
    .executeTakeFirst();
  if (taken.numUpdatedRows === 0n) return;
  const own = () =>
    db.updateTable('record_listeners').where('listener', '=', listener).where('failures', '=', failures);
  const renewing = setInterval(() => {
    own()
      .set({ try_at: inFuture(leaseMilliseconds) })
      .execute()
      .catch(() => undefined);
  }, renewMilliseconds);
  const late = AbortSignal.timeout(longestRunMilliseconds);
  const body = { call, listener, clinic, records: others.length + 1 };
  const answer = await post(needs, { clinic, url: row.url, body, signal: AbortSignal.any([late, stopping]) });
  clearInterval(renewing);
  if (stopping.aborted) return;
  const hasEnded = answer === 'taken' || late.aborted || (answer === 'refused' && failures >= mostFailures);
  if (hasEnded && (await countAsTold(needs, row, { last, failures, answer }))) return;
  const pause = Math.min(longestPauseSeconds, 5 * 2 ** Math.min(row.failures, 10));
  await own()
    .set({ try_at: inFuture(pause * 1000) })
    .execute();
}

/** Only what was given out can have been told: false where nobody took it. */
async function countAsTold(
  { db, audit, now }: TellingNeeds,
  { listener, clinic, flow }: ListenerRow,
  of: {
    readonly last: { readonly written_by: string; readonly seq: number };
    readonly failures: number;
    readonly answer: string;
  },
): Promise<boolean> {
  const { last, failures, answer } = of;
  return db.transaction().execute(async (trx) => {
    const told = await trx
      .updateTable('record_listeners')
      .set({
        told_by: last.written_by,
        told_seq: last.seq,
        call_by: null,
        call_seq: null,
        failures: 0,
        try_at: now(),
      })
      .where('listener', '=', listener)
      .where('failures', '=', failures)
      .where('call', 'is', null)
      .where('call_by', '=', last.written_by)
      .where('call_seq', '=', last.seq)
      .executeTakeFirst();
    if (told.numUpdatedRows === 0n) return false;
    if (answer !== 'refused') return true;
    const by = actorOf(systemPrincipal('listeners'));
    const details = { failures };
    await audit.append(trx, { clinic, actor: by, action: 'listener.gaveUp', subject: listener, flow, details });
    return true;
  });
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
 * Gives a call out, once: the records it is about, each once. They count as told when the flow has ended.
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
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (row === undefined || row.call_by === null || row.call_seq === null)
      throw new GaitError('state.conflict', 'This call was given out already, or another took its place.', {
        where: 'call',
      });
    const changes = await newFor(trx, row, { by: row.call_by, seq: row.call_seq });
    // What it was about stays: a call that is gone without an end is made again.
    await trx.updateTable('record_listeners').set({ call: null }).where('listener', '=', row.listener).execute();
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
    const structures = new Map([...(await structureAmong(trx, told)), ...(await repliesAmong(trx, told))]);
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
