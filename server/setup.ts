// Makes clinics, users, keys and connections: for the command line and for whatever prepares a demo.
import { GaitError } from '../domain/errors.ts';
import { assertDocumentationSettings } from '../domain/note/settings.ts';
import { appendClinicEntry, clinicNamePattern } from './clinics/rules.ts';
import { assertClinicSettings } from './clinics/settings.ts';
import type { ClinicSettings } from './clinics/settings.ts';
import type { ConnectionSummary, NewConnection } from './connections/connections.ts';
import type { Capability, Principal, Role } from './http/principal.ts';
import { systemPrincipal } from './http/principal.ts';
import { readNoteRules } from './notes/rules.ts';
import type { Services } from './services.ts';
import { hashPassword } from './sessions/password.ts';
import type { PasswordCost } from './sessions/password.ts';
import { assertCredential, writeCredential } from './sessions/credentials.ts';
import type { HeldCredential } from './sessions/credentials.ts';
import { newDataKey } from './vault/data-keys.ts';
import { newReference } from './vault/reference.ts';

/** What setting up needs of the services. */
export interface SetupServices extends Pick<Services, 'db' | 'now' | 'keyring' | 'audit' | 'keys' | 'connections'> {
  /** Tests make passwords that are guessed as fast as they are checked. */
  readonly passwordCost?: PasswordCost;
}

/** Who is said to have done it where nobody is signed in: the operator at the command line. */
export const operator: Principal = systemPrincipal('operator');

export interface ClinicSummary {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly timezone: string;
}

/**
 * Makes a clinic with its data key and its audit chain. `name` is short and unique (`demo`), `timezone` an IANA name.
 * Throws `input.invalid` or `state.conflict`.
 */
export async function createClinic(
  { db, now, keyring, audit }: SetupServices,
  clinic: {
    readonly name: string;
    readonly timezone: string;
    readonly displayName?: string;
    readonly settings?: ClinicSettings;
  },
  by: Principal = operator,
): Promise<ClinicSummary> {
  const { name, timezone } = clinic;
  if (!clinicNamePattern.test(name)) {
    throw new GaitError('input.invalid', 'A clinic name has lower-case letters, digits and hyphens, at most forty.', {
      where: 'name',
    });
  }
  if (!isTimezone(timezone)) {
    throw new GaitError('input.invalid', 'The time zone is not known.', {
      where: 'timezone',
      fix: 'Write it as America/Chicago.',
    });
  }
  const id = newReference('cl');
  const displayName = clinic.displayName ?? name;
  await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('clinics')
      .values({
        id,
        name,
        display_name: displayName,
        timezone,
        settings: JSON.stringify(clinic.settings ?? {}),
        created_at: now(),
        shredded_at: null,
      })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) {
      throw new GaitError('state.conflict', 'There is a clinic of this name.', { where: 'name' });
    }
    await newDataKey(trx, keyring, id, now());
    await appendClinicEntry(audit, trx, id, 'clinic.created', by);
  });
  return { id, name, displayName, timezone };
}

/** A clinic's own settings. Throws `reference.unknown`. */
export async function clinicSettings({ db }: Pick<Services, 'db'>, clinic: string): Promise<ClinicSettings> {
  const row = await db.selectFrom('clinics').select('settings').where('id', '=', clinic).executeTakeFirst();
  if (row === undefined) throw new GaitError('reference.unknown', 'There is no such clinic.');
  return row.settings;
}

/**
 * Puts a clinic's settings in the place of the earlier ones. Every authorization of the clinic is looked at again on the
 * next sync, because horizons and turnarounds may have moved. Throws `input.invalid` naming the field.
 */
export async function setClinicSettings(
  { db, now, audit, validator }: Pick<Services, 'db' | 'now' | 'audit' | 'validator'>,
  clinic: string,
  settings: unknown,
  by: Principal = operator,
): Promise<ClinicSettings> {
  assertClinicSettings(validator, settings);
  if (settings.documentation !== undefined)
    assertDocumentationSettings(settings.documentation, await readNoteRules(validator));
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('clinics')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', clinic)
      .execute();
    await trx
      .updateTable('authorizations')
      .set({ to_track: true, updated_at: now() })
      .where('clinic', '=', clinic)
      .execute();
    await appendClinicEntry(audit, trx, clinic, 'clinic.settingsChanged', by, clinic, {
      parts: Object.keys(settings).sort(),
      payers: (settings.payers ?? []).length,
    });
  });
  return settings;
}

/** The clinic of a short name or id. Throws `reference.unknown`. */
export async function findClinic({ db }: Pick<Services, 'db'>, nameOrId: string): Promise<ClinicSummary> {
  const row = await db
    .selectFrom('clinics')
    .select(['id', 'name', 'display_name', 'timezone'])
    .where((eb) => eb.or([eb('name', '=', nameOrId), eb('id', '=', nameOrId)]))
    .executeTakeFirst();
  if (row === undefined) {
    throw new GaitError('reference.unknown', 'There is no clinic of this name.', { fix: 'See: gait clinics list.' });
  }
  return { id: row.id, name: row.name, displayName: row.display_name, timezone: row.timezone };
}

/** Makes a user of a clinic who signs in with e-mail and password. Throws `input.invalid` or `state.conflict`. */
export async function createUser(
  { db, now, audit, passwordCost }: SetupServices,
  user: {
    readonly clinic: string;
    readonly email: string;
    readonly displayName: string;
    readonly roles: readonly Role[];
    readonly password: string;
    /** What they are licensed as; without one they sign nothing. */
    readonly credential?: HeldCredential;
  },
  by: Principal = operator,
): Promise<{ readonly id: string }> {
  if (user.credential !== undefined) assertCredential(user.credential);
  const email = user.email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw new GaitError('input.invalid', 'This is not an e-mail address.', { where: 'email' });
  if (user.roles.length === 0) throw new GaitError('input.invalid', 'A user needs a role.', { where: 'roles' });
  const id = newReference('usr');
  const hash = await hashPassword(user.password, passwordCost);
  await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('users')
      .values({
        id,
        clinic: user.clinic,
        email,
        display_name: user.displayName,
        password_hash: hash,
        roles: [...user.roles],
        created_at: now(),
        disabled_at: null,
      })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) {
      throw new GaitError('state.conflict', 'There is a user with this e-mail.', { where: 'email' });
    }
    await appendClinicEntry(audit, trx, user.clinic, 'user.created', by, id, { roles: [...user.roles] });
    if (user.credential !== undefined) await writeCredential({ now, audit }, trx, user.clinic, id, user.credential, by);
  });
  return { id };
}

/** Makes an API key; the secret is returned this once. `clinic` null serves every clinic (the worker's key). */
export function createKey(
  { keys }: SetupServices,
  key: {
    readonly name: string;
    readonly clinic: string | null;
    readonly capabilities: readonly Capability[];
    readonly expiresAt?: Date | null;
  },
  by: Principal = operator,
): Promise<{ readonly id: string; readonly secret: string }> {
  return keys.create({ ...key, expiresAt: key.expiresAt ?? null }, by);
}

/** Adds a connection to a clinic; settings and secrets go to the vault. */
export function addConnection(
  { connections }: SetupServices,
  clinic: string,
  connection: NewConnection,
  by: Principal = operator,
): Promise<ConnectionSummary> {
  return connections.add(clinic, connection, by);
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
