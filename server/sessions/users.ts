// Ends, restores and changes a person's access to the console: whatever is changed, the sessions that were open end with it.
import { GaitError } from '../../domain/errors.ts';
import { appendClinicEntry } from '../clinics/rules.ts';
import type { Structure } from '../audit/entry.ts';
import type { Principal, Role } from '../http/principal.ts';
import type { Services } from '../services.ts';
import { hashPassword } from './password.ts';

/** What may change: access as such, the password, the roles. One at a time, each with an audit entry of its own. */
export type UserChange =
  | { readonly action: 'disabled' | 'enabled' }
  | { readonly action: 'passwordChanged'; readonly password: string }
  | { readonly action: 'rolesChanged'; readonly roles: readonly Role[] };

export interface ChangedUser {
  readonly id: string;
  readonly roles: readonly string[];
  readonly disabledAt: string | null;
  /** How many sessions were open until now. */
  readonly sessionsEnded: number;
}

/**
 * Changes a user of a clinic, found by e-mail, and ends the user's sessions in the same transaction.
 * Throws `reference.unknown`, `input.invalid`, or `state.conflict` where access is already as it is asked to be.
 */
export async function changeUser(
  { db, now, audit }: Pick<Services, 'db' | 'now' | 'audit'>,
  clinic: string,
  email: string,
  change: UserChange,
  by: Principal,
): Promise<ChangedUser> {
  const at = now();
  const set = await columnsOf(change, at);
  return db.transaction().execute(async (trx) => {
    const user = await trx
      .selectFrom('users')
      .select(['id', 'disabled_at'])
      .where('clinic', '=', clinic)
      .where('email', '=', email.trim().toLowerCase())
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (user === undefined) {
      throw new GaitError('reference.unknown', 'The clinic has no user with this e-mail.', {
        where: 'email',
        fix: 'See: gait users list.',
      });
    }
    const disabled = user.disabled_at !== null;
    if ((change.action === 'disabled' && disabled) || (change.action === 'enabled' && !disabled)) {
      throw new GaitError('state.conflict', `This user is ${change.action} already.`, { where: 'email' });
    }
    const changed = await trx
      .updateTable('users')
      .set(set)
      .where('id', '=', user.id)
      .returning(['roles', 'disabled_at'])
      .executeTakeFirstOrThrow();
    const ended = await trx
      .updateTable('sessions')
      .set({ ended_at: at })
      .where('user_id', '=', user.id)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', at)
      .executeTakeFirst();
    const sessionsEnded = Number(ended.numUpdatedRows);
    const details: Record<string, Structure> = { sessionsEnded };
    if (change.action === 'rolesChanged') details['roles'] = [...change.roles];
    await appendClinicEntry(audit, trx, clinic, `user.${change.action}`, by, user.id, details);
    return {
      id: user.id,
      roles: changed.roles,
      disabledAt: changed.disabled_at?.toISOString() ?? null,
      sessionsEnded,
    };
  });
}

async function columnsOf(
  change: UserChange,
  at: Date,
): Promise<{ disabled_at?: Date | null; password_hash?: string; roles?: Role[] }> {
  switch (change.action) {
    case 'disabled':
      return { disabled_at: at };
    case 'enabled':
      return { disabled_at: null };
    case 'passwordChanged':
      return { password_hash: await hashPassword(change.password) };
    case 'rolesChanged':
      if (change.roles.length === 0) throw new GaitError('input.invalid', 'A user needs a role.', { where: 'roles' });
      return { roles: [...change.roles] };
  }
}
