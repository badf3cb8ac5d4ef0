// Posts one remittance in one transaction: matched, written to the ledger, and what nobody can match laid before a person.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Remittance, RemittanceClaim } from '../../domain/claim/remittance.ts';
import {
  claimBalances,
  payerKey,
  paymentBalances,
  providerLines,
  remittanceContent,
  remittanceIdentity,
} from '../../domain/posting/lines.ts';
import { GaitError } from '../../domain/errors.ts';
import { matchClaim } from '../../domain/posting/match.ts';
import type { Candidate, Match } from '../../domain/posting/match.ts';
import { decisionOf } from '../../domain/posting/posted.ts';
import { statusRow } from '../../domain/posting/codes-schema.ts';
import { leaveWord } from '../claims/life/tellings.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { SystemPrincipal } from '../http/principal.ts';
import { candidatesFor } from './candidates.ts';
import type { OpenedClaim } from './candidates.ts';
import { openHeld, openUnmatched } from './items.ts';
import type { PostingNeeds } from './needs.ts';
import type { RemittanceClaimState, RemittanceFinding, RemittanceState } from './tables.ts';

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

async function storeRemittance(
  { vault, now }: PostingNeeds,
  trx: Trx,
  of: ReadOne & { readonly state: 'posted' | 'held'; readonly content: string; readonly identity: string | null },
): Promise<string> {
  const { clinic, file, remittance, findings, state, content, identity } = of;
  const { claims, reversals: _, ...head } = remittance;
  const lookup = { content, ...(identity === null ? {} : { identity }) };
  const ref = await vault.put(clinic, 'remittance', { ...head }, { lookup, prefix: 'rem', trx });
  const at = now();
  await trx
    .insertInto('remittances')
    .values({
      ref,
      clinic,
      file,
      state,
      payer: payerKey(remittance),
      payer_name: remittance.payer?.name ?? null,
      amount_cents: remittance.payment.amountCents,
      method: remittance.payment.method,
      paid_on: remittance.payment.on,
      produced_on: remittance.producedOn,
      claims: claims.length,
      findings: JSON.stringify(findings),
      received_at: at,
      posted_at: state === 'posted' ? at : null,
    })
    .execute();
  return ref;
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
      .values(some.map((said, index) => rowOf(needs, of, { ref: refs[index] ?? '', position: start + index, said })))
      .execute();
    if (of.state === 'held') continue;
    const entries = some.map((said, index) => ({ ref: refs[index] ?? '', said }));
    const done = await postClaims(needs, trx, { clinic, remittance, remittanceRef: of.ref, entries, by });
    counts.posted += done.posted;
    counts.unmatched += done.unmatched;
  }
  return counts;
}

function rowOf(
  { codes }: PostingNeeds,
  { clinic, ref: remittance, remittance: read }: ReadOne & { readonly ref: string },
  { ref, position, said }: { ref: string; position: number; said: RemittanceClaim },
) {
  const row = statusRow(codes, said.status);
  return {
    ref,
    clinic,
    remittance,
    position,
    state: 'held' as const,
    claim: null,
    payer: payerKey(read),
    status: said.status,
    effect: row?.effect ?? null,
    rank: row?.rank ?? null,
    passed_on: row?.passedOn ?? false,
    charge_cents: said.chargeCents,
    paid_cents: said.paidCents,
    patient_cents: said.patientResponsibilityCents,
    payer_number_known: said.payerClaimNumber !== null,
    remarks: [...said.remarks, ...said.lines.flatMap((line) => line.remarks.map(({ value }) => value ?? ''))].filter(
      (code) => /^[A-Z0-9]{1,6}$/.test(code),
    ),
    why: [],
    posted_at: null,
  };
}

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
  candidates: readonly Candidate[],
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
