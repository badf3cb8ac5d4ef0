// The simulated clearinghouse: picks up what the clinic leaves, acknowledges it, lets the payers answer, and errs when it is told to.
import type { EligibilityAnswer, PersonAnswer, Reject } from '../../domain/eligibility/answer.ts';
import { readClaimStatusInquiries } from '../../domain/x12/readers/claim-status-inquiry.ts';
import type { EligibilityInquiry } from '../../domain/x12/readers/eligibility-inquiry.ts';
import { readEligibilityInquiries } from '../../domain/x12/readers/eligibility-inquiry.ts';
import { X12Reader } from '../../domain/x12/reader.ts';
import { Scanner } from '../../domain/x12/scanner.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';
import { readClaims } from '../../domain/x12/readers/claims.ts';
import { claimAcknowledgmentSet } from '../adjudication/acknowledgment.ts';
import type { PayersDesk } from '../adjudication/desk.ts';
import type { Parties } from '../adjudication/store.ts';
import { submittedOf } from '../adjudication/submitted.ts';
import { benefitsOf } from '../benefits/picture.ts';
import { eligibilityResponseSegments } from '../benefits/x12-271.ts';
import { claimStatusResponse } from './claims.ts';
import type { AnswerSet } from './envelopes.ts';
import { implementationAcknowledgment, writeAnswer, writeTa1 } from './envelopes.ts';
import type { Fault } from './faults.ts';
import type { X12FilesStore } from './store.ts';

const usualMilliseconds = 1000;

/** Does once what a clearinghouse does all day, and what the payers behind it have to do by now. */
export function sweep(store: X12FilesStore, desk: PayersDesk, now: Date): void {
  for (const text of store.pickUp()) answerFile(store, desk, text, now);
  desk.work(now);
  store.deliver(now.getTime());
}

function setsOf(bytes: Uint8Array): TransactionSet[] {
  const sets: TransactionSet[] = [];
  const taker = new TransactionSets((set) => sets.push(set));
  const scanner = new Scanner(taker);
  scanner.push(bytes);
  scanner.end();
  taker.end();
  return sets;
}

function answerFile(store: X12FilesStore, desk: PayersDesk, text: string, now: Date): void {
  const bytes = Buffer.from(text);
  const reader = new X12Reader('envelopes');
  reader.push(bytes);
  const file = reader.end();
  const sets = setsOf(bytes);
  const [asked] = file.interchanges;
  const control = asked?.control ?? '';
  const kinds = [...new Set(sets.map(({ type }) => type))];
  store.record({ at: now.toISOString(), control, kinds, traces: sets.flatMap(tracesIn) });
  if (asked === undefined) return;
  const isSound = file.findings.every(({ code }) => !/^(isa|iea|gs|ge)\.|^truncated$/.test(code));
  const refusal = isSound ? store.takeFault(['ta1Rejected', '999Rejected']) : null;
  const strange = store.takeFault(['wrongControl']);
  const trace = (number: string): string => (strange === null ? number : `X${number}`.slice(0, 30));
  const other = (number: string): string =>
    strange === null ? number : String((Number(number) + 500) % 1_000_000_000);
  const about = other(control).padStart(9, '0');
  const group = other(sets[0]?.group ?? '');
  const isRefused = !isSound || refusal?.fault === 'ta1Rejected';
  const ta1 = { about, code: isRefused ? 'R' : 'A', note: isRefused ? '022' : '000' } as const;
  const lay = (kind: string, made: (number: number) => string): void => {
    const number = store.nextControl();
    deliver(store, `${kind}_${String(number).padStart(6, '0')}.edi`, made(number), now);
  };
  lay('TA1', (number) => writeTa1(asked, ta1, number, now));
  if (isRefused) return;
  const isAccepted = refusal === null;
  lay('999', (number) => writeAnswer(asked, implementationAcknowledgment(sets, group, isAccepted), number, now));
  if (!isAccepted) return;
  for (const set of sets)
    for (const answer of answersTo({ set, asked, desk, trace, now }))
      lay(answer.version === '005010X214' ? '277CA' : answer.type, (number) => writeAnswer(asked, answer, number, now));
}

