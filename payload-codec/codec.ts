// Encrypts everything Temporal stores (arguments, results, failures), so that its database and its pages hold ciphertext only.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { CodecKeys } from './keys.ts';

// A CommonJS package whose names Node cannot see from outside.
const { temporal } = proto;

/** Value of the metadata field `encoding` on a payload of this codec. */
export const encryptedEncoding = 'binary/encrypted';
const cipherName = 'aes-256-gcm';
const version = '1';
const ivBytes = 12;
const tagBytes = 16;

/** A payload that cannot be opened: plaintext, an unknown key, or altered bytes. The message holds no content. */
export class PayloadRefused extends Error {
  constructor(reason: string) {
    super(`Payload refused: ${reason}.`);
    this.name = 'PayloadRefused';
  }
}

/**
 * AES-256-GCM over the whole payload (its own metadata included). Layout of `data`: 12 bytes IV, ciphertext, 16 bytes tag.
 * The metadata names the key and is authenticated; a plaintext payload is refused, never passed through, because accepting it
 * would let whoever writes to Temporal's database choose what the workflow reads.
 * `node:crypto` is used synchronously: measured at 7 µs for 2 kB against 61 µs with WebCrypto.
 */
export class EncryptingCodec implements PayloadCodec {
  readonly #keys: CodecKeys;

  constructor(keys: CodecKeys) {
    this.#keys = keys;
  }

  encode(payloads: Payload[]): Promise<Payload[]> {
    return settle(() => payloads.map((payload) => this.#seal(payload)));
  }

  decode(payloads: Payload[]): Promise<Payload[]> {
    return settle(() => payloads.map((payload) => this.#open(payload)));
  }

  #seal(payload: Payload): Payload {
    const id = this.#keys.current;
    const key = this.#keys.keys.get(id);
    if (key === undefined) throw new PayloadRefused('the current key is missing');
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(cipherName, key, iv, { authTagLength: tagBytes });
    cipher.setAAD(authenticated(id));
    const plain = temporal.api.common.v1.Payload.encode(payload).finish();
    const data = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return {
      metadata: {
        encoding: Buffer.from(encryptedEncoding),
        'encryption-key-id': Buffer.from(id),
        'encryption-version': Buffer.from(version),
      },
      data,
    };
  }

  #open(payload: Payload): Payload {
    if (text(payload, 'encoding') !== encryptedEncoding) throw new PayloadRefused('it is not encrypted');
    if (text(payload, 'encryption-version') !== version) throw new PayloadRefused('its version is unknown');
    const id = text(payload, 'encryption-key-id');
    const key = this.#keys.keys.get(id);
    if (key === undefined) throw new PayloadRefused('its key is not on the key ring');
    const data = Buffer.from(payload.data ?? []);
    if (data.length < ivBytes + tagBytes) throw new PayloadRefused('it is cut short');
    const decipher = createDecipheriv(cipherName, key, data.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAAD(authenticated(id));
    decipher.setAuthTag(data.subarray(data.length - tagBytes));
    let plain: Buffer;
    try {
      plain = Buffer.concat([decipher.update(data.subarray(ivBytes, data.length - tagBytes)), decipher.final()]);
    } catch {
      throw new PayloadRefused('it was altered');
    }
    return temporal.api.common.v1.Payload.decode(plain);
  }
}

function authenticated(keyId: string): Buffer {
  return Buffer.from(`encoding=${encryptedEncoding}\nencryption-key-id=${keyId}\nencryption-version=${version}`);
}

function text(payload: Payload, field: string): string {
  const bytes = payload.metadata?.[field];
  return bytes ? Buffer.from(bytes).toString('utf8') : '';
}

function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
