// The one vocabulary of errors: every refusal Gait utters has a stable code, a kind and the words that say how to fix it.

/** Who can mend it: the caller (`user`), time or an operator (`environment`), or we (`bug`). */
export type ErrorKind = 'user' | 'environment' | 'bug';

/** How a caller is answered: `status` is HTTP; `retry` says whether Temporal may try the same call again. */
export interface ErrorRow {
  readonly kind: ErrorKind;
  readonly status: number;
  readonly retry: boolean;
}

/** Every code Gait may utter. A code is never renamed; the table is the only place that maps it to HTTP and to retries. */
export const errorTable = {
  'input.invalid': { kind: 'user', status: 400, retry: false },
  'input.too-large': { kind: 'user', status: 413, retry: false },
  'access.unauthenticated': { kind: 'user', status: 401, retry: false },
  'access.expired': { kind: 'user', status: 401, retry: false },
  'access.forbidden': { kind: 'user', status: 403, retry: false },
  'access.replayed': { kind: 'user', status: 403, retry: false },
  'access.too-many-attempts': { kind: 'user', status: 429, retry: true },
  'reference.unknown': { kind: 'user', status: 404, retry: false },
  'state.conflict': { kind: 'user', status: 409, retry: false },
  'decision.refused': { kind: 'user', status: 409, retry: false },
  'step.no-flow': { kind: 'environment', status: 409, retry: true },
  'step.lost': { kind: 'environment', status: 504, retry: true },
  'connection.unknown': { kind: 'user', status: 404, retry: false },
  'connection.refused': { kind: 'environment', status: 502, retry: true },
  'connection.credentials': { kind: 'user', status: 502, retry: false },
  'vendor.throttled': { kind: 'environment', status: 503, retry: true },
  'vendor.unavailable': { kind: 'environment', status: 503, retry: true },
  'vendor.malformed': { kind: 'environment', status: 502, retry: true },
  'vendor.rejected': { kind: 'user', status: 422, retry: false },
  'file.unreadable': { kind: 'user', status: 422, retry: false },
  'vault.sealed': { kind: 'environment', status: 503, retry: true },
  'service.unavailable': { kind: 'environment', status: 503, retry: true },
  'internal.bug': { kind: 'bug', status: 500, retry: true },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

/** Whether a value of unknown origin is one of the codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}

/** What travels over HTTP when a call is refused. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly fix?: string;
    readonly where?: string;
  };
}

/**
 * A refusal with a stable code. `message` says what, `where` names the field, row or file, `fix` says what to do.
 * None of them may hold PHI: write "member id missing", never the id.
 */
export class GaitError extends Error {
  readonly code: ErrorCode;
  readonly fix: string | undefined;
  readonly where: string | undefined;

  constructor(code: ErrorCode, message: string, more: { fix?: string; where?: string } = {}) {
    super(message);
    this.name = 'GaitError';
    this.code = code;
    this.fix = more.fix;
    this.where = more.where;
  }

  get row(): ErrorRow {
    return errorTable[this.code];
  }

  toBody(): ErrorBody {
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.fix === undefined ? {} : { fix: this.fix }),
        ...(this.where === undefined ? {} : { where: this.where }),
      },
    };
  }
}
