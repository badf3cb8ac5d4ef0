// What the console shows of remittances and of a claim's books: codes, days and cents, with names for who bills.
import { serviceDays } from '../../domain/claim/facts.ts';
import type { RemittanceClaim } from '../../domain/claim/remittance.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { Opening } from '../vault/vault.ts';
import { openClaims } from './candidates.ts';
import type { OpenedClaim } from './candidates.ts';
import { ledgerOf } from './ledger.ts';
import type { LedgerRow, PostedRow } from './ledger.ts';
import type { BookNeeds } from './needs.ts';
import { openSaid } from './records.ts';
import type { RemittanceState } from './tables.ts';

const columns = [
  'ref',
  'state',
  'payer',
  'payer_name',
  'amount_cents',
  'method',
  'paid_on',
  'produced_on',
  'claims',
  'findings',
  'received_at',
  'posted_at',
] as const;

/** The newest remittances first; `before` is the reference of the last one of the page before. */
export async function remittanceList(
  db: Db,
  clinic: string,
  filter: { readonly state?: RemittanceState; readonly before?: string; readonly limit?: number },
): Promise<unknown> {
  const limit = filter.limit ?? 50;
  let query = db.selectFrom('remittances as r').select(columns).where('r.clinic', '=', clinic);
  if (filter.state !== undefined) query = query.where('r.state', '=', filter.state);
  if (filter.before !== undefined) {
    const last = await db
      .selectFrom('remittances')
      .select(['received_at', 'ref'])
      .where('clinic', '=', clinic)
      .where('ref', '=', filter.before)
      .executeTakeFirst();
    if (last === undefined) throw unknownRemittance('before');
    query = query.where((where) =>
      where.or([
        where('r.received_at', '<', last.received_at),
        where.and([where('r.received_at', '=', last.received_at), where('r.ref', '>', last.ref)]),
      ]),
    );
  }
  const rows = await query
    .orderBy('r.received_at', 'desc')
    .orderBy('r.ref')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const unmatched = await unmatchedIn(
    db,
    shown.map(({ ref }) => ref),
  );
  return {
    remittances: shown.map((row) => {
      const { count, cents } = unmatched.get(row.ref) ?? { count: 0, cents: 0 };
      return { ...structureOf(row), unmatched: count, unmatchedCents: cents };
    }),
    next: rows.length > limit ? (shown.at(-1)?.ref ?? null) : null,
  };
}

/** Claims of remittances that wait for a person, and what was paid for them; null: one of these payments is not told. */
async function unmatchedIn(
  db: Db,
  refs: readonly string[],
): Promise<Map<string, { count: number; cents: number | null }>> {
  const rows = await db
    .selectFrom('remittance_claims')
    .select(['remittance', 'paid_cents'])
    .where('remittance', 'in', [...refs, ''])
    .where('state', '=', 'unmatched')
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ remittance }) => remittance)].map(([remittance, own]) => [
      remittance,
      { count: own.length, cents: total(own.map(({ paid_cents: paid }) => paid)) },
    ]),
  );
}

function total(amounts: readonly (number | null)[]): number | null {
  return amounts.reduce<number | null>((sum, cents) => (sum === null || cents === null ? null : sum + cents), 0);
}

interface Shown {
  readonly ref: string;
  readonly state: string;
  readonly payer: string;
  readonly payer_name: string | null;
  readonly amount_cents: number | null;
  readonly method: string | null;
  readonly paid_on: string | null;
  readonly produced_on: string | null;
  readonly claims: number;
  readonly findings: unknown;
  readonly received_at: Date;
  readonly posted_at: Date | null;
}

function structureOf(row: Shown) {
  return {
    remittance: row.ref,
    state: row.state,
    payer: { id: row.payer, name: row.payer_name },
    amountCents: row.amount_cents,
    method: row.method,
    paidOn: row.paid_on,
    producedOn: row.produced_on,
    claims: row.claims,
    findings: row.findings,
    receivedAt: row.received_at.toISOString(),
    postedAt: row.posted_at?.toISOString() ?? null,
  };
}

/**
 * One remittance, by its own reference or by that of a claim of it: its claims with what they were posted to, those that wait with the
 * claims they may be, and what concerns no claim. Throws `reference.unknown`.
 */
