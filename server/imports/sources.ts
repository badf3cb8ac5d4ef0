// Recognizes what was imported before: keyed digests of a row's identity and content, telling nothing without the keyring.
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Trx } from '../database/tables.ts';
import type { Keyring } from '../vault/keyring.ts';
import { digestOf } from '../vault/lookup.ts';

export type SourceKind =
  | 'patient'
  | 'coverage'
  | 'chart'
  | 'periods'
  | 'answer'
  | 'appointment'
  | 'note'
  | 'charge'
  | 'outcome'
  | 'therapist';

export interface Source {
  readonly clinic: string;
  readonly connection: string;
  readonly kind: SourceKind;
  /** What identifies the row in the PT system. */
  readonly id: readonly (string | null)[];
}

/** What is known of a row: its reference, and whether it says what it said last time. null: never seen. */
export async function knownSource(
  keyring: Keyring,
  trx: Trx,
  source: Source,
  content: unknown,
): Promise<{ ref: string; same: boolean } | null> {
  const [known] = await knownSources(keyring, trx, [{ source, content }]);
  return known ?? null;
}

/**
 * As `knownSource` for many rows of one kind with one query; in the order of the rows. What was remembered under an older master
 * key is remembered under the current one from then on: once that key is gone, nobody could tell the row from a new one.
 */
export async function knownSources(
  keyring: Keyring,
  trx: Trx,
  rows: readonly { readonly source: Source; readonly content: unknown }[],
): Promise<({ ref: string; same: boolean } | null)[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const { clinic, connection, kind } = first.source;
  const digests = rows.map(({ source }) => keyring.ids.map((key) => digest(keyring, key, source, 'id', source.id)));
  const stored = await trx
    .selectFrom('imported_rows')
    .select(['ref', 'source', 'content'])
    .where('clinic', '=', clinic)
    .where('connection', '=', connection)
    .where('kind', '=', kind)
    .where('source', 'in', digests.flat())
    .execute();
  const bySource = new Map(stored.map((row) => [row.source.toString('hex'), row]));
  const known = rows.map(({ source, content }, index) => {
    for (const [place, key] of keyring.ids.entries()) {
      const row = bySource.get(digests[index]?.[place]?.toString('hex') ?? '');
      if (row === undefined) continue;
      const same = row.content.equals(digest(keyring, key, source, 'content', content));
      return { ref: row.ref, same, older: key === keyring.current ? null : row.source };
    }
    return null;
  });
  for (const [index, one] of known.entries()) {
    const row = rows[index];
    if (one === null || one.older === null || row === undefined) continue;
    await renew(keyring, trx, row, one.older, one.same);
  }
  return known.map((one) => (one === null ? null : { ref: one.ref, same: one.same }));
}

/** Puts a row under the current master key; what it said can be taken along only where it still says the same. */
async function renew(
  keyring: Keyring,
  trx: Trx,
  { source, content }: { readonly source: Source; readonly content: unknown },
  older: Buffer,
  same: boolean,
): Promise<void> {
  await trx
    .updateTable('imported_rows')
    .set({
      source: digest(keyring, keyring.current, source, 'id', source.id),
      ...(same ? { content: digest(keyring, keyring.current, source, 'content', content) } : {}),
    })
    .where('clinic', '=', source.clinic)
    .where('connection', '=', source.connection)
    .where('kind', '=', source.kind)
    .where('source', '=', older)
    .execute();
}

/** Remembers what a row says now. */
export function rememberSource(
  keyring: Keyring,
  trx: Trx,
  source: Source,
  ref: string,
  content: unknown,
  at: Date,
): Promise<void> {
  return rememberSources(keyring, trx, [{ source, ref, content }], at);
}

/** Remembers what many rows say now. A row must not stand twice among them. */
export async function rememberSources(
  keyring: Keyring,
  trx: Trx,
  rows: readonly { readonly source: Source; readonly ref: string; readonly content: unknown }[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(({ source, ref, content }) => ({
    clinic: source.clinic,
    connection: source.connection,
    kind: source.kind,
    source: digest(keyring, keyring.current, source, 'id', source.id),
    ref,
    content: digest(keyring, keyring.current, source, 'content', content),
    updated_at: at,
  }));
  await trx
    .insertInto('imported_rows')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['clinic', 'connection', 'kind', 'source']).doUpdateSet((row) => ({
        ref: row.ref('excluded.ref'),
        content: row.ref('excluded.content'),
        updated_at: at,
      })),
    )
    .execute();
}

function digest(keyring: Keyring, key: string, source: Source, field: string, value: unknown): Buffer {
  return digestOf(
    keyring,
    key,
    { clinic: source.clinic, kind: `${source.connection}/${source.kind}`, field },
    canonicalJson(value),
  );
}
