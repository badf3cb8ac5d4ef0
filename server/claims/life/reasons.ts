// Why an item of a claim is there, in one sentence: codes, days and amounts, no name.
import type { ClaimItemKind } from '../../../domain/work-item/kinds.ts';
import { dollars } from '../../../domain/dollars.ts';
import { submissionReason } from '../submissions.ts';
import type { ClaimRow } from '../records.ts';

type Context = Readonly<Record<string, unknown>>;

const fixCauses: Readonly<Record<string, string>> = {
  findings: 'Its check found what must not go out',
  sentBack: 'Sent back before anybody decided about it',
  notSent: 'It was not sent',
  rejectedHere: 'Rejected in review',
  denied: 'Denied; it goes again when it is corrected',
  notOnFile: 'The payer has no such claim; it goes again as an original',
  originalNumber: "The payer's own number of the claim is not known, and a replacement or a void must name it",
};

const questions: Readonly<Record<string, string>> = {
  acknowledgment: 'Neither the clearinghouse nor the payer has acknowledged it',
  status: 'The payer has not said how it stands',
  payment: 'It should have been paid',
  remittance: 'The payer has decided, and no remittance came',
  reversal: 'The payer took its payment back, and said nothing since',
  appeal: 'The appeal is not answered',
  moreInformation: 'The payer asks for more',
  notOnFile: 'The payer finds no such claim',
};

const holds: Readonly<Record<string, string>> = {
  'coverage.changed': "The patient's coverage has changed by the day of service: another payer may be the one to bill",
  'books.unknown': 'What is owed is not known',
  'books.overpaid': 'The payer paid too much',
  'books.patientCredit': 'The patient has paid too much',
  'books.contradictory': 'Its remittances contradict each other',
};

/** The reason for an item of this kind, from the context its workflow gave it. */
export function reasonForClaim(kind: ClaimItemKind, row: ClaimRow, context: Context): string {
  switch (kind) {
    case 'claim.submit':
      return submissionReason(row, context);
    case 'claim.fix':
      return withCodes(known(fixCauses, context['cause']) ?? 'It must be corrected', context);
    case 'claim.uncertain':
      return 'Whether the claim reached the payer is unknown; do not send it again';
    case 'claim.send':
      return isLetter(context) ? 'The appeal is approved; send it' : 'The claim is approved; send it';
    case 'claim.followUp':
      return withDay(known(questions, context['question']) ?? 'Nobody knows how it stands', 'due', context['dueBy']);
    case 'claim.denied':
      return withDay(withCodes('Denied', context), 'the last day to act is', context['decideBy'], 'unknown');
    case 'claim.appeal':
      return withDay(withCodes('Denied', context), 'the last day to act is', context['decideBy'], 'unknown');
    case 'claim.held':
      return known(holds, context['why']) ?? 'Something about it is uncertain';
    case 'claim.patientBalance':
    case 'claim.paymentPlan':
      return withAmount('Insurance owes nothing more; the patient owes', context['cents']);
  }
}

/** Whether a person sends an appeal or a request to reopen, and not the claim itself. */
export function isLetter(context: Context): boolean {
  return context['what'] === 'appeal' || context['what'] === 'reopening';
}

function known(words: Readonly<Record<string, string>>, code: unknown): string | null {
  return typeof code === 'string' && Object.hasOwn(words, code) ? (words[code] ?? null) : null;
}

function withCodes(words: string, context: Context): string {
  const { codes, group, reason, remarks, cents } = context;
  const adjustment = [group, reason].filter((part) => typeof part === 'string' && part !== '').join('-');
  const told = [adjustment, remarks, codes].filter((part) => typeof part === 'string' && part !== '').join(' ');
  const amount = typeof cents === 'number' && cents > 0 ? `, ${dollars(cents)}` : '';
  return `${words}${told === '' ? '' : `: ${told}`}${amount}`;
}

function withDay(words: string, what: string, day: unknown, otherwise?: string): string {
  if (typeof day === 'string' && day !== '') return `${words}; ${what} ${day.slice(0, 10)}`;
  return otherwise === undefined ? words : `${words}; ${what} ${otherwise}`;
}

function withAmount(words: string, cents: unknown): string {
  return `${words} ${typeof cents === 'number' ? dollars(cents) : 'an unknown amount'}`;
}
