// The keyring: the one secret file from which every other key of the server is derived.
import { hkdfSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { GaitError } from '../../domain/errors.ts';

/** What a derived key is for. Keys of different purposes have nothing in common. */
export type KeyPurpose = 'vault' | 'lookup' | 'step-signature' | 'audit' | 'sign-in';

/** Master keys by id; `current` seals, the others only open. */
export interface Keyring {
  readonly current: string;
  /** Every key id, the current one first. */
  readonly ids: readonly string[];
  /** 32 bytes by HKDF-SHA256 from the named master key, for one purpose and, where given, one context (a clinic). */
  derive(purpose: KeyPurpose, keyId: string, context?: string): Buffer;
}

/**
 * Reads `{"current":"k1","keys":{"k1":"<base64, 32 bytes>"}}`.
 * Throws `vault.sealed` in one sentence when the file is missing or a key has not 32 bytes.
 */
export async function readKeyring(file: string): Promise<Keyring> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new GaitError('vault.sealed', 'The keyring file cannot be read.', {
      where: 'GAIT_KEYRING_FILE',
      fix: 'Restore the file from the backup that is kept apart from the database.',
    });
  }
  return parseKeyring(text);
}

/** The keyring from the text of its file. */
export function parseKeyring(text: string): Keyring {
  const { current, keys } = keyringShape(text);
  const masters = new Map(Object.entries(keys).map(([id, encoded]) => [id, masterKey(encoded)]));
  if (!masters.has(current)) throw broken('its current key is not among its keys');
  const derived = new Map<string, Buffer>();
  return {
    current,
    ids: [current, ...[...masters.keys()].filter((id) => id !== current)],
    derive(purpose, keyId, context = '') {
      const name = `gait/${purpose}/${context}`;
      const known = derived.get(`${keyId} ${name}`);
      if (known !== undefined) return known;
      const master = masters.get(keyId);
      if (master === undefined) {
        throw new GaitError('vault.sealed', 'A key that sealed this is no longer on the keyring.', {
          where: `keyring key ${keyId}`,
          fix: 'Put the older master key back under "keys" in the keyring file.',
        });
      }
      const key = Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), name, 32));
      derived.set(`${keyId} ${name}`, key);
      return key;
    },
  };
}

/** The text of a keyring file with one more master key, which becomes the current one; the others go on opening. */
export function withNewMaster(text: string, master: Buffer): string {
  const { keys } = keyringShape(text);
  let number = Object.keys(keys).length + 1;
  while (Object.hasOwn(keys, `k${number}`)) number += 1;
  const current = `k${number}`;
  return `${JSON.stringify({ current, keys: { ...keys, [current]: master.toString('base64') } })}\n`;
}

function keyringShape(text: string): { current: string; keys: Record<string, string> } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw broken('it is not JSON');
  }
  if (typeof value !== 'object' || value === null || !('current' in value) || !('keys' in value)) {
    throw broken('it has no "current" or no "keys"');
  }
  const { current, keys } = value;
  if (typeof current !== 'string' || typeof keys !== 'object' || keys === null) throw broken('it has another shape');
  const texts: Record<string, string> = {};
  for (const [id, encoded] of Object.entries(keys)) {
    if (typeof encoded !== 'string') throw broken('a key is not a text');
    texts[id] = encoded;
  }
  return { current, keys: texts };
}

function masterKey(encoded: string): Buffer {
  const key = Buffer.from(encoded, 'base64');
  if (key.length !== 32) throw broken('a key has not 32 bytes');
  return key;
}

function broken(why: string): GaitError {
  return new GaitError('vault.sealed', `The keyring file cannot be used: ${why}.`, { where: 'GAIT_KEYRING_FILE' });
}
