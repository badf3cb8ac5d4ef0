// What patients paid to claims, for the books and for whoever looks at them.
import { sql } from 'kysely';
import type { PatientPaid } from '../../domain/posting/books.ts';
import type { Db } from '../database/tables.ts';
import type { PaymentMethod } from './patient-tables.ts';

/** One payment in the books of a claim: by reference, with the file it stood in or the person who took it down. */
export interface PostedPayment {
  readonly payment: string;
  readonly claim: string;
  readonly on: string;
  readonly cents: number;
  readonly method: PaymentMethod | null;
  readonly file: string | null;
  readonly by: string | null;
  readonly at: string;
}

/** Payments posted to any of these claims, in the order of their days. */
export async function postedPayments(db: Db, claims: readonly string[]): Promise<PostedPayment[]> {
  if (claims.length === 0) return [];
  const rows = await db
    .selectFrom('patient_payment_postings as c')
    .innerJoin('patient_payments as p', 'p.ref', 'c.payment')
    .select(['c.claim', 'p.ref', 'p.paid_on', 'p.cents', 'p.method', 'p.file', 'p.by_user', 'p.at'])
    .where('c.claim', 'in', claims)
    .orderBy('p.paid_on')
    .orderBy('p.at')
    .orderBy('p.ref')
    .execute();
  return rows.map(({ ref, claim, paid_on: on, cents, method, file, by_user: by, at }) => ({
    payment: ref,
    claim,
    on,
    cents,
    method,
    file,
    by,
    at: at.toISOString(),
  }));
}

/** The payments with the days, by the clinic's clock, on which their claims were taken in. */
export async function paidByPatients(
  db: Db,
  payments: readonly PostedPayment[],
  claims: readonly string[],
): Promise<PatientPaid> {
  if (payments.length === 0) return { payments: [], takenInOn: new Map() };
  const days = await db
    .selectFrom('claims as c')
    .innerJoin('clinics as k', 'k.id', 'c.clinic')
    .select(['c.ref', sql<string>`((c.imported_at at time zone k.timezone)::date)::text`.as('day')])
    .where('c.ref', 'in', claims)
    .execute();
  return { payments, takenInOn: new Map(days.map(({ ref, day }) => [ref, day])) };
}
