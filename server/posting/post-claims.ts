// Posts the claims of a remittance: each is matched to one of the clinic's, or laid before a person.
import { sql } from 'kysely';
import type { Remittance, RemittanceClaim } from '../../domain/claim/remittance.ts';
import { GaitError } from '../../domain/errors.ts';
import { statusRow } from '../../domain/posting/codes-schema.ts';
import { matchClaim } from '../../domain/posting/match.ts';
import type { Match } from '../../domain/posting/match.ts';
import { decisionOf } from '../../domain/posting/posted.ts';
import { leaveWord } from '../claims/life/tellings.ts';
import type { Trx } from '../database/tables.ts';
import type { SystemPrincipal } from '../http/principal.ts';
import { candidatesFor } from './candidates.ts';
import type { OpenedCandidate, OpenedClaim } from './candidates.ts';
import { openUnmatched } from './items.ts';
import type { PostingNeeds } from './needs.ts';
import type { RemittanceClaimState } from './tables.ts';

interface Entry {
  readonly ref: string;
  readonly said: RemittanceClaim;
}

/** Matches claims of one remittance that are stored already, and posts them. */
export async function postClaims(
  needs: PostingNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly remittance: Pick<Remittance, 'payer' | 'payment' | 'producedOn'>;
    readonly remittanceRef: string;
    readonly entries: readonly Entry[];
    readonly by: SystemPrincipal;
  },
): Promise<{ posted: number; unmatched: number }> {
  const { clinic, remittance, entries, by } = of;
  const opening = { purpose: 'remittance.match', actor: by, trx };
  const claims = entries.map(({ said }) => said);
  const candidates = await candidatesFor(needs, trx, clinic, claims, opening);
  let [posted, unmatched] = [0, 0];
  for (const [index, { ref, said }] of entries.entries()) {
    const row = statusRow(needs.codes, said.status);
    // Money under a status that moves none is a person's matter.
    if (row?.effect === 'informs' && said.paidCents === 0) {
      await settleRow(trx, ref, { state: 'informs', why: ['status'] });
      continue;
    }
    const own = candidates[index] ?? [];
    const match = matchClaim(needs.codes, said, own);
    const claim = match.kind === 'matched' ? own.find((one) => one.ref === match.claim) : undefined;
    const why = match.kind === 'matched' ? match.why : whyNot(match);
    if (claim !== undefined && row !== null && row.effect !== 'informs') {
      await writePosting(needs, trx, {
        clinic,
        remittance,
        remittanceRef: of.remittanceRef,
        entry: { ref, said },
        claim,
        why,
      });
      posted += 1;
      continue;
    }
    const reasons = row === null ? ['unknownStatus'] : row.effect === 'informs' ? ['paidWithoutDecision'] : why;
    await settleRow(trx, ref, { state: 'unmatched', why: reasons });
    await openUnmatched(needs, trx, {
      clinic,
      ref,
      remittance,
      said,
      why: reasons,
      candidates: judged(match, own),
      by,
    });
    unmatched += 1;
  }
  return { posted, unmatched };
}

function whyNot(match: Exclude<Match, { kind: 'matched' }>): readonly string[] {
  if (match.kind === 'ambiguous') return ['ambiguous'];
  return [match.why, ...new Set(match.candidates.flatMap(({ contradictions }) => contradictions))];
}

function judged(
  match: Match,
  candidates: readonly OpenedCandidate[],
): { claim: OpenedClaim; contradictions: readonly string[] }[] {
  if (match.kind === 'matched') return [];
  return match.candidates.flatMap(({ ref, contradictions }) => {
    const claim = candidates.find((one) => one.ref === ref);
    return claim === undefined ? [] : [{ claim, contradictions }];
  });
}

/** Writes one claim's lines to the ledger. */
export async function writePosting(
  needs: PostingNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly remittance: Pick<Remittance, 'payer' | 'payment'>;
    readonly remittanceRef: string;
    readonly entry: Entry;
    readonly claim: OpenedClaim;
    readonly why: readonly string[];
  },
): Promise<void> {
  const { clinic, remittanceRef, entry, claim } = of;
  const at = needs.now();
  const decision = decisionOf(needs.codes, { id: entry.ref, remittance: of.remittance, said: entry.said }, claim);
  if (decision === null) throw new GaitError('internal.bug', 'A claim whose status moves nothing was to be posted.');
  await trx
    .updateTable('remittance_claims')
    .set({
      state: 'posted',
      claim: claim.ref,
      why: [...of.why],
      posting_order: sql<number>`nextval('posting_order')`,
      posted_at: at,
    })
    .where('ref', '=', entry.ref)
    .where('state', '<>', 'posted')
    .execute();
  const posting = { what: 'posting', remittanceClaim: entry.ref } as const;
  await leaveWord(trx, { id: `posting/${entry.ref}`, clinic, claim: claim.ref, body: posting, at });
  if (decision.lines.length === 0) return;
  await trx
    .insertInto('postings')
    .values(
      decision.lines.map(({ kind, group, reason, cents, line, source }) => ({
        clinic,
        remittance: remittanceRef,
        remittance_claim: entry.ref,
        claim: claim.ref,
        kind,
        group_code: group,
        reason,
        cents,
        line,
        source,
        at,
      })),
    )
    .execute();
}

export async function settleRow(
  trx: Trx,
  ref: string,
  to: { readonly state: Exclude<RemittanceClaimState, 'posted'>; readonly why: readonly string[] },
): Promise<void> {
  await trx
    .updateTable('remittance_claims')
    .set({ state: to.state, why: [...to.why] })
    .where('ref', '=', ref)
    .execute();
}
