// A remittance as it is kept: its record in the vault, and the rows that hold its structure.
import type { RemittanceClaim } from '../../domain/claim/remittance.ts';
import { payerKey } from '../../domain/posting/lines.ts';
import { statusRow } from '../../domain/posting/codes-schema.ts';
import type { Remittance } from '../../domain/claim/remittance.ts';
import type { Trx } from '../database/tables.ts';
import type { PostingNeeds } from './needs.ts';
import type { RemittanceFinding } from './tables.ts';

/** Keeps a remittance, without its claims. */
export async function storeRemittance(
  { vault, now }: PostingNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly file: string;
    readonly remittance: Remittance;
    readonly findings: readonly RemittanceFinding[];
    readonly state: 'posted' | 'held';
    readonly content: string;
    readonly identity: string | null;
  },
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

/** The row of one claim of a remittance, before it is posted. */
export function claimRow(
  { codes }: PostingNeeds,
  {
    clinic,
    ref: remittance,
    remittance: read,
  }: { readonly clinic: string; readonly ref: string; readonly remittance: Remittance },
  { ref, position, said }: { readonly ref: string; readonly position: number; readonly said: RemittanceClaim },
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