function tracesIn({ segments }: TransactionSet): string[] {
  return segments.filter(({ id }) => id === 'TRN').map((segment) => segment.element(2));
}

function answersTo({
  set,
  asked,
  desk,
  trace,
  now,
}: {
  readonly set: TransactionSet;
  readonly asked: Parties;
  readonly desk: PayersDesk;
  readonly trace: (number: string) => string;
  readonly now: Date;
}): AnswerSet[] {
  const reference = trace(set.segments.find(({ id }) => id === 'BHT')?.element(3) ?? '');
  switch (set.type) {
    case '270':
      return readEligibilityInquiries(set).values.map((inquiry) => eligibility(inquiry, reference, trace, now));
    case '276':
      return [claimStatusResponse(readClaimStatusInquiries(set).values, { reference, trace, desk, now })];
    case '837': {
      const { sender, receiver } = asked;
      const { claims, submission } = readClaims(set);
      const held = claims.map(({ claim }) => desk.take(submittedOf(claim), 'x12Files', { sender, receiver }, now));
      const named = (party: { readonly name: string | null; readonly id: string | null }, usual: string) => ({
        name: party.name ?? usual,
        id: party.id ?? usual,
      });
      const heading = {
        source: named(submission.receiver, 'PAYER'),
        submitter: named(submission.submitter, 'CLINIC'),
        reference: submission.reference ?? '',
      };
      return [claimAcknowledgmentSet(held, heading, reference, now)];
    }
    default:
      return [];
  }
}

function eligibility(
  inquiry: EligibilityInquiry,
  reference: string,
  trace: (number: string) => string,
  now: Date,
): AnswerSet {
  const { subscriber, dependent, informationSource, receiver } = inquiry;
  const person = dependent ?? subscriber;
  const number = inquiry.traces[0]?.number ?? null;
  const role: PersonAnswer['role'] = dependent === null ? 'subscriber' : 'dependent';
  const payerId = informationSource?.id?.value ?? '';
  const picture = benefitsOf({
    payerId,
    memberId: subscriber?.id?.value ?? null,
    given: person?.given ?? null,
    family: person?.family ?? null,
    birthDate: person?.birthDate ?? null,
    role,
    trace: number === null ? null : trace(number),
    serviceDate: inquiry.dates[0]?.from ?? now.toISOString().slice(0, 10),
    serviceTypes: inquiry.questions.flatMap(({ serviceTypes }) => serviceTypes),
    now,
  });
  // A 271 names its payer even where it knows none.
  const answer: EligibilityAnswer = {
    ...picture,
    wire: 'x12.271',
    payer: { ...picture.payer, name: picture.payer.name ?? informationSource?.organizationName ?? null },
  };
  const rejects: readonly Reject[] = answer.rejects;
  return {
    type: '271',
    version: '005010X279A1',
    segments: eligibilityResponseSegments(
      { ...answer, rejects },
      { name: receiver?.organizationName ?? 'CLINIC', npi: receiver?.id?.value ?? '', reference },
    ),
  };
}

/** Lays a file into the inbox, with what a fault makes of it. */
function deliver(store: X12FilesStore, name: string, text: string, now: Date): void {
  const isAnswer = /^(271|277)_/.test(name);
  const fault: Fault | null = isAnswer ? store.takeFault(['late', 'halfWritten', 'duplicate', 'truncated']) : null;
  const at = now.getTime();
  const later = at + (fault?.milliseconds ?? usualMilliseconds);
  const half = Math.floor(text.length / 2);
  switch (fault?.fault) {
    case 'late':
      return store.owe({ at: later, name, text, append: false });
    case 'halfWritten':
      return store.owe(
        { at, name, text: text.slice(0, half), append: false },
        { at: later, name, text: text.slice(half), append: true },
      );
    case 'duplicate':
      return store.owe({ at, name, text, append: false }, { at, name: `copy_${name}`, text, append: false });
    case 'truncated':
      return store.owe({ at, name, text: text.slice(0, half), append: false });
    default:
      return store.owe({ at, name, text, append: false });
  }
}
