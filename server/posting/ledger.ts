// The books of the clinic's claims, made from the ledger, and what was posted since somebody last looked.
import type { Selectable } from 'kysely';
import { bookClaim, booksOf } from '../../domain/posting/books.ts';
import type { Books } from '../../domain/posting/books.ts';
import type { PostingLine } from '../../domain/posting/lines.ts';
import { adjustmentKinds } from '../../domain/posting/codes-schema.ts';
import { isSameCase } from '../../domain/posting/match.ts';
import type { Decision } from '../../domain/posting/reversals.ts';
import { GaitError } from '../../domain/errors.ts';
import { claimRow } from '../claims/records.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Opening } from '../vault/vault.ts';
import { openClaims } from './candidates.ts';
import type { OpenedClaim } from './candidates.ts';
import { entriesOf } from './entries.ts';
import type { PersonEntry } from './entries.ts';
import type { BookNeeds } from './needs.ts';
import { paidByPatients, postedPayments } from './patient-ledger.ts';
import type { PostedPayment } from './patient-ledger.ts';
import type { PostingTables } from './tables.ts';

export type PostedRow = Selectable<PostingTables['remittance_claims']>;
export type LedgerRow = Selectable<PostingTables['postings']>;

/** A claim's case: its claims, what was posted to any of them, and the books of it all. */
export interface Ledger {
  readonly claims: readonly OpenedClaim[];
  readonly posted: readonly PostedRow[];
  readonly lines: readonly LedgerRow[];
  /** What patients paid. */
  readonly payments: readonly PostedPayment[];
  /** What named persons wrote off or left to the patient. */
  readonly entries: readonly PersonEntry[];
  readonly books: Books;
}

/** Throws `reference.unknown`. */
export async function ledgerOf(needs: BookNeeds, clinic: string, claim: string, opening: Opening): Promise<Ledger> {
  const reader: Db = opening.trx ?? needs.db;
  await claimRow(reader, clinic, claim);
  const trx = opening.trx === undefined ? {} : { trx: opening.trx };
  const alike = await needs.vault.alike(clinic, claim, 'number', trx);
  const opened = await openClaims(needs, clinic, [claim, ...alike], opening);
  const own = opened.get(claim);
  const claims = [...opened.values()].filter((one) => one === own || (own && isSameCase(own.claim, one.claim)));
  const refs = claims.map(({ ref }) => ref);
  const posted = await reader
    .selectFrom('remittance_claims')
    .selectAll()
    .where('claim', 'in', refs)
    .where('state', '=', 'posted')
    .orderBy('posting_order')
    .execute();
  const lines = await linesOf(
    reader,
    posted.map(({ ref }) => ref),
  );
  const payments = await postedPayments(reader, refs);
  const entries = await entriesOf(reader, refs);
  const books = booksOf(
    claims.map(bookClaim),
    posted.flatMap((row) => decisionIn(row, lines)),
    { paidByPatient: await paidByPatients(reader, payments, refs), entries },
  );
  return { claims, posted, lines, payments, entries, books };
}

/**
 * The books of claims that are open already, each together with those of its case among them. Claims of a case to which nothing was
 * posted, and of which nothing was written off or left to the patient, are left out.
 */
export async function booksOfOpened(
  db: Db,
  opened: ReadonlyMap<string, OpenedClaim>,
): Promise<ReadonlyMap<string, Books>> {
  const rows = await db
    .selectFrom('remittance_claims')
    .selectAll()
    .where('claim', 'in', [...opened.keys(), ''])
    .where('state', '=', 'posted')
    .orderBy('posting_order')
    .execute();
  const lines = await linesOf(
    db,
    rows.map(({ ref }) => ref),
  );
  const linesByRow = Map.groupBy(lines, ({ remittance_claim: row }) => row);
  const rowsByClaim = Map.groupBy(rows, ({ claim }) => claim);
  const payments = await postedPayments(db, [...opened.keys()]);
  const paid = await paidByPatients(db, payments, [...opened.keys()]);
  const entries = await entriesOf(db, [...opened.keys()]);
  const alike = Map.groupBy(opened.values(), ({ claim }) => claim.patientControlNumber);
  const books = new Map<string, Books>();
  for (const claim of new Set([...rowsByClaim.keys(), ...entries.map((one) => one.claim)])) {
    const own = opened.get(claim ?? '');
    if (own === undefined || books.has(own.ref)) continue;
    const others = alike.get(own.claim.patientControlNumber) ?? [];
    const ones = others.filter((one) => one === own || isSameCase(own.claim, one.claim));
    const refs = new Set(ones.map(({ ref }) => ref));
    const posted = [...refs].flatMap((ref) => rowsByClaim.get(ref) ?? []);
    const ofCase = booksOf(
      ones.map(bookClaim),
      posted.flatMap((row) => decisionIn(row, linesByRow.get(row.ref) ?? [])),
      {
        paidByPatient: { ...paid, payments: payments.filter((one) => refs.has(one.claim)) },
        entries: entries.filter((one) => refs.has(one.claim)),
      },
    );
    for (const ref of refs) books.set(ref, ofCase);
  }
  return books;
}

