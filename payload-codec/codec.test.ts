// What Temporal stores is ciphertext, and only ciphertext that we wrote is read back.

import { randomBytes } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EncryptingCodec } from './codec.ts';
import { codecKeysFrom } from './keys.ts';

const master = (): string => randomBytes(32).toString('base64');
const first = { current: 'k1', keys: { k1: master() } };

function only(payloads: Payload[]): Payload {
  const payload = payloads[0];
  if (payload === undefined) throw new Error('no payload');
  return payload;
}

async function sealed(codec: EncryptingCodec, value: unknown): Promise<Payload> {
  return only(await codec.encode([defaultPayloadConverter.toPayload(value)]));
}

describe('payload codec', () => {
  const codec = new EncryptingCodec(codecKeysFrom(first));

  test('any JSON value comes back as it went in, and its text is not in the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.string({ minLength: 12 }), async (value, canary) => {
        const whole: unknown = JSON.parse(JSON.stringify({ value, canary }));
        const payload = await sealed(codec, whole);
        expect(Buffer.from(payload.data ?? []).includes(Buffer.from(canary))).toBe(false);
        expect(defaultPayloadConverter.fromPayload(only(await codec.decode([payload])))).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  test('a plaintext payload is refused', async () => {
    await expect(codec.decode([defaultPayloadConverter.toPayload('anything')])).rejects.toThrow('it is not encrypted');
  });

  test('one flipped byte anywhere is refused', async () => {
    const payload = await sealed(codec, { visits: 12 });
    const data = Buffer.from(payload.data ?? []);
    for (let index = 0; index < data.length; index += 1) {
      const altered = Buffer.from(data);
      altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
      await expect(codec.decode([{ ...payload, data: altered }])).rejects.toThrow('it was altered');
    }
  });

  test('the key id is authenticated: relabelling a payload to another key of the same bytes is refused', async () => {
    const same = first.keys.k1;
    const two = new EncryptingCodec(codecKeysFrom({ current: 'k1', keys: { k1: same, k2: same } }));
    const payload = await sealed(two, 'x');
    const metadata = { ...payload.metadata, 'encryption-key-id': Buffer.from('k2') };
    await expect(two.decode([{ ...payload, metadata }])).rejects.toThrow('it was altered');
  });

  test('after a rotation old payloads are read and new ones carry the new key', async () => {
    const old = await sealed(codec, 'written before');
    const rotated = new EncryptingCodec(codecKeysFrom({ current: 'k2', keys: { ...first.keys, k2: master() } }));
    expect(defaultPayloadConverter.fromPayload(only(await rotated.decode([old])))).toBe('written before');
    const fresh = await sealed(rotated, 'written after');
    expect(Buffer.from(fresh.metadata?.['encryption-key-id'] ?? []).toString()).toBe('k2');
    await expect(codec.decode([fresh])).rejects.toThrow('its key is not on the key ring');
  });

  test('a key ring with a short key or without its current key is refused', () => {
    expect(() => codecKeysFrom({ current: 'k1', keys: { k1: 'c2hvcnQ=' } })).toThrow('Key k1');
    expect(() => codecKeysFrom({ current: 'k9', keys: first.keys })).toThrow('current key');
    expect(() => codecKeysFrom([])).toThrow('key ring must be');
  });
});
