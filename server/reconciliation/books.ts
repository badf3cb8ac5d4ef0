// What the systems of a clinic tell of visits, by patient: schedule, notes, charges and claims, authorizations, each with its as-of time.
import { addDays, dateInZone } from '../../domain/calendar.ts';
import type { AsOf } from '../../domain/reconciliation/figures.ts';
import type { Span, VisitBooks, VisitSources } from '../../domain/reconciliation/visits.ts';
import type { Db } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import { claimDays } from './claim-days.ts';

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
  readonly validator: Validator;
}

export interface ClinicBooks {
  readonly books: ReadonlyMap<string, VisitBooks>;
  readonly sources: VisitSources;
  readonly asOf: AsOf;
  /** Claims of which nobody knows whose they are. */
  readonly claimsUnmatched: number;
}

type Mutable = {
  -readonly [Key in keyof VisitBooks]: VisitBooks[Key] extends readonly (infer One)[] ? One[] : VisitBooks[Key];
};

/** Everything since `lookBackDays` before `today`. A record that was put to another counts with that one alone. */
export async function booksOfClinic(
  needs: Needs,
  clinic: string,
  { zone, today, lookBackDays, by }: { zone: string; today: string; lookBackDays: number; by: Principal },
): Promise<ClinicBooks> {
  const { db } = needs;
  const books = new Map<string, Mutable>();
  const linked = await db
    .selectFrom('patient_links')
    .select('patient')
    .where('clinic', '=', clinic)
    .where('undone_at', 'is', null)
    .execute();
  // What stayed with such a record the other one has too.
  const goneTo = new Set(linked.map(({ patient }) => patient));
  const of = (patient: string): Mutable => {
    const known = books.get(patient) ?? { visits: [], notes: [], chargedOn: [], periods: [] };
    if (!goneTo.has(patient)) books.set(patient, known);
    return known;
  };
  const since = addDays(today, -lookBackDays);
  const visits = await db
    .selectFrom('appointments')
    .select(['patient', 'date', 'status'])
    .where('clinic', '=', clinic)
    .orderBy('ref')
    .execute();
  for (const { patient, date, status } of visits) of(patient).visits.push({ date, status });
  const notes = await db
    .selectFrom('visit_notes')
    .select(['patient', 'date', 'signed_on'])
    .where('clinic', '=', clinic)
    .where('date', '>=', since)
    .orderBy('ref')
    .execute();
  for (const { patient, date, signed_on: signedOn } of notes) of(patient).notes.push({ date, signedOn });
  const charges = await db
    .selectFrom('visit_charges')
    .select(['patient', 'date'])
    .where('clinic', '=', clinic)
    .where('date', '>=', since)
    .execute();
  for (const { patient, date } of charges) of(patient).chargedOn.push(date);
  const claims = await claimDays(needs, clinic, since, by);
  for (const { patient, date } of claims.days) of(patient).chargedOn.push(date);
  const authorizations = await db
    .selectFrom('authorizations')
    .select(['patient', 'periods'])
    .where('clinic', '=', clinic)
    .execute();
  for (const { patient, periods } of authorizations) of(patient).periods.push(...periods);
  const asOf = await heardOf(db, clinic);
  const span = (dates: readonly string[], heard: string | null): Span | null => {
    const [first] = [...dates].sort();
    return first === undefined || heard === null ? null : { since: first, asOf: dateInZone(heard, zone) };
  };
  return {
    books,
    sources: {
      schedule: span(
        visits.map(({ date }) => date),
        asOf.schedule,
      ),
      notes: span(
        notes.map(({ date }) => date),
        asOf.notes,
      ),
      charges: span(
        [...charges, ...claims.days].map(({ date }) => date),
        asOf.charges,
      ),
    },
    asOf,
    claimsUnmatched: claims.unmatched,
  };
}

/** The newest import of each kind, whether it brought anything new or not, and the newest row where no import is known. */
async function heardOf(db: Db, clinic: string): Promise<AsOf> {
  const imports = await db
    .selectFrom('imports')
    .select(({ fn }) => ['kind', fn.max('at').as('at')])
    .where('clinic', '=', clinic)
    .groupBy('kind')
    .execute();
  const imported = new Map<string, unknown>(imports.map(({ kind, at }) => [kind, at]));
  const newest = async (table: 'appointments' | 'visit_notes' | 'visit_charges' | 'authorizations') => {
    const row = await db
      .selectFrom(table)
      .select(({ fn }) => fn.max('updated_at').as('at'))
      .where('clinic', '=', clinic)
      .executeTakeFirst();
    return row?.at;
  };
  const claims = await db
    .selectFrom('claims')
    .select(({ fn }) => fn.max('imported_at').as('at'))
    .where('clinic', '=', clinic)
    .executeTakeFirst();
  return {
    schedule: latest(imported.get('appointments'), await newest('appointments')),
    notes: latest(imported.get('notes'), await newest('visit_notes')),
    charges: latest(imported.get('charges'), await newest('visit_charges'), claims?.at),
    authorizations: latest(imported.get('authorizations'), await newest('authorizations')),
  };
}

function latest(...instants: readonly unknown[]): string | null {
  const known = instants.filter((one) => one instanceof Date).map((one) => one.toISOString());
  return known.sort().at(-1) ?? null;
}
