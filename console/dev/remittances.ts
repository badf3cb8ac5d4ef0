// Remittances of the synthetic clinic: one posted whole, one with a payment nobody knows the claim of, one that does not balance.
import type { ClaimPage } from '../claims.ts';
import { dateInZone } from '../dates.ts';
import type { Ledger, PaidClaim, RemittanceOfList, RemittancePage } from '../remittances.ts';
import type { EnteredPayment } from './claim-deeds.ts';
import { zone } from './people.ts';

export function makeRemittances(now: Date, claims: readonly ClaimPage[]): ReadonlyMap<string, RemittancePage> {
  const today = dateInZone(now, zone);
  const at = now.toISOString();
  const head = {
    payer: { id: 'sunrise', name: 'Sunrise Medicare' },
    method: 'ACH',
    paidOn: today,
    producedOn: today,
    receivedAt: at,
    postedAt: at,
    findings: [],
    workItem: null,
    provider: [],
  };
  const paid = (claim: ClaimPage, position: number): PaidClaim => {
    const chargeCents = claim.chargeCents ?? 0;
    const paidCents = Math.round(chargeCents * 0.6);
    const patientCents = Math.round(chargeCents * 0.1);
    return {
      remittanceClaim: `rec_paid${position}`,
      remittance: 'rec_remit1',
      position,
      claim: claim.claimRef,
      payer: 'sunrise',
      status: '1',
      effect: 'decides',
      chargeCents,
      paidCents,
      patientCents,
      remarks: [],
      postedAt: at,
      state: 'posted',
      why: ['patientControlNumber', 'days', 'charge'],
      patientName: claim.patientName,
      workItem: null,
      candidates: [],
      lines: [
        { kind: 'payment', group: null, reason: null, cents: paidCents, line: 1, source: 'SVC segment 11' },
        {
          kind: 'contractual',
          group: 'CO',
          reason: '45',
          cents: chargeCents - paidCents - patientCents,
          line: 1,
          source: 'CAS segment 13',
        },
        { kind: 'coinsurance', group: 'PR', reason: '2', cents: patientCents, line: 1, source: 'CAS segment 14' },
      ],
    };
  };
  const posted = claims.slice(0, 3).map(paid);
  const sum = (items: readonly PaidClaim[]): number => items.reduce((cents, one) => cents + (one.paidCents ?? 0), 0);
  const unknown: PaidClaim[] = claims.slice(3, 4).map((claim) => ({
    ...paid(claim, 3),
    claim: null,
    postedAt: null,
    state: 'unmatched',
    why: ['ambiguous'],
    lines: [],
    workItem: { id: 'wi_unmatched1', kind: 'remittance.unmatched' },
    candidates: claims.slice(3, 5).map((one) => ({
      claim: one.claimRef,
      number: one.claim.patientControlNumber,
      patientName: one.patientName,
      from: one.from,
      chargeCents: one.chargeCents,
    })),
  }));
  const page = (ref: string, items: readonly PaidClaim[], more: Partial<RemittancePage> = {}): RemittancePage => ({
    ...head,
    remittance: ref,
    state: 'posted',
    amountCents: sum(items),
    claims: items.length,
    items,
    totals: {
      claimsCents: sum(items.filter(({ state }) => state === 'posted')),
      providerCents: 0,
      notPostedCents: sum(items.filter(({ state }) => state !== 'posted')),
    },
    ...more,
  });
  const held = claims.slice(5, 7).map(
    (claim, index): PaidClaim => ({
      ...paid(claim, index),
      claim: null,
      postedAt: null,
      state: 'held',
      why: [],
      lines: [],
    }),
  );
  const pages = [
    page('rec_remit1', posted),
    page('rec_remit2', [...posted.slice(0, 1), ...unknown]),
    page('rec_remit3', held, {
      state: 'held',
      postedAt: null,
      amountCents: sum(held) + 125,
      findings: [{ code: 'balance.transaction', segment: 4 }],
      workItem: { id: 'wi_unbalanced1', kind: 'remittance.unbalanced' },
    }),
  ];
  return new Map(pages.map((one) => [one.remittance, one]));
}

export function remittanceListOf(
  pages: ReadonlyMap<string, RemittancePage>,
  state: string | null,
): readonly RemittanceOfList[] {
  return [...pages.values()]
    .filter((page) => state === null || page.state === state)
    .map(({ items, totals: _totals, provider: _provider, workItem: _workItem, ...line }) => {
      const waiting = items.filter((one) => one.state === 'unmatched');
      const cents = waiting.reduce((all, { paidCents }) => all + (paidCents ?? 0), 0);
      return { ...line, unmatched: waiting.length, unmatchedCents: cents };
    });
}

/** The books of a claim as the remittances have them, with what people entered. */
export function ledgerOf(
  pages: ReadonlyMap<string, RemittancePage>,
  claim: ClaimPage,
  entered: readonly EnteredPayment[],
): Ledger {
  const posted = [...pages.values()]
    .flatMap(({ items }) => items.filter((one) => one.claim === claim.claimRef))
    .slice(0, 1);
  const [first] = posted;
  const { chargeCents } = claim;
  const adjusted = first?.lines.find(({ kind }) => kind === 'contractual')?.cents ?? 0;
  const givenUp = first === undefined ? 0 : 150;
  const patientCents = first === undefined ? null : (first.patientCents ?? 0) - givenUp;
  const atTheDesk: Ledger['payments'] =
    first === undefined ? [] : [{ payment: 'rec_pay1', on: claim.from ?? '', cents: 500, method: 'card' }];
  const since = entered.filter((one) => one.claim === claim.claimRef);
  const payments = [
    ...atTheDesk,
    ...since.map(({ key, on, cents, method }) => ({ payment: `rec_${key}`, on, cents, method })),
  ].sort((one, other) => one.on.localeCompare(other.on));
  const patientPaid = payments.length === 0 ? null : payments.reduce((sum, { cents }) => sum + cents, 0);
  return {
    claim: claim.claimRef,
    claims: [claim.claimRef],
    posted,
    payments,
    entries: posted.map(({ postedAt }) => ({
      kind: 'writeOff',
      of: 'patient',
      cents: givenUp,
      by: { id: 'usr_2', displayName: 'Ana Biller' },
      at: postedAt ?? '',
    })),
    books: {
      standing: first === undefined ? 'open' : 'settled',
      chargeCents,
      paidCents: first?.paidCents ?? 0,
      adjustedCents: adjusted,
      writtenOffCents: givenUp,
      patientCents,
      openCents: first === undefined ? chargeCents : 0,
      patientPaidCents: patientPaid,
      patientBalanceCents: patientCents === null ? null : patientCents - (patientPaid ?? 0),
      payers: [],
    },
  };
}
