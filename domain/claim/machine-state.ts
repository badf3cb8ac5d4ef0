// What one claim remembers between two events: plain JSON, so that it survives a new workflow run unchanged.

import type { ItemCommand, OpenItem, Retry } from '../machine/items.ts';
import type { Instant } from '../machine/times.ts';
import type { StepAnswer } from '../step/call.ts';
import type { ClaimItemKind, Decision as DecisionWord } from '../work-item/kinds.ts';
import type { Denial } from './denial.ts';
import type { ClaimEvent, Frequency } from './event-schema.ts';
import type { ClaimPlan } from './plan.ts';
import type { ClaimStanding, Phase } from './phases.ts';
import type { ClaimShown } from './shown-schema.ts';
import type { Standing } from './standing.ts';

/** Why a claim waits to be corrected. */
export type FixCause = 'findings' | 'sentBack' | 'notSent' | 'rejectedHere' | 'denied' | 'notOnFile' | 'originalNumber';

/** One sending of the claim: `attempt` counts the times a person was asked for this frequency, so it never repeats. */
export interface Submission {
  readonly frequency: Frequency;
  readonly attempt: number;
  /** The claim's version that is under review or approved. */
  readonly version: number;
  /** Hash of the revision a named person approved; null until then. */
  readonly approval: string | null;
  /** The work item whose approval allows the sending. */
  readonly approvedItem: string | null;
  readonly channel: 'electronic' | 'byHand' | null;
  readonly submittedAt: Instant | null;
  /** How often a doubtful sending was inquired about, and when to do so again. */
  readonly inquiries: number;
  readonly inquireAt: Instant | null;
  /** Not polled before this instant. */
  readonly pollAt: Instant | null;
  /** Polling ended without an answer: a person has to ask. */
  readonly pollLost: boolean;
}

/** What is to be corrected before the claim goes (again). */
export interface Fix {
  readonly cause: FixCause;
  /** The version that is wrong: another one may be the corrected claim. */
  readonly version: number;
  /** Rule or code, blanks between several; null: nobody said. */
  readonly codes: string | null;
  /** A person has corrected it, and the claim is being checked again. */
  readonly isDone: boolean;
}

/** A denial nobody has answered yet, or the one that an appeal or a correction answers. */
export interface OpenDenial extends Denial {
  /** The posting that brought it. */
  readonly posting: string;
  /** Last day to act, `YYYY-MM-DD`; null: nobody told Gait. */
  readonly decideBy: string | null;
  readonly isLate: boolean;
}

/** An appeal, or a request to reopen where the payer takes no replacement; people send both. */
export interface Appeal {
  readonly kind: 'appeal' | 'reopening';
  readonly number: number;
  readonly approval: string | null;
  readonly sentAt: Instant | null;
}

/** A step that was asked and has not been answered. `id` is the activity's id and so the identity of the call. */
export interface Ask {
  readonly id: string;
  readonly purpose: 'submit' | 'inquire' | 'poll';
  readonly step: 'claim.submit' | 'claim.status';
  readonly item: string;
  readonly structure: AskStructure;
}

/** What a step carries besides references: no direct identifier, no clinical text. */
export interface AskStructure {
  readonly claim: string;
  readonly payer: string;
  readonly frequency: Frequency;
  readonly attempt: number;
  readonly approval?: string;
  readonly effectKey?: string;
  readonly pollEveryMinutes?: number;
}

/** What the books say after something was posted. `ledger` grows with every entry: of two, the later one is true. */
export interface Posting {
  readonly ledger: number;
  readonly source: 'remittance' | 'patient' | 'person';
  /** The day of the payer's decision or of the payment, `YYYY-MM-DD`. */
  readonly on: string;
  /** The payer took an earlier decision back (CLP02 22). */
  readonly reversal: boolean;
  readonly denial: Denial | null;
  /** A code for what does not add up; null: it does. */
  readonly doubt: string | null;
  readonly payerNumberKnown: boolean;
  /** What insurance and the patient still owe; negative: they paid too much; null: unknown. */
  readonly insuranceCents: number | null;
  readonly patientCents: number | null;
}

export interface ClaimState {
  readonly clinic: string;
  readonly claim: string;
  /** Makes keys unique over all lives of this claim's workflow. */
  readonly origin: string;
  readonly phase: Phase;
  readonly held: { readonly since: Instant; readonly why: string; readonly by: 'plan' | 'books' } | null;
  readonly plan: ClaimPlan | null;
  /** Since when an assessment is waited for; null: it came. */
  readonly assessing: Instant | null;
  readonly submission: Submission | null;
  /** A submission has left, so the payer may decide about it whatever is prepared next. */
  readonly hasLeft: boolean;
  readonly fix: Fix | null;
  readonly denial: OpenDenial | null;
  readonly appeal: Appeal | null;
  readonly payerNumberKnown: boolean;
  readonly books: Pick<Posting, 'ledger' | 'insuranceCents' | 'patientCents'> | null;
  /** A posting that came while it was unknown whether the submission left. */
  readonly waitingPosting: { readonly id: string; readonly posting: Posting } | null;
  /** When the present wait is over; then a person asks the payer or bills the patient. */
  readonly dueBy: Instant | null;
  readonly isLate: boolean;
  /** Code with which the payer asks for a person; null: it does not. */
  readonly attention: string | null;
  /** Last attempt by frequency. */
  readonly attempts: Readonly<Partial<Record<Frequency, number>>>;
  readonly closed: { readonly at: Instant; readonly how: CloseCause; readonly isForgotten: boolean } | null;
  readonly items: readonly OpenItem<ClaimItemKind>[];
  readonly asks: readonly Ask[];
  readonly retries: readonly Retry<Command>[];
  /** Counts items, polls and stored events, for keys that never repeat. */
  readonly sequence: number;
  /** Items most recently decided and by which decision, and ids of what was heard: a second delivery changes nothing. */
  readonly decided: readonly { readonly workItem: string; readonly decision: string }[];
  readonly heard: readonly string[];
}

