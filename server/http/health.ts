// Whether the server is ready.
import { sql } from 'kysely';
import type { Services } from '../services.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoint } from './endpoint.ts';

/** `GET /healthz`: 200 once the database answers. */
export function healthEndpoints({ db }: Services): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/healthz',
      access: { kind: 'public' },
      async handle() {
        await sql`select 1`.execute(db);
        return { ok: true };
      },
    }),
  ];
}
