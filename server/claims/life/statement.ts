// What a patient owes of a claim, as the books have it: what is laid before whoever sends the statement or agrees on a plan.
import { dollars } from '../../../domain/dollars.ts';
import { ledgerOf } from '../../posting/ledger.ts';
import type { VaultRecord } from '../../vault/vault.ts';
import { openClaim } from '../records.ts';
import type { ClaimRow } from '../records.ts';
import type { LifeNeeds } from './needs.ts';
import type { ClaimOpening } from './payer-number.ts';

/** Null is an amount nobody knows. */
export async function statementDraft(needs: LifeNeeds, row: ClaimRow, opening: ClaimOpening): Promise<VaultRecord> {
  const { claim } = await openClaim(needs, row, opening);
  const { books } = await ledgerOf(needs, row.clinic, row.ref, opening);
  const person = claim.patient ?? claim.subscriber;
  const amount = (cents: number | null): string | null => (cents === null ? null : dollars(cents));
  return {
    patient: { family: person.name, given: person.given },
    claim: {
      number: claim.patientControlNumber,
      payer: claim.payer.name,
      days: [...new Set(claim.lines.flatMap(({ from }) => from ?? []))].sort(),
    },
    books: {
      charge: amount(books.chargeCents),
      paid: amount(books.paidCents),
      adjusted: amount(books.adjustedCents),
      patientShare: amount(books.patientCents),
      patientPaid: amount(books.patientPaidCents),
      patientOwes: amount(books.patientBalanceCents),
    },
  };
}
