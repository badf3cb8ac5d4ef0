// `gait users`: make and list the people who sign in to the console.
import { needed, parse, print, standardInput, unusable, withServices } from './shared/command-line.ts';
import type { Role } from '../server/http/principal.ts';
import { roles } from '../server/http/principal.ts';
import { createUser, findClinic } from '../server/setup.ts';

export const summary = 'make and list users of the console';

export const usage = `Usage: gait users create EMAIL --clinic NAME --roles ${roles.join(',')} [--name TEXT] --password-stdin [--json]
       gait users list --clinic NAME [--json]`;

/** Returns 0. The password is read from standard input: an argument would stand in the list of processes. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    roles: { type: 'string' },
    name: { type: 'string' },
    'password-stdin': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const [action, email] = positionals;
  const clinicName = needed(values.clinic, '--clinic', usage);
  if (action === 'create') {
    const address = needed(email, 'EMAIL', usage);
    const asked = rolesOf(needed(values.roles, '--roles', usage));
    if (!values['password-stdin']) throw unusable('--password-stdin is missing.', usage);
    const password = await standardInput();
    const user = await withServices(async (services) => {
      const clinic = await findClinic(services, clinicName);
      return createUser(services, {
        clinic: clinic.id,
        email: address,
        displayName: values.name ?? address,
        roles: asked,
        password,
      });
    });
    print(values.json, user, [`User ${user.id} may sign in.`]);
    return 0;
  }
  if (action === 'list') {
    const users = await withServices(async (services) => {
      const clinic = await findClinic(services, clinicName);
      return services.db
        .selectFrom('users')
        .select(['id', 'email', 'display_name as displayName', 'roles'])
        .where('clinic', '=', clinic.id)
        .orderBy('email')
        .execute();
    });
    print(
      values.json,
      { users },
      users.map((user) => `${user.email.padEnd(32)} ${user.roles.join(',')}`),
    );
    return 0;
  }
  throw unusable('Say what to do with users.', usage);
}

function rolesOf(text: string): Role[] {
  return text.split(',').map((word) => {
    const role = roles.find((known) => known === word.trim());
    if (role === undefined) throw unusable(`There is no role "${word.trim()}".`, usage);
    return role;
  });
}
