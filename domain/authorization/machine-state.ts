// What one authorization remembers between two events: plain JSON, so that it survives a new workflow run unchanged.

import type { ItemCommand, OpenItem, Retry } from '../machine/items.ts';
import type { Instant } from '../machine/times.ts';
import type { StepAnswer } from '../step/call.ts';
import type { AuthorizationItemKind, Decision as DecisionWord } from '../work-item/kinds.ts';
import type { AnswerStatus } from './answer-schema.ts';
import type { Assessment } from './assessment.ts';
import type { AuthorizationEvent } from './events.ts';
import type { NumberKind, Quantity, RequestKind } from './schema.ts';

/** What the machine holds true about the request in hand; `held` lies over it (see `statusOf`). */
export type Phase =
  | 'none'
  | 'inReview'
  | 'submitting'
  | 'sendingByStaff'
  | 'uncertain'
  | 'pending'
  | 'overdue'
  | 'approved'
  | 'partlyApproved'
  | 'denied'
  | 'recorded'
  | 'appealInReview'
  | 'rejected'
  | 'closed';

/** What a person or a list is shown. */
export type RequestState = Phase | 'held';

/** The kinds of work item this machine opens. */
export type ItemKind = AuthorizationItemKind;

/** One request to the payer: `attempt` counts the times a person was asked for it, so it never repeats. */
export interface Request {
  readonly period: number;
  readonly kind: RequestKind;
  readonly attempt: number;
  /** Hash of the revision a named person approved; null until then. */
  readonly approval: string | null;
  /** The work item whose approval allows the submission. */
  readonly approvedItem: string | null;
  readonly submittedAt: Instant | null;
  /** When the payer's expected turnaround ends. */
  readonly dueBy: Instant | null;
  /** How often a doubtful submission was inquired about, and when to do so again. */
  readonly inquiries: number;
  readonly inquireAt: Instant | null;
  /** Polling ended without an answer: a person has to call. */
  readonly pollLost: boolean;
  /** Codes with which the payer's system asked for a person, blanks between; null: it did not. */
  readonly attention: string | null;
  /** Rule or code by which the attempt before this one was not sent; null: there was none, or nobody said. */
  readonly notSentBy: string | null;
  /** Not polled before this instant. */
  readonly pollAt: Instant | null;
  /** A denial or a partial approval that a person has not decided about. */
  readonly open: 'denied' | 'partial' | null;
  /** What the approved revision asks for; null where nobody said. */
  readonly requested: Quantity;
  readonly from: string | null;
  readonly to: string | null;
}

/** A step that was asked and has not been answered. `id` is the activity's id and so the identity of the call. */
export interface Ask {
  readonly id: string;
  readonly purpose: 'submit' | 'inquire' | 'poll' | 'record';
  readonly step: 'authorization.submit' | 'authorization.status' | 'authorization.record';
  readonly item: string;
  readonly structure: AskStructure;
}

/** What a step carries besides references: no direct identifier, no clinical text. */
export interface AskStructure {
  readonly authorization: string;
  readonly payer: string;
  readonly period: number;
  readonly kind: RequestKind;
  readonly attempt: number;
  readonly approval?: string;
  readonly effectKey?: string;
  readonly pollEveryMinutes?: number;
}

/** An approval that the PT system does not show yet. */
export interface Recording {
  readonly id: string;
  readonly period: number;
  readonly kind: RequestKind;
  readonly attempt: number;
  readonly how: 'notAsked' | 'asked' | 'byPerson';
  /** The work item the server opened itself when the PT system has no way in. */
  readonly workItem: string | null;
}

export interface AuthorizationState {
  readonly clinic: string;
  readonly authorization: string;
  /** Makes keys unique over all lives of this authorization's workflow. */
  readonly origin: string;
  readonly phase: Phase;
  readonly held: { readonly since: Instant } | null;
  readonly assessment: Assessment | null;
  /** The assessment's need, until something happened that made it stale. */
  readonly need: Assessment['need'];
  readonly lookedAt: Instant | null;
  readonly request: Request | null;
  readonly items: readonly OpenItem<ItemKind>[];
  readonly asks: readonly Ask[];
  readonly recordings: readonly Recording[];
  /** Last attempt by `<period>/<kind>`. */
  readonly attempts: Readonly<Record<string, number>>;
  /** After a rejection or an accepted denial: not asked again for this period before `until` (null: never). */
  readonly rest: { readonly period: number; readonly until: Instant | null } | null;
  /** The items about uncovered visits that were decided, so that none is asked about again each day. */
  readonly visitsDecided: readonly string[];
  readonly closedAt: Instant | null;
  readonly retries: readonly Retry<Command>[];
  /** Counts items, polls and stored events, for keys that never repeat. */
  readonly sequence: number;
  /** The items most recently decided and by which decision, so that a second one is told from the same one delivered again. */
  readonly decided: readonly { readonly workItem: string; readonly decision: string }[];
}

