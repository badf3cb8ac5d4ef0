// Posts what patients paid to the claims it was for: each payment once by its number, never changed, taken back by one below zero.
import { isSameCase } from '../../domain/posting/match.ts';
import { GaitError } from '../../domain/errors.ts';
import { paymentPosted } from '../claims/life/tellings.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import { openClaims } from './candidates.ts';
import type { BookNeeds } from './needs.ts';
import { lockLedger } from './post.ts';
import type { PaymentMethod } from './patient-tables.ts';

export interface PatientPaymentNeeds extends BookNeeds {
  readonly now: () => Date;
}

/** A payment as it was taken down. `number` names it within where it comes from. */
export interface PatientPayment {
  readonly number: string;
  readonly recordNumber: string | null;
  readonly claimNumber: string | null;
  readonly paidOn: string;
  /** Not 0; below zero was paid back. */
  readonly cents: number;
  readonly method: PaymentMethod | null;
}

/** Where a payment comes from: a received file of a connection, or a named person. */
export type PaymentOrigin =
  | { readonly kind: 'file'; readonly connection: string; readonly file: string }
  | { readonly kind: 'person'; readonly user: string };

/** `unmatched`: kept, in the books of no claim yet. `conflicting`: another payment bears its number, nothing was done. */
export type TakenPayment = 'posted' | 'unmatched' | 'known' | 'conflicting';

const actor = systemPrincipal('posting');

/**
 * Takes down one payment.
 * @param claim the claim it is for, where a person names it; else it is found by its number
 */
export async function takePatientPayment(
  needs: PatientPaymentNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly origin: PaymentOrigin;
    readonly payment: PatientPayment;
    readonly claim?: string;
  },
): Promise<TakenPayment> {
  const { vault, now } = needs;
  const { clinic, origin, payment } = of;
  await lockLedger(trx, clinic);
  const lookup = { payment: `${origin.kind === 'file' ? origin.connection : 'person'} ${payment.number}` };
  const known = await vault.find(clinic, 'patientPayment', lookup, { trx });
  if (known !== null) return (await isSame(needs, trx, clinic, known, of)) ? 'known' : 'conflicting';
  const { paidOn, cents, method, ...names } = payment;
  const ref = await vault.put(clinic, 'patientPayment', names, { lookup, trx });
  await trx
    .insertInto('patient_payments')
    .values({
      ref,
      clinic,
      file: origin.kind === 'file' ? origin.file : null,
      by_user: origin.kind === 'person' ? origin.user : null,
      paid_on: paidOn,
      cents,
      method,
      at: now(),
    })
    .execute();
  const claim = of.claim ?? (await claimOf(needs, trx, clinic, payment.claimNumber));
  if (claim === null) return 'unmatched';
  await post(trx, { payment: ref, clinic, claim, on: paidOn, at: now() });
  return 'posted';
}

/** In the books of the claim, and its workflow hears of it. */
async function post(
  trx: Trx,
  of: {
    readonly payment: string;
    readonly clinic: string;
    readonly claim: string;
    readonly on: string;
    readonly at: Date;
  },
): Promise<void> {
  const { payment, clinic, claim, at } = of;
  await trx.insertInto('patient_payment_postings').values({ payment, clinic, claim, at }).execute();
  await paymentPosted(trx, of);
}

async function isSame(
  { vault }: PatientPaymentNeeds,
  trx: Trx,
  clinic: string,
  ref: string,
  { payment, claim }: { readonly payment: PatientPayment; readonly claim?: string },
): Promise<boolean> {
  const row = await trx
    .selectFrom('patient_payments as p')
    .leftJoin('patient_payment_postings as c', 'c.payment', 'p.ref')
    .select(['p.paid_on', 'p.cents', 'c.claim'])
    .where('p.ref', '=', ref)
    .executeTakeFirstOrThrow();
  if (row.paid_on !== payment.paidOn || row.cents !== payment.cents) return false;
  if (claim !== undefined) return row.claim === claim;
  const kept = await vault.open(clinic, ref, { purpose: 'payment.compare', actor, trx });
  return kept['claimNumber'] === payment.claimNumber && kept['recordNumber'] === payment.recordNumber;
}

/** The claim that bears the number; where several do, the first of them, if they are for one service. */
async function claimOf(
  needs: PatientPaymentNeeds,
  trx: Trx,
  clinic: string,
  number: string | null,
): Promise<string | null> {
  if (number === null) return null;
  const refs = await needs.vault.findAll(clinic, 'claim', { number }, { trx });
  if (refs.length < 2) return refs[0] ?? null;
  const opened = await openClaims(needs, clinic, refs, { purpose: 'payment.match', actor, trx });
  const [first, ...others] = [...opened.values()].toSorted((a, b) => (a.order < b.order ? -1 : 1));
  return first !== undefined && others.every(({ claim }) => isSameCase(first.claim, claim)) ? first.ref : null;
}

/** So many payments without a claim are looked at again at a time. */
const atOnce = 500;

/** Posts payments whose claims were imported since they were taken down. Returns how many, and how many have none yet. */
export async function matchWaitingPayments(
  needs: PatientPaymentNeeds,
  trx: Trx,
  clinic: string,
): Promise<{ posted: number; unmatched: number }> {
  await lockLedger(trx, clinic);
  const rows = await trx
    .selectFrom('patient_payments as p')
    .leftJoin('patient_payment_postings as c', 'c.payment', 'p.ref')
    .select(['p.ref', 'p.paid_on'])
    .where('p.clinic', '=', clinic)
    .where('c.payment', 'is', null)
    .orderBy('p.at', 'desc')
    .limit(atOnce)
    .execute();
  const refs = rows.map(({ ref }) => ref);
  const opened = await needs.vault.openMany(clinic, refs, { purpose: 'payment.match', actor, trx });
  let posted = 0;
  for (const [payment, { claimNumber }] of opened) {
    const claim = await claimOf(needs, trx, clinic, typeof claimNumber === 'string' ? claimNumber : null);
    if (claim === null) continue;
    const on = rows.find(({ ref }) => ref === payment)?.paid_on ?? '';
    await post(trx, { payment, clinic, claim, on, at: needs.now() });
    posted += 1;
  }
  return { posted, unmatched: refs.length - posted };
}

/** Throws `input.invalid` for an amount that is none, or a day that has not come yet. */
export function assertPayment(payment: Pick<PatientPayment, 'cents' | 'paidOn'>, today: string): void {
  if (payment.cents === 0)
    throw new GaitError('input.invalid', 'A payment of nothing is none.', {
      where: 'cents',
      fix: 'Enter what was paid.',
    });
  if (payment.paidOn > today)
    throw new GaitError('input.invalid', 'This day has not come yet.', {
      where: 'paidOn',
      fix: 'Enter the day on which it was paid.',
    });
}
