// Events that Jane told by webhook and that no import has followed yet, in the order they came.
import type { Db } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import { confirmed } from './documents.ts';

const source = 'jane.event';

interface EventPlace {
  readonly clinic: string;
  readonly connection: string;
}

/** An event by Jane's name for it, and the appointment it is about. */
export interface WaitingEvent {
  readonly name: string;
  readonly appointmentId: string;
}

/** Oldest first; several may be about one appointment. */
export async function janeWaiting(
  { db, vault }: { readonly db: Db; readonly vault: Vault },
  { clinic, connection }: EventPlace,
  limit: number,
  cause: Principal,
): Promise<WaitingEvent[]> {
  const rows = await db
    .selectFrom('received_documents')
    .select(['name', 'record'])
    .where('clinic', '=', clinic)
    .where('connection', '=', connection)
    .where('source', '=', source)
    .where('confirmed_at', 'is', null)
    .where('kept_at', 'is not', null)
    .orderBy('kept_at')
    .orderBy('name')
    .limit(limit)
    .execute();
  const kept = rows.flatMap(({ name, record }) => (record === null ? [] : [{ name, record }]));
  if (kept.length === 0) return [];
  const opened = await vault.openMany(
    clinic,
    kept.map(({ record }) => record),
    { purpose: 'jane.import', actor: systemPrincipal('webhooks', cause) },
  );
  return kept.flatMap(({ name, record }) => {
    const id: unknown = opened.get(record)?.['appointmentId'];
    return typeof id === 'string' ? [{ name, appointmentId: id }] : [];
  });
}

/** The import has followed these. */
export function janeImported(db: Db, place: EventPlace, names: readonly string[], at: Date): Promise<void> {
  return confirmed(db, { ...place, source }, names, at);
}
