// The patients who could be checked, with what decides whether they are: the schedule, the coverage and the newest answer.
import { sql } from 'kysely';
import { unknownPayer } from '../../domain/authorization/slots.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { whoTonight } from '../../domain/eligibility/tonight.ts';
import type { Candidate, CheckReason } from '../../domain/eligibility/tonight.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Db } from '../database/tables.ts';
import type { EligibilityRules } from './rules.ts';
import { openStates } from './states.ts';

/** A check that is to be drawn up. */
export interface Asked {
  readonly patient: string;
  readonly coverage: string;
  readonly payer: string;
  readonly serviceDate: string;
  readonly serviceTypes: readonly string[];
  readonly reasons: readonly string[];
}

interface Needs {
  readonly policies: Policies;
  readonly rules: EligibilityRules;
  readonly now: () => Date;
}

/** `only`: for these reasons alone; `patients`: these, whatever is known of them. */
interface Choice {
  readonly day: string;
  readonly only?: readonly CheckReason[];
  readonly patients?: readonly string[];
}

/** Who is to be checked. A patient whose check is still under way is left out. */
export async function candidatesOf(
  { policies, rules, now }: Needs,
  trx: Db,
  clinic: string,
  { day, only, patients }: Choice,
): Promise<Asked[]> {
  const { zone } = await policies.today(trx, clinic, now());
  const candidates = await knownPatients(trx, clinic, day, zone, patients);
  const chosen =
    patients === undefined
      ? whoTonight(candidates, day, (payer) => rules.tonight(payer, day)).filter(
          ({ reasons }) => only === undefined || reasons.some((reason) => only.includes(reason)),
        )
      : candidates.map((candidate) => ({
          candidate,
          serviceDate: candidate.upcoming[0] ?? day,
          reasons: ['asked'] as const,
        }));
  return chosen.map(({ candidate: { patient, coverage, payer }, serviceDate, reasons }) => ({
    patient,
    coverage,
    payer,
    serviceDate,
    reasons,
    serviceTypes: rules.serviceTypes(payer, day),
  }));
}

async function knownPatients(
  trx: Db,
  clinic: string,
  day: string,
  zone: string,
  only: readonly string[] | undefined,
): Promise<Candidate[]> {
  let query = trx
    .selectFrom('patients as p')
    .select((all) => [
      'p.ref',
      'p.coverage',
      'p.payer',
      'p.coverage_changed_on',
      sql<
        string[]
      >`array(select a.date::text from appointments a where a.patient = p.ref and a.status = 'booked' and a.date >= ${day} order by a.date)`.as(
        'upcoming',
      ),
      sql<boolean>`exists (select 1 from appointments a where a.patient = p.ref and a.status = 'arrived')`.as(
        'visited',
      ),
      all
        .exists(
          all
            .selectFrom('eligibility_checks as c')
            .select('c.ref')
            .whereRef('c.patient', '=', 'p.ref')
            .where('c.state', 'in', [...openStates]),
        )
        .as('under_way'),
    ])
    .where('p.clinic', '=', clinic)
    .where('p.coverage', 'is not', null)
    .where('p.payer', 'is not', null)
    .orderBy('p.ref');
  if (only !== undefined) query = query.where('p.ref', 'in', [...only]);
  const patients = await query.execute();
  const checks = await trx
    .selectFrom('eligibility_checks')
    .distinctOn('patient')
    .select(['patient', 'settled_at', 'service_date', 'state'])
    .where('clinic', '=', clinic)
    .where('settled_at', 'is not', null)
    .orderBy('patient')
    .orderBy('settled_at', 'desc')
    .execute();
  const lastOf = new Map(checks.map((check) => [check.patient, check]));
  return patients.flatMap((row): Candidate[] => {
    if (row.coverage === null || row.payer === null || row.payer === unknownPayer) return [];
    if (row.under_way && only === undefined) return [];
    const last = lastOf.get(row.ref);
    return [
      {
        patient: row.ref,
        coverage: row.coverage,
        payer: row.payer,
        coverageChangedOn: row.coverage_changed_on,
        upcoming: row.upcoming,
        hasHadVisit: row.visited,
        last:
          last === undefined || last.settled_at === null
            ? null
            : {
                on: dateInZone(last.settled_at.toISOString(), zone),
                serviceDate: last.service_date,
                refused: last.state !== 'answered',
              },
      },
    ];
  });
}
