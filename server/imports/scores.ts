// The scores of outcome measures of one patient, read back for a person who is signed in: sealed in the vault, opened by reference.
import type { Db } from '../database/tables.ts';
import { GaitError } from '../../domain/errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Role, SessionPrincipal } from '../http/principal.ts';
import { sameAs } from '../patient-links/same-as.ts';
import type { Vault } from '../vault/vault.ts';

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
}

/** `connection` is the name of the system that told it. */
export interface OutcomeScore {
  readonly measure: string;
  readonly score: number;
  readonly date: string;
  readonly connection: string;
}

const mostScores = 500;

/** Scores are clinical: for who treats, who argues a renewal with them, and who looks after the records. */
const rolesWithScores = ['therapist', 'biller', 'admin'] as const satisfies readonly Role[];

export function mayReadScores(roles: readonly Role[]): boolean {
  return rolesWithScores.some((role) => roles.includes(role));
}

/** By measure, each from the oldest on. Of records that were put together all scores are those of the one that stands. */
export async function scoresOf(
  { db, vault }: Needs,
  clinic: string,
  patient: string,
  by: SessionPrincipal,
): Promise<OutcomeScore[]> {
  const standing = await sameAs(db, clinic, patient);
  const rows = await db
    .selectFrom('outcome_scores as s')
    .leftJoin('connections as c', 'c.id', 's.connection')
    .select(['s.record', 's.date', 'c.name'])
    .where('s.clinic', '=', clinic)
    .where('s.patient', 'in', [...new Set([patient, standing])])
    .orderBy('s.date', 'desc')
    .limit(mostScores)
    .execute();
  if (rows.length === 0) return [];
  const opened = await vault.openMany(
    clinic,
    rows.map(({ record }) => record),
    { purpose: 'outcomes.view', action: 'outcomes.viewed', actor: by },
  );
  const scores = rows.flatMap(({ record, date, name }): OutcomeScore[] => {
    const { measure, score } = opened.get(record) ?? {};
    if (typeof measure !== 'string' || typeof score !== 'number') return [];
    return [{ measure, score, date, connection: name ?? 'unknown' }];
  });
  return scores.sort((a, b) => a.measure.localeCompare(b.measure) || a.date.localeCompare(b.date));
}

/** `/v1/console/patients/:patient/outcomes`. */
export function scoreEndpoints(needs: Needs): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/patients/:patient/outcomes',
      access: { kind: 'session', roles: rolesWithScores },
      async handle({ clinic, params, principal }) {
        const known = await needs.db
          .selectFrom('patients')
          .select('ref')
          .where('clinic', '=', clinic)
          .where('ref', '=', params.patient)
          .executeTakeFirst();
        if (known === undefined)
          throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'patient' });
        return { patient: params.patient, scores: await scoresOf(needs, clinic, params.patient, principal) };
      },
    }),
  ];
}
