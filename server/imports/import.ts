// Imports what PT systems tell of patients, authorizations and visits: each piece whole in the end, each row once, nothing lost in between.
import type { ConnectorContext } from '../../connectors/connector.ts';
import type { Gone, RecordKind } from '../../connectors/pt-records/rows.ts';
import { recordKinds } from '../../connectors/pt-records/rows.ts';
import type { Delivery } from '../../connectors/pt-records/source.ts';
import { ptSystemOf } from '../../connectors/pt-systems.ts';
import type { PtSystem } from '../../connectors/pt-systems.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { done } from '../operations/done.ts';
import type { Vendor } from '../operations/vendor.ts';
import { changedAuthorizations, changedRecords, noting } from './changes.ts';
import type { ChangedItem } from './changes.ts';
import { createStoring } from './deliveries.ts';
import type { DeliveryNeeds, StoredDelivery } from './deliveries.ts';
import { markGone } from './gone.ts';
import { alone } from './lease.ts';
import type { Started } from './origin.ts';
import { readMessages } from './messages.ts';
import { keepPlace, placeOf } from './places.ts';

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
}

export interface Imports {
  /** Takes everything new that a connection's system hands over. */
  run(ask: ImportAsk): Promise<ImportResult>;
}

interface ImportNeeds extends DeliveryNeeds {
  readonly vendor: Vendor;
}

const defaultLimit = 500;
const putAsideSeconds = 60;

export function createImports(needs: ImportNeeds): Imports {
  const { db, now } = needs;
  const storing = createStoring(needs);

  const systemOf = async ({ clinic, connection }: ImportAsk): Promise<PtSystem> => {
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
  const readNew = async (ask: ImportAsk, system: PtSystem) => {
    const { clinic, connection, by, kinds } = ask;
    const operation = system.records;
    const context = await needs.vendor.open({
      clinic,
      connection,
      system: operation.system,
      purpose: operation.name,
      by,
      timeoutSeconds: operation.requestTimeoutSeconds,
    });
    const taken = await db
      .selectFrom('imports')
      .select('sha256')
      .where('clinic', '=', clinic)
      .where('connection', '=', connection)
      .execute();
    const { zone } = await needs.policies.today(db, clinic, now());
    const payers = await needs.policies.payerNames(db, clinic);
    const reading = { clinic, connection, ...(kinds === undefined ? {} : { kinds }) };
    const fetched = done(
      await operation.run(context, {
        ...(kinds === undefined ? {} : { kinds }),
        cursor: await placeOf(db, reading),
        skip: taken.map((one) => one.sha256),
        clinic: { zone, payers },
      }),
    );
    const numbers = (await isMainSystem(db, clinic, connection)) ? 'clinic' : system.numbers;
    const from = (asOf: string): Started => ({
      clinic,
      connection,
      today: dateInZone(asOf, zone),
      asOf,
      by,
      numbers,
    });
    const ordered = [...fetched.deliveries].sort(
      (a, b) => recordKinds.indexOf(a.kind) - recordKinds.indexOf(b.kind) || a.asOf.localeCompare(b.asOf),
    );
    const files: StoredDelivery[] = [];
    let gone = 0;
    const store = async (pieces: readonly Delivery[], lost: readonly Gone[]): Promise<void> => {
      for (const piece of pieces) {
        files.push(await storing.store(piece, from(piece.asOf), operation.name));
      }
      for (const one of lost) {
        const origin = from(now().toISOString());
        const work = (trx: Trx) => noting(trx, origin, now(), (noted) => markGone(needs, trx, noted, one));
        if (await db.transaction().execute(work)) gone += 1;
      }
    };
    await store(ordered, fetched.gone);
    await putAside(system, context, fetched.files ?? []);
    const pushed = await readMessages(
      needs,
      { clinic, connection },
      { config: context.config, words: { zone, payers }, by },
    );
    for (const { deliveries, gone: lost } of pushed.pieces) await store(deliveries, lost);
    await pushed.done();
    await keepPlace(db, reading, fetched.cursor, now());
    const { waiting, more } = fetched;
    const unrecognised = fetched.unrecognised + pushed.unrecognised;
    return { files, gone, waiting, unrecognised, more: more || pushed.more, isBusy: false };
  };

  return {
    async run(ask) {
      const { clinic, connection, kinds, limit = defaultLimit } = ask;
      const system = await systemOf(ask);
      const read = (await alone(needs, connection, () => readNew(ask, system))) ?? underWay;
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
  };
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
