// Who is signed in: sessions that end by themselves, and a brake on guessing passwords.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { roles as allRoles } from '../http/principal.ts';
import { Refusal } from '../http/refusals.ts';
import { randomText } from '../vault/reference.ts';
import { passwordMatches, wasteAComparison } from './password.ts';

export const idleMinutes = 30;
export const absoluteHours = 12;
const attemptsPerEmail = 10;
const attemptsPerAddress = 60;
const windowMinutes = 15;
const touchEverySeconds = 60;

export interface SignedIn {
  readonly token: string;
  readonly user: { readonly id: string; readonly displayName: string; readonly roles: readonly string[] };
}

export interface Sessions {
  /** Throws `access.unauthenticated` (one sentence for every reason) or `access.too-many-attempts`. */
  signIn(email: string, password: string, address: string): Promise<SignedIn>;
  /** Throws `access.expired` after thirty idle minutes or twelve hours, `access.unauthenticated` for anything unknown. */
  authenticate(token: string): Promise<SessionPrincipal>;
  end(principal: SessionPrincipal): Promise<void>;
}

export function createSessions(needs: { readonly db: Db; readonly audit: Audit; readonly now: () => Date }): Sessions {
  const { db, audit, now } = needs;

  /** Counts the attempt before the password is looked at, so that guesses made side by side count too. */
  const brake = async (subject: string, limit: number): Promise<string> => {
    const at = now();
    const since = new Date(at.getTime() - windowMinutes * 60_000);
    const hash = digest(subject);
    const { failures } = await db
      .insertInto('sign_in_failures')
      .values({ subject_hash: hash, failures: 1, first_at: at })
      .onConflict((conflict) =>
        conflict.column('subject_hash').doUpdateSet({
          failures: sql<number>`case when sign_in_failures.first_at < ${since} then 1 else sign_in_failures.failures + 1 end`,
          first_at: sql<Date>`case when sign_in_failures.first_at < ${since} then ${at} else sign_in_failures.first_at end`,
        }),
      )
      .returning('failures')
      .executeTakeFirstOrThrow();
    if (failures > limit) {
      throw new Refusal('access.too-many-attempts', 'Too many attempts to sign in.', {
        clinic: null,
        actor: 'nobody',
        fix: `Wait ${windowMinutes} minutes.`,
      });
    }
    return hash;
  };

  return {
    async signIn(email, password, address) {
      const known = email.trim().toLowerCase();
      const byAddress = await brake(`address ${address}`, attemptsPerAddress);
      const byEmail = await brake(`email ${known}`, attemptsPerEmail);
      const user = await db.selectFrom('users').selectAll().where('email', '=', known).executeTakeFirst();
      const right =
        user !== undefined && user.disabled_at === null
          ? await passwordMatches(password, user.password_hash)
          : await wasteAComparison(password);
      const refused = new Refusal('access.unauthenticated', 'The e-mail or the password is wrong.', {
        clinic: user?.clinic ?? null,
        actor: 'nobody',
        subject: user?.id ?? null,
      });
      if (user === undefined || !right) throw refused;
      const token = randomText(43);
      const at = now();
      await db.transaction().execute(async (trx) => {
        // Access may have been ended, or the password changed, while the comparison ran.
        const unchanged = await trx
          .selectFrom('users')
          .select('id')
          .where('id', '=', user.id)
          .where('password_hash', '=', user.password_hash)
          .where('disabled_at', 'is', null)
          .forShare()
          .executeTakeFirst();
        if (unchanged === undefined) throw refused;
        await trx.deleteFrom('sign_in_failures').where('subject_hash', '=', byEmail).execute();
        // A whole clinic shares an address: its successes do not count, and one of them does not wipe out a guesser's failures.
        await trx
          .updateTable('sign_in_failures')
          .set({ failures: sql<number>`greatest(failures - 1, 0)` })
          .where('subject_hash', '=', byAddress)
          .execute();
        await trx
          .insertInto('sessions')
          .values({
            token_hash: digest(token),
            user_id: user.id,
            clinic: user.clinic,
            created_at: at,
            last_seen_at: at,
            expires_at: new Date(at.getTime() + absoluteHours * 3_600_000),
            ended_at: null,
          })
          .execute();
        await audit.append(trx, { clinic: user.clinic, actor: user.id, action: 'session.started', subject: user.id });
      });
      return { token, user: { id: user.id, displayName: user.display_name, roles: user.roles } };
    },

    async authenticate(token) {
      const hash = digest(token);
      const row = await db
        .selectFrom('sessions as s')
        .innerJoin('users as u', 'u.id', 's.user_id')
        .select([
          's.last_seen_at',
          's.expires_at',
          's.ended_at',
          'u.id',
          'u.clinic',
          'u.roles',
          'u.display_name',
          'u.disabled_at',
        ])
        .where('s.token_hash', '=', hash)
        .executeTakeFirst();
      if (row === undefined) {
        throw new Refusal('access.unauthenticated', 'This session is not known.', { clinic: null, actor: 'nobody' });
      }
      const who = { clinic: row.clinic, actor: row.id, fix: 'Sign in again.' };
      if (row.ended_at !== null || row.disabled_at !== null) {
        throw new Refusal('access.unauthenticated', 'This session has ended.', who);
      }
      const at = now();
      const idle = at.getTime() - row.last_seen_at.getTime();
      if (row.expires_at <= at || idle > idleMinutes * 60_000) {
        throw new Refusal('access.expired', 'This session has expired.', who);
      }
      if (idle > touchEverySeconds * 1000) {
        await db.updateTable('sessions').set({ last_seen_at: at }).where('token_hash', '=', hash).execute();
      }
      return {
        kind: 'session',
        user: row.id,
        displayName: row.display_name,
        clinic: row.clinic,
        roles: allRoles.filter((role) => row.roles.includes(role)),
        session: hash,
      };
    },

    async end(principal) {
      await db.transaction().execute(async (trx) => {
        const ended = await trx
          .updateTable('sessions')
          .set({ ended_at: now() })
          .where('token_hash', '=', principal.session)
          .where('ended_at', 'is', null)
          .executeTakeFirst();
        if (ended.numUpdatedRows === 0n) throw new GaitError('state.conflict', 'This session has ended already.');
        const { clinic, user } = principal;
        await audit.append(trx, { clinic, actor: user, action: 'session.ended', subject: user });
      });
    },
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
