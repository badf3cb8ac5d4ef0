// What a clinic's short name looks like, and how its making is kept.
import type { Audit } from '../audit/append.ts';
import type { Structure } from '../audit/entry.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { actorOf } from '../http/principal.ts';

export const clinicNamePattern = /^[a-z][a-z0-9-]{0,39}$/;

/** Appends an entry on the clinic itself or on `subject` of it. */
export async function appendClinicEntry(
  audit: Audit,
  trx: Trx,
  clinic: string,
  action: string,
  by: Principal,
  subject: string = clinic,
  details: { readonly [key: string]: Structure } = {},
): Promise<void> {
  await audit.append(trx, { clinic, actor: actorOf(by), action, subject, details });
}
