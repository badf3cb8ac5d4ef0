// Decides whether one outside effect may be caused, and what its answer or its silence settles: the permit as a pure machine.
import type { ErrorCode } from '../errors.ts';
import type { MessageRule } from '../outreach/gate.ts';
import { messageRules } from '../outreach/gate.ts';

/**
 * `granted`: leave is given, no byte has left. `sending`: bytes may have left, the lease says how long an answer may still come.
 * `done`, `notSent`: known. `uncertain`: the vendor may or may not have acted. `held`: nothing is known since a restore.
 */
export const permitStates = ['granted', 'sending', 'done', 'notSent', 'uncertain', 'held'] as const;
export type PermitState = (typeof permitStates)[number];

/** A reason a vendor gave for refusing, in codes: never its text. */
export interface RefusalReason {
  readonly code: string;
  readonly field?: string;
}

/** What an effect came to, as structure: `code` and `reasons` where it was not done, references where it was. */
export interface EffectOutcome {
  readonly outcome: string;
  readonly structure: Readonly<Record<string, unknown>>;
  readonly refs: readonly string[];
}

/**
 * One effect as it is stored. Instants are ISO UTC. `attempt` counts the times it was granted and fences off late writers;
 * `sentAt` is the instant before the first byte of the last attempt, null while none may have left.
 */
export interface Permit {
  readonly state: PermitState;
  readonly attempt: number;
  readonly sentAt: string | null;
  readonly leaseUntil: string | null;
  readonly inquireAt: string | null;
  readonly inquireAfterSeconds: number;
  readonly personAsked: boolean;
  readonly outcome: EffectOutcome | null;
  readonly code: ErrorCode | null;
  readonly reasons: readonly RefusalReason[];
}

/** Why an effect may not be caused now: for good, or until it is settled. A rule is never renamed: flows and people read it. */
export const blockingRules = {
  'effect.held':
    'After a restore nothing is sent until it is known what was sent before. Reconcile by inquiry or by a named person.',
  'effect.unsettled': 'An earlier attempt of the same request is not settled yet. Settle that one first.',
  'key.mismatch':
    'The key does not name this request. Leave the key empty, or pass the effectKey that the step handed over.',
  'connection.paused': 'The connection is paused. An administrator resumes it on the connections page.',
  'agreement.missing': 'No agreement with this vendor is on file. An administrator records it at the connection.',
  'agreement.not-yet': 'The agreement with this vendor is not in force yet.',
  'agreement.expired':
    'The agreement with this vendor has expired. An administrator records its renewal at the connection.',
  'agreement.scope':
    'The agreement with this vendor does not cover everything that this holds. An administrator records a wider one at the connection.',
  'authorization.held': 'The authorization is held. Decide its work item first.',
  'approval.missing': 'Nobody has approved this. Approve the request in the console first.',
  'approval.superseded':
    'The approval names another revision than the one a person approved. Ask with the approved revision.',
  'approval.unnamed': 'The call names no approval. Pass the approval that the step handed over.',
  'request.invalid': 'The approved request lacks elements the payer requires. Edit and approve it again.',
  'note.byHand': 'A person enters this note by hand. Decide their work item first.',
  'note.over': 'This version of the note needs no filing any more.',
  ...messageRules,
} as const;
export type BlockingRule = keyof typeof blockingRules;

/** Whether a value of unknown origin names one of the rules. */
export function isBlockingRule(value: unknown): value is BlockingRule {
  return typeof value === 'string' && Object.hasOwn(blockingRules, value);
}

/** Rules that time, an inquiry or a person's word lifts: the same question is asked again, without a new approval. */
export type PassingRule = 'effect.held' | 'effect.unsettled';

/** The vendor agreement of a connection: calendar dates in the clinic's zone, `expires` null when it has no end; `scope` names what may be told, `any` everything. */
export interface Agreement {
  readonly effective: string;
  readonly expires: string | null;
  readonly scope?: readonly string[];
}

/**
 * The facts a permit is decided on. `approval: null` means that this effect needs none; `onItsWay`: the given approval was taken
 * down and its workflow may know of it already, but it is not settled yet.
 */