/** What a person decided, as the workflow's update carries it. */
export interface Decision {
  /** Identity of this decision: delivered twice, it counts once. */
  readonly id: string;
  readonly workItem: string;
  readonly kind: ItemKind;
  readonly decision: DecisionWord;
  /** Who: a user reference. */
  readonly by: string;
  readonly at: Instant;
  /** Hash of the approved revision; required for `approve`. */
  readonly hash?: string;
  readonly outcome?: DecisionOutcome;
}

/** Structure of a decision's outcome; which fields are there depends on the decision. Never a number, a name or a text. */
export interface DecisionOutcome {
  /** `approve`: what the approved revision asks for. */
  readonly requested?: Quantity;
  /** `approve`: the service dates asked for; `answered`: those approved. */
  readonly from?: string | null;
  readonly to?: string | null;
  /** `answered`: see `AnswerStructure`. */
  readonly status?: AnswerStatus;
  readonly number?: NumberKind;
  readonly visitsApproved?: number | null;
  readonly unitsApproved?: number | null;
  readonly reasonCodes?: readonly string[];
  readonly receivedAt?: Instant;
  /** `sent`: how it went out, and when. */
  readonly channel?: 'portal' | 'fax' | 'phone';
  readonly at?: Instant;
  /** `notRequired`: the day the payer said so. */
  readonly on?: string;
  /** `stillPending`: the date up to which the payer asked for patience. */
  readonly until?: string;
}

/** What may happen to an authorization. `at` is the instant it happened. */
export type MachineEvent =
  | { readonly type: 'changed'; readonly at: Instant }
  | { readonly type: 'checkNow'; readonly at: Instant }
  | { readonly type: 'assessed'; readonly at: Instant; readonly assessment: Assessment }
  | { readonly type: 'itemOpened'; readonly at: Instant; readonly key: string; readonly workItem: string }
  | ({ readonly type: 'decided' } & Decision)
  | { readonly type: 'answered'; readonly at: Instant; readonly ask: string; readonly answer: StepAnswer }
  | { readonly type: 'askFailed'; readonly at: Instant; readonly ask: string; readonly code: string }
  | { readonly type: 'callFailed'; readonly at: Instant; readonly command: Command; readonly code: string }
  | { readonly type: 'tick'; readonly at: Instant }
  | { readonly type: 'closed'; readonly at: Instant };

/** What the workflow is to do next. */
export type Command =
  | { readonly type: 'assess' }
  | ItemCommand<ItemKind>
  | { readonly type: 'ask'; readonly ask: Ask }
  | { readonly type: 'stopAsk'; readonly id: string }
  | { readonly type: 'apply'; readonly event: AuthorizationEvent };

export interface Advance {
  readonly state: AuthorizationState;
  readonly commands: readonly Command[];
}

/** The state of an authorization nobody has looked at yet. `origin` is unique for each life of the workflow. */
export function newAuthorizationState(clinic: string, authorization: string, origin: string): AuthorizationState {
  return {
    clinic,
    authorization,
    origin,
    phase: 'none',
    held: null,
    assessment: null,
    need: 'none',
    lookedAt: null,
    request: null,
    items: [],
    asks: [],
    recordings: [],
    attempts: {},
    rest: null,
    visitsDecided: [],
    closedAt: null,
    retries: [],
    sequence: 0,
    decided: [],
  };
}

/** The state a person is shown: a held authorization is held, whatever lies beneath. */
export function statusOf(state: AuthorizationState): RequestState {
  return state.held === null || state.phase === 'closed' ? state.phase : 'held';
}

/** Whether something waits for a person, or stands still because the server refused a call. */
export function needsPerson(state: AuthorizationState): boolean {
  return state.items.length > 0 || state.retries.length > 0;
}
