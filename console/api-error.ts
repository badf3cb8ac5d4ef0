// What the console says when the server refuses, fails or cannot be reached.

/** A refusal or a failure of the server, told in words a front desk understands. `status` 0 means it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fix: string | null;
  readonly where: string | null;
  /** The whole answer, where it says more than why. */
  readonly answer: unknown;

  constructor(
    status: number,
    code: string,
    message: string,
    fix: string | null,
    where: string | null,
    answer: unknown = null,
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fix = fix;
    this.where = where;
    this.answer = answer;
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The refusal in an answer's body; what the server did not word is worded here. */
export function refusal(status: number, body: unknown): ApiError {
  const error: unknown = body !== null && typeof body === 'object' && 'error' in body ? body.error : null;
  const part = (name: string): string | null =>
    error !== null && typeof error === 'object' ? text(Object.getOwnPropertyDescriptor(error, name)?.value) : null;
  const fallback =
    status >= 500
      ? 'The server had a problem. Load the page again in a minute and see whether it was done.'
      : `The server refused this (${status}).`;
  return new ApiError(status, part('code') ?? 'unknown', part('message') ?? fallback, part('fix'), part('where'), body);
}
