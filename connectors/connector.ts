// What every connector is: operations on an outside system that answer with an outcome, never with a vendor's exception.
import type { ErrorCode } from '../domain/errors.ts';
import type { ControlNumbers } from './control-numbers.ts';
import type { GrantStore } from './grants.ts';
import type { RateLimit } from './rate-limit.ts';
import type { TokenCache } from './token-cache.ts';

/**
 * What an operation may use. `config` is the connection's settings (no secrets), `secrets` its credentials, both as the
 * connection store holds them; `tokens` and `rate` live as long as the connection does (`ConnectionStates`).
 */
export interface ConnectorContext {
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  readonly tokens: TokenCache;
  readonly rate: RateLimit;
  readonly controlNumbers: ControlNumbers;
  /** What a person's sign-in left, for a system that asks for one. */
  readonly grants?: GrantStore;
  readonly now: () => Date;
}

/** Why a vendor refused: a code of the vendor's or of ours and the field it named. Never the vendor's text, it may hold PHI. */
export interface Reason {
  readonly code: string;
  readonly field?: string;
}

/** Nothing reached the vendor, or surely nothing was taken up; a read that failed and may be asked again is told so too. */
export interface NotSent {
  readonly kind: 'notSent';
  readonly code: ErrorCode;
  readonly retryAfterSeconds?: number;
}

/** The vendor read it and refused it; sending the same again yields the same. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly code: ErrorCode;
  readonly reasons: readonly Reason[];
}

/** The vendor may or may not have taken it up. Never send again: inquire after `inquireAfterSeconds`. */
export interface Uncertain {
  readonly kind: 'uncertain';
  readonly code: ErrorCode;
  readonly inquireAfterSeconds: number;
}

export type Failure = NotSent | Rejected | Uncertain;

export type Outcome<Result> = { readonly kind: 'done'; readonly result: Result } | Failure;

/** The answer to "did you get it?". `notFound` settles nothing before the vendor's stated delay has passed. */
export type Inquiry<Result> =
  | { readonly kind: 'found'; readonly result: Result }
  | { readonly kind: 'notFound' }
  | NotSent
  | Rejected
  | Uncertain;

/** What is known of the sending an inquiry asks about. `sentAt` is the instant (ISO UTC) before its first byte. */
export interface Sending {
  readonly sentAt: string;
}

/**
 * One thing that can be asked of a system. `effect` says whether it changes anything outside: only then may its outcome be
 * `uncertain`, and only then does it need a permit. `run` sends at most once. Times are in seconds.
 */
export interface Operation<Request, Result> {
  readonly name: string;
  readonly system: string;
  readonly effect: boolean;
  readonly requestTimeoutSeconds: number;
  /** How long the vendor may take until an accepted request can be found by inquiry. */
  readonly inquireAfterSeconds?: number;
  run(context: ConnectorContext, request: Request): Promise<Outcome<Result>>;
  inquire?(context: ConnectorContext, request: Request, sending?: Sending): Promise<Inquiry<Result>>;
}

/** An operation without outside effect: it may be asked again at will. */
export interface Read<Request, Result> extends Operation<Request, Result> {
  readonly effect: false;
}

/** How long an answer may take, and how long after a sending an inquiry tells anything; in seconds. */
export interface EffectTimes {
  readonly requestTimeoutSeconds: number;
  readonly inquireAfterSeconds: number;
}

/** An operation that changes something outside and can be inquired after. */
export interface Effect<Request, Result> extends Operation<Request, Result> {
  readonly effect: true;
  readonly inquireAfterSeconds: number;
  /** Both times as the settings of a connection make them; without it they are those of the operation. */
  times?(config: ConnectorContext['config']): EffectTimes;
  inquire(context: ConnectorContext, request: Request, sending?: Sending): Promise<Inquiry<Result>>;
}

/** The result of a connection test: facts a person can act on, free of PHI and of secrets. */
export interface ConnectionTest {
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}
