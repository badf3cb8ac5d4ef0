// The page Today over HTTP: what every source says now and as of when, figures only, for whoever is signed in.
import { dateInZone } from '../../domain/calendar.ts';
import type { Today } from '../../domain/today/today.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import type { DataRules } from '../data-audit/rules.ts';
import type { Db } from '../database/tables.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Role } from '../http/principal.ts';
import { authorizationsToday, coverageToday, messagesToday, visitsToday } from './care.ts';
import { documentationToday } from './documentation.ts';
import { claimsToday, dataAuditToday, importsToday, reconciliationToday, workToday } from './office.ts';

interface Needs {
  readonly db: Db;
  readonly dataRules: DataRules;
  readonly now: () => Date;
}

/** `GET /v1/console/today`. */
export function todayEndpoints(needs: Needs): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/today',
      access: { kind: 'session', roles: 'any' },
      handle: ({ clinic, principal }) => todayOf(needs, clinic, principal.roles),
    }),
  ];
}

/** Every source as these roles may see it. No name and no reference: nothing of the vault is opened. */
async function todayOf({ db, dataRules, now: clock }: Needs, clinic: string, roles: readonly Role[]): Promise<Today> {
  const now = clock();
  const { timezone: zone } = await db
    .selectFrom('clinics')
    .select('timezone')
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  const day = dateInZone(now.toISOString(), zone);
  const from = new Date(instantOf(`${day}T00:00`, zone) ?? `${day}T00:00:00Z`);
  const ask = { db, clinic, roles, day, from, now };
  const sources = await Promise.all([
    workToday(ask),
    visitsToday(ask),
    authorizationsToday(ask),
    coverageToday(ask),
    claimsToday(ask),
    messagesToday(ask),
    documentationToday(ask),
    importsToday(ask),
    dataAuditToday(ask, dataRules),
    reconciliationToday(ask),
  ]);
  return { day, at: now.toISOString(), sources: sources.filter((source) => source !== null) };
}
