// Signing in, out, and who is signed in.
import type { Endpoint } from '../http/endpoint.ts';
import { endpoint } from '../http/endpoint.ts';
import { reply } from '../http/reply.ts';
import type { Services } from '../services.ts';
import { setCookie } from './cookie.ts';
import { absoluteHours, idleMinutes } from './sessions.ts';

/** `/v1/session`. */
export function sessionEndpoints({ db, sessions, config }: Services): Endpoint[] {
  const secure = config.secureCookies;
  return [
    endpoint({
      method: 'POST',
      path: '/v1/session',
      access: { kind: 'public' },
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['email', 'password'],
        properties: {
          email: { type: 'string', minLength: 3, maxLength: 254 },
          password: { type: 'string', minLength: 1, maxLength: 200 },
        },
      },
      async handle({ body, address }) {
        const { token, user } = await sessions.signIn(body.email, body.password, address);
        return reply(200, { user }, { 'set-cookie': setCookie(token, { secure, seconds: absoluteHours * 3600 }) });
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/session/end',
      access: { kind: 'session', roles: 'any' },
      async handle({ principal }) {
        await sessions.end(principal);
        return reply(200, { ended: true }, { 'set-cookie': setCookie('', { secure, seconds: 0 }) });
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/session',
      access: { kind: 'session', roles: 'any' },
      async handle({ principal, clinic }) {
        const row = await db
          .selectFrom('clinics')
          .select(['id', 'name', 'display_name', 'timezone'])
          .where('id', '=', clinic)
          .executeTakeFirstOrThrow();
        const held = await db
          .selectFrom('clinician_credentials')
          .select('credential')
          .where('user_id', '=', principal.user)
          .executeTakeFirst();
        return {
          inactiveAfterMinutes: idleMinutes,
          user: {
            id: principal.user,
            displayName: principal.displayName,
            roles: principal.roles,
            credential: held?.credential ?? null,
          },
          clinic: { id: row.id, name: row.name, displayName: row.display_name, timezone: row.timezone },
        };
      },
    }),
  ];
}