async function linesOf(db: Db, posted: readonly string[]): Promise<LedgerRow[]> {
  if (posted.length === 0) return [];
  return db.selectFrom('postings').selectAll().where('remittance_claim', 'in', posted).orderBy('id').execute();
}

/** A posted claim of a remittance as the books take it. */
function decisionIn(row: PostedRow, lines: readonly LedgerRow[]): Decision[] {
  const { effect, claim } = row;
  if (claim === null || effect === null || effect === 'informs') return [];
  const own = lines.filter((line) => line.remittance_claim === row.ref);
  return [
    {
      id: row.ref,
      claim,
      payer: row.payer,
      effect,
      rank: row.rank,
      passedOn: row.passed_on,
      chargeCents: row.charge_cents ?? 0,
      lines: own.map(lineIn),
    },
  ];
}

function lineIn({ kind, group_code: group, reason, cents, line, source }: LedgerRow): PostingLine {
  const known = kind === 'payment' ? kind : adjustmentKinds.find((one) => one === kind);
  if (known === undefined) throw new GaitError('internal.bug', 'The ledger holds a kind of posting that is not one.');
  return { kind: known, group, reason, cents, line, source };
}

/** One claim of a remittance that was posted, and how the claim's books stand now: references, codes, days and cents. */
export interface PostedEvent {
  /** Grows with every posting of the clinic. */
  readonly order: number;
  readonly claim: string;
  readonly remittance: string;
  readonly remittanceClaim: string;
  readonly at: string;
  /** The day the payer produced it; null where it does not say. */
  readonly on: string | null;
  /** CLP02. */
  readonly status: string | null;
  readonly effect: PostedRow['effect'];
  readonly chargeCents: number | null;
  readonly paidCents: number | null;
  /** Everything that was not paid, by group and reason (CAS). */
  readonly adjustments: readonly { readonly group: string; readonly reason: string; readonly cents: number }[];
  readonly remarks: readonly string[];
  readonly payerNumberKnown: boolean;
  readonly books: Books;
}

/** What was posted to the clinic's claims after `order`, oldest first: for whoever follows the life of a claim. */
export async function postedSince(
  needs: BookNeeds,
  clinic: string,
  after: { readonly order: number; readonly limit: number },
): Promise<PostedEvent[]> {
  const rows = await needs.db
    .selectFrom('remittance_claims as c')
    .innerJoin('remittances as r', 'r.ref', 'c.remittance')
    .selectAll('c')
    .select('r.produced_on')
    .where('c.clinic', '=', clinic)
    .where('c.posting_order', '>', after.order)
    .orderBy('c.posting_order')
    .limit(after.limit)
    .execute();
  const actor = systemPrincipal('posting');
  const events: PostedEvent[] = [];
  for (const row of rows) {
    if (row.claim === null || row.posting_order === null || row.posted_at === null) continue;
    const { lines, books } = await ledgerOf(needs, clinic, row.claim, { purpose: 'claim.books', actor });
    events.push({
      order: row.posting_order,
      claim: row.claim,
      remittance: row.remittance,
      remittanceClaim: row.ref,
      at: row.posted_at.toISOString(),
      on: row.produced_on,
      status: row.status,
      effect: row.effect,
      chargeCents: row.charge_cents,
      paidCents: row.paid_cents,
      adjustments: lines.flatMap(({ remittance_claim: of, group_code: group, reason, cents }) =>
        of !== row.ref || group === null || reason === null ? [] : [{ group, reason, cents }],
      ),
      remarks: row.remarks,
      payerNumberKnown: row.payer_number_known,
      books,
    });
  }
  return events;
}
