// What the console shows of remittances and of a claim's books: references, codes, days and cents.
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { ledgerOf } from './ledger.ts';
import type { LedgerRow, PostedRow } from './ledger.ts';
import type { BookNeeds } from './needs.ts';
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
    remittances: shown.map((row) => ({ ...structureOf(row), unmatched: unmatched.get(row.ref) ?? 0 })),
    next: rows.length > limit ? (shown.at(-1)?.ref ?? null) : null,
  };
}

async function unmatchedIn(db: Db, refs: readonly string[]): Promise<Map<string, number>> {
  if (refs.length === 0) return new Map();
  const rows = await db
    .selectFrom('remittance_claims')
    .select((select) => ['remittance', select.fn.countAll<number>().as('count')])
    .where('remittance', 'in', refs)
    .where('state', '=', 'unmatched')
    .groupBy('remittance')
    .execute();
  return new Map(rows.map(({ remittance, count }) => [remittance, Number(count)]));
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

/** One remittance: its claims with what they were posted to, and what concerns no claim. Throws `reference.unknown`. */
export async function remittancePage(db: Db, clinic: string, ref: string): Promise<unknown> {
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
  const atRest = claims
    .filter(({ state }) => state !== 'posted')
    .reduce((cents, one) => cents + (one.paid_cents ?? 0), 0);
  return {
    ...structureOf(row),
    /** Posted to claims, to no claim, and what no claim was found for yet: together the payment. */
    totals: { claimsCents: sum(paid), providerCents: sum(provider), notPostedCents: atRest },
    items: claims.map((claim) => ({
      ...structureOfPosted(claim),
      state: claim.state,
      why: claim.why,
      lines: lines.filter((line) => line.remittance_claim === claim.ref).map(structureOfLine),
    })),
    provider: provider.map(structureOfLine),
  };
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
  const { claims, posted, lines, books } = await ledgerOf(needs, clinic, claim, opening);
  return {
    claim,
    /** The claims for one service: replaced, voided, to another payer. */
    claims: claims.map(({ ref }) => ref),
    books,
    posted: posted.map((row) => ({
      ...structureOfPosted(row),
      lines: lines.filter((line) => line.remittance_claim === row.ref).map(structureOfLine),
    })),
  };
}

function unknownRemittance(where: string): GaitError {
  return new GaitError('reference.unknown', 'This clinic has no such remittance.', { where });
}
