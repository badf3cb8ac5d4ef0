// What is known of one authorization: its structure, the patient's visits, the payer's policy, and what follows from them today.
import { GaitError } from '../../domain/errors.ts';
import type { Appointment } from '../../domain/appointment/schema.ts';
import { assess } from '../../domain/authorization/assessment.ts';
import type { Assessment } from '../../domain/authorization/assessment.ts';
import { unknownPayer } from '../../domain/authorization/slots.ts';
import { requirementKnown } from '../../domain/authorization/requirement.ts';
import type { Authorization } from '../../domain/authorization/schema.ts';
import type { PayerPolicy } from '../../domain/payer/schema.ts';
import type { Selectable } from 'kysely';
import type { Db } from '../database/tables.ts';
import type { AuthorizationTables } from './tables.ts';
import type { ClinicDay, Policies } from './policies.ts';
import { lineOfBusinessOf } from './policies.ts';

export interface AuthorizationFacts {
  readonly authorization: Authorization;
  readonly appointments: readonly Appointment[];
  readonly policy: PayerPolicy;
  readonly today: ClinicDay;
  readonly assessment: Assessment;
  /** The name of the patient's present payer where the authorization is held; null: not held, or unknown. */
  readonly presentPayer: string | null;
}

export type AuthorizationRow = Selectable<AuthorizationTables['authorizations']>;

/** The authorization of a row. */
export function authorizationOf(row: AuthorizationRow): Authorization {
  return {
    ref: row.ref,
    clinic: row.clinic,
    patient: row.patient,
    coverage: row.coverage,
    coverageChangedOn: row.coverage_changed_on,
    payer: row.payer,
    lineOfBusiness: lineOfBusinessOf(row.line_of_business),
    discipline: 'PT',
    periods: row.periods,
    requiredByPayer: row.required_by_payer,
    held: row.held,
  };
}

/** The row of an authorization; `lock` keeps others from changing it. Throws `reference.unknown`. */
export async function authorizationRow(db: Db, clinic: string, ref: string, lock = false): Promise<AuthorizationRow> {
  const query = db.selectFrom('authorizations').selectAll().where('clinic', '=', clinic).where('ref', '=', ref);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such authorization.', { where: 'authorization' });
  return row;
}

/** The visits of a patient, in the order of their dates. */
export async function appointmentsOf(db: Db, clinic: string, patient: string): Promise<Appointment[]> {
  const rows = await db
    .selectFrom('appointments')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .orderBy('date')
    .orderBy('ref')
    .execute();
  return rows.map((row) => ({
    ref: row.ref,
    patient: row.patient,
    date: row.date,
    startsAt: row.starts_at?.toISOString() ?? null,
    status: row.status,
    units: row.units,
    discipline: 'PT',
  }));
}

export async function factsOfRow(
  needs: { readonly db: Db; readonly policies: Policies },
  row: AuthorizationRow,
  at: Date,
): Promise<AuthorizationFacts> {
  const stored = authorizationOf(row);
  const today = await needs.policies.today(needs.db, row.clinic, at);
  const [appointments, policy] = await Promise.all([
    appointmentsOf(needs.db, row.clinic, row.patient),
    needs.policies.policyFor(needs.db, row.clinic, {
      payer: stored.payer,
      lineOfBusiness: stored.lineOfBusiness,
      on: today.date,
    }),
  ]);
  const visits = appointments.filter(({ status }) => status === 'arrived' || status === 'booked').length;
  const requiredByPayer = requirementKnown(stored.requiredByPayer, policy, { periods: stored.periods.length, visits });
  const authorization = { ...stored, requiredByPayer };
  const assessment = assess(authorization, appointments, policy, { date: today.date });
  const presentPayer = assessment.need === 'held' ? await presentPayerOf(needs, row, today.date) : null;
  return { authorization, appointments, policy, today, assessment, presentPayer };
}

async function presentPayerOf(
  { db, policies }: { readonly db: Db; readonly policies: Policies },
  row: AuthorizationRow,
  on: string,
): Promise<string | null> {
  const patient = await db.selectFrom('patients').select('payer').where('ref', '=', row.patient).executeTakeFirst();
  const payer = patient?.payer ?? null;
  if (payer === null || payer === unknownPayer) return null;
  const lineOfBusiness = await policies.lineOfBusiness(db, row.clinic, payer, on);
  const policy = await policies.policyFor(db, row.clinic, { payer, lineOfBusiness, on });
  return policy.name;
}
