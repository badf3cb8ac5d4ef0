// AES-256-GCM in one form: nonce, ciphertext and tag in one buffer, bound to what it belongs to.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';

const nonceBytes = 12;
const tagBytes = 16;

/** Seals `plain` under a 32-byte key; `binding` is authenticated with it, so the result opens only for the same binding. */
export function seal(key: Buffer, binding: string, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(binding));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `seal` made. Throws `vault.sealed` when the key, the binding or a single bit is another. */
export function unseal(key: Buffer, binding: string, sealed: Buffer): Buffer {
  if (sealed.length < nonceBytes + tagBytes) throw damaged();
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(binding));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes)), decipher.final()]);
  } catch {
    throw damaged();
  }
}

function damaged(): GaitError {
  return new GaitError(
    'vault.sealed',
    'A sealed record does not open: it was altered, moved, or sealed under another key.',
    {
      fix: 'Restore the record from a backup, or put the master key that sealed it back on the keyring.',
    },
  );
}
