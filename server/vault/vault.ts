// The vault: where records lie sealed, and the only door through which one is read.
import type { JSONSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { AuditEntry } from '../audit/entry.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { KeyPrincipal, NobodyPrincipal, SessionPrincipal, SystemPrincipal } from '../http/principal.ts';
import { actorOf } from '../http/principal.ts';
import { currentKey, unwrapKey } from './data-keys.ts';
import type { Keyring } from './keyring.ts';
import type { Lookup } from './lookup.ts';
import { addLookups, digestOf, writeLookup } from './lookup.ts';
import type { ReferencePrefix } from './reference.ts';
import { newReference } from './reference.ts';
import type { VaultRecord } from './sealed-record.ts';
import { openSealed, sealRecord } from './sealed-record.ts';

export interface PutOptions {
  /** Checked before sealing; a wrong field is `input.invalid`, named without its value. */
  readonly schema?: JSONSchema;
  /** Values by which `find` finds the record again. */
  readonly lookup?: Lookup;
  /** Store under this reference instead of a new one. */
  readonly ref?: string;
  /** Prefix of the new reference; `rec` where nothing is said. */
  readonly prefix?: ReferencePrefix;
  /** Join this transaction; otherwise one of its own. */
  readonly trx?: Trx;
}

/** Why a record is opened and by whom. `purpose` is a code such as `worklist.review`; a key is accepted by the type only to be refused. */
export interface Opening {
  readonly purpose: string;
  readonly actor: SessionPrincipal | SystemPrincipal | KeyPrincipal | NobodyPrincipal;
  /** Join this transaction. Needed wherever one is open that has appended an audit entry of the same clinic: the chain is locked. */
  readonly trx?: Trx;
  readonly flow?: string;
  /** Action of the audit entry; `record.opened` where nothing is said. */
  readonly action?: string;
}

export interface Vault {
  /** Seals a record and returns its reference. */
  put(clinic: string, kind: string, record: VaultRecord, options?: PutOptions): Promise<string>;
  /** Seals several new records, with one statement. Returns their references in order. */
  putMany(clinic: string, records: readonly NewRecord[], options: { readonly trx: Trx }): Promise<string[]>;
  /** Seals a new version under the same reference; the earlier version is gone. Returns the new version number. */
  replace(
    clinic: string,
    ref: string,
    record: VaultRecord,
    options?: { readonly schema?: JSONSchema; readonly lookup?: Lookup; readonly trx?: Trx },
  ): Promise<number>;
  /** Opens a record and writes an audit entry. Throws `reference.unknown` where this clinic has no such record. */
  open(clinic: string, ref: string, opening: Opening): Promise<VaultRecord>;
  /** Opens several, in the order asked, under one audit entry that lists them. Unknown references are left out of the map. */
  openMany(clinic: string, refs: readonly string[], opening: Opening): Promise<Map<string, VaultRecord>>;
  /** The reference of the record of this kind that was stored with all these lookup values, or null. Opens nothing. */
  find(clinic: string, kind: string, lookup: Lookup, options?: { readonly trx?: Trx }): Promise<string | null>;
  /** All of them, where several may well carry the same value: payers and billing software use a number more than once. */
  findAll(clinic: string, kind: string, lookup: Lookup, options?: { readonly trx?: Trx }): Promise<string[]>;
  /** Those that carry any of these values, each in its field; in the order of their references. */
  findAny(
    clinic: string,
    kind: string,
    values: readonly { readonly field: string; readonly value: string }[],
    options?: { readonly trx?: Trx },
  ): Promise<string[]>;
  /** The records of the same kind stored with the same value in this field, itself among them; the value stays in the vault. */
  alike(clinic: string, ref: string, field: string, options?: { readonly trx?: Trx }): Promise<string[]>;
}

/** A record to be sealed, with the values by which it is found again. */
export interface NewRecord {
  readonly kind: string;
  readonly record: VaultRecord;
  readonly prefix?: ReferencePrefix;
  readonly lookup?: Lookup;
}

export type { VaultRecord };

/** Checks a record against a schema, throwing `input.invalid`. */
export type SchemaCheck = (schema: JSONSchema, value: unknown, where: string) => void;

export interface VaultNeeds {
  readonly db: Db;
  readonly keyring: Keyring;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly check: SchemaCheck;
}

/** The largest number of references that one audit entry lists. */
const referencesPerEntry = 200;

export function createVault(needs: VaultNeeds): Vault {
  const { db, keyring, audit, now } = needs;

  const within = <T>(trx: Trx | undefined, work: (trx: Trx) => Promise<T>): Promise<T> =>
    trx === undefined ? db.transaction().execute(work) : work(trx);

  const record = (entry: AuditEntry, trx: Trx | undefined): Promise<unknown> =>
    trx === undefined ? audit.record(entry) : audit.append(trx, entry);

  const assertMayOpen = async (clinic: string, opening: Opening, refs: readonly string[]): Promise<void> => {
    const { actor } = opening;
    if (actor.kind === 'system' || (actor.kind === 'session' && actor.clinic === clinic)) return;
    // On its own transaction even within another: the refusal stays when the caller's work is rolled back.
    await audit.record({
      clinic: actor.kind === 'nobody' || actor.clinic === null ? clinic : actor.clinic,
      actor: actorOf(actor),
      action: 'record.refused',
      subject: refs[0] ?? null,
      purpose: opening.purpose,
      details: { by: actor.kind },
    });
    throw new GaitError(
      'access.forbidden',
      'A record opens for a signed-in person of the clinic or for the server itself only.',
    );
  };

  const readMany = async (reader: Db, clinic: string, refs: readonly string[]): Promise<Map<string, VaultRecord>> => {
    if (refs.length === 0) return new Map();
    const rows = await reader
      .selectFrom('vault_records as r')
      .innerJoin('vault_keys as k', 'k.id', 'r.key_id')
      .select(['r.ref', 'r.kind', 'r.version', 'r.sealed', 'k.id', 'k.clinic', 'k.master_key', 'k.wrapped'])
      .where('r.clinic', '=', clinic)
      .where('r.ref', 'in', refs)
      .execute();
    const keys = new Map<string, Buffer>();
    const opened = new Map<string, VaultRecord>();
    for (const row of rows) {
      const key = keys.get(row.id) ?? unwrapKey(keyring, row);
      keys.set(row.id, key);
      const binding = { clinic, ref: row.ref, kind: row.kind, version: row.version };
      opened.set(row.ref, openSealed(key, binding, row.sealed).record);
    }
    return opened;
  };

  const found = async (reader: Db, clinic: string, kind: string, lookup: Lookup): Promise<string[]> => {
    let refs: Set<string> | null = null;
    for (const [field, value] of Object.entries(lookup)) {
      const digests = keyring.ids.map((id) => digestOf(keyring, id, { clinic, kind, field }, value));
      const rows = await reader
        .selectFrom('vault_lookups')
        .select('ref')
        .where('clinic', '=', clinic)
        .where('kind', '=', kind)
        .where('field', '=', field)
        .where('digest', 'in', digests)
        .orderBy('ref')
        .execute();
      const these: Set<string> = new Set(rows.map((row) => row.ref));
      refs = refs === null ? these : both(refs, these);
    }
    return [...(refs ?? [])];
  };

  return {
    put(clinic, kind, value, options = {}) {
      if (options.schema !== undefined) needs.check(options.schema, value, kind);
      const ref = options.ref ?? newReference(options.prefix ?? 'rec');
      return within(options.trx, async (trx) => {
        const key = await currentKey(trx, clinic);
        const lookup = options.lookup ?? {};
        const sealed = sealRecord(
          unwrapKey(keyring, key),
          { clinic, ref, kind, version: 1 },
          { record: value, lookup },
        );
        const at = now();
        await trx
          .insertInto('vault_records')
          .values({ ref, clinic, kind, version: 1, key_id: key.id, sealed, created_at: at, updated_at: at })
          .execute();
        await writeLookup(trx, keyring, { clinic, kind, ref }, lookup);
        return ref;
      });
    },

    async putMany(clinic, records, { trx }) {
      if (records.length === 0) return [];
      const key = await currentKey(trx, clinic);
      const unwrapped = unwrapKey(keyring, key);
      const at = now();
      const rows = records.map(({ kind, record: value, prefix, lookup = {} }) => {
        const ref = newReference(prefix ?? 'rec');
        const sealed = sealRecord(unwrapped, { clinic, ref, kind, version: 1 }, { record: value, lookup });
        return { ref, clinic, kind, version: 1, key_id: key.id, sealed, created_at: at, updated_at: at };
      });
      await trx.insertInto('vault_records').values(rows).execute();
      const lookups = rows.map(({ ref, kind }, index) => ({ ref, kind, lookup: records[index]?.lookup ?? {} }));
      await addLookups(trx, keyring, clinic, lookups);
      return rows.map(({ ref }) => ref);
    },

    replace(clinic, ref, value, options = {}) {
      return within(options.trx, async (trx) => {
        const row = await trx
          .selectFrom('vault_records as r')
          .innerJoin('vault_keys as k', 'k.id', 'r.key_id')
          .select(['r.kind', 'r.version', 'r.sealed', 'k.id', 'k.clinic', 'k.master_key', 'k.wrapped'])
          .where('r.clinic', '=', clinic)
          .where('r.ref', '=', ref)
          .forUpdate('r')
          .executeTakeFirst();
        if (row === undefined) throw unknownRecord();
        if (options.schema !== undefined) needs.check(options.schema, value, row.kind);
        const { kind } = row;
        const before = { clinic, ref, kind, version: row.version };
        const lookup = options.lookup ?? openSealed(unwrapKey(keyring, row), before, row.sealed).lookup;
        const version = row.version + 1;
        const key = await currentKey(trx, clinic);
        const sealed = sealRecord(unwrapKey(keyring, key), { clinic, ref, kind, version }, { record: value, lookup });
        await trx
          .updateTable('vault_records')
          .set({ version, key_id: key.id, sealed, updated_at: now() })
          .where('ref', '=', ref)
          .execute();
        if (options.lookup !== undefined) await writeLookup(trx, keyring, { clinic, kind, ref }, lookup);
        return version;
      });
    },

    async open(clinic, ref, opening) {
      await assertMayOpen(clinic, opening, [ref]);
      const value = (await readMany(opening.trx ?? db, clinic, [ref])).get(ref);
      if (value === undefined) throw unknownRecord();
      await record({ ...viewOf(clinic, opening), subject: ref }, opening.trx);
      return value;
    },

    async openMany(clinic, refs, opening) {
      await assertMayOpen(clinic, opening, refs);
      const opened = await readMany(opening.trx ?? db, clinic, refs);
      const found = refs.filter((ref) => opened.has(ref));
      // No view without its entry: the entries are written before a value leaves the vault.
      for (let start = 0; start < found.length; start += referencesPerEntry) {
        const records = found.slice(start, start + referencesPerEntry);
        await record({ ...viewOf(clinic, opening), details: { count: records.length, records } }, opening.trx);
      }
      return new Map(found.flatMap((ref) => entryOf(opened, ref)));
    },

    async find(clinic, kind, lookup, options = {}) {
      const [first, second] = await found(options.trx ?? db, clinic, kind, lookup);
      // Two records under one value: taking either would be a guess about a person.
      if (second !== undefined) {
        throw new GaitError('state.conflict', 'Two records carry the same lookup value.', {
          where: `${kind} ${Object.keys(lookup).join(', ')}`,
        });
      }
      return first ?? null;
    },

    findAll: (clinic, kind, lookup, options = {}) => found(options.trx ?? db, clinic, kind, lookup),

    async findAny(clinic, kind, values, options = {}) {
      if (values.length === 0) return [];
      const wanted = values.flatMap(({ field, value }) =>
        keyring.ids.map((id) => ({ field, digest: digestOf(keyring, id, { clinic, kind, field }, value) })),
      );
      const rows = await (options.trx ?? db)
        .selectFrom('vault_lookups')
        .select('ref')
        .distinct()
        .where('clinic', '=', clinic)
        .where('kind', '=', kind)
        .where((where) => where.or(wanted.map((one) => where.and(one))))
        .orderBy('ref')
        .execute();
      return rows.map(({ ref }) => ref);
    },

    async alike(clinic, ref, field, options = {}) {
      const reader = options.trx ?? db;
      const row = await reader
        .selectFrom('vault_records as r')
        .innerJoin('vault_keys as k', 'k.id', 'r.key_id')
        .select(['r.kind', 'r.version', 'r.sealed', 'k.id', 'k.clinic', 'k.master_key', 'k.wrapped'])
        .where('r.clinic', '=', clinic)
        .where('r.ref', '=', ref)
        .executeTakeFirst();
      if (row === undefined) throw unknownRecord();
      const { kind, version } = row;
      const value = openSealed(unwrapKey(keyring, row), { clinic, ref, kind, version }, row.sealed).lookup[field];
      return value === undefined ? [ref] : found(reader, clinic, kind, { [field]: value });
    },
  };
}

function both(left: ReadonlySet<string>, right: ReadonlySet<string>): Set<string> {
  return new Set([...left].filter((ref) => right.has(ref)));
}

function entryOf(opened: Map<string, VaultRecord>, ref: string): [string, VaultRecord][] {
  const value = opened.get(ref);
  return value === undefined ? [] : [[ref, value]];
}

function viewOf(clinic: string, opening: Opening): AuditEntry {
  return {
    clinic,
    actor: actorOf(opening.actor),
    action: opening.action ?? 'record.opened',
    purpose: opening.purpose,
    ...(opening.flow === undefined ? {} : { flow: opening.flow }),
  };
}

function unknownRecord(): GaitError {
  return new GaitError('reference.unknown', 'This clinic has no such record.');
}
