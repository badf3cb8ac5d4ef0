// People of a clinic who are signed in, for tests.
import { randomUUID } from 'node:crypto';
import { password } from '../authorizations/testing/followed.ts';
import type { Role } from '../http/principal.ts';
import { createUser } from '../setup.ts';
import type { TestServer } from './server.ts';

/** A new person of the clinic signs in. Returns the cookie. */
export async function signIn(server: TestServer, clinic: string, roles: readonly Role[]): Promise<string> {
  const email = `${randomUUID()}@example.org`;
  await createUser(server.services, { clinic, email, displayName: 'Kim Adair', roles, password });
  const answer = await server.call('POST', '/v1/session', { body: { email, password } });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
