// What the pages of claims say, in words: states, what was found, what a payer denied, what to do about it.
import type { ScrubFinding } from '../domain/scrub/finding.ts';
import type { BilledService } from '../domain/scrub/proposed-change.ts';
import { moneyInWords } from './benefit-words.ts';
import type { ClaimLife, ClaimLineOfBoard } from './claims.ts';

const severityWords: Record<ScrubFinding['severity'], string> = {
  blocks: 'must be fixed',
  warns: 'look before it goes',
  asks: 'needs an answer',
};

export function severityInWords(severity: ScrubFinding['severity']): string {
  return severityWords[severity];
}

const marks: Record<ScrubFinding['severity'], string> = { blocks: 'danger', warns: 'warn', asks: 'accent' };

export function severityMark(severity: ScrubFinding['severity']): string {
  return marks[severity];
}

/** "2 must be fixed · 1 needs an answer"; "clean" where nothing stands. */
export function standingInWords(findings: ClaimLineOfBoard['findings']): string {
  if (findings === null) return 'clean';
  const { blocks, warns, asks, overridden } = findings;
  const parts = [
    blocks === 0 ? null : `${blocks} must be fixed`,
    warns === 0 ? null : `${warns} to look at`,
    asks === 0 ? null : `${asks} to answer`,
    overridden === 0 ? null : `${overridden} overridden`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'clean' : parts.join(' · ');
}

type State = ClaimLife['state'];

/** In the order a claim goes through them. */
const stateWords: Record<State, string> = {
  new: 'new',
  toFix: 'to correct',
  inReview: 'to approve',
  submitting: 'being sent',
  sendingByStaff: 'to be sent by staff',
  uncertain: 'not certain whether it was sent',
  sent: 'sent, not acknowledged',
  pending: 'with the payer',
  overdue: 'payer is overdue',
  awaitingRemittance: 'decided, remittance awaited',
  partlyPaid: 'partly paid',
  reversed: 'taken back by the payer',
  denied: 'denied',
  appealInReview: 'appeal to approve',
  appealSending: 'appeal to be sent',
  appealPending: 'appeal with the payer',
  patientBalance: 'patient owes',
  paymentPlan: 'payment plan',
  held: 'on hold',
  closed: 'closed',
};

export const notFollowed = 'not followed';

/** A claim that no workflow follows says so. */
export function claimStateInWords(state: State | null): string {
  return state === null ? notFollowed : stateWords[state];
}

/** Where a state stands in a claim's life; claims nobody follows stand in front. */
export function stateOrder(state: State | null): number {
  return state === null ? -1 : Object.keys(stateWords).indexOf(state);
}

const needsPeople: readonly State[] = ['uncertain', 'overdue', 'denied', 'held', 'reversed'];
const isFine: readonly State[] = ['closed', 'awaitingRemittance'];

export function stateMarkOf(state: State | null): string {
  if (state === null) return '';
  return needsPeople.includes(state) ? 'danger' : isFine.includes(state) ? 'good' : '';
}

/** "$180.50", "unknown": an amount nobody knows is never shown as nothing. */
export function amountInWords(cents: number | null): string {
  return cents === null ? 'unknown' : toTheCent.format(cents / 100);
}

/** Books are read to the cent. */
const toTheCent = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** "$1,204.50 and 2 unknown". */
export function sumInWords(amounts: readonly (number | null)[]): string {
  const known = amounts.filter((cents) => cents !== null);
  const unknown = amounts.length - known.length;
  const sum = known.reduce((all, cents) => all + cents, 0);
  if (known.length === 0) return unknown === 0 ? moneyInWords(0) : 'unknown';
  return unknown === 0 ? amountInWords(sum) : `${amountInWords(sum)} and ${unknown} unknown`;
}

/** "97110 GP, 2 units". */
export function serviceInWords({ code, modifiers, units }: BilledService): string {
  const counted = units === null ? 'units unknown' : `${units} ${units === 1 ? 'unit' : 'units'}`;
  return `${[code ?? 'no procedure', ...modifiers].join(' ')}, ${counted}`;
}

/** What follows from a denial: the groups of the workbench, in the order they stand there. */
export const denialGroups = [
  { id: 'correct', title: 'Correct and send again', deeds: ['correct', 'resubmit'] },
  { id: 'appeal', title: 'Appeal', deeds: ['appeal'] },
  { id: 'other', title: 'Bill another payer', deeds: ['billOtherPayer'] },
  { id: 'ask', title: 'Read it and ask the payer', deeds: ['ask'] },
  { id: 'patient', title: 'The patient’s share', deeds: ['billPatient'] },
  { id: 'writeOff', title: 'Nothing to be won: write off or leave it', deeds: ['nothing'] },
] as const;

const classes: Readonly<Record<string, string>> = {
  unprocessable: 'could not be processed',
  coding: 'coding',
  missingInformation: 'information missing',
  authorization: 'authorization',
  medicalNecessity: 'medical necessity',
  benefitLimit: 'benefit limit',
  bundled: 'bundled',
  duplicate: 'duplicate',
  coordination: 'coordination of benefits',
  eligibility: 'not covered on that day',
  wrongPayer: 'wrong payer',
  timelyFiling: 'sent too late',
  documentation: 'documentation',
  provider: 'provider',
  notCovered: 'not a covered service',
  unknown: 'reason not known to Gait',
};

export function denialClassInWords(kind: string): string {
  return classes[kind] ?? kind;
}
