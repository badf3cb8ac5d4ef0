// The claim board: every claim with where it stands, how old it is, what it may still bring in, and what was found against it.
import { atRiskCents } from '../../domain/posting/at-risk.ts';
import type { ClaimRow } from '../claims/records.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { withOrder } from '../posting/candidates.ts';
import { booksOfOpened } from '../posting/ledger.ts';
import type { Vault } from '../vault/vault.ts';
import { livesOf, nameIn, openItems, structureOf } from './claim-facts.ts';
import type { ClaimViewNeeds } from './claim-facts.ts';

interface Filter {
  /** What was found: `blocked`, `findings`, `clean`. */
  readonly stands?: string | undefined;
  /** `open`: whatever is not closed, followed or not. */
  readonly state?: 'open' | 'closed' | undefined;
  readonly limit?: number | undefined;
}

/** Claims, the oldest day of service first: the one whose time runs out first. `more`: there are others besides. */
export async function claimBoard(
  needs: ClaimViewNeeds,
  clinic: string,
  { stands, state, limit = 200 }: Filter,
  by: SessionPrincipal,
): Promise<{ items: unknown[]; more: boolean }> {
  const { db, vault, validator } = needs;
  const found = await claimRows(db, clinic, { stands, state, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const refs = rows.map(({ ref }) => ref);
  const counts = await countsByClaim(db, refs);
  const scrubs = await scrubsOf(db, refs);
  const items = await openItems(db, clinic, refs);
  const lives = await livesOf(db, refs);
  const alike = await siblingsOfPosted(needs, clinic, refs);
  const opened = await vault.openMany(clinic, [...new Set([...refs, ...alike])], {
    purpose: 'claim.list',
    action: 'claim.listed',
    actor: by,
  });
  const books = await booksOfOpened(db, await withOrder(db, validator, opened));
  const shown = rows.map((row) => {
    const life = lives.get(row.ref) ?? null;
    const own = books.get(row.ref) ?? null;
    const followed = life === null ? null : { state: life.state, deniedCents: life.denial?.cents ?? null };
    return {
      ...structureOf(row),
      patientName: nameIn(opened.get(row.ref)),
      checkedAt: scrubs.get(row.ref)?.at.toISOString() ?? null,
      isChecked: scrubs.get(row.ref)?.version === row.version,
      findings: counts.get(row.ref) ?? null,
      workItem: items.get(row.ref) ?? null,
      life,
      atRiskCents: atRiskCents(row.charge_cents, own, followed),
    };
  });
  return { items: shown, more: found.length > limit };
}

async function claimRows(
  db: Db,
  clinic: string,
  { stands, state, limit }: Filter & { readonly limit: number },
): Promise<ClaimRow[]> {
  let query = db.selectFrom('claims as c').selectAll('c').where('c.clinic', '=', clinic);
  const standing = (severity?: 'blocks') =>
    db
      .selectFrom('claim_findings as f')
      .select('f.claim')
      .where('f.clinic', '=', clinic)
      .where('f.fixed_at', 'is', null)
      .where('f.overridden_at', 'is', null)
      .$if(severity !== undefined, (some) => some.where('f.severity', '=', 'blocks'));
  if (stands === 'blocked') query = query.where('c.ref', 'in', standing('blocks'));
  if (stands === 'findings') query = query.where('c.ref', 'in', standing());
  if (stands === 'clean')
    query = query
      .where('c.ref', 'not in', standing())
      .where('c.ref', 'in', db.selectFrom('claim_scrubs as s').select('s.claim').where('s.clinic', '=', clinic));
  const closed = db
    .selectFrom('claim_lives as l')
    .select('l.claim')
    .where('l.clinic', '=', clinic)
    .where('l.state', '=', 'closed');
  if (state === 'open') query = query.where('c.ref', 'not in', closed);
  if (state === 'closed') query = query.where('c.ref', 'in', closed);
  return query.orderBy('c.service_from').orderBy('c.ref').limit(limit).execute();
}

/** Claims that bear the number of one with something in its books: these are kept together. */
async function siblingsOfPosted(
  { db, vault }: { readonly db: Db; readonly vault: Vault },
  clinic: string,
  refs: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('remittance_claims')
    .select('claim')
    .distinct()
    .where('clinic', '=', clinic)
    .where('state', '=', 'posted')
    .where('claim', 'in', [...refs, ''])
    .union(
      db
        .selectFrom('claim_entries')
        .select('claim')
        .where('claim', 'in', [...refs, '']),
    )
    .execute();
  const alike: string[] = [];
  for (const { claim } of rows) if (claim !== null) alike.push(...(await vault.alike(clinic, claim, 'number')));
  return alike;
}

async function countsByClaim(
  db: Db,
  claims: readonly string[],
): Promise<Map<string, { blocks: number; warns: number; asks: number; overridden: number }>> {
  const rows = await db
    .selectFrom('claim_findings')
    .select(['claim', 'severity', 'overridden_at'])
    .where('claim', 'in', [...claims, ''])
    .where('fixed_at', 'is', null)
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ claim }) => claim)].map(([claim, own]) => {
      const open = (severity: string): number =>
        own.filter((row) => row.severity === severity && row.overridden_at === null).length;
      const overridden = own.filter((row) => row.overridden_at !== null).length;
      return [claim, { blocks: open('blocks'), warns: open('warns'), asks: open('asks'), overridden }];
    }),
  );
}

async function scrubsOf(db: Db, claims: readonly string[]): Promise<Map<string, { version: number; at: Date }>> {
  const rows = await db
    .selectFrom('claim_scrubs')
    .select(['claim', 'version', 'at'])
    .where('claim', 'in', [...claims, ''])
    .execute();
  return new Map(rows.map(({ claim, version, at }) => [claim, { version, at }]));
}
