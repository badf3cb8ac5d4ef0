// `gait keys`: make, list and revoke API keys; rotate the keys of the vault.
import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createAudit } from '../server/audit/append.ts';
import { systemChain } from '../server/audit/entry.ts';
import { needed, parse, print, unusable, withServices } from './shared/command-line.ts';
import type { Capability } from '../server/http/principal.ts';
import { actorOf, capabilities } from '../server/http/principal.ts';
import type { Services } from '../server/services.ts';
import { createKey, findClinic, operator } from '../server/setup.ts';
import { readKeyring, withNewMaster } from '../server/vault/keyring.ts';
import { rewrapAll, rewrapMasterKey, rotateClinicKey } from '../server/vault/rotation.ts';

export const summary = 'make and revoke API keys, rotate the keys of the vault';

export const usage = `Usage: gait keys create NAME --clinic NAME --capability ${capabilities.join('|')} [--expires YYYY-MM-DD] [--json]
       gait keys create NAME --capability worker [--expires YYYY-MM-DD] [--json]
       gait keys list [--clinic NAME] [--json]
       gait keys revoke KEY-ID [--clinic NAME] [--json]
       gait keys rotate-vault [--clinic NAME] [--new-master] [--json]

  --clinic       a key opens what is this clinic's. Without it: the key of a worker, which serves every clinic.
  --new-master   stop the server and the worker first: a new master key becomes the keyring's current one, older ones go
                 on opening. Rotating may be called again at any time to finish what was broken off.`;

interface Flags {
  readonly clinic?: string | undefined;
  readonly capability?: string[] | undefined;
  readonly expires?: string | undefined;
  readonly 'new-master': boolean;
  readonly json: boolean;
}

/** Returns 0. A new key is printed this once. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    capability: { type: 'string', multiple: true },
    expires: { type: 'string' },
    'new-master': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const [action, name] = positionals;
  switch (action) {
    case 'create':
      return create(needed(name, 'NAME', usage), values);
    case 'list':
      return list(values);
    case 'revoke':
      return revoke(needed(name, 'KEY-ID', usage), values);
    case 'rotate-vault':
      return rotate(values);
    default:
      throw unusable('Say what to do with keys.', usage);
  }
}

async function create(name: string, flags: Flags): Promise<number> {
  const wanted = capabilitiesOf(flags.capability ?? []);
  const isWorkers = wanted.every((capability) => capability === 'worker');
  const clinicName = isWorkers ? flags.clinic : needed(flags.clinic, '--clinic', usage);
  const expiresAt = flags.expires === undefined ? null : endOfDay(flags.expires);
  const key = await withServices(async (services) => {
    const clinic = await clinicOf(services, clinicName);
    return createKey(services, { name, clinic, capabilities: wanted, expiresAt });
  });
  print(flags.json, { id: key.id, key: key.secret }, [key.secret]);
  return 0;
}

/** The clinic of a key; null: the keys of no clinic, which are workers'. */
async function clinicOf(services: Services, name: string | undefined): Promise<string | null> {
  return name === undefined ? null : (await findClinic(services, name)).id;
}

async function list(flags: Flags): Promise<number> {
  const keys = await withServices(async (services) => services.keys.list(await clinicOf(services, flags.clinic)));
  const state = (key: (typeof keys)[number]): string =>
    key.revokedAt === null ? (key.expiresAt === null ? 'valid' : `until ${key.expiresAt}`) : 'revoked';
  print(
    flags.json,
    { keys },
    keys.map((key) => `${key.id}  ${key.name.padEnd(20)} ${key.capabilities.join(',')}  ${state(key)}`),
  );
  return 0;
}

async function revoke(id: string, flags: Flags): Promise<number> {
  await withServices(async (services) => services.keys.revoke(await clinicOf(services, flags.clinic), id, operator));
  print(flags.json, { id, revoked: true }, [`Key ${id} opens nothing any more.`]);
  return 0;
}

async function rotate(flags: Flags): Promise<number> {
  const result = await withServices(async (services) => {
    const { config, db, now, database } = services;
    const clinics = await clinicsOf(services, flags.clinic);
    if (flags['new-master']) await newMaster(config.keyringFile);
    const keyring = await readKeyring(config.keyringFile);
    const audit = createAudit({ db, keyring, now, writing: database.writing });
    const needs = { db, keyring, audit, now };
    const dataKeys = await rewrapMasterKey(needs);
    let records = 0;
    for (const clinic of clinics) {
      await rotateClinicKey(needs, clinic, operator);
      records += await rewrapAll(needs, clinic, operator);
    }
    const entry = { clinic: systemChain, actor: actorOf(operator), action: 'vault.rotated' };
    await audit.record({ ...entry, details: { clinics: clinics.length, records, dataKeys } });
    return { clinics: clinics.length, records, dataKeys, master: keyring.current };
  });
  print(flags.json, result, [`${result.records} records of ${result.clinics} clinics lie under new keys.`]);
  return 0;
}

async function clinicsOf(services: Services, name: string | undefined): Promise<string[]> {
  if (name !== undefined) return [(await findClinic(services, name)).id];
  const rows = await services.db
    .selectFrom('clinics')
    .select('id')
    .where('shredded_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** In one rename, so that a crash leaves the old file or the new one. */
async function newMaster(file: string): Promise<void> {
  const part = `${file}.${process.pid}`;
  await writeFile(part, withNewMaster(await readFile(file, 'utf8'), randomBytes(32)), { mode: 0o600 });
  await rename(part, file);
}

function capabilitiesOf(words: readonly string[]): Capability[] {
  if (words.length === 0) throw unusable('--capability is missing.', usage);
  return words.map((word) => {
    const capability = capabilities.find((known) => known === word);
    if (capability === undefined) throw unusable(`There is no capability "${word}".`, usage);
    return capability;
  });
}

function endOfDay(text: string): Date {
  const date = new Date(`${text}T23:59:59Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(date.getTime()))
    throw unusable('--expires is not a date.', usage);
  return date;
}