export interface PermitQuestion {
  readonly mode: 'live' | 'shadow';
  readonly paused: boolean;
  readonly agreement: Agreement | null;
  readonly approval: {
    readonly given: string | null;
    readonly approved: string | null;
    readonly onItsWay: boolean;
  } | null;
  readonly keyMatches: boolean;
  /** Another attempt of the same request: what it came to, that nobody knows, or null where none was sent. */
  readonly otherAttempt: 'unsettled' | EffectOutcome | null;
  readonly authorizationHeld: boolean;
  /** A message that the rules of outreach keep back now, or a note that a person sees to; absent for every other effect. */
  readonly keptBack?: MessageRule | 'note.byHand' | 'note.over' | null;
  /** What the vendor would learn, by the labels of a scope; absent where nobody counts it. */
  readonly holds?: readonly string[];
  readonly missing: readonly string[];
  readonly restored: boolean;
}

/** The instant (ISO UTC) and the same moment as a calendar date in the clinic's zone. */
export interface Moment {
  readonly instant: string;
  readonly date: string;
}

export type PermitDecision =
  | { readonly kind: 'send'; readonly attempt: number }
  | { readonly kind: 'shadow' }
  | { readonly kind: 'blocked'; readonly rule: Exclude<BlockingRule, PassingRule>; readonly where: readonly string[] }
  | { readonly kind: 'duplicate'; readonly outcome: EffectOutcome }
  | { readonly kind: 'wait' | 'uncertain'; readonly retryAfterSeconds: number; readonly rule?: PassingRule }
  | { readonly kind: 'inquire'; readonly from: 'uncertain' | 'held' };

/** An approval on its way is settled within seconds, also after a crash. */
const approvalRetrySeconds = 10;
/** How soon to ask again while another attempt of the same request is in doubt. */
const unsettledRetrySeconds = 300;

/** Whole seconds from one instant to another, at least `least`. */
function secondsUntil(from: string, to: string, least: number): number {
  return Math.max(least, Math.ceil((Date.parse(to) - Date.parse(from)) / 1000));
}

const addSeconds = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();

/**
 * The stored permit as it stands at `now`: a lease that ran out is read as what it means. Before `sending` was written no byte
 * can have left, so a granted permit falls back to `notSent`; after it, nobody knows.
 */
export function atInstant(permit: Permit, now: string): Permit {
  if (permit.leaseUntil === null || Date.parse(now) < Date.parse(permit.leaseUntil)) return permit;
  if (permit.state === 'granted') return { ...permit, state: 'notSent', leaseUntil: null, code: 'service.unavailable' };
  if (permit.state === 'sending') {
    const inquireAt = addSeconds(permit.leaseUntil, permit.inquireAfterSeconds);
    return { ...permit, state: 'uncertain', leaseUntil: null, inquireAt, code: 'vendor.unavailable' };
  }
  return permit;
}

/** What an agreement does not cover; one that names no scope covers nothing that is counted. */
function beyondScope({ scope = [] }: Agreement, holds: readonly string[]): readonly string[] {
  return scope.includes('any') ? [] : holds.filter((label) => !scope.includes(label));
}

function blockedBy(
  question: PermitQuestion,
  date: string,
): Omit<Extract<PermitDecision, { kind: 'blocked' }>, 'kind'> | null {
  const because = (rule: Exclude<BlockingRule, PassingRule>, where: readonly string[] = []) => ({ rule, where });
  if (question.authorizationHeld) return because('authorization.held');
  if (question.keptBack) return because(question.keptBack);
  if (question.approval !== null) {
    if (question.approval.approved === null) return because('approval.missing');
    if (question.approval.given === null) return because('approval.unnamed', ['approval']);
    if (question.approval.given !== question.approval.approved) return because('approval.superseded', ['approval']);
  }
  if (question.missing.length > 0) return because('request.invalid', question.missing);
  if (question.paused) return because('connection.paused');
  if (question.agreement === null) return because('agreement.missing');
  if (date < question.agreement.effective) return because('agreement.not-yet');
  if (question.agreement.expires !== null && date > question.agreement.expires) return because('agreement.expired');
  const uncovered = beyondScope(question.agreement, question.holds ?? []);
  if (uncovered.length > 0) return because('agreement.scope', uncovered);
  return null;
}

