// The secrets of one installation: made once, each in a file of its own that only its owner may read.
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import bcrypt from 'bcryptjs';

/** Files of the secrets; the values stay in the files. */
export interface SecretFiles {
  readonly folder: string;
  readonly keyring: string;
  readonly workerKey: string;
  readonly flowsKey: string;
  readonly n8nEncryptionKey: string;
  readonly n8nOwnerPassword: string;
  readonly n8nOwnerHash: string;
  readonly demoPassword: string;
}

/** Where the secrets of a state folder lie. */
export function secretFiles(home: string): SecretFiles {
  const folder = join(home, 'secrets');
  return {
    folder,
    keyring: join(folder, 'keyring.json'),
    workerKey: join(folder, 'worker-key'),
    flowsKey: join(folder, 'demo-flows-key'),
    n8nEncryptionKey: join(folder, 'n8n-encryption-key'),
    n8nOwnerPassword: join(folder, 'n8n-owner-password'),
    n8nOwnerHash: join(folder, 'n8n-owner-password-hash'),
    demoPassword: join(folder, 'demo-password'),
  };
}

/** Writes a secret, mode 0600, in one rename. */
export function writeSecret(file: string, value: string): void {
  const part = `${file}.${process.pid}`;
  writeFileSync(part, value, { mode: 0o600 });
  renameSync(part, file);
}

/** Reads a secret, making it when the file is not there. */
export function secret(file: string, make: () => string): string {
  if (!existsSync(file)) writeSecret(file, make());
  return readFileSync(file, 'utf8').trim();
}

/** A password a person can type: four groups of four letters and digits that cannot be mistaken, 76 bits. */
export function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** Makes every secret that does not depend on a running server. */
export function prepareSecrets(home: string): SecretFiles {
  const files = secretFiles(home);
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  secret(files.keyring, () => JSON.stringify({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } }));
  secret(files.n8nEncryptionKey, () => randomBytes(24).toString('base64url'));
  // n8n wants a digit and a capital letter.
  const password = secret(files.n8nOwnerPassword, () => `N8-${newPassword()}`);
  secret(files.n8nOwnerHash, () => bcrypt.hashSync(password, 10));
  secret(files.demoPassword, newPassword);
  return files;
}
