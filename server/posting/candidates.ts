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
}

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
    .select(['ref', 'imported_at'])
    .where('clinic', '=', clinic)
    .where('ref', 'in', [...new Set(refs)])
    .execute();
  const opened = await vault.openMany(
    clinic,
    rows.map(({ ref }) => ref),
    opening,
  );
  return new Map(
    rows.map(({ ref, imported_at: at }) => [
      ref,
      { ref, order: at.toISOString(), claim: claimIn(validator, opened.get(ref)) },
    ]),
  );
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
): Promise<Candidate[][]> {
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