/**
 * May this effect be caused now? What is stored comes first: an effect that is done, under way or in doubt is never weighed anew.
 * @param stored the permit of this key, or null when the key was never asked
 * @param question the facts of this moment
 * @param now the instant and the clinic's calendar date
 */
export function decidePermit(stored: Permit | null, question: PermitQuestion, now: Moment): PermitDecision {
  const permit = stored === null ? null : atInstant(stored, now.instant);
  switch (permit?.state) {
    case 'done':
      return { kind: 'duplicate', outcome: permit.outcome ?? { outcome: 'done', structure: {}, refs: [] } };
    case 'granted':
    case 'sending':
      return { kind: 'wait', retryAfterSeconds: secondsUntil(now.instant, permit.leaseUntil ?? now.instant, 1) };
    case 'uncertain':
    case 'held': {
      if (permit.inquireAt === null || Date.parse(now.instant) >= Date.parse(permit.inquireAt))
        return { kind: 'inquire', from: permit.state };
      const retryAfterSeconds = secondsUntil(now.instant, permit.inquireAt, 1);
      return { kind: 'uncertain', retryAfterSeconds, ...(permit.state === 'held' ? { rule: 'effect.held' } : {}) };
    }
    case 'notSent':
    case undefined:
      break;
  }
  if (!question.keyMatches) return { kind: 'blocked', rule: 'key.mismatch', where: ['key'] };
  if (question.otherAttempt === 'unsettled')
    return { kind: 'wait', retryAfterSeconds: unsettledRetrySeconds, rule: 'effect.unsettled' };
  if (question.otherAttempt !== null) return { kind: 'duplicate', outcome: question.otherAttempt };
  if (question.approval?.onItsWay === true) return { kind: 'wait', retryAfterSeconds: approvalRetrySeconds };
  const blocked = blockedBy(question, now.date);
  if (blocked !== null) return { kind: 'blocked', ...blocked };
  if (question.mode === 'shadow') return { kind: 'shadow' };
  // A key nobody heard of may have been sent in the gap between the backup and the restore.
  if (permit === null && question.restored) return { kind: 'inquire', from: 'held' };
  return { kind: 'send', attempt: (permit?.attempt ?? 0) + 1 };
}

/** What happened to an effect. `attempt` fences: a writer of an older attempt may not settle a newer one. */
export type PermitEvent =
  | {
      readonly kind: 'granted';
      readonly attempt: number;
      readonly leaseSeconds: number;
      readonly inquireAfterSeconds: number;
    }
  | {
      readonly kind: 'sending';
      readonly attempt: number;
      readonly leaseSeconds: number;
      /** The delay of the connection it is sent over, where that is known to be another than the operation's. */
      readonly inquireAfterSeconds?: number;
    }
  | { readonly kind: 'done'; readonly attempt: number; readonly outcome: EffectOutcome }
  | {
      readonly kind: 'notSent';
      readonly attempt: number;
      readonly code: ErrorCode;
      readonly reasons: readonly RefusalReason[];
    }
  | {
      readonly kind: 'uncertain';
      readonly attempt: number;
      readonly code: ErrorCode;
      readonly inquireAfterSeconds: number;
    }
  | { readonly kind: 'found'; readonly outcome: EffectOutcome }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'inquiryFailed'; readonly retryAfterSeconds: number }
  | { readonly kind: 'wasSent'; readonly outcome: EffectOutcome }
  | { readonly kind: 'wasNotSent' }
  | { readonly kind: 'held'; readonly inquireAfterSeconds: number };

export type Settlement =
  | { readonly ok: true; readonly permit: Permit; readonly askPerson: boolean }
  | { readonly ok: false; readonly why: 'stale' | 'wrongState' };

/** How long after a fruitless inquiry the next one may follow at the soonest. */
const leastInquirySeconds = 60;

const fresh: Permit = {
  state: 'notSent',
  attempt: 0,
  sentAt: null,
  leaseUntil: null,
  inquireAt: null,
  inquireAfterSeconds: leastInquirySeconds,
  personAsked: false,
  outcome: null,
  code: null,
  reasons: [],
};

