// What every REST connector does with an answer: tells a failure from an answer, and classifies a status by the one table.
import type { ConnectorContext, Failure, Reason } from '../connector.ts';
import { classifyStatus, retryAfterSeconds } from '../faults.ts';
import type { Call } from '../faults.ts';
import type { HttpAnswer } from '../http.ts';

export const read: Call = { effect: false, inquireAfterSeconds: 0 };

export function isFailure(answer: object): answer is Failure {
  return 'kind' in answer && (answer.kind === 'notSent' || answer.kind === 'rejected' || answer.kind === 'uncertain');
}

/** A code short enough to hold no sentence of a vendor's; anything else stays behind. */
export function shownCode(code: string | null): string {
  return code !== null && /^[A-Za-z0-9_.-]{1,40}$/.test(code) && !/\d{5}/.test(code) ? code : 'invalid';
}

/** What a status other than success means; "too many" also holds the connection's rate. */
export function statusFailure(
  context: ConnectorContext,
  answer: HttpAnswer,
  call: Call,
  reasons: readonly Reason[] = [],
): Failure {
  const after = retryAfterSeconds(answer.headers.get('retry-after'), context.now());
  const failure = classifyStatus(answer.status, after, reasons, call);
  if (failure.kind === 'notSent' && failure.code === 'vendor.throttled')
    context.rate.hold(context.now(), failure.retryAfterSeconds ?? 60);
  return failure;
}

/** The vendor's clock at an answer, ISO UTC: "changed since" is asked by it and not by ours, which may run ahead. */
export function vendorTime(context: ConnectorContext, answer: HttpAnswer): string {
  const told = Date.parse(answer.headers.get('date') ?? '');
  return Number.isNaN(told) ? context.now().toISOString() : new Date(told).toISOString();
}

/** Carries a failed token fetch out of the cache's shared promise. */
export class TokenRefused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('no access token');
    this.failure = failure;
  }
}
