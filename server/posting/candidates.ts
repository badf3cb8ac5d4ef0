// The clinic's claims that a claim of a remittance may be about, opened for matching.
import { claimSchema } from '../../domain/claim/schema.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import type { RemittanceClaim } from '../../domain/claim/remittance.ts';
import type { Candidate } from '../../domain/posting/match.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import type { Opening } from '../vault/vault.ts';
import type { BookNeeds } from './needs.ts';

/** A claim with what orders it among others of its case. */
export interface OpenedClaim {
  readonly ref: string;
  readonly order: string;
  readonly claim: Claim;
  /** It was taken back, and the payer has confirmed it: nothing is billed any more, whatever the stored claim asks for. */
  readonly isVoided: boolean;
}

export type OpenedCandidate = Candidate & OpenedClaim;

/** Opens claims under one audit entry; what this clinic does not have is left out. */
export async function openClaims(
  { vault, validator, db }: BookNeeds,
  clinic: string,
  refs: readonly string[],
  opening: Opening,
): Promise<Map<string, OpenedClaim>> {
  if (refs.length === 0) return new Map();
  const reader: Db = opening.trx ?? db;
  const rows = await reader
    .selectFrom('claims')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', 'in', [...new Set(refs)])
    .execute();
  const own = rows.map(({ ref }) => ref);
  return withOrder(reader, validator, await vault.openMany(clinic, own, opening));
}

/** Claims whose records are open already. */
export async function withOrder(
  db: Db,
  validator: Validator,
  records: ReadonlyMap<string, unknown>,
): Promise<Map<string, OpenedClaim>> {
  const refs = [...records.keys(), ''];
  const rows = await db.selectFrom('claims').select(['ref', 'imported_at']).where('ref', 'in', refs).execute();
  const voided = await voidedOf(db, refs);
  return new Map(
    rows.map(({ ref, imported_at: at }) => [
      ref,
      { ref, order: at.toISOString(), claim: claimIn(validator, records.get(ref)), isVoided: voided.has(ref) },
    ]),
  );
}

/** Those of the claims whose life ended with a void. */
async function voidedOf(db: Db, refs: readonly string[]): Promise<ReadonlySet<string>> {
  const ends = await db
    .selectFrom('claim_lives as l')
    .innerJoin('claim_events as e', 'e.claim', 'l.claim')
    .distinctOn('l.claim')
    .select(['l.claim', 'e.detail'])
    .where('l.claim', 'in', [...refs])
    .where('l.state', '=', 'closed')
    .where('e.type', '=', 'closed')
    .orderBy('l.claim')
    .orderBy('e.seq', 'desc')
    .execute();
  return new Set(ends.flatMap(({ claim, detail }) => (detail === 'voided' ? [claim] : [])));
}

function claimIn(validator: Validator, record: unknown): Claim {
  assertClaim(validator, record);
  return record;
}

function assertClaim(validator: Validator, value: unknown): asserts value is Claim {
  validator.check(claimSchema, value, 'claim');
}

/** For each of the claims of a remittance those of the clinic that bear its number or, where none does, the payer's. */
export async function candidatesFor(
  needs: BookNeeds,
  trx: Trx,
  clinic: string,
  claims: readonly RemittanceClaim[],
  opening: Opening,
): Promise<OpenedCandidate[][]> {
  const found: { by: Candidate['by']; refs: readonly string[] }[] = [];
  for (const { patientControlNumber: number, payerClaimNumber } of claims) {
    const ours = number === null ? [] : await needs.vault.findAll(clinic, 'claim', { number }, { trx });
    if (ours.length > 0 || payerClaimNumber === null) found.push({ by: 'patientControlNumber', refs: ours });
    else found.push({ by: 'payerClaimNumber', refs: await knownUnder(needs, trx, clinic, payerClaimNumber) });
  }
  const refs = found.flatMap((one) => one.refs);
  const opened = await openClaims(needs, clinic, refs, { ...opening, trx });
  return found.map((one) =>
    one.refs.flatMap((ref) => {
      const claim = opened.get(ref);
      return claim === undefined ? [] : [{ ...claim, by: one.by }];
    }),
  );
}

/** Claims to which something was posted that bore this number of the payer's. */
async function knownUnder({ vault }: BookNeeds, trx: Trx, clinic: string, payerClaimNumber: string): Promise<string[]> {
  const earlier = await vault.findAll(clinic, 'remittanceClaim', { payerClaimNumber }, { trx });
  if (earlier.length === 0) return [];
  const rows = await trx
    .selectFrom('remittance_claims')
    .select('claim')
    .distinct()
    .where('clinic', '=', clinic)
    .where('ref', 'in', earlier)
    .where('claim', 'is not', null)
    .execute();
  return rows.map(({ claim }) => claim).filter((claim) => claim !== null);
}
