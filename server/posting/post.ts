// Posts one remittance in one transaction: matched, written to the ledger, and what nobody can match laid before a person.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Remittance } from '../../domain/claim/remittance.ts';
import {
  claimBalances,
  paymentBalances,
  providerLines,
  remittanceContent,
  remittanceIdentity,
} from '../../domain/posting/lines.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { SystemPrincipal } from '../http/principal.ts';
import { openHeld } from './items.ts';
import type { PostingNeeds } from './needs.ts';
import { postClaims } from './post-claims.ts';
import { claimRow, storeRemittance } from './remittance-rows.ts';
import type { RemittanceFinding, RemittanceState } from './tables.ts';

/** A remittance as it was read: what is wrong with it, and the file it came in. */
export interface ReadOne {
  readonly clinic: string;
  readonly file: string;
  readonly remittance: Remittance;
  readonly findings: readonly RemittanceFinding[];
  readonly by: SystemPrincipal;
}

/** So many claims are opened and written at a time. */
const atOnce = 100;

/** Postings of a clinic come one after the other: each sees what the one before did, and their order is that of the ledger. */
export async function lockLedger(trx: Trx, clinic: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`postings ${clinic}`}, 0))`.execute(trx);
}

/** Returns how the remittance stands; `known`: it was here before, over whichever way, and nothing was done. */
export async function postRemittance(
  needs: PostingNeeds,
  trx: Trx,
  of: ReadOne,
): Promise<{ ref: string; state: RemittanceState | 'known' }> {
  const { clinic, remittance } = of;
  const { vault } = needs;
  await lockLedger(trx, clinic);
  const content = createHash('sha256').update(remittanceContent(remittance)).digest('hex');
  const known = await vault.find(clinic, 'remittance', { content }, { trx });
  if (known !== null) return { ref: known, state: 'known' };
  const identity = remittanceIdentity(remittance);
  const others = identity === null ? [] : await vault.findAll(clinic, 'remittance', { identity }, { trx });
  const findings = [...of.findings, ...ownFindings(of.findings, remittance, others.length > 0)];
  const state = findings.length === 0 ? 'posted' : 'held';
  const ref = await storeRemittance(needs, trx, { ...of, findings, state, content, identity });
  const counts = await storeClaims(needs, trx, { ...of, ref, state });
  if (state === 'held') await openHeld(needs, trx, { clinic, ref, remittance, findings, by: of.by });
  else await postProvider(needs, trx, { clinic, ref, remittance });
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(of.by),
    action: state === 'posted' ? 'remittance.posted' : 'remittance.held',
    subject: ref,
    purpose: 'remittance.post',
    details: { file: of.file, claims: remittance.claims.length, ...counts },
  });
  return { ref, state };
}

/** What the remittance itself shows to be wrong and no finding says yet: posted, its cents would not add up. */
function ownFindings(
  told: readonly RemittanceFinding[],
  remittance: Remittance,
  isReused: boolean,
): RemittanceFinding[] {
  const isTold = (code: string): boolean => told.some((finding) => finding.code === code);
  const off = remittance.claims.filter((claim) => !claimBalances(claim));
  return [
    ...(isTold('balance.claim')
      ? []
      : off.map(({ source }) => ({ code: 'balance.claim', segment: segmentOf(source) }))),
    ...(isTold('balance.transaction') || paymentBalances(remittance)
      ? []
      : [{ code: 'balance.transaction', segment: null }]),
    // Its trace number, payer and day are those of another one.
    ...(isReused ? [{ code: 'trace.reused', segment: null }] : []),
  ];
}

function segmentOf(source: string): number | null {
  const match = /segment (\d+)$/.exec(source);
  return match === null ? null : Number(match[1]);
}

/** The claims of a remittance with their records; each is posted, unless all of it is held. */
async function storeClaims(
  needs: PostingNeeds,
  trx: Trx,
  of: ReadOne & { readonly ref: string; readonly state: 'posted' | 'held' },
): Promise<{ posted: number; unmatched: number }> {
  const counts = { posted: 0, unmatched: 0 };
  const { clinic, remittance, by } = of;
  for (let start = 0; start < remittance.claims.length; start += atOnce) {
    const some = remittance.claims.slice(start, start + atOnce);
    const refs = await needs.vault.putMany(
      clinic,
      some.map((said) => ({
        kind: 'remittanceClaim',
        record: { ...said },
        prefix: 'rcl' as const,
        lookup: said.payerClaimNumber === null ? {} : { payerClaimNumber: said.payerClaimNumber },
      })),
      { trx },
    );
    await trx
      .insertInto('remittance_claims')
      .values(some.map((said, index) => claimRow(needs, of, { ref: refs[index] ?? '', position: start + index, said })))
      .execute();
    if (of.state === 'held') continue;
    const entries = some.map((said, index) => ({ ref: refs[index] ?? '', said }));
    const done = await postClaims(needs, trx, { clinic, remittance, remittanceRef: of.ref, entries, by });
    counts.posted += done.posted;
    counts.unmatched += done.unmatched;
  }
  return counts;
}

/** Writes what concerns no claim. */
export async function postProvider(
  { codes, now }: PostingNeeds,
  trx: Trx,
  of: { readonly clinic: string; readonly ref: string; readonly remittance: Pick<Remittance, 'adjustments'> },
): Promise<void> {
  const lines = providerLines(codes, of.remittance).filter(({ cents }) => cents !== 0);
  if (lines.length === 0) return;
  await trx
    .insertInto('postings')
    .values(
      lines.map(({ kind, reason, cents, source }) => ({
        clinic: of.clinic,
        remittance: of.ref,
        remittance_claim: null,
        claim: null,
        kind,
        group_code: null,
        reason,
        cents,
        line: null,
        source,
        at: now(),
      })),
    )
    .execute();
}
