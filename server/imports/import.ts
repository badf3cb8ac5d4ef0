// Imports what PT systems tell of patients, authorizations and visits: each piece whole in the end, each row once, nothing lost in between.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectorContext } from '../../connectors/connector.ts';
import type { Gone, RecordKind } from '../../connectors/pt-records/rows.ts';
import { recordKinds } from '../../connectors/pt-records/rows.ts';
import type { Delivery, RecordsFetched } from '../../connectors/pt-records/source.ts';
import { ptSystemOf } from '../../connectors/pt-systems.ts';
import type { PtSystem } from '../../connectors/pt-systems.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Db, Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { done } from '../operations/done.ts';
import type { Vendor } from '../operations/vendor.ts';
import { changedAuthorizations, changedRecords, noting } from './changes.ts';
import type { ChangedItem } from './changes.ts';
import { createStoring } from './deliveries.ts';
import type { DeliveryNeeds, StoredDelivery } from './deliveries.ts';
import { readEvents } from './events.ts';
import { markGone } from './gone.ts';
import { alone } from './lease.ts';
import type { Started } from './origin.ts';
import { readMessages } from './messages.ts';
import type { ReadMessages } from './messages.ts';
import { patientNumbered } from './people.ts';
import { keepPlace, placeOf } from './places.ts';
import { askForRun, refuseRun, reportRun, runsOf, unreported, waitingRun } from './runs.ts';
import type { RunPlace, RunReporter } from './runs.ts';

/** What an import brought: counts by piece, the rows it could not take, and what flows are told of. */
export interface ImportResult {
  readonly outcome: 'imported' | 'nothingNew';
  readonly structure: {
    readonly files: readonly StoredDelivery[];
    readonly waiting: number;
    readonly unrecognised: number;
    /** Records their system deleted or merged, each laid before a person. */
    readonly gone: number;
    /** Another import of the connection is under way: it reads what is new. */
    readonly isBusy: boolean;
    /** More is to be told than one answer holds, or more is to be read: ask again. */
    readonly more: boolean;
  };
  readonly refs: readonly string[];
  readonly items: readonly ChangedItem[];
}

export interface ImportAsk {
  readonly clinic: string;
  readonly connection: string;
  readonly by: Principal;
  /** Only these; all when absent. Then the authorizations that changed are told, else the records of these kinds. */
  readonly kinds?: readonly RecordKind[];
  /** The largest number of records told at once. */
  readonly limit?: number;
  /** What the system pushed, and nothing else. */
  readonly onlyPushed?: boolean;
  /** Ends it between two batches; what is stored stays. */
  readonly signal?: AbortSignal;
}

export interface Imports {
  /** Takes everything new that a connection's system hands over. */
  run(ask: ImportAsk): Promise<ImportResult>;
  /** Works off the oldest import that was asked for, or that a server left unfinished. Returns false where there is none. */
  runWaiting(signal?: AbortSignal): Promise<boolean>;
  /** Asks for an import and works it off here, or waits until another process has. `began` hears which run it is. */
  runNow(place: RunPlace, by: Principal, began: (run: string) => void): Promise<string>;
}

export interface ImportNeeds extends DeliveryNeeds {
  readonly vendor: Vendor;
}

/** The pieces after which another one of their kind was taken, each with when. `taken` is in the order it was taken. */
function supersededBy(
  taken: readonly { readonly sha256: string; readonly kind: string; readonly at: Date }[],
): ReadonlyMap<string, string> {
  const since = new Map<string, string>();
  const last = new Map<string, string>();
  for (const { sha256, kind, at } of taken) {
    const before = last.get(kind);
    if (before !== undefined) since.set(before, at.toISOString());
    last.set(kind, sha256);
  }
  return since;
}

/** What was read and stored. */
type Read = ImportResult['structure'];

const defaultLimit = 500;
const putAsideSeconds = 60;
const lookMilliseconds = 1_000;

