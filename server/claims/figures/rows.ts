// Reads what figures are made of: the clinic's claims with what was found, told, decided and posted of each.
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Books } from '../../../domain/posting/books.ts';
import type { Db } from '../../database/tables.ts';
import type { SystemPrincipal } from '../../http/principal.ts';
import { openClaims } from '../../posting/candidates.ts';
import type { OpenedClaim } from '../../posting/candidates.ts';
import { booksOfOpened } from '../../posting/ledger.ts';
import type { LedgerRow, PostedRow } from '../../posting/ledger.ts';
import type { BookNeeds } from '../../posting/needs.ts';
import type { ScrubTables } from '../../scrub/tables.ts';
import type { ClaimLifeTables } from '../life/tables.ts';
import type { ClaimRow } from '../records.ts';

/** A posted claim of a remittance with its lines and its remittance's days. */
export interface DecisionRow extends PostedRow {
  readonly produced_on: string | null;
  readonly paid_on: string | null;
  readonly received_at: Date;
  readonly lines: readonly LedgerRow[];
}

export interface ClaimRows {
  readonly row: ClaimRow & { readonly taken_in_on: string };
  readonly opened: OpenedClaim;
  /** Null: nothing was posted to any claim of its case. */
  readonly books: Books | null;
  readonly scrub: { readonly chart: string | null } | null;
  readonly findings: readonly Selectable<ScrubTables['claim_findings']>[];
  readonly life: Selectable<ClaimLifeTables['claim_lives']> | null;
  readonly events: readonly Selectable<ClaimLifeTables['claim_events']>[];
  readonly statuses: readonly { readonly claim: string; readonly at: Date; readonly sent_back: boolean }[];
  /** Posted to it, in their order. */
  readonly posted: readonly DecisionRow[];
}

/**
 * Claims that were taken in since a day, by the clinic's calendar, and older ones that are not closed; null: all of them.
 * They are opened for what they bill, under the server's own name.
 */
export async function readClaimRows(
  needs: BookNeeds,
  clinic: string,
  since: string | null,
  by: SystemPrincipal,
): Promise<ClaimRows[]> {
  const { db } = needs;
  const rows = await claimsSince(db, clinic, since);
  const refs = rows.map(({ ref }) => ref);
  if (refs.length === 0) return [];
  const opened = await openClaims(needs, clinic, refs, { purpose: 'claim.figures', actor: by });
  const books = await booksOfOpened(db, opened);
  const scrubs = await db.selectFrom('claim_scrubs').select(['claim', 'chart']).where('claim', 'in', refs).execute();
  const findings = await db.selectFrom('claim_findings').selectAll().where('claim', 'in', refs).execute();
  const lives = await db.selectFrom('claim_lives').selectAll().where('claim', 'in', refs).execute();
  const events = await db.selectFrom('claim_events').selectAll().where('claim', 'in', refs).orderBy('seq').execute();
  const statuses = await db
    .selectFrom('claim_statuses')
    .select(['claim', 'at', 'sent_back'])
    .where('claim', 'in', refs)
    .orderBy('at')
    .execute();
  const posted = await postedTo(db, refs);
  const of = <T extends { readonly claim: string | null }>(all: readonly T[]) => Map.groupBy(all, ({ claim }) => claim);
  const [scrubsOf, findingsOf, livesOf] = [of(scrubs), of(findings), of(lives)];
  const [eventsOf, statusesOf, postedOf] = [of(events), of(statuses), of(posted)];
  return rows.flatMap((row) => {
    const own = opened.get(row.ref);
    if (own === undefined) return [];
    return [
      {
        row,
        opened: own,
        books: books.get(row.ref) ?? null,
        scrub: scrubsOf.get(row.ref)?.[0] ?? null,
        findings: findingsOf.get(row.ref) ?? [],
        life: livesOf.get(row.ref)?.[0] ?? null,
        events: eventsOf.get(row.ref) ?? [],
        statuses: statusesOf.get(row.ref) ?? [],
        posted: postedOf.get(row.ref) ?? [],
      },
    ];
  });
}

async function claimsSince(db: Db, clinic: string, since: string | null): Promise<ClaimRows['row'][]> {
  const day = sql<string>`((c.imported_at at time zone k.timezone)::date)::text`;
  let query = db
    .selectFrom('claims as c')
    .innerJoin('clinics as k', 'k.id', 'c.clinic')
    .selectAll('c')
    .select(day.as('taken_in_on'))
    .where('c.clinic', '=', clinic);
  if (since !== null) {
    const closed = db.selectFrom('claim_lives as l').select('l.claim').where('l.clinic', '=', clinic);
    query = query.where((where) =>
      where.or([where(day, '>=', since), where('c.ref', 'not in', closed.where('l.state', '=', 'closed'))]),
    );
  }
  return query.orderBy('c.imported_at').orderBy('c.ref').execute();
}

async function postedTo(db: Db, refs: readonly string[]): Promise<DecisionRow[]> {
  const rows = await db
    .selectFrom('remittance_claims as c')
    .innerJoin('remittances as r', 'r.ref', 'c.remittance')
    .selectAll('c')
    .select(['r.produced_on', 'r.paid_on', 'r.received_at'])
    .where('c.claim', 'in', refs)
    .where('c.state', '=', 'posted')
    .orderBy('c.posting_order')
    .execute();
  const lines = await db
    .selectFrom('postings')
    .selectAll()
    .where('remittance_claim', 'in', [...rows.map(({ ref }) => ref), ''])
    .orderBy('id')
    .execute();
  const byRow = Map.groupBy(lines, ({ remittance_claim: row }) => row);
  return rows.map((row) => ({ ...row, lines: byRow.get(row.ref) ?? [] }));
}
