// Passwords: scrypt with a salt each, parameters kept beside the hash so that they can grow.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';

export interface PasswordCost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP Password Storage Cheat Sheet, scrypt: N=2^15, r=8, p=3, the row of 32 MiB, so that guesses side by side cannot use up the memory. */
const parameters: PasswordCost = { log2N: 15, r: 8, p: 3 };
const saltBytes = 16;
const hashBytes = 32;
const minimumCharacters = 12;

/** Throws `input.invalid` for a password of fewer than twelve characters. */
export async function hashPassword(password: string, cost: PasswordCost = parameters): Promise<string> {
  if (password.length < minimumCharacters) {
    throw new GaitError('input.invalid', `The password has fewer than ${minimumCharacters} characters.`, {
      where: 'password',
    });
  }
  const salt = randomBytes(saltBytes);
  const { log2N, r, p } = cost;
  const hash = await derive(password, salt, cost);
  return ['scrypt', log2N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Compares in constant time. A stored text of another form matches nothing. */
export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [scheme, log2N, r, p, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64url');
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const actual = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Takes as long as a comparison and fails: so that an unknown e-mail answers no sooner than a wrong password. */
export async function wasteAComparison(password: string): Promise<false> {
  await derive(password, randomBytes(saltBytes), parameters);
  return false;
}

function derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  const N = 2 ** cost.log2N;
  const maxmem = 256 * N * cost.r;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashBytes, { N, r: cost.r, p: cost.p, maxmem }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
