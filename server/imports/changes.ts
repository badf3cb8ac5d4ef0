// What is told to flows after an import: the authorizations whose workflows must hear of it, or the records that are new or changed.
import type { RecordKind } from '../../connectors/pt-records/rows.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Origin, RecordChange, Started } from './origin.ts';

export type ChangedItem = {
  readonly outcome: 'added' | 'changed';
  readonly structure: Readonly<Record<string, unknown>>;
} & Readonly<Record<string, unknown>>;

interface Told {
  readonly refs: readonly string[];
  readonly items: readonly ChangedItem[];
  readonly more: boolean;
}

/** Does the work and writes down, once for each record, what it added or changed: to be told with what the transaction keeps. */
export async function noting<T>(trx: Trx, from: Started, at: Date, work: (from: Origin) => Promise<T>): Promise<T> {
  const changes = new Map<string, RecordChange>();
  const result = await work({
    ...from,
    changed: (change) => {
      // What was added a moment ago and is changed now is new all the same.
      const before = changes.get(change.ref);
      changes.set(change.ref, before?.change === 'added' ? before : change);
    },
  });
  const { clinic, connection } = from;
  const rows = [...changes.values()].map((change) => ({ clinic, connection, ...change, at, told_at: null }));
  if (rows.length > 0) await trx.insertInto('record_changes').values(rows).execute();
  return result;
}

/** Told again until its workflow has heard of it. */
export async function changedAuthorizations(
  db: Db,
  { clinic, limit }: { readonly clinic: string; readonly limit: number },
): Promise<Told> {
  const changed = await db
    .selectFrom('authorizations')
    .select(['ref', 'payer', 'state'])
    .where('clinic', '=', clinic)
    .where('to_track', '=', true)
    .orderBy('ref')
    .limit(limit + 1)
    .execute();
  const told = changed.slice(0, limit);
  return {
    refs: told.map((row) => row.ref),
    items: told.map((row) => ({
      authorization: row.ref,
      outcome: 'changed',
      structure: { payer: row.payer, state: row.state },
    })),
    more: changed.length > limit,
  };
}

/** What an item calls its record. */
const nouns: Readonly<Record<RecordKind, string>> = {
  patients: 'patient',
  authorizations: 'authorization',
  appointments: 'appointment',
  notes: 'note',
  charges: 'charge',
  outcomes: 'outcome',
};

/** Told once each. A record that changed twice since is told once. */
export function changedRecords(
  db: Db,
  of: {
    readonly clinic: string;
    readonly connection: string;
    readonly kinds: readonly RecordKind[];
    readonly limit: number;
    readonly at: Date;
  },
): Promise<Told> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('record_changes')
      .select(['seq', 'kind', 'ref', 'change'])
      .where('clinic', '=', of.clinic)
      .where('connection', '=', of.connection)
      .where('kind', 'in', [...of.kinds])
      .where('told_at', 'is', null)
      .orderBy('seq')
      .limit(of.limit + 1)
      .forNoKeyUpdate()
      .skipLocked()
      .execute();
    const told = rows.slice(0, of.limit);
    if (told.length > 0) {
      const seqs = told.map(({ seq }) => seq);
      await trx.updateTable('record_changes').set({ told_at: of.at }).where('seq', 'in', seqs).execute();
    }
    const structures = await structureAmong(trx, told);
    const first = new Map<string, ChangedItem>();
    for (const { kind, ref, change } of told) {
      const noun = of.kinds.find((one) => one === kind);
      if (noun === undefined || first.has(ref)) continue;
      first.set(ref, { [nouns[noun]]: ref, outcome: change, structure: structures.get(ref) ?? {} });
    }
    return { refs: [...first.keys()], items: [...first.values()], more: rows.length > of.limit };
  });
}

/** Of the visits and notes among them, whose each is and how it stands: what a flow may see of it. A note also leads to what is followed for its patient. */
export async function structureAmong(
  db: Db,
  told: readonly { readonly kind: string; readonly ref: string }[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const refsOf = (of: RecordKind): string[] => told.filter(({ kind }) => kind === of).map(({ ref }) => ref);
  const [visits, notes] = [refsOf('appointments'), refsOf('notes')];
  const booked =
    visits.length === 0
      ? []
      : await db
          .selectFrom('appointments')
          .select(['ref', 'patient', 'date', 'status'])
          .where('ref', 'in', visits)
          .execute();
  const written =
    notes.length === 0
      ? []
      : await db
          .selectFrom('visit_notes as n')
          .leftJoin('authorizations as a', (join) =>
            join.onRef('a.patient', '=', 'n.patient').onRef('a.clinic', '=', 'n.clinic'),
          )
          .select(['n.ref', 'n.patient', 'a.ref as authorization', 'n.date', 'n.kind', 'n.signed_on'])
          .where('n.ref', 'in', notes)
          .orderBy('a.updated_at', (order) => order.asc().nullsFirst())
          .execute();
  return new Map<string, Readonly<Record<string, unknown>>>([
    ...booked.map(({ ref, ...visit }) => [ref, visit] as const),
    ...written.map(({ ref, signed_on: signedOn, ...note }) => [ref, { ...note, signedOn }] as const),
  ]);
}