export function createImports(needs: ImportNeeds): Imports {
  const { db, now } = needs;
  const storing = createStoring(needs);

  const systemOf = async ({ clinic, connection }: RunPlace): Promise<PtSystem> => {
    const row = await db
      .selectFrom('connections')
      .select('system')
      .where('clinic', '=', clinic)
      .where('id', '=', connection)
      .executeTakeFirst();
    const system = ptSystemOf(row?.system ?? '');
    if (system === undefined)
      throw new GaitError('input.invalid', 'This connection is to a system that hands over no records.', {
        where: 'connection',
      });
    return system;
  };

  /** Reads and stores everything new. */
  const readNew = async (ask: ImportAsk, system: PtSystem, report: RunReporter): Promise<Read> => {
    const { clinic, connection, by, kinds, signal } = ask;
    const operation = system.records;
    const context = await needs.vendor.open({
      clinic,
      connection,
      system: operation.system,
      purpose: operation.name,
      by,
      timeoutSeconds: operation.requestTimeoutSeconds,
    });
    const { zone } = await needs.policies.today(db, clinic, now());
    const payers = await needs.policies.payerNames(db, clinic);
    const numbers = (await isMainSystem(db, clinic, connection)) ? 'clinic' : system.numbers;
    const from = (asOf: string): Started => ({
      clinic,
      connection,
      today: dateInZone(asOf, zone),
      asOf,
      by,
      numbers,
    });
    const files: StoredDelivery[] = [];
    let gone = 0;
    const store = async (pieces: readonly Delivery[], lost: readonly Gone[]): Promise<void> => {
      for (const piece of pieces)
        files.push(
          await storing.store(piece, from(piece.asOf), operation.name, {
            report,
            ...(signal === undefined ? {} : { signal }),
          }),
        );
      for (const one of lost) {
        const origin = from(now().toISOString());
        const work = (trx: Trx) => noting(trx, origin, now(), (noted) => markGone(needs, trx, noted, one));
        if (await db.transaction().execute(work)) gone += 1;
      }
    };

    const readFetched = async (): Promise<Pick<RecordsFetched, 'waiting' | 'unrecognised' | 'more'>> => {
      const taken = await db
        .selectFrom('imports')
        .select(['sha256', 'kind', 'at'])
        .where('clinic', '=', clinic)
        .where('connection', '=', connection)
        .orderBy('at')
        .execute();
      const reading = { clinic, connection, ...(kinds === undefined ? {} : { kinds }) };
      const fetched = done(
        await operation.run(context, {
          ...(kinds === undefined ? {} : { kinds }),
          cursor: await placeOf(db, reading),
          skip: taken.map((one) => one.sha256),
          superseded: supersededBy(taken),
          clinic: { zone, payers },
          reading: (so) => {
            report.reading(so);
          },
        }),
      );
      const ordered = [...fetched.deliveries].sort(
        (a, b) => recordKinds.indexOf(a.kind) - recordKinds.indexOf(b.kind) || a.asOf.localeCompare(b.asOf),
      );
      await report.found(ordered.reduce((sum, one) => sum + one.rows.length + rejectedIn(one), 0));
      await store(ordered, fetched.gone);
      await putAside(system, context, fetched.files ?? []);
      await keepPlace(db, reading, fetched.cursor, now());
      return fetched;
    };

    const readPushed = async (): Promise<Pick<ReadMessages, 'unrecognised' | 'more'>> => {
      const place = { clinic, connection };
      const isKnown = (recordNumber: string): Promise<boolean> =>
        db.transaction().execute(async (trx) => {
          const origin = { ...from(now().toISOString()), changed: () => undefined };
          return (await patientNumbered(needs, trx, origin, recordNumber)) !== null;
        });
      const pushed = [
        await readMessages(needs, place, { config: context.config, words: { zone, payers }, by }),
        ...(operation.system === 'janeApp' ? [await readEvents(needs, place, { context, zone, by, isKnown })] : []),
      ];
      for (const one of pushed) {
        for (const { deliveries, gone: lost } of one.pieces) await store(deliveries, lost);
        await one.done();
      }
      return {
        unrecognised: pushed.reduce((sum, { unrecognised }) => sum + unrecognised, 0),
        more: pushed.some(({ more }) => more),
      };
    };

    const fetched = ask.onlyPushed === true ? nothingFetched : await readFetched();
    const pushed = await readPushed();
    return {
      files,
      gone,
      waiting: fetched.waiting,
      unrecognised: fetched.unrecognised + pushed.unrecognised,
      more: fetched.more || pushed.more,
      isBusy: false,
    };
  };

  /** Null: another import of the connection is under way. */
  const readAlone = async (ask: ImportAsk): Promise<Read | null> => {
    const system = await systemOf(ask);
    const { clinic, connection, by, kinds, onlyPushed } = ask;
    const isWhole = kinds === undefined && onlyPushed !== true;
    return alone(needs, connection, async () => {
      const report = isWhole ? await reportRun(needs, { clinic, connection }, by) : unreported;
      try {
        const read = await readNew(ask, system, report);
        await report.ended(read.more);
        return read;
      } catch (error) {
        const failure = error instanceof GaitError ? error.code : 'internal.bug';
        await report.failed(failure, ask.signal?.aborted === true).catch(() => undefined);
        throw error;
      }
    });
  };

  return {
    async run(ask) {
      const { clinic, connection, kinds, limit = defaultLimit } = ask;
      const read = (await readAlone(ask)) ?? underWay;
      const told =
        kinds === undefined
          ? await changedAuthorizations(db, { clinic, limit })
          : await changedRecords(db, { clinic, connection, kinds, limit, at: now() });
      const { files, waiting, unrecognised, gone, isBusy } = read;
      return {
        outcome: files.length === 0 && gone === 0 ? 'nothingNew' : 'imported',
        structure: { files, waiting, unrecognised, gone, isBusy, more: told.more || read.more },
        refs: told.refs,
        items: told.items,
      };
    },
    async runWaiting(signal) {
      const waiting = await waitingRun(needs);
      if (waiting === null) return false;
      const { run, clinic, connection } = waiting;
      const ask = { clinic, connection, by: systemPrincipal('imports'), ...(signal === undefined ? {} : { signal }) };
      try {
        return (await readAlone(ask)) !== null;
      } catch (error) {
        if (signal?.aborted !== true)
          await refuseRun(needs, run, error instanceof GaitError ? error.code : 'internal.bug');
        throw error;
      }
    },
    async runNow(place, by, began) {
      await systemOf(place);
      const { run } = await askForRun(needs, place, by);
      began(run);
      for (;;) {
        const read = await readAlone({ ...place, by });
        if (read !== null && !read.more) return run;
        if (read !== null) continue;
        // Another process is at it, perhaps at this very run.
        const [now] = await runsOf(db, place.clinic, 1, run);
        if (now === undefined || now.state === 'done' || now.state === 'failed') return run;
        await sleep(lookMilliseconds);
      }
    },
  };
}

const nothingFetched = { waiting: 0, unrecognised: 0, more: false } as const;

function rejectedIn({ problems }: Delivery): number {
  return problems.filter(({ rejected }) => rejected).length;
}

/** The clinic may name the system whose patient numbers are its own. */
async function isMainSystem(db: Db, clinic: string, connection: string): Promise<boolean> {
  const { settings } = await db
    .selectFrom('clinics')
    .select('settings')
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  if (settings.mainSystem === undefined) return false;
  const row = await db.selectFrom('connections').select('name').where('id', '=', connection).executeTakeFirst();
  return row?.name === settings.mainSystem;
}

/** Another import of the connection reads what is new; what it stored until now is told all the same. */
const underWay = { files: [], gone: 0, waiting: 0, unrecognised: 0, more: false, isBusy: true };

/** What is stored leaves its folder. Where it cannot, what it is known by keeps it from being taken again. */
async function putAside(system: PtSystem, context: ConnectorContext, files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  // Storing may have taken longer than the call was given.
  const signal = AbortSignal.timeout(putAsideSeconds * 1000);
  await system.putAside({ ...context, signal }, files).catch(() => 0);
}
