// Verifies a chain from its first entry to its sealed head and names the first entry that is not as it was written.
import { timingSafeEqual } from 'node:crypto';
import type { Db } from '../database/tables.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { StoredEntry } from './append.ts';
import { genesis, hashEntry, sealHead } from './append.ts';

/** `altered`: its bytes; `missing`: the entry; `truncated`: the end of the chain; `head`: the seal of the end; `stray`: entries without a chain. */
export type Breach = 'altered' | 'missing' | 'truncated' | 'head' | 'stray' | 'anchor';

/** A chain that holds has `broken: null`. `seq` is the first entry that does not hold. `head` is what may be kept elsewhere as an anchor. */
export interface ChainReport {
  readonly clinic: string;
  readonly entries: number;
  readonly head: Anchor | null;
  readonly broken: { readonly seq: number; readonly breach: Breach; readonly message: string } | null;
}

/** A position of a chain that somebody noted outside of the database: it betrays a chain that was set back as a whole. */
export interface Anchor {
  readonly clinic: string;
  readonly seq: number;
  readonly hash: string;
}

const batch = 2000;

/** Every chain: of each clinic, of the system, and of entries that pretend to be one. */
export async function verifyAll(db: Db, keyring: Keyring, anchors: readonly Anchor[] = []): Promise<ChainReport[]> {
  const rows = await db
    .selectFrom('audit_heads')
    .select('clinic')
    .union(db.selectFrom('audit_entries').select('clinic').distinct())
    .orderBy('clinic')
    .execute();
  const names = new Set([...rows.map((row) => row.clinic), ...anchors.map((anchor) => anchor.clinic)]);
  const reports: ChainReport[] = [];
  for (const clinic of names) reports.push(await verifyAudit(db, keyring, clinic, anchors));
  return reports;
}

/** Verifies one chain, reading one consistent state of it in batches. */
export function verifyAudit(
  db: Db,
  keyring: Keyring,
  clinic: string,
  anchors: readonly Anchor[] = [],
): Promise<ChainReport> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) =>
      verifyChain(
        trx,
        keyring,
        clinic,
        anchors.filter((anchor) => anchor.clinic === clinic),
      ),
    );
}

async function verifyChain(db: Db, keyring: Keyring, clinic: string, anchors: readonly Anchor[]): Promise<ChainReport> {
  const head = await db.selectFrom('audit_heads').selectAll().where('clinic', '=', clinic).executeTakeFirst();
  const anchored = new Map(anchors.map((anchor) => [anchor.seq, anchor.hash]));
  let prev = genesis(clinic);
  let seq = 0;
  const report = (broken: ChainReport['broken']): ChainReport => ({
    clinic,
    entries: seq,
    head: head === undefined ? null : { clinic, seq: head.seq, hash: head.hash },
    broken,
  });

  for (;;) {
    // From the row's own order, not from a number that a forger may have written below one.
    const rows = await db
      .selectFrom('audit_entries')
      .selectAll()
      .where('clinic', '=', clinic)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(batch)
      .execute();
    for (const row of rows) {
      const expected = seq + 1;
      if (row.seq !== expected) return report(breach(expected, 'missing', 'is missing'));
      const { hash, ...entry } = row;
      if (!holds(entry, hash, prev)) return report(breach(expected, 'altered', 'was altered after it was written'));
      const noted = anchored.get(expected);
      if (noted !== undefined && noted !== hash) {
        return report(breach(expected, 'anchor', 'is not the one that the anchor noted'));
      }
      prev = hash;
      seq = expected;
    }
    if (rows.length < batch) break;
  }
  const below = await db
    .selectFrom('audit_entries')
    .select('seq')
    .where('clinic', '=', clinic)
    .where('seq', '<', 1)
    .orderBy('seq')
    .executeTakeFirst();
  if (below !== undefined) return report(breach(below.seq, 'stray', 'stands before the first entry'));
  if (head === undefined) {
    return report(
      seq === 0 && anchors.length === 0 ? null : breach(Math.max(seq, 1), 'stray', 'belongs to a chain without a head'),
    );
  }
  const sealed = keyring.ids.includes(head.master_key)
    ? sealHead(keyring, head.master_key, clinic, head.seq, head.hash)
    : null;
  if (sealed === null || !equal(sealed, head.mac))
    return report(breach(seq, 'head', 'is the last one, but the seal of the head is broken'));
  if (head.seq > seq) return report(breach(seq + 1, 'truncated', 'is missing: the end of the chain was cut off'));
  if (head.seq < seq || head.hash !== prev)
    return report(breach(head.seq + 1, 'head', 'stands behind the sealed head'));
  const beyond = anchors.find((anchor) => anchor.seq > seq);
  if (beyond !== undefined) return report(breach(seq + 1, 'anchor', 'is missing: an anchor was noted further on'));
  return report(null);
}

function holds(entry: StoredEntry, hash: string, prev: string): boolean {
  return entry.prev === prev && hashEntry(entry) === hash;
}

function breach(seq: number, kind: Breach, what: string): NonNullable<ChainReport['broken']> {
  return { seq, breach: kind, message: `Entry ${seq} ${what}.` };
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