export type CloseCause = 'paid' | 'writtenOff' | 'voided' | 'byPerson' | 'withdrawn';

/** What a person decided, as the workflow's update carries it. */
export interface Decision {
  /** Identity of this decision: delivered twice, it counts once. */
  readonly id: string;
  readonly workItem: string;
  readonly kind: ClaimItemKind;
  readonly decision: DecisionWord;
  /** Who: a user reference. */
  readonly by: string;
  readonly at: Instant;
  /** Hash of the approved revision; required for `approve`. */
  readonly hash?: string;
  readonly outcome?: DecisionOutcome;
}

/** Structure of a decision's outcome. Never a number, a name or a text. */
export interface DecisionOutcome {
  /** `sent`: how it went out, and when. */
  readonly channel?: 'portal' | 'fax' | 'phone';
  readonly at?: Instant;
  /** `stillPending`: up to which day the payer asked for patience; `agreed`: the last payment's day. */
  readonly until?: string;
  /** `agreed`: reference of the signed agreement. */
  readonly consent?: string;
}

/** A named person wants the claim taken back from the payer (frequency 8). */
export interface VoidWish {
  readonly id: string;
  readonly by: string;
  readonly at: Instant;
}

/** What a TA1, 999 or 277CA says of a submission; `key` is its effect's, null where only the claim is known. */
export interface Acknowledgment {
  readonly level: 'TA1' | '999' | '277CA';
  readonly accepted: boolean;
  readonly key: string | null;
  /** Codes of what was objected to, blanks between; null: none. */
  readonly codes: string | null;
}

/** What may happen to a claim. `at` is the instant it happened; `id` makes a second delivery change nothing. */
export type MachineEvent =
  | { readonly type: 'changed'; readonly at: Instant }
  | { readonly type: 'checkNow'; readonly at: Instant }
  | { readonly type: 'assessed'; readonly at: Instant; readonly plan: ClaimPlan }
  | { readonly type: 'itemOpened'; readonly at: Instant; readonly key: string; readonly workItem: string }
  | ({ readonly type: 'decided' } & Decision)
  | ({ readonly type: 'voidWished' } & VoidWish)
  | ({ readonly type: 'acknowledged'; readonly at: Instant; readonly id: string } & Acknowledgment)
  | {
      readonly type: 'statusTold';
      readonly at: Instant;
      readonly id: string;
      readonly standing: Standing;
      readonly codes: string | null;
    }
  | { readonly type: 'posted'; readonly at: Instant; readonly id: string; readonly posting: Posting }
  | { readonly type: 'answered'; readonly at: Instant; readonly ask: string; readonly answer: StepAnswer }
  | { readonly type: 'askFailed'; readonly at: Instant; readonly ask: string; readonly code: string }
  | { readonly type: 'callFailed'; readonly at: Instant; readonly command: Command; readonly code: string }
  | { readonly type: 'tick'; readonly at: Instant }
  | { readonly type: 'withdrawn'; readonly at: Instant };

/** What the workflow is to do next. */
export type Command =
  | { readonly type: 'assess' }
  | ItemCommand<ClaimItemKind>
  | { readonly type: 'ask'; readonly ask: Ask }
  | { readonly type: 'stopAsk'; readonly id: string }
  | { readonly type: 'apply'; readonly event: ClaimEvent }
  | { readonly type: 'show'; readonly shown: ClaimShown };

export interface Advance {
  readonly state: ClaimState;
  readonly commands: readonly Command[];
}

/** The state of a claim nobody has looked at yet. `origin` is unique for each life of the workflow. */
export function newClaimState(clinic: string, claim: string, origin: string): ClaimState {
  return {
    clinic,
    claim,
    origin,
    phase: 'new',
    held: null,
    plan: null,
    assessing: null,
    submission: null,
    hasLeft: false,
    fix: null,
    denial: null,
    appeal: null,
    payerNumberKnown: false,
    books: null,
    waitingPosting: null,
    dueBy: null,
    isLate: false,
    attention: null,
    attempts: {},
    closed: null,
    items: [],
    asks: [],
    retries: [],
    sequence: 0,
    decided: [],
    heard: [],
  };
}

/** The state a person is shown: a held claim is held, whatever lies beneath. */
export function statusOf(state: ClaimState): ClaimStanding {
  return state.held === null || state.phase === 'closed' ? state.phase : 'held';
}

/** Whether something waits for a person, or stands still because the server refused a call. */
export function needsPerson(state: ClaimState): boolean {
  return state.items.length > 0 || state.retries.length > 0;
}