/**
 * What an event makes of a permit. A refusal (`ok: false`) means that the event comes from a writer whose time has passed: the
 * caller must then send nothing and change nothing.
 * @param stored the permit, or null before it was first granted or held
 * @param now ISO UTC
 */
export function settle(stored: Permit | null, event: PermitEvent, now: string): Settlement {
  const permit = atInstant(stored ?? fresh, now);
  const to = (change: Partial<Permit>, askPerson = false): Settlement => ({
    ok: true,
    permit: { ...permit, leaseUntil: null, ...change },
    askPerson,
  });
  const refuse = (why: 'stale' | 'wrongState'): Settlement => ({ ok: false, why });

  switch (event.kind) {
    case 'granted':
      if (permit.state !== 'notSent') return refuse('wrongState');
      if (event.attempt !== permit.attempt + 1) return refuse('stale');
      return to({
        ...fresh,
        state: 'granted',
        attempt: event.attempt,
        leaseUntil: addSeconds(now, event.leaseSeconds),
        inquireAfterSeconds: event.inquireAfterSeconds,
      });
    case 'sending':
      if (event.attempt !== permit.attempt) return refuse('stale');
      if (permit.state !== 'granted') return refuse('wrongState');
      return to({
        state: 'sending',
        sentAt: now,
        leaseUntil: addSeconds(now, event.leaseSeconds),
        inquireAfterSeconds: event.inquireAfterSeconds ?? permit.inquireAfterSeconds,
      });
    case 'done':
    case 'notSent':
    case 'uncertain':
      return settleAnswer(permit, event, now, to, refuse);
    case 'found':
      if (permit.state !== 'uncertain' && permit.state !== 'held') return refuse('wrongState');
      return to({ state: 'done', outcome: event.outcome, code: null, inquireAt: null });
    case 'notFound': {
      if (permit.state !== 'uncertain' && permit.state !== 'held') return refuse('wrongState');
      // Before the vendor's stated delay an empty answer says nothing at all.
      if (permit.inquireAt !== null && Date.parse(now) < Date.parse(permit.inquireAt)) return to({});
      const inquireAt = addSeconds(now, Math.max(permit.inquireAfterSeconds, leastInquirySeconds));
      return to({ inquireAt, personAsked: true }, !permit.personAsked);
    }
    case 'inquiryFailed':
      if (permit.state !== 'uncertain' && permit.state !== 'held') return refuse('wrongState');
      return to({ inquireAt: addSeconds(now, Math.max(event.retryAfterSeconds, 1)) });
    case 'wasSent':
      if (permit.state !== 'uncertain' && permit.state !== 'held') return refuse('wrongState');
      return to({ state: 'done', outcome: event.outcome, code: null, inquireAt: null });
    case 'wasNotSent':
      if (permit.state !== 'uncertain' && permit.state !== 'held') return refuse('wrongState');
      return to({ state: 'notSent', inquireAt: null });
    case 'held':
      // What is done stays done: the backup holds it, so it happened before the gap.
      if (permit.state === 'done') return to({});
      return to({ state: 'held', inquireAt: null, personAsked: false, inquireAfterSeconds: event.inquireAfterSeconds });
  }
}

function settleAnswer(
  permit: Permit,
  event: Extract<PermitEvent, { kind: 'done' | 'notSent' | 'uncertain' }>,
  now: string,
  to: (change: Partial<Permit>) => Settlement,
  refuse: (why: 'stale' | 'wrongState') => Settlement,
): Settlement {
  if (event.attempt !== permit.attempt) return refuse('stale');
  // An answer that outlived its lease is still the truth about this attempt, so it may settle the doubt.
  const beforeFirstByte = event.kind === 'notSent' && permit.state === 'granted';
  if (permit.state !== 'sending' && permit.state !== 'uncertain' && !beforeFirstByte) return refuse('wrongState');
  if (event.kind === 'done') return to({ state: 'done', outcome: event.outcome, code: null, inquireAt: null });
  if (event.kind === 'notSent')
    return to({ state: 'notSent', code: event.code, reasons: event.reasons, inquireAt: null });
  const inquireAt = addSeconds(now, event.inquireAfterSeconds);
  return to({ state: 'uncertain', code: event.code, inquireAt, inquireAfterSeconds: event.inquireAfterSeconds });
}
