// `gait connections`: a clinic's connections to outside systems: add, test, rotate, set the mode and the agreement, pause, list.
import { readFile } from 'node:fs/promises';
import { GaitError } from '../domain/errors.ts';
import { needed, parse, print, standardInput, unusable, withServices } from './shared/command-line.ts';
import type { Agreement } from '../server/connections/agreement.ts';
import { agreementSchema } from '../server/connections/agreement.ts';
import type { ConnectionMode, ConnectionSummary } from '../server/connections/connections.ts';
import { pauseConnection } from '../server/effects/holds.ts';
import { createValidator } from '../server/http/validation.ts';
import { addConnection, findClinic, operator } from '../server/setup.ts';

export const summary = "add, test, rotate, pause and list a clinic's connections; their mode and agreement";

export const usage = `Usage: gait connections add NAME --clinic NAME --system SYSTEM [--config KEY=VALUE …] [--mode live|shadow]
                            [--secrets-stdin] [--agreement FILE.json] [--json]
       gait connections test NAME --clinic NAME [--json]
       gait connections rotate NAME --clinic NAME --secrets-stdin [--json]
       gait connections mode NAME --clinic NAME --mode live|shadow [--json]
       gait connections agreement NAME --clinic NAME --agreement FILE.json|none [--json]
       gait connections pause|resume NAME --clinic NAME [--json]
       gait connections list --clinic NAME [--json]

  --agreement      under which the vendor may receive records; "gait schema connections.agreement-file" describes the file.
                   It takes the place of the earlier one; "none" takes it away.
  pause            nothing is sent over the connection until resume; reading goes on
  --secrets-stdin  a JSON object {"clientId":"…","clientSecret":"…"} on standard input
  --config         VALUE is JSON where it parses as JSON, else a text; KEY may name a setting within another: sftp.host=sftp.example`;

interface Flags {
  readonly system?: string | undefined;
  readonly config?: string[] | undefined;
  readonly mode?: string | undefined;
  readonly agreement?: string | undefined;
  readonly 'secrets-stdin': boolean;
  readonly json: boolean;
}

