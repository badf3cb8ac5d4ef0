// How far an import over a connection has come: asked for by a person or begun by a flow, written as it goes on, taken up again after a crash.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { RecordKind } from '../../connectors/pt-records/rows.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import type { RowCounts } from './pieces.ts';
import type { ImportTables } from './tables.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
}

/** Whose import it is. */
export interface RunPlace {
  readonly clinic: string;
  readonly connection: string;
}

/** What an import says of itself while it works. */
export interface RunReporter {
  /** Bytes of the files that lie there. */
  reading(so: { readonly bytes: number; readonly ofBytes: number }): void;
  /** So many rows were read and wait to be stored. */
  found(rows: number): Promise<void>;
  /** In the transaction of a batch: so many rows of the piece are stored. */
  batch(trx: Trx, kind: RecordKind, rows: number): Promise<void>;
  /** In the transaction that writes a piece down: it is stored whole. */
  piece(trx: Trx, rows: number, counts: RowCounts, refused: number): Promise<void>;
  ended(more: boolean): Promise<void>;
  /** `again`: the server stops, another one goes on. */
  failed(failure: string, again: boolean): Promise<void>;
}

/** An import nobody looks at. */
export const unreported: RunReporter = {
  reading: () => undefined,
  found: () => Promise.resolve(),
  batch: () => Promise.resolve(),
  piece: () => Promise.resolve(),
  ended: () => Promise.resolve(),
  failed: () => Promise.resolve(),
};

/** An import nobody asked for is shown from so many rows on: every minute a few come. */
const rowsWorthShowing = 200;
/** A piece that ends a server so often would end every one. */
const mostResumed = 10;
const readingMilliseconds = 1_000;

/** Takes up what was asked for or left unfinished over the connection, and else begins a run once there is much to store. */
export async function reportRun({ db, now }: Needs, of: RunPlace, by: Principal): Promise<RunReporter> {
  const taken = await takeUp({ db, now }, of);
  let id = taken?.id ?? null;
  let finished = taken?.rows_finished ?? 0;
  let lastHeard = 0;
  const update = (on: Db | Trx) => on.updateTable('import_runs').where('id', '=', id ?? '');
  return {
    reading({ bytes, ofBytes }) {
      const isDue = now().getTime() - lastHeard >= readingMilliseconds || bytes === ofBytes;
      if (id === null || !isDue) return;
      lastHeard = now().getTime();
      const said = { phase: 'reading', bytes_done: bytes, bytes_total: ofBytes, heard_at: now() } as const;
      update(db)
        .set(said)
        .execute()
        .catch(() => undefined);
    },
    async found(rows) {
      const at = now();
      if (id === null && rows >= rowsWorthShowing) {
        id = newReference('rec');
        const run = { id, ...of, state: 'running', started_by: actorOf(by), asked_at: at, heard_at: at } as const;
        await db.insertInto('import_runs').values(run).execute();
      }
      if (id !== null)
        await update(db)
          .set({ phase: 'storing', rows_total: finished + rows, heard_at: at })
          .execute();
    },
    async batch(trx, kind, rows) {
      if (id === null) return;
      await update(trx)
        .set({ kind, rows_done: finished + rows, heard_at: now() })
        .execute();
    },
    async piece(trx, rows, counts, refused) {
      finished += rows;
      if (id === null) return;
      await update(trx)
        .set((row) => ({
          rows_finished: finished,
          rows_done: finished,
          added: row('added', '+', counts.added),
          changed: row('changed', '+', counts.changed),
          same: row('same', '+', counts.same),
          unmatched: row('unmatched', '+', counts.unmatched),
          refused: row('refused', '+', refused),
          heard_at: now(),
        }))
        .execute();
    },
    async ended(more) {
      if (id === null) return;
      const at = now();
      await update(db)
        .set(more ? { state: 'asked', heard_at: at } : { state: 'done', phase: null, finished_at: at, heard_at: at })
        .execute();
    },
    async failed(failure, again) {
      if (id === null) return;
      const at = now();
      await update(db)
        .set(again ? { state: 'asked' } : { state: 'failed', phase: null, finished_at: at, heard_at: at, failure })
        .execute();
    },
  };
}

