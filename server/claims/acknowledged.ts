// Acknowledgments of claims (277CA) go to the claims they are about, found by the number we gave them.
import type { AnsweredClaim } from '../../domain/claim/status.ts';
import { GaitError } from '../../domain/errors.ts';
import { readClaimAcknowledgments } from '../../domain/x12/readers/claim-acknowledgment.ts';
import { claimStatusesOf } from '../../domain/x12/readers/status-information.ts';
import { Scanner } from '../../domain/x12/scanner.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import type { Audit } from '../audit/append.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import { keepStatus } from './statuses.ts';

interface Needs {
  readonly audit: Audit;
  readonly vault: Vault;
  readonly now: () => Date;
}

/** The claims that the 277CAs of a text speak of; none where it holds no such set. */
export function acknowledgedIn(text: string): AnsweredClaim[] {
  const answered: AnsweredClaim[] = [];
  const take = (set: TransactionSet): void => {
    if (set.type !== '277' || !set.version.startsWith('005010X214')) return;
    for (const { trace, payerClaimNumber, statuses } of readClaimAcknowledgments(set).claims)
      answered.push({
        trace: trace.number,
        patientControlNumber: trace.number,
        payerClaimNumber,
        from: null,
        to: null,
        statuses: claimStatusesOf(statuses),
        lines: [],
      });
  };
  const sets = new TransactionSets(take);
  const scanner = new Scanner(sets);
  scanner.push(Buffer.from(text));
  scanner.end();
  sets.end();
  return answered;
}

/** Keeps each status with its claim. Returns how many claims were found; a number that two claims bear finds neither. */
export async function keepAcknowledged(
  needs: Needs,
  trx: Trx,
  of: { clinic: string; operation: string; claims: readonly AnsweredClaim[]; by: Principal },
): Promise<number> {
  const { clinic, operation, by } = of;
  let found = 0;
  for (const said of of.claims) {
    const number = said.patientControlNumber ?? said.trace;
    const claim = number === null ? null : await numbered(needs.vault, trx, clinic, number);
    if (claim === null || said.statuses.length === 0) continue;
    await keepStatus(needs, trx, { clinic, claim, operation, said, as: 'acknowledgment', by });
    found += 1;
  }
  return found;
}

async function numbered(vault: Vault, trx: Trx, clinic: string, number: string): Promise<string | null> {
  try {
    return await vault.find(clinic, 'claim', { number }, { trx });
  } catch (error) {
    if (error instanceof GaitError && error.code === 'state.conflict') return null;
    throw error;
  }
}
