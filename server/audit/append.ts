// Appends to the audit chain, in the same transaction as the change it tells of.
import { createHash, createHmac } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { AuditEntry, Structure } from './entry.ts';
import { guardEntry } from './entry.ts';

/** Where an entry stands in its chain. */
export interface AuditPosition {
  readonly clinic: string;
  readonly seq: number;
  readonly hash: string;
}

export interface Audit {
  /** Appends within the change's own transaction: both are kept or neither is. Holds the clinic's chain until it ends. */
  append(trx: Trx, entry: AuditEntry): Promise<AuditPosition>;
  /** Appends several entries of one clinic in their order, with as many statements as for one. */
  appendAll(trx: Trx, entries: readonly AuditEntry[]): Promise<void>;
  /** Appends in a transaction of its own: for a view, which changes nothing else. Allowed within a GET. */
  record(entry: AuditEntry): Promise<AuditPosition>;
}

/** `writing` leaves the read-only scope of a GET; `now` gives the instant of the entry. */
export function createAudit(needs: {
  readonly db: Db;
  readonly keyring: Keyring;
  readonly now: () => Date;
  readonly writing: <T>(work: () => Promise<T>) => Promise<T>;
}): Audit {
  const append = (trx: Trx, entry: AuditEntry): Promise<AuditPosition> =>
    appendAudit(trx, entry, { keyring: needs.keyring, now: needs.now });
  return {
    append,
    appendAll: async (trx, entries) => {
      await appendEntries(trx, entries, { keyring: needs.keyring, now: needs.now });
    },
    record: (entry) => needs.writing(() => needs.db.transaction().execute((trx) => append(trx, entry))),
  };
}

/** The stored form of an entry: what the hash is taken over. */
export interface StoredEntry {
  readonly clinic: string;
  readonly seq: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly purpose: string | null;
  readonly flow: string | null;
  readonly rule: string | null;
  readonly template: string | null;
  readonly details: string;
  readonly prev: string;
}

/** The hash before the first entry of a chain: it names the chain, so that no entry can be moved to another one. */
export function genesis(clinic: string): string {
  return createHash('sha256').update(`gait audit chain ${clinic}`).digest('hex');
}

/** SHA-256 over the entry as a JSON list: every field in a fixed order, absent ones as null, none able to run into the next. */
export function hashEntry(entry: StoredEntry): string {
  const fields = [
    entry.prev,
    entry.clinic,
    entry.seq,
    entry.at.toISOString(),
    entry.actor,
    entry.action,
    entry.subject,
    entry.purpose,
    entry.flow,
    entry.rule,
    entry.template,
    entry.details,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** The seal of a chain's head: without the keyring nobody can shorten a chain and make it look whole. */
export function sealHead(keyring: Keyring, masterKey: string, clinic: string, seq: number, hash: string): string {
  return createHmac('sha256', keyring.derive('audit', masterKey)).update(`${clinic}|${seq}|${hash}`).digest('hex');
}

/**
 * Seals every head anew that lies under an older master key, so that the chains verify without it. A head whose seal does not hold
 * stays as it is: sealing it again would hide the breach.
 */
export async function resealHeads(trx: Trx, keyring: Keyring): Promise<void> {
  const heads = await trx
    .selectFrom('audit_heads')
    .selectAll()
    .where('master_key', 'in', keyring.ids)
    .where('master_key', '<>', keyring.current)
    .orderBy('clinic')
    .forUpdate()
    .execute();
  for (const { clinic, seq, hash, master_key: key, mac } of heads) {
    if (sealHead(keyring, key, clinic, seq, hash) !== mac) continue;
    await trx
      .updateTable('audit_heads')
      .set(headOf(keyring, clinic, seq, hash))
      .where('clinic', '=', clinic)
      .execute();
  }
}

/** Appends one entry; the row of the chain's head is locked until the transaction ends, so entries come one by one. */
export async function appendAudit(
  trx: Trx,
  entry: AuditEntry,
  needs: { readonly keyring: Keyring; readonly now: () => Date },
): Promise<AuditPosition> {
  const position = (await appendEntries(trx, [entry], needs)).at(-1);
  if (position === undefined) throw new GaitError('internal.bug', 'An entry was not appended.', { where: 'audit' });
  return position;
}

/** Appends entries of one clinic, each after the one before. */
async function appendEntries(
  trx: Trx,
  entries: readonly AuditEntry[],
  { keyring, now }: { readonly keyring: Keyring; readonly now: () => Date },
): Promise<AuditPosition[]> {
  const [first] = entries;
  if (first === undefined) return [];
  for (const entry of entries) guardEntry(entry);
  const { clinic } = first;
  let { seq, hash } = (await lockedHead(trx, clinic)) ?? (await firstHead(trx, keyring, clinic));
  const rows = entries.map((entry) => {
    if (entry.clinic !== clinic)
      throw new GaitError('internal.bug', 'Entries of two chains were appended at once.', { where: 'audit' });
    const stored: StoredEntry = {
      clinic,
      seq: seq + 1,
      at: now(),
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject ?? null,
      purpose: entry.purpose ?? null,
      flow: entry.flow ?? null,
      rule: entry.rule ?? null,
      template: entry.template ?? null,
      details: canonical(entry.details ?? {}),
      prev: hash,
    };
    seq = stored.seq;
    hash = hashEntry(stored);
    return { ...stored, hash };
  });
  // Entries and head in one statement: every change waits for this one.
  await trx
    .with('entry', (chain) => chain.insertInto('audit_entries').values(rows))
    .updateTable('audit_heads')
    .set(headOf(keyring, clinic, seq, hash))
    .where('clinic', '=', clinic)
    .execute();
  return rows.map((row) => ({ clinic, seq: row.seq, hash: row.hash }));
}

async function lockedHead(trx: Trx, clinic: string): Promise<{ seq: number; hash: string } | undefined> {
  return trx
    .selectFrom('audit_heads')
    .select(['seq', 'hash'])
    .where('clinic', '=', clinic)
    .forUpdate()
    .executeTakeFirst();
}

async function firstHead(trx: Trx, keyring: Keyring, clinic: string): Promise<{ seq: number; hash: string }> {
  await trx
    .insertInto('audit_heads')
    .values({ clinic, ...headOf(keyring, clinic, 0, genesis(clinic)) })
    .onConflict((conflict) => conflict.column('clinic').doNothing())
    .execute();
  const head = await lockedHead(trx, clinic);
  if (head === undefined) throw new GaitError('internal.bug', 'A chain has no head.', { where: 'audit' });
  return head;
}

function headOf(
  keyring: Keyring,
  clinic: string,
  seq: number,
  hash: string,
): { seq: number; hash: string; master_key: string; mac: string } {
  return { seq, hash, master_key: keyring.current, mac: sealHead(keyring, keyring.current, clinic, seq, hash) };
}

/** JSON with the keys of every object in order, so that equal details have equal bytes. */
function canonical(value: Structure): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
