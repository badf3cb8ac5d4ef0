// The keys of the payload codec: derived from Gait's key ring for this one purpose, so that no key serves two.

import { hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Keys by id (32 bytes each) and the id under which new payloads are written; older ids stay readable. */
export interface CodecKeys {
  readonly current: string;
  readonly keys: ReadonlyMap<string, Buffer>;
}

const purpose = 'payload-codec';

/** HKDF-SHA256 of a master key of 32 bytes for the payload codec. */
function derive(master: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), purpose, 32));
}

/**
 * Reads a key ring `{"current":"k1","keys":{"k1":"<base64 of 32 bytes>"}}` and derives the codec's keys from it.
 * @throws Error with one sentence when the shape, a key's length or the current id is wrong.
 */
export function codecKeysFrom(keyring: unknown): CodecKeys {
  if (!isRecord(keyring) || typeof keyring['current'] !== 'string' || !isRecord(keyring['keys'])) {
    throw new Error('The key ring must be {"current": id, "keys": {id: base64}}.');
  }
  const keys = new Map<string, Buffer>();
  for (const [id, text] of Object.entries(keyring['keys'])) {
    const master = typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.alloc(0);
    if (master.length !== 32) throw new Error(`Key ${id} of the key ring is not 32 bytes in base64.`);
    keys.set(id, derive(master));
  }
  if (!keys.has(keyring['current'])) throw new Error('The current key of the key ring is not among its keys.');
  return { current: keyring['current'], keys };
}

/** The codec's keys from the key ring file (`GAIT_KEYRING_FILE`). */
export function readCodecKeys(file: string): CodecKeys {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return codecKeysFrom(parsed);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
