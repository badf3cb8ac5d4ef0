// What a failed call means for the effect it carried: surely not sent, refused, or in doubt. One rule per kind of failure.
import { GaitError } from '../domain/errors.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Failure, NotSent, Outcome, Reason, Rejected } from './connector.ts';

/** What the classification needs to know of the call. `inquireAfterSeconds` is the vendor's delay until an inquiry can find it. */
export interface Call {
  readonly effect: boolean;
  readonly inquireAfterSeconds: number;
}

/** Failures before a byte of the request left: the connection or its TLS session was never there. */
const beforeSending: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_INVALID_ARG',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'EPROTO',
]);

const retrySoonSeconds = 30;
const throttledSeconds = 60;
const longestDelaySeconds = 3600;

/** The system error codes of a thrown value and of everything it was caused by (`fetch` wraps them, one per address tried). */
function errorCodes(error: unknown, depth = 0): string[] {
  if (depth > 5 || typeof error !== 'object' || error === null) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const cause = 'cause' in error ? errorCodes(error.cause, depth + 1) : [];
  const parts = error instanceof AggregateError ? error.errors.flatMap((part) => errorCodes(part, depth + 1)) : [];
  return [...own, ...cause, ...parts];
}

/** In doubt when it was an effect; a read may simply be asked again. */
export function doubtful(call: Call, code: ErrorCode): Failure {
  return call.effect
    ? { kind: 'uncertain', code, inquireAfterSeconds: call.inquireAfterSeconds }
    : { kind: 'notSent', code, retryAfterSeconds: retrySoonSeconds };
}

/**
 * A call that ended without a status. Only failures known to precede the request are `notSent`; a reset or a time-out may
 * have come after the vendor took the request up, whatever its name suggests, and so leaves an effect `uncertain`.
 */
export function classifyThrown(error: unknown, call: Call): Failure {
  const codes = errorCodes(error);
  if (codes.length > 0 && codes.every((code) => beforeSending.has(code))) {
    return { kind: 'notSent', code: 'connection.refused', retryAfterSeconds: retrySoonSeconds };
  }
  return doubtful(call, 'vendor.unavailable');
}

/** `Retry-After` in seconds or as an HTTP date, kept between one second and an hour; `null` when absent or senseless. */
export function retryAfterSeconds(header: string | null, now: Date): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(longestDelaySeconds, Math.max(1, Math.ceil(seconds))) : null;
}

/** A refusal before acceptance: surely not sent, and the same request may go once the cause is mended. */
function refusedBefore(code: ErrorCode, retry: number | null = null): NotSent {
  return retry === null ? { kind: 'notSent', code } : { kind: 'notSent', code, retryAfterSeconds: retry };
}

export function rejected(code: ErrorCode, reasons: readonly Reason[]): Rejected {
  return { kind: 'rejected', code, reasons };
}

/**
 * A status other than 2xx.
 *
 * | status | meaning |
 * | --- | --- |
 * | 401, 403 | credentials refused before acceptance: not sent (a 401 has cost one fresh token already) |
 * | 404 | the path is not there: rejected; with Availity often a wrong path prefix |
 * | 425, 429 | not sent, again after `Retry-After` or a minute |
 * | 400, 422 and other 4xx | read and refused: rejected |
 * | 408, 409 | the first try may be lying there: an effect is uncertain |
 * | 3xx | never followed: an effect is uncertain (303 answers an accepted POST) |
 * | 5xx | a gateway may have passed the request on: an effect is uncertain, 503 included |
 */
export function classifyStatus(
  status: number,
  retryAfter: number | null,
  reasons: readonly Reason[],
  call: Call,
): Failure {
  if (status === 401 || status === 403) return refusedBefore('connection.credentials');
  if (status === 425 || status === 429) return refusedBefore('vendor.throttled', retryAfter ?? throttledSeconds);
  if (status === 408 || status === 409 || status < 400) return doubtful(call, 'vendor.unavailable');
  if (status === 404)
    return rejected('reference.unknown', reasons.length > 0 ? reasons : [{ code: 'path-or-id-unknown' }]);
  if (status < 500) return rejected('vendor.rejected', reasons);
  const failure = doubtful(call, 'vendor.unavailable');
  return failure.kind === 'notSent' && retryAfter !== null ? { ...failure, retryAfterSeconds: retryAfter } : failure;
}

/** A folder or file that cannot be read is an outcome; a bug stays an exception, and so does what `isOurs` leaves to the caller. */
export async function outcomeOf<Result>(
  work: () => Promise<Result>,
  isOurs: (error: unknown) => boolean = () => true,
): Promise<Outcome<Result>> {
  try {
    return { kind: 'done', result: await work() };
  } catch (error) {
    if (!(error instanceof GaitError) || !isOurs(error)) throw error;
    const reason = error.where === undefined ? { code: 'unreadable' } : { code: 'unreadable', field: error.where };
    return { kind: 'rejected', code: error.code, reasons: [reason] };
  }
}
