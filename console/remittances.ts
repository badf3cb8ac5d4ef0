// What the console is told about remittances (835) and the books of claims: states, codes and cents.
import type { Books } from '../domain/posting/books.ts';
import type { Entry } from '../domain/posting/entries.ts';

export type RemittanceState = 'posted' | 'held' | 'setAside';

export interface RemittanceLine {
  readonly remittance: string;
  readonly state: RemittanceState;
  readonly payer: { readonly id: string; readonly name: string | null };
  readonly amountCents: number | null;
  readonly method: string | null;
  readonly paidOn: string | null;
  readonly producedOn: string | null;
  readonly claims: number;
  readonly findings: readonly { readonly code: string; readonly segment: number | null }[];
  readonly receivedAt: string;
  readonly postedAt: string | null;
}

export interface RemittanceOfList extends RemittanceLine {
  /** Payments in it of which nobody knows the claim, and their cents; null: one of them is not told. */
  readonly unmatched: number;
  readonly unmatchedCents: number | null;
}

export interface RemittanceList {
  readonly remittances: readonly RemittanceOfList[];
  readonly next: string | null;
}

/** One line of the ledger; `line` is the number of the claim's service line. */
export interface LedgerLine {
  readonly kind: string;
  readonly group: string | null;
  readonly reason: string | null;
  readonly cents: number;
  readonly line: number | null;
  readonly source: string;
}

export interface PostedClaim {
  readonly remittanceClaim: string;
  readonly remittance: string;
  readonly position: number;
  readonly claim: string | null;
  readonly payer: string;
  readonly status: string | null;
  readonly effect: string | null;
  readonly chargeCents: number | null;
  readonly paidCents: number | null;
  readonly patientCents: number | null;
  readonly remarks: readonly string[];
  readonly postedAt: string | null;
  readonly lines: readonly LedgerLine[];
}

export interface PaidClaim extends PostedClaim {
  readonly state: 'held' | 'unmatched' | 'posted' | 'informs' | 'setAside';
  readonly why: readonly string[];
  readonly patientName: string | null;
  readonly workItem: { readonly id: string; readonly kind: string } | null;
  /** Claims of the clinic it may be for. */
  readonly candidates: readonly {
    readonly claim: string;
    readonly number: string | null;
    readonly patientName: string | null;
    readonly from: string | null;
    readonly chargeCents: number | null;
  }[];
}

export interface RemittancePage extends RemittanceLine {
  readonly workItem: { readonly id: string; readonly kind: string } | null;
  readonly totals: {
    readonly claimsCents: number;
    readonly providerCents: number;
    readonly notPostedCents: number | null;
  };
  readonly items: readonly PaidClaim[];
  readonly provider: readonly LedgerLine[];
}

export interface Ledger {
  readonly claim: string;
  readonly claims: readonly string[];
  readonly books: Books;
  readonly posted: readonly PostedClaim[];
  /** What the patient paid after the claim was billed. */
  readonly payments: readonly {
    readonly payment: string;
    readonly on: string;
    readonly cents: number;
    readonly method: string | null;
  }[];
  /** What a named person wrote off or left to the patient. */
  readonly entries: readonly {
    readonly kind: Entry['kind'];
    readonly of: Entry['of'];
    readonly cents: number;
    readonly by: { readonly id: string; readonly displayName: string };
    readonly at: string;
  }[];
}

/** What a named person enters of a patient's payment. */
export interface PatientPayment {
  /** New for each payment: sent twice under it, it is one. */
  readonly key: string;
  /** Not 0; below zero was paid back. */
  readonly cents: number;
  readonly paidOn: string;
  readonly method?: 'cash' | 'check' | 'card' | 'other';
}

const states: Record<PaidClaim['state'] | RemittanceState, string> = {
  posted: 'posted',
  held: 'not posted',
  unmatched: 'claim not found',
  informs: 'for information',
  setAside: 'set aside',
};

export function postingInWords(state: PaidClaim['state'] | RemittanceState): string {
  return states[state];
}

const marks: Record<PaidClaim['state'] | RemittanceState, string> = {
  posted: 'good',
  held: 'danger',
  unmatched: 'danger',
  informs: '',
  setAside: '',
};

export function postingMark(state: PaidClaim['state'] | RemittanceState): string {
  return marks[state];
}

const reasons: Readonly<Record<string, string>> = {
  patientControlNumber: 'by its number',
  payerClaimNumber: 'by the payer’s number',
  person: 'named by a person',
  noNumber: 'the payer names no claim number',
  unknownNumber: 'no claim here bears its number',
  contradicted: 'the claim of that number does not fit',
  ambiguous: 'more than one claim fits',
  unknownStatus: 'its status is not known',
  paidWithoutDecision: 'its status says that nothing is paid, and something is',
  days: 'days of service',
  charge: 'charge',
  patient: 'patient',
  'balance.line': 'a service line does not balance',
  'balance.claim': 'a claim does not balance',
  'balance.transaction': 'the claims do not add up to the payment',
  noRemittance: 'there is no remittance in it',
  'trace.reused': 'its trace number, payer and day are those of another remittance',
  setAside: 'a person set it aside',
};

/** Why something was matched or not, once each. */
export function whyInWords(codes: readonly string[]): string {
  return [...new Set(codes.map((code) => reasons[code] ?? code))].join(', ');
}

const kinds: Readonly<Record<string, string>> = {
  payment: 'paid',
  contractual: 'contract',
  priorPayer: 'other payer',
  deductible: 'deductible',
  coinsurance: 'coinsurance',
  copay: 'copay',
  patientOther: 'patient',
  interest: 'interest',
  recovery: 'recovery',
  forwarded: 'carried over',
  refund: 'refund',
};

export function ledgerKindInWords(kind: string): string {
  return kinds[kind] ?? kind;
}