export async function remittancePage(
  needs: BookNeeds,
  clinic: string,
  asked: string,
  by: SessionPrincipal,
): Promise<unknown> {
  const { db } = needs;
  const ref = await remittanceOf(db, clinic, asked);
  const row = await db
    .selectFrom('remittances')
    .select(columns)
    .where('clinic', '=', clinic)
    .where('ref', '=', ref)
    .executeTakeFirst();
  if (row === undefined) throw unknownRemittance('remittance');
  const claims = await db
    .selectFrom('remittance_claims')
    .selectAll()
    .where('remittance', '=', ref)
    .orderBy('position')
    .execute();
  const lines = await db.selectFrom('postings').selectAll().where('remittance', '=', ref).orderBy('id').execute();
  const provider = lines.filter((line) => line.remittance_claim === null);
  const sum = (some: readonly LedgerRow[]) => some.reduce((cents, line) => cents + line.cents, 0);
  const paid = lines.filter(({ kind }) => kind === 'payment');
  const atRest = claims.filter(({ state }) => state !== 'posted').map(({ paid_cents: cents }) => cents);
  const refs = claims.map((claim) => claim.ref);
  const items = await itemsAbout(db, clinic, [ref, ...refs]);
  const opening: Opening = { purpose: 'remittance.view', action: 'remittance.viewed', actor: by };
  const said = new Map((await openSaid(needs, clinic, refs, opening)).map((one) => [one.ref, one.said]));
  const meant = [...claims.map(({ claim }) => claim ?? ''), ...[...items.values()].flatMap((item) => item.candidates)];
  const opened = await openClaims(needs, clinic, meant, opening);
  const itemOf = (subject: string) => {
    const item = items.get(subject);
    return item === undefined ? null : { id: item.id, kind: item.kind };
  };
  return {
    ...structureOf(row),
    workItem: itemOf(ref),
    /** Posted to claims, to no claim, and what no claim was found for yet: together the payment. Null: an amount is not told. */
    totals: { claimsCents: sum(paid), providerCents: sum(provider), notPostedCents: total(atRest) },
    items: claims.map((claim) => ({
      ...structureOfPosted(claim),
      state: claim.state,
      why: claim.why,
      patientName: patientSaid(said.get(claim.ref)),
      lines: lines.filter((line) => line.remittance_claim === claim.ref).map(structureOfLine),
      workItem: itemOf(claim.ref),
      candidates: candidatesOf(items.get(claim.ref)?.candidates ?? [], opened),
    })),
    provider: provider.map(structureOfLine),
  };
}

async function remittanceOf(db: Db, clinic: string, ref: string): Promise<string> {
  const row = await db
    .selectFrom('remittance_claims')
    .select('remittance')
    .where('clinic', '=', clinic)
    .where('ref', '=', ref)
    .executeTakeFirst();
  return row?.remittance ?? ref;
}

/** The open items about a remittance or its claims, each with the claims it may be about. */
async function itemsAbout(
  db: Db,
  clinic: string,
  subjects: readonly string[],
): Promise<Map<string, { id: string; kind: string; candidates: string[] }>> {
  const rows = await db
    .selectFrom('work_items')
    .select(['id', 'kind', 'subject', 'context'])
    .where('clinic', '=', clinic)
    .where('status', '=', 'open')
    .where('subject', 'in', [...subjects])
    .execute();
  return new Map(
    rows.map(({ id, kind, subject, context }) => {
      const named: unknown = context['claims'];
      const candidates = Array.isArray(named) ? named.filter((one) => typeof one === 'string') : [];
      return [subject, { id, kind, candidates }];
    }),
  );
}

/** The earliest day of service in front. */
function candidatesOf(refs: readonly string[], opened: ReadonlyMap<string, OpenedClaim>) {
  return refs
    .flatMap((ref) => {
      const one = opened.get(ref);
      return one === undefined ? [] : [structureOfCandidate(one)];
    })
    .sort((one, other) => (one.from ?? '').localeCompare(other.from ?? ''));
}

function structureOfCandidate({ ref, claim }: OpenedClaim) {
  const { name, given } = claim.patient ?? claim.subscriber;
  return {
    claim: ref,
    number: claim.patientControlNumber,
    patientName: nameOf(name, given),
    from: serviceDays(claim)?.from ?? null,
    chargeCents: claim.chargeCents,
  };
}

/** The patient as the payer named them. */
function patientSaid(said: RemittanceClaim | undefined): string | null {
  const patient = said?.names.find(({ role }) => role === 'QC');
  return nameOf(patient?.family ?? null, patient?.given ?? null);
}

function nameOf(family: string | null, given: string | null): string | null {
  const parts = [family, given].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

function structureOfPosted(row: PostedRow) {
  return {
    remittanceClaim: row.ref,
    remittance: row.remittance,
    position: row.position,
    claim: row.claim,
    payer: row.payer,
    status: row.status,
    effect: row.effect,
    chargeCents: row.charge_cents,
    paidCents: row.paid_cents,
    patientCents: row.patient_cents,
    remarks: row.remarks,
    postedAt: row.posted_at?.toISOString() ?? null,
  };
}

function structureOfLine({ kind, group_code: group, reason, cents, line, source }: LedgerRow) {
  return { kind, group, reason, cents, line, source };
}

/** The books of a claim and every line behind them. Throws `reference.unknown`. */
export async function ledgerPage(
  needs: BookNeeds,
  clinic: string,
  claim: string,
  by: SessionPrincipal,
): Promise<unknown> {
  const opening = { purpose: 'claim.books', actor: by, action: 'claim.booksViewed' };
  const { claims, posted, lines, payments, entries, books } = await ledgerOf(needs, clinic, claim, opening);
  return {
    claim,
    /** The claims for one service: replaced, voided, to another payer. */
    claims: claims.map(({ ref }) => ref),
    books,
    posted: posted.map((row) => ({
      ...structureOfPosted(row),
      lines: lines.filter((line) => line.remittance_claim === row.ref).map(structureOfLine),
    })),
    /** What the patient paid, by whom or in which file it was taken down. */
    payments,
    /** What a named person wrote off or left to the patient. */
    entries,
  };
}

function unknownRemittance(where: string): GaitError {
  return new GaitError('reference.unknown', 'This clinic has no such remittance.', { where });
}
