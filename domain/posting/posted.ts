// Makes of a claim of a remittance what the books take: a decision or a reversal with its lines.
import type { Claim } from '../claim/schema.ts';
import type { Remittance, RemittanceClaim } from '../claim/remittance.ts';
import { statusRow } from './codes-schema.ts';
import type { PostingCodes } from './codes-schema.ts';
import { payerKey, postingLines } from './lines.ts';
import { matchLines } from './match-lines.ts';
import type { Decision } from './reversals.ts';

/**
 * Posts one claim of a remittance to a claim of the clinic; null where its status moves nothing, or nobody knows what it moves.
 * @param id names the decision: that of the same remittance and position is the same
 */
export function decisionOf(
  codes: PostingCodes,
  of: {
    readonly id: string;
    readonly remittance: Pick<Remittance, 'payment' | 'payer'>;
    readonly said: RemittanceClaim;
  },
  to: { readonly ref: string; readonly claim: Claim },
): Decision | null {
  const row = statusRow(codes, of.said.status);
  if (row === null || row.effect === 'informs') return null;
  const { said } = of;
  const matched = new Map(matchLines(said.lines, to.claim.lines).map((line, index) => [said.lines[index], line]));
  return {
    id: of.id,
    claim: to.ref,
    payer: payerKey(of.remittance),
    effect: row.effect,
    rank: row.rank,
    passedOn: row.passedOn,
    chargeCents: said.chargeCents ?? 0,
    lines: postingLines(codes, said, (line) => matched.get(line)?.number ?? null),
  };
}
