// Keeps what clearinghouses and PT systems left for the clinic, each once: in the vault as it came, here by its kind and counts.
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../database/tables.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import type { ReceivedTables } from './tables.ts';

export type DocumentRow = Selectable<ReceivedTables['received_documents']>;

export type DocumentSource =
  | 'x12Files.inbox'
  | 'x12Files.claims'
  | 'changeHealthcare.report'
  | 'stedi.transaction'
  | 'jane.event'
  | 'twilio.event'
  | 'therabill.claims'
  | 'therabill.remittances'
  | 'therabill.payments'
  | 'therabill.clients'
  | 'hl7.message';

/** Where a document lies and what it is called there: a SHA-256, or the vendor's own name of it. */
export interface DocumentName {
  readonly clinic: string;
  readonly connection: string;
  readonly source: DocumentSource;
  readonly name: string;
}

/** The row of a document; null where nobody told of it. */
export async function documentRow(db: Db, of: DocumentName, lock = false): Promise<DocumentRow | null> {
  const query = db
    .selectFrom('received_documents')
    .selectAll()
    .where('clinic', '=', of.clinic)
    .where('connection', '=', of.connection)
    .where('source', '=', of.source)
    .where('name', '=', of.name);
  return (await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst()) ?? null;
}

/** Keeps a document; what is kept already stays as it is. Returns its reference, and whether it was new. */
export async function keepDocument(
  { vault, now }: { readonly vault: Vault; readonly now: () => Date },
  trx: Trx,
  of: DocumentName & {
    readonly kinds: readonly string[];
    readonly content: VaultRecord;
    readonly structure: Readonly<Record<string, unknown>>;
  },
): Promise<{ record: string; isNew: boolean }> {
  const { clinic, connection, source, name } = of;
  const at = now();
  const kinds = [...of.kinds];
  await trx
    .insertInto('received_documents')
    .values({ clinic, connection, source, name, kinds, structure: '{}', told_at: at, tries: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await documentRow(trx, of, true);
  if (row !== null && row.record !== null) return { record: row.record, isNew: false };
  const record = await vault.put(clinic, 'receivedDocument', of.content, { trx });
  await trx
    .updateTable('received_documents')
    .set({ kinds, record, structure: JSON.stringify(of.structure), kept_at: at, try_at: null })
    .where('clinic', '=', clinic)
    .where('connection', '=', connection)
    .where('source', '=', source)
    .where('name', '=', name)
    .execute();
  return { record, isNew: true };
}

/** The names of all documents of a place that are kept. */
export async function keptNames(db: Db, of: Omit<DocumentName, 'name'>): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('received_documents')
    .select('name')
    .where('clinic', '=', of.clinic)
    .where('connection', '=', of.connection)
    .where('source', '=', of.source)
    .where('kept_at', 'is not', null)
    .execute();
  return new Set(rows.map(({ name }) => name));
}

/** Documents that are kept and that their sender still hands out. */
export async function unconfirmed(db: Db, of: Omit<DocumentName, 'name'>): Promise<string[]> {
  const rows = await db
    .selectFrom('received_documents')
    .select('name')
    .where('clinic', '=', of.clinic)
    .where('connection', '=', of.connection)
    .where('source', '=', of.source)
    .where('kept_at', 'is not', null)
    .where('confirmed_at', 'is', null)
    .execute();
  return rows.map(({ name }) => name);
}

/** Their sender knows that these are kept. */
export async function confirmed(
  db: Db,
  of: Omit<DocumentName, 'name'>,
  names: readonly string[],
  at: Date,
): Promise<void> {
  if (names.length === 0) return;
  await db
    .updateTable('received_documents')
    .set({ confirmed_at: at })
    .where('clinic', '=', of.clinic)
    .where('connection', '=', of.connection)
    .where('source', '=', of.source)
    .where('name', 'in', [...names])
    .execute();
}
