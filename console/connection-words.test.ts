import { expect, test } from 'vitest';
import { signInInWords } from './connection-words.ts';

const now = new Date('2026-11-16T17:00:00Z');
const inWords = (signIn: Partial<Parameters<typeof signInInWords>[0]>): string =>
  signInInWords({ signedInAt: null, lastsUntil: null, lapsed: false, ...signIn }, now, 'America/Denver');

test('who reads the page learns whether somebody has to sign in', () => {
  expect(inWords({})).toBe('nobody is signed in: nothing can be read');
  const signedInAt = '2026-11-16T16:00:00Z';
  expect(inWords({ signedInAt, lapsed: true })).toBe('the sign-in is over: somebody has to sign in again');
  expect(inWords({ signedInAt })).toMatch(/^signed in since [^,]*9:00\sAM[^,]*$/);
  expect(inWords({ signedInAt, lastsUntil: '2026-11-16T17:20:00Z' })).toMatch(
    /lasts until .*10:20\sAM and is renewed$/,
  );
});
