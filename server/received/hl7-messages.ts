// Messages of HL7 as they arrived: kept in the vault before they are acknowledged, and handed to the import in the order they came.
import { sql } from 'kysely';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import { confirmed, keepDocument } from './documents.ts';

const source = 'hl7.message';

/** Over which connection of which clinic. */
export interface MessagePlace {
  readonly clinic: string;
  readonly connection: string;
}

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
  readonly audit: Audit;
  readonly now: () => Date;
}

export interface KeptMessage {
  /** SHA-256 (hex) of the bytes: the id of its delivery as well. */
  readonly name: string;
  readonly record: string;
  /** Such as `ADT^A28`. */
  readonly kind: string;
  /** ISO UTC. */
  readonly receivedAt: string;
}

/**
 * Keeps a message once, in one transaction with its audit entry. `sequence` tells messages of the same instant apart. Returns
 * whether it was new. The row holds its event and whether it can be used; what it says lies in the vault.
 */
export async function keepMessage(
  { db, vault, audit, now }: Needs,
  { clinic, connection }: MessagePlace,
  message: {
    readonly sha256: string;
    readonly bytes: Uint8Array;
    readonly kind: string;
    readonly code: 'AA' | 'AE';
    readonly sequence: number;
  },
): Promise<boolean> {
  const { sha256, bytes, kind, code, sequence } = message;
  return db.transaction().execute(async (trx) => {
    const { isNew } = await keepDocument({ vault, now }, trx, {
      clinic,
      connection,
      source,
      name: sha256,
      kinds: [kind],
      content: { message: Buffer.from(bytes).toString('base64') },
      structure: { acknowledged: code, sequence },
    });
    if (isNew)
      await audit.append(trx, {
        clinic,
        actor: actorOf(systemPrincipal('hl7')),
        action: 'document.kept',
        subject: connection,
        purpose: 'hl7.receive',
        details: { event: kind.split('^')[1] ?? null },
      });
    return isNew;
  });
}

/** Kept messages that are not imported, oldest first. Those nobody could use are among them: the import tells a person why. */
export async function hl7Waiting(db: Db, { clinic, connection }: MessagePlace, limit = 500): Promise<KeptMessage[]> {
  const rows = await db
    .selectFrom('received_documents')
    .select(['name', 'record', 'kinds', 'kept_at'])
    .where('clinic', '=', clinic)
    .where('connection', '=', connection)
    .where('source', '=', source)
    .where('confirmed_at', 'is', null)
    .where('kept_at', 'is not', null)
    .orderBy('kept_at')
    .orderBy(sql`(structure->>'sequence')::bigint`)
    .limit(limit)
    .execute();
  return rows.flatMap(({ name, record, kinds: [kind = ''], kept_at: at }) =>
    record === null || at === null ? [] : [{ name, record, kind, receivedAt: at.toISOString() }],
  );
}

/** The bytes of kept messages, in the order given, under an audit entry that lists their records. */
export async function openMessages(
  vault: Vault,
  clinic: string,
  messages: readonly KeptMessage[],
  cause?: Principal,
): Promise<(KeptMessage & { readonly bytes: Buffer })[]> {
  const opened = await vault.openMany(
    clinic,
    messages.map(({ record }) => record),
    { purpose: 'hl7.import', actor: systemPrincipal('hl7', cause) },
  );
  return messages.flatMap((message) => {
    const text: unknown = opened.get(message.record)?.['message'];
    return typeof text === 'string' ? [{ ...message, bytes: Buffer.from(text, 'base64') }] : [];
  });
}

/** These are imported: they do not wait any more. Repeated by their sender they are acknowledged, and not imported again. */
export function hl7Imported(db: Db, place: MessagePlace, names: readonly string[], at: Date): Promise<void> {
  return confirmed(db, { ...place, source }, names, at);
}
