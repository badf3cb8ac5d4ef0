// `gait clinics`: make and list the clinics of this installation.
import { parseArgs } from 'node:util';
import { needed, print, unusable, withServices } from './shared/command-line.ts';
import { createClinic } from '../server/setup.ts';

export const summary = 'make and list clinics';

const usage = `Usage: gait clinics create NAME --timezone America/Chicago [--display-name TEXT] [--json]
       gait clinics list [--json]`;

/** Returns 0. Throws a sentence for unusable arguments. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      timezone: { type: 'string' },
      'display-name': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [action, name] = positionals;
  if (action === 'create') {
    const displayName = values['display-name'];
    const clinic = {
      name: needed(name, 'NAME', usage),
      timezone: needed(values.timezone, '--timezone', usage),
      ...(displayName === undefined ? {} : { displayName }),
    };
    const made = await withServices((services) => createClinic(services, clinic));
    print(values.json, made, [`Clinic ${made.name} (${made.id}) is there.`]);
    return 0;
  }
  if (action === 'list') {
    const clinics = await withServices(({ db }) =>
      db
        .selectFrom('clinics')
        .select(['id', 'name', 'display_name as displayName', 'timezone'])
        .orderBy('name')
        .execute(),
    );
    print(
      values.json,
      { clinics },
      clinics.map((clinic) => `${clinic.name.padEnd(20)} ${clinic.timezone.padEnd(24)} ${clinic.id}`),
    );
    return 0;
  }
  throw unusable('Say what to do with clinics.', usage);
}
