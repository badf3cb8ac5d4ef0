// `gait users`: make, list and change the people who sign in to the console, and end their access.
import { needed, parse, print, standardInput, unusable, withServices } from './shared/command-line.ts';
import type { Role } from '../server/http/principal.ts';
import { roles } from '../server/http/principal.ts';
import { setCredential, userCredentials } from '../server/sessions/credentials.ts';
import type { UserChange } from '../server/sessions/users.ts';
import { changeUser } from '../server/sessions/users.ts';
import { createUser, findClinic, operator } from '../server/setup.ts';

export const summary = 'make, list, change and disable users of the console';

export const usage = `Usage: gait users create EMAIL --clinic NAME --roles ${roles.join(',')} [--name TEXT] --password-stdin [--json]
       gait users list --clinic NAME [--json]
       gait users disable EMAIL --clinic NAME [--json]
       gait users enable EMAIL --clinic NAME [--json]
       gait users set-password EMAIL --clinic NAME --password-stdin [--json]
       gait users set-roles EMAIL --clinic NAME --roles ROLE[,ROLE …] [--json]
       gait users set-credential EMAIL --clinic NAME --credential ${userCredentials.join('|')}
                  [--license NUMBER --state ST] [--license-expires YYYY-MM-DD] [--json]

  disable, enable, set-password and set-roles end every session of the user: open pages must sign in again.
  set-credential enters what a user is licensed as: nobody signs a document without. Look at the license first.`;

interface Flags {
  readonly roles?: string | undefined;
  readonly name?: string | undefined;
  readonly 'password-stdin': boolean;
  readonly credential?: string | undefined;
  readonly license?: string | undefined;
  readonly state?: string | undefined;
  readonly 'license-expires'?: string | undefined;
  readonly json: boolean;
}

/** Returns 0. A password is read from standard input: an argument would stand in the list of processes. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    roles: { type: 'string' },
    name: { type: 'string' },
    credential: { type: 'string' },
    license: { type: 'string' },
    state: { type: 'string' },
    'license-expires': { type: 'string' },
    'password-stdin': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const [action, email] = positionals;
  const clinic = needed(values.clinic, '--clinic', usage);
  switch (action) {
    case 'create':
      return create(clinic, needed(email, 'EMAIL', usage), values);
    case 'list':
      return list(clinic, values.json);
    case 'disable':
      return change(clinic, email, { action: 'disabled' }, values.json);
    case 'enable':
      return change(clinic, email, { action: 'enabled' }, values.json);
    case 'set-password':
      return change(clinic, email, { action: 'passwordChanged', password: await passwordOf(values) }, values.json);
    case 'set-roles':
      return change(clinic, email, { action: 'rolesChanged', roles: rolesOf(values.roles) }, values.json);
    case 'set-credential':
      return credential(clinic, needed(email, 'EMAIL', usage), values);
    default:
      throw unusable('Say what to do with users.', usage);
  }
}

async function create(clinicName: string, email: string, flags: Flags): Promise<number> {
  const asked = rolesOf(flags.roles);
  const password = await passwordOf(flags);
  const user = await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    return createUser(services, {
      clinic: clinic.id,
      email,
      displayName: flags.name ?? email,
      roles: asked,
      password,
    });
  });
  print(flags.json, user, [`User ${user.id} may sign in.`]);
  return 0;
}

async function list(clinicName: string, json: boolean): Promise<number> {
  const users = await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    const rows = await services.db
      .selectFrom('users')
      .leftJoin('clinician_credentials as c', 'c.user_id', 'users.id')
      .select(['id', 'email', 'display_name', 'roles', 'disabled_at'])
      .select(['credential', 'license', 'license_state as licenseState', 'license_expires as licenseExpires'])
      .where('users.clinic', '=', clinic.id)
      .orderBy('email')
      .execute();
    return rows.map(({ display_name, disabled_at, ...row }) => ({
      ...row,
      displayName: display_name,
      disabledAt: disabled_at?.toISOString() ?? null,
    }));
  });
  print(
    json,
    { users },
    users.map((user) =>
      [
        `${user.email.padEnd(32)} ${user.roles.join(',')}`,
        ...(user.credential === null ? [] : [`signs as ${user.credential}`]),
        ...(user.disabledAt === null ? [] : [`disabled ${user.disabledAt}`]),
      ].join('  '),
    ),
  );
  return 0;
}

async function change(
  clinicName: string,
  email: string | undefined,
  wanted: UserChange,
  json: boolean,
): Promise<number> {
  const address = needed(email, 'EMAIL', usage);
  const changed = await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    return changeUser(services, clinic.id, address, wanted, operator);
  });
  const access = changed.disabledAt === null ? `may sign in as ${changed.roles.join(', ')}` : 'may not sign in';
  print(json, changed, [`User ${changed.id} ${access}; sessions ended: ${changed.sessionsEnded}.`]);
  return 0;
}

async function credential(clinicName: string, email: string, flags: Flags): Promise<number> {
  const word = needed(flags.credential, '--credential', usage);
  const held = userCredentials.find((one) => one === word);
  if (held === undefined) throw unusable(`There is no credential "${word}".`, usage);
  const set = await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    const of = {
      credential: held,
      license: flags.license ?? null,
      licenseState: flags.state ?? null,
      licenseExpires: flags['license-expires'] ?? null,
    };
    return setCredential(services, clinic.id, email, of, operator);
  });
  print(flags.json, set, [`User ${set.id} signs as ${set.credential}.`]);
  return 0;
}

async function passwordOf(flags: Flags): Promise<string> {
  if (!flags['password-stdin']) throw unusable('--password-stdin is missing.', usage);
  return standardInput();
}

function rolesOf(text: string | undefined): Role[] {
  return needed(text, '--roles', usage)
    .split(',')
    .map((word) => {
      const role = roles.find((known) => known === word.trim());
      if (role === undefined) throw unusable(`There is no role "${word.trim()}".`, usage);
      return role;
    });
}
