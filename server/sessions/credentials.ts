// What a user is licensed as: entered by an operator who saw the license, never taken from a name or a tap.
import { GaitError } from '../../domain/errors.ts';
import type { Credential } from '../../domain/session/words.ts';
import { credentials } from '../../domain/session/words.ts';
import { appendClinicEntry } from '../clinics/rules.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import type { Services } from '../services.ts';

/** Those a user can hold; an aide signs nothing. */
export const userCredentials: readonly Credential[] = credentials.filter((each) => each !== 'aide');

export interface HeldCredential {
  readonly credential: Credential;
  readonly license: string | null;
  /** Two capital letters of the state that gave it. */
  readonly licenseState: string | null;
  /** Last day it holds, `YYYY-MM-DD`; null: not known. */
  readonly licenseExpires: string | null;
}

const licensed: ReadonlySet<Credential> = new Set(['PT', 'PTA', 'physician']);

/** Throws `input.invalid` naming the field: who must have a license shows one. */
export function assertCredential({ credential, license, licenseState, licenseExpires }: HeldCredential): void {
  if (!userCredentials.includes(credential))
    throw new GaitError('input.invalid', `A credential is one of ${userCredentials.join(', ')}.`, {
      where: 'credential',
    });
  if (licensed.has(credential) && (license === null || licenseState === null))
    throw new GaitError('input.invalid', `Who signs as ${credential} has a license number and its state.`, {
      where: license === null ? 'license' : 'licenseState',
    });
  if (licenseState !== null && !/^[A-Z]{2}$/.test(licenseState))
    throw new GaitError('input.invalid', 'A state is two capital letters.', { where: 'licenseState' });
  if (licenseExpires !== null && !/^\d{4}-\d{2}-\d{2}$/.test(licenseExpires))
    throw new GaitError('input.invalid', 'A day is written YYYY-MM-DD.', { where: 'licenseExpires' });
}

/** Enters what a user of the clinic is licensed as, in the place of what was there. Throws `reference.unknown`. */
export async function setCredential(
  needs: Pick<Services, 'db' | 'now' | 'audit'>,
  clinic: string,
  email: string,
  held: HeldCredential,
  by: Principal,
): Promise<{ readonly id: string; readonly credential: Credential }> {
  assertCredential(held);
  return needs.db.transaction().execute(async (trx) => {
    const user = await trx
      .selectFrom('users')
      .select('id')
      .where('clinic', '=', clinic)
      .where('email', '=', email.trim().toLowerCase())
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (user === undefined)
      throw new GaitError('reference.unknown', 'The clinic has no user with this e-mail.', {
        where: 'email',
        fix: 'See: gait users list.',
      });
    await writeCredential(needs, trx, clinic, user.id, held, by);
    return { id: user.id, credential: held.credential };
  });
}

/** The row and its audit entry, in the caller's transaction. */
export async function writeCredential(
  { now, audit }: Pick<Services, 'now' | 'audit'>,
  trx: Trx,
  clinic: string,
  user: string,
  { credential, license, licenseState, licenseExpires }: HeldCredential,
  by: Principal,
): Promise<void> {
  const row = { credential, license, license_state: licenseState, license_expires: licenseExpires, set_at: now() };
  await trx
    .insertInto('clinician_credentials')
    .values({ user_id: user, clinic, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute();
  await appendClinicEntry(audit, trx, clinic, 'user.credentialSet', by, user, {
    credential: credential.toLowerCase(),
    licenseExpires,
  });
}
