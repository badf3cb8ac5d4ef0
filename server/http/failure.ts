// Turns whatever was thrown into what a caller may hear and what a log may hold.
import type { Logger } from 'pino';
import type { ErrorBody } from '../../domain/errors.ts';
import { GaitError } from '../../domain/errors.ts';
import { randomText } from '../vault/reference.ts';

export interface Failure {
  readonly status: number;
  readonly body: ErrorBody;
}

/** Errors of PostgreSQL that pass by themselves: no connection, shutting down, too many clients, lock or statement time-out. */
const passingDatabaseCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  '57P01',
  '57P03',
  '53300',
  '55P03',
  '57014',
  '40001',
  '40P01',
]);

/** What pg and its pool say without a code: every connection is busy, or the one in use broke. */
const passingDatabaseWords =
  /^(timeout exceeded when trying to connect|Connection terminated( unexpectedly| due to connection timeout)?)$/;

/**
 * The answer to a failed call. A coded refusal is told as it is. Anything else becomes `internal.bug` with an id; the log
 * gets that id, the kind of error and its stack frames. An unknown message may quote a record, so it is neither told nor logged.
 */
export function failureOf(error: unknown, log: Logger, requestId: string): Failure {
  const known = error instanceof GaitError ? error : parserError(error);
  if (known !== null) {
    if (known.row.kind === 'bug')
      log.error({ requestId, code: known.code, where: known.where, stack: framesOf(known) }, 'bug');
    return { status: known.row.status, body: known.toBody() };
  }
  const code = textField(error, 'code');
  const database =
    code === null ? error instanceof Error && passingDatabaseWords.test(error.message) : passingDatabaseCodes.has(code);
  const id = `bug-${randomText(10)}`;
  log.error(
    {
      requestId,
      id,
      kind: error instanceof Error ? error.name : typeof error,
      code: safeCode(code),
      stack: framesOf(error),
    },
    database ? 'a service did not answer' : 'unexpected error',
  );
  const told = database
    ? new GaitError('service.unavailable', 'The database did not answer in time.', { where: id, fix: 'Try again.' })
    : new GaitError('internal.bug', 'Something is wrong in Gait itself.', {
        where: id,
        fix: 'Give the operator this id: the server log tells more under it.',
      });
  return { status: told.row.status, body: told.toBody() };
}

/** The body parser's errors by their type; their messages quote the body. */
function parserError(error: unknown): GaitError | null {
  switch (textField(error, 'type')) {
    case 'entity.too.large':
      return new GaitError('input.too-large', 'The body is larger than this endpoint takes.', { where: 'body' });
    case 'entity.parse.failed':
      return new GaitError('input.invalid', 'The body is not JSON.', { where: 'body' });
    case 'encoding.unsupported':
    case 'charset.unsupported':
    case 'request.aborted':
    case 'request.size.invalid':
      return new GaitError('input.invalid', 'The body could not be read.', { where: 'body' });
    default:
      return null;
  }
}

function textField(error: unknown, name: 'type' | 'code'): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : null;
}

function safeCode(code: string | null): string | null {
  return code !== null && /^[A-Z0-9_]{1,40}$/.test(code) ? code : null;
}

/** The frames of a stack without the message above them. */
export function framesOf(error: unknown): string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  return error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
}