async function takeUp({ db, now }: Needs, { clinic, connection }: RunPlace) {
  const taken = await db
    .updateTable('import_runs')
    .set((row) => ({
      state: 'running',
      // One that still runs was left by a server that died: nobody else holds the lease of the connection.
      resumed: sql<number>`${row.ref('resumed')} + case when ${row.ref('state')} = 'running' then 1 else 0 end`,
      heard_at: now(),
    }))
    .where('clinic', '=', clinic)
    .where('connection', '=', connection)
    .where('state', 'in', ['asked', 'running'])
    .returning(['id', 'rows_finished', 'resumed'])
    .executeTakeFirst();
  if (taken === undefined || taken.resumed <= mostResumed) return taken ?? null;
  await db
    .updateTable('import_runs')
    .set({ state: 'failed', failure: 'service.unavailable', finished_at: now() })
    .where('id', '=', taken.id)
    .execute();
  throw new GaitError('service.unavailable', 'This import ended the server again and again.', {
    fix: 'Look at the last report in the folder, take it out, and start the import anew.',
  });
}

/** Asks for an import of everything new; gives the one under way where there is one. */
export function askForRun(
  { db, now, audit }: Needs & { readonly audit: Audit },
  { clinic, connection }: RunPlace,
  by: Principal,
): Promise<{ readonly run: string; readonly created: boolean }> {
  return db.transaction().execute(async (trx) => {
    const at = now();
    const id = newReference('rec');
    const run = {
      id,
      clinic,
      connection,
      state: 'asked',
      started_by: actorOf(by),
      asked_at: at,
      heard_at: at,
    } as const;
    const inserted = await trx
      .insertInto('import_runs')
      .values(run)
      .onConflict((conflict) => conflict.column('connection').where('state', 'in', ['asked', 'running']).doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) {
      const { id: under } = await trx
        .selectFrom('import_runs')
        .select('id')
        .where('connection', '=', connection)
        .where('state', 'in', ['asked', 'running'])
        .executeTakeFirstOrThrow();
      return { run: under, created: false };
    }
    const entry = {
      clinic,
      actor: actorOf(by),
      action: 'import.asked',
      subject: connection,
      purpose: 'import',
    } as const;
    await audit.append(trx, entry);
    return { run: id, created: true };
  });
}

/** The oldest that waits, or that a server left unfinished when it died; null: there is none. */
export async function waitingRun({ db, now }: Needs): Promise<(RunPlace & { readonly run: string }) | null> {
  const row = await db
    .selectFrom('import_runs as r')
    .select(['r.id', 'r.clinic', 'r.connection'])
    .where('r.state', 'in', ['asked', 'running'])
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('import_leases as l')
            .select('l.holder')
            .whereRef('l.connection', '=', 'r.connection')
            .where('l.until', '>=', now()),
        ),
      ),
    )
    .orderBy('r.heard_at')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { run: row.id, clinic: row.clinic, connection: row.connection };
}

/** A run that cannot even begin, since its connection is gone. */
export async function refuseRun({ db, now }: Needs, run: string, failure: string): Promise<void> {
  await db
    .updateTable('import_runs')
    .set({ state: 'failed', failure, finished_at: now() })
    .where('id', '=', run)
    .where('state', 'in', ['asked', 'running'])
    .execute();
}

/** A run as it stands. Instants are ISO UTC; what nobody knows is null. */
export interface RunShown {
  readonly run: string;
  readonly connection: string;
  readonly state: 'asked' | 'running' | 'done' | 'failed';
  readonly askedAt: string;
  readonly heardAt: string;
  readonly finishedAt: string | null;
  readonly resumed: number;
  readonly phase: 'reading' | 'storing' | null;
  readonly kind: string | null;
  readonly bytes: { readonly done: number; readonly total: number } | null;
  /** `total`: read so far, good or not. */
  readonly rows: { readonly done: number; readonly total: number };
  /** Rows that are known here now; what came of them in records: the rows of one authorization are one. */
  readonly taken: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly unmatched: number;
  readonly refused: number;
  readonly failure: string | null;
}

/** The newest of a clinic first. */
export async function runsOf(db: Db, clinic: string, limit: number, run?: string): Promise<RunShown[]> {
  let query = db.selectFrom('import_runs').selectAll().where('clinic', '=', clinic);
  if (run !== undefined) query = query.where('id', '=', run);
  return (await query.orderBy('asked_at', 'desc').orderBy('id').limit(limit).execute()).map(shown);
}

function shown(row: Selectable<ImportTables['import_runs']>): RunShown {
  const { id, connection, state, resumed, phase, kind, failure, added, changed, same, unmatched, refused } = row;
  const isKnown = row.bytes_done !== null && row.bytes_total !== null;
  return {
    run: id,
    connection,
    state,
    askedAt: row.asked_at.toISOString(),
    heardAt: row.heard_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    resumed,
    phase,
    kind,
    bytes: isKnown ? { done: Number(row.bytes_done), total: Number(row.bytes_total) } : null,
    rows: { done: row.rows_done, total: row.rows_total },
    taken: row.rows_finished - refused - unmatched,
    added,
    changed,
    same,
    unmatched,
    refused,
    failure,
  };
}
