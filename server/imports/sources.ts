// Recognizes what was imported before: keyed digests of a row's identity and content, telling nothing without the keyring.
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Trx } from '../database/tables.ts';
import type { Keyring } from '../vault/keyring.ts';
import { digestOf } from '../vault/lookup.ts';

export type SourceKind = 'patient' | 'coverage' | 'chart' | 'periods' | 'appointment';

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
  for (const key of keyring.ids) {
    const row = await trx
      .selectFrom('imported_rows')
      .select(['ref', 'content'])
      .where('clinic', '=', source.clinic)
      .where('connection', '=', source.connection)
      .where('kind', '=', source.kind)
      .where('source', '=', digest(keyring, key, source, 'id', source.id))
      .executeTakeFirst();
    if (row !== undefined)
      return { ref: row.ref, same: row.content.equals(digest(keyring, key, source, 'content', content)) };
  }
  return null;
}

/** Remembers what a row says now. */
export async function rememberSource(
  keyring: Keyring,
  trx: Trx,
  source: Source,
  ref: string,
  content: unknown,
  at: Date,
): Promise<void> {
  const now = { ref, content: digest(keyring, keyring.current, source, 'content', content), updated_at: at };
  const { clinic, connection, kind } = source;
  await trx
    .insertInto('imported_rows')
    .values({ clinic, connection, kind, source: digest(keyring, keyring.current, source, 'id', source.id), ...now })
    .onConflict((conflict) => conflict.columns(['clinic', 'connection', 'kind', 'source']).doUpdateSet(now))
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