/** Returns 0, or 1 when a test says the connection does not work. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    system: { type: 'string' },
    config: { type: 'string', multiple: true },
    mode: { type: 'string' },
    agreement: { type: 'string' },
    'secrets-stdin': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const [action, name] = positionals;
  const clinic = needed(values.clinic, '--clinic', usage);
  switch (action) {
    case 'add':
      return add(clinic, needed(name, 'NAME', usage), values);
    case 'test':
      return test(clinic, needed(name, 'NAME', usage), values.json);
    case 'rotate':
      return rotate(clinic, needed(name, 'NAME', usage), values);
    case 'mode':
      return setMode(clinic, needed(name, 'NAME', usage), values);
    case 'agreement':
      return setAgreement(clinic, needed(name, 'NAME', usage), values);
    case 'pause':
    case 'resume':
      return pause(clinic, needed(name, 'NAME', usage), action === 'pause', values.json);
    case 'list':
      return list(clinic, values.json);
    default:
      throw unusable('Say what to do with connections.', usage);
  }
}

async function add(clinicName: string, name: string, flags: Flags): Promise<number> {
  const system = needed(flags.system, '--system', usage);
  const mode = modeOf(flags.mode ?? 'shadow');
  const connection = {
    name,
    system,
    mode,
    config: configOf(flags.config ?? []),
    secrets: flags['secrets-stdin'] ? secretsOf(await standardInput()) : {},
    agreement: flags.agreement === undefined ? null : await readAgreement(flags.agreement),
  };
  const added = await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    return addConnection(services, clinic.id, connection);
  });
  print(flags.json, added, [lineOf(added)]);
  return 0;
}

async function test(clinicName: string, name: string, json: boolean): Promise<number> {
  const result = await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    return services.connections.test(clinic.id, name, operator);
  });
  print(json, result, [`Outcome: ${result.outcome}`, ...result.facts.map(({ label, value }) => `${label}: ${value}`)]);
  return result.outcome === 'ok' ? 0 : 1;
}

async function rotate(clinicName: string, name: string, flags: Flags): Promise<number> {
  if (!flags['secrets-stdin']) throw unusable('--secrets-stdin is missing.', usage);
  const secrets = secretsOf(await standardInput());
  await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    await services.connections.rotate(clinic.id, name, secrets, operator);
  });
  print(flags.json, { rotated: true }, ['The new secrets are in place.']);
  return 0;
}

async function setMode(clinicName: string, name: string, flags: Flags): Promise<number> {
  const mode = modeOf(needed(flags.mode, '--mode', usage));
  await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    await services.connections.setMode(clinic.id, name, mode, operator);
  });
  print(flags.json, { mode }, [mode === 'live' ? 'What is approved is sent.' : 'What would be sent is recorded only.']);
  return 0;
}

async function setAgreement(clinicName: string, name: string, flags: Flags): Promise<number> {
  const file = needed(flags.agreement, '--agreement', usage);
  const agreement = file === 'none' ? null : await readAgreement(file);
  await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    await services.connections.setAgreement(clinic.id, name, agreement, operator);
  });
  print(flags.json, { agreement }, [
    agreement === null ? 'There is no agreement any more.' : 'The agreement is in place.',
  ]);
  return 0;
}

async function pause(clinicName: string, name: string, paused: boolean, json: boolean): Promise<number> {
  await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    const connections = await services.connections.list(clinic.id);
    const connection = connections.find((one) => one.name === name || one.id === name);
    if (connection === undefined)
      throw new GaitError('connection.unknown', 'This clinic has no such connection.', {
        fix: 'See: gait connections list.',
      });
    await pauseConnection(services, clinic.id, connection.id, paused, operator);
  });
  print(json, { paused }, [paused ? 'Nothing is sent over it.' : 'It sends again.']);
  return 0;
}

function modeOf(word: string): ConnectionMode {
  const mode = (['live', 'shadow'] as const).find((known) => known === word);
  if (mode === undefined) throw unusable('--mode is live or shadow.', usage);
  return mode;
}

async function list(clinicName: string, json: boolean): Promise<number> {
  const connections = await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    return services.connections.list(clinic.id);
  });
  print(json, { connections }, connections.map(lineOf));
  return 0;
}

function lineOf(connection: ConnectionSummary): string {
  const agreement =
    connection.agreement === null ? 'no agreement' : `agreement until ${connection.agreement.expires ?? 'it is ended'}`;
  return `${connection.name.padEnd(24)} ${connection.system.padEnd(12)} ${connection.mode.padEnd(8)} ${agreement}`;
}

function configOf(pairs: readonly string[]): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw unusable('--config takes KEY=VALUE.', usage);
    const [key = '', within] = pair.slice(0, at).split('.');
    const value = jsonOrText(pair.slice(at + 1));
    const group = config[key] ?? {};
    config[key] = within === undefined || typeof group !== 'object' ? value : { ...group, [within]: value };
  }
  return config;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function secretsOf(text: string): Record<string, string> {
  const value = jsonOrText(text);
  if (typeof value !== 'object' || value === null) throw unusable('The secrets are not a JSON object.', usage);
  const secrets: Record<string, string> = {};
  for (const [name, secret] of Object.entries(value)) {
    if (typeof secret !== 'string') throw unusable('A secret is not a text.', usage);
    secrets[name] = secret;
  }
  return secrets;
}

async function readAgreement(file: string): Promise<Agreement | null> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw unusable('The agreement file cannot be read.', usage);
  });
  const value = jsonOrText(text);
  createValidator().check(agreementSchema, value, 'agreement');
  return isAgreement(value) ? value : null;
}

/** True for whatever passed the schema; null is no agreement. */
function isAgreement(value: unknown): value is Agreement {
  return typeof value === 'object' && value !== null;
}
