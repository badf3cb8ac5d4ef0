// Says in words whether somebody is signed in at the vendor of a connection.
import type { Connection } from './api.ts';
import { instantInWords } from './dates.ts';

/** "signed in since …, lasts until … and is renewed" or what a person has to do. */
export function signInInWords(signIn: NonNullable<Connection['signIn']>, now: Date, zone: string): string {
  const { signedInAt, lastsUntil, lapsed } = signIn;
  if (signedInAt === null) return 'nobody is signed in: nothing can be read';
  if (lapsed) return 'the sign-in is over: somebody has to sign in again';
  const since = `signed in since ${instantInWords(signedInAt, now, zone)}`;
  return lastsUntil === null ? since : `${since}, lasts until ${instantInWords(lastsUntil, now, zone)} and is renewed`;
}
