// `gait clinics`: make, set up and list the clinics of this installation.
import { readFile } from 'node:fs/promises';
import { needed, parse, print, unusable, withServices } from './shared/command-line.ts';
import { clinicSettings, createClinic, findClinic, setClinicSettings } from '../server/setup.ts';

export const summary = 'make, set up and list clinics';

export const usage = `Usage: gait clinics create NAME --timezone America/Chicago [--display-name TEXT] [--json]
       gait clinics set NAME --settings FILE.json [--json]
       gait clinics show NAME [--json]
       gait clinics list [--json]

  --settings FILE   who the clinic is to payers and its own values by payer; "gait schema clinics.settings" describes it.
                    The file takes the place of the earlier settings.`;

/** Returns 0. Throws a sentence for unusable arguments. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    timezone: { type: 'string' },
    'display-name': { type: 'string' },
    settings: { type: 'string' },
    json: { type: 'boolean', default: false },
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
  if (action === 'set')
    return set(needed(name, 'NAME', usage), needed(values.settings, '--settings', usage), values.json);
  if (action === 'show') return show(needed(name, 'NAME', usage), values.json);
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

async function set(name: string, file: string, json: boolean): Promise<number> {
  const given = await settingsIn(file);
  const { clinic, settings } = await withServices(async (services) => {
    const found = await findClinic(services, name);
    return { clinic: found, settings: await setClinicSettings(services, found.id, given) };
  });
  print(json, { ...clinic, settings }, [`The settings of ${clinic.name} are in place; the next sync works by them.`]);
  return 0;
}

async function show(name: string, json: boolean): Promise<number> {
  const shown = await withServices(async (services) => {
    const clinic = await findClinic(services, name);
    return { ...clinic, settings: await clinicSettings(services, clinic.id) };
  });
  print(json, shown, [
    `${shown.displayName} (${shown.name}, ${shown.timezone})`,
    JSON.stringify(shown.settings, null, 2),
  ]);
  return 0;
}

async function settingsIn(file: string): Promise<unknown> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return value;
  } catch {
    throw unusable('The settings file cannot be read as JSON.', usage);
  }
}
