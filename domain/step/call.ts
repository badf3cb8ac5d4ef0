// One question a workflow asks a clinic's flow, as a pure machine: asked, claimed once per attempt, answered once for all.
import { errorTable } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';

/** The steps a clinic's flow may answer. */
export const stepNames = [
  'authorization.submit',
  'authorization.status',
  'authorization.record',
  'eligibility.check',
  'eligibility.deliver',
  'claim.submit',
  'claim.status',
  'message.send',
  'note.file',
] as const;
export type StepName = (typeof stepNames)[number];

/** The answer to one item: an outcome with structure and references, or one coded error. */
export type StepAnswer =
  | {
      readonly item: string;
      readonly outcome: string;
      readonly structure?: Readonly<Record<string, unknown>>;
      readonly refs?: readonly string[];
    }
  | { readonly item: string; readonly error: { readonly code: ErrorCode } };

/** One delivery to the flow. Instants are ISO UTC; `claimedAt` null until the flow took it. */
export interface StepAttempt {
  readonly attempt: number;
  readonly state: 'asked' | 'claimed' | 'ended';
  readonly askedAt: string;
  readonly deadline: string;
  readonly claimedAt: string | null;
}

/** A call over all its attempts. `answers` is null until it is answered; then it never changes. */
export interface StepCall {
  readonly state: 'asked' | 'claimed' | 'answered' | 'ended';
  readonly items: readonly string[];
  readonly attempts: readonly StepAttempt[];
  readonly answers: readonly StepAnswer[] | null;
}

/** How long a flow may take between the delivery and its claim before the delivery counts as lost. */
export const claimWithinSeconds = 60;

export type AskDecision =
  | { readonly kind: 'answered'; readonly answers: readonly StepAnswer[] }
  | { readonly kind: 'running' }
  | { readonly kind: 'post'; readonly call: StepCall };

function current(call: StepCall): StepAttempt | undefined {
  return call.attempts.at(-1);
}

/** Whether a delivery can still bring an answer in time. */
export function isLive(attempt: StepAttempt, now: string): boolean {
  if (attempt.state === 'ended' || Date.parse(now) >= Date.parse(attempt.deadline)) return false;
  return attempt.state === 'claimed' || Date.parse(now) < Date.parse(attempt.askedAt) + claimWithinSeconds * 1000;
}

/**
 * A workflow asks. A stored answer is given at once; a live delivery is waited for; otherwise a new delivery is posted.
 * @param stored the call, or null when it was never asked
 * @param question `attempt` is the activity's attempt; a delivery's number always grows
 */
export function ask(
  stored: StepCall | null,
  question: { items: readonly string[]; attempt: number; deadline: string },
  now: string,
): AskDecision {
  if (stored?.answers) return { kind: 'answered', answers: stored.answers };
  const last = stored === null ? undefined : current(stored);
  if (last !== undefined && isLive(last, now)) return { kind: 'running' };
  const attempt: StepAttempt = {
    attempt: Math.max(question.attempt, (last?.attempt ?? 0) + 1),
    state: 'asked',
    askedAt: now,
    deadline: question.deadline,
    claimedAt: null,
  };
  const earlier = (stored?.attempts ?? []).map((one): StepAttempt => ({ ...one, state: 'ended' }));
  return {
    kind: 'post',
    call: { state: 'asked', items: question.items, attempts: [...earlier, attempt], answers: null },
  };
}

export type ClaimDecision =
  | { readonly kind: 'claimed'; readonly call: StepCall }
  | { readonly kind: 'refused'; readonly why: 'unknown' | 'replayed' | 'answered' | 'late' };

/** The flow takes one delivery: each `{call, attempt}` exactly once, and only while it can still answer in time. */
export function claim(stored: StepCall | null, attempt: number, now: string): ClaimDecision {
  const delivery = stored?.attempts.find((one) => one.attempt === attempt);
  if (!stored || delivery === undefined) return { kind: 'refused', why: 'unknown' };
  if (stored.answers !== null) return { kind: 'refused', why: 'answered' };
  if (delivery.claimedAt !== null) return { kind: 'refused', why: 'replayed' };
  if (delivery.state === 'ended' || Date.parse(now) >= Date.parse(delivery.deadline))
    return { kind: 'refused', why: 'late' };
  const attempts = stored.attempts.map(
    (one): StepAttempt => (one.attempt === attempt ? { ...one, state: 'claimed', claimedAt: now } : one),
  );
  return { kind: 'claimed', call: { ...stored, state: 'claimed', attempts } };
}

export type AnswerDecision =
  | { readonly kind: 'answered'; readonly call: StepCall }
  | { readonly kind: 'later'; readonly call: StepCall; readonly current: boolean }
  | { readonly kind: 'alreadyAnswered' }
  | { readonly kind: 'refused'; readonly why: 'unknown' | 'unclaimed' }
  | {
      readonly kind: 'incomplete';
      readonly missing: readonly string[];
      readonly foreign: readonly string[];
      readonly twice: readonly string[];
    };

/** Outcomes that say "not yet": the workflow asks again later. */
export const transientOutcomes: readonly string[] = ['pending', 'uncertain', 'wait'];

/** Whether an answer asks for another try: an outcome that says "not yet", or an error that time may mend. */
export function isTransient(answer: StepAnswer): boolean {
  return 'error' in answer ? errorTable[answer.error.code].retry : transientOutcomes.includes(answer.outcome);
}

/**
 * The flow answers a delivery it claimed. Every item must be answered exactly once. When every answer says "not yet", the
 * delivery ends and the call stays open; a list with at least one settled item is an answer as a whole. The late answer of an
 * older delivery counts as long as the call has none.
 */
export function answer(stored: StepCall | null, attempt: number, answers: readonly StepAnswer[]): AnswerDecision {
  const delivery = stored?.attempts.find((one) => one.attempt === attempt);
  if (!stored || delivery === undefined) return { kind: 'refused', why: 'unknown' };
  if (delivery.claimedAt === null) return { kind: 'refused', why: 'unclaimed' };
  const named = answers.map((one) => one.item);
  const missing = stored.items.filter((item) => !named.includes(item));
  const foreign = named.filter((item) => !stored.items.includes(item));
  const twice = named.filter((item, index) => named.indexOf(item) !== index);
  if (missing.length + foreign.length + twice.length > 0) return { kind: 'incomplete', missing, foreign, twice };
  if (stored.answers !== null) return { kind: 'alreadyAnswered' };
  if (!answers.every(isTransient)) return { kind: 'answered', call: { ...stored, state: 'answered', answers } };
  const isCurrent = current(stored)?.attempt === attempt;
  return { kind: 'later', call: end(stored, attempt), current: isCurrent };
}

/** One delivery ends without an answer: refused by the flow, lost, or answered "not yet". The call itself can be asked again. */
export function end(stored: StepCall, attempt: number): StepCall {
  const attempts = stored.attempts.map(
    (one): StepAttempt => (one.attempt === attempt ? { ...one, state: 'ended' } : one),
  );
  const live = attempts.at(-1)?.state ?? 'ended';
  return { ...stored, state: stored.answers === null ? live : 'answered', attempts };
}

/** A call whose last delivery can bring no answer any more although nobody ended it: the flow was lost. */
export function isLost(call: StepCall, now: string): boolean {
  const last = current(call);
  return call.answers === null && last !== undefined && last.state !== 'ended' && !isLive(last, now);
}
