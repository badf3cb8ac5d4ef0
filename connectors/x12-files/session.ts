// One visit to the files of a connection: its turn, its transport, and what a fault of it means for the one who asked.
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext, Failure } from '../connector.ts';
import { Archive } from './archive.ts';
import { readSftpCredentials, readX12FilesConfig } from './config.ts';
import type { X12FilesConfig } from './config.ts';
import { FileFault } from './files.ts';
import type { Files } from './files.ts';
import { folderFiles } from './folder.ts';
import { openSftp } from './sftp.ts';
import type { Session } from './take-in.ts';

/** Clearinghouses refuse a user with many sessions at once; 10 is what OpenSSH begins to refuse at (sshd_config MaxStartups). */
const mostSessions = 4;
const retrySoonSeconds = 30;

function open(context: ConnectorContext, config: X12FilesConfig): Promise<Files> {
  if (config.server === null) return Promise.resolve(folderFiles);
  const { signal } = context;
  const timeoutSeconds = config.requestTimeoutSeconds;
  return openSftp(config.server, readSftpCredentials(context.secrets), { signal, timeoutSeconds });
}

/**
 * What a fault means where nothing was sent: not reached, refused, or to be asked again. The words of the system never go on;
 * of another host key its fingerprint does, so that a person can compare it with the published one.
 */
function failureOf(error: unknown): Failure {
  if (error instanceof GaitError) {
    const reason = { code: 'invalid', ...(error.where === undefined ? {} : { field: error.where }) };
    if (error.code === 'connection.credentials') return { kind: 'notSent', code: error.code };
    return { kind: 'rejected', code: error.code, reasons: [reason] };
  }
  if (error instanceof FileFault) return fileFailure(error);
  // The pause of a settle time that was called off.
  if (error instanceof Error && error.name === 'AbortError') return lost;
  throw error;
}

const lost: Failure = { kind: 'notSent', code: 'vendor.unavailable', retryAfterSeconds: retrySoonSeconds };

function fileFailure({ kind, detail }: FileFault): Failure {
  switch (kind) {
    case 'credentials':
      return { kind: 'notSent', code: 'connection.credentials' };
    case 'unreachable':
      return { kind: 'notSent', code: 'connection.refused', retryAfterSeconds: retrySoonSeconds };
    case 'hostKey':
      return {
        kind: 'rejected',
        code: 'connection.refused',
        reasons: [{ code: `another host key: ${detail ?? 'unknown'}`, field: 'hostKey' }],
      };
    case 'lost':
      return lost;
    default:
      return { kind: 'rejected', code: 'file.unreadable', reasons: [{ code: kind }] };
  }
}

/** Opens the files, does the work and closes them. Faults come out as failures of a call that sent nothing. */
export async function withFiles<T>(
  context: ConnectorContext,
  work: (session: Session) => Promise<T | Failure>,
): Promise<T | Failure> {
  try {
    const config = readX12FilesConfig(context.config);
    const patience = config.requestTimeoutSeconds / 2;
    const leave = await context.rate.enter('files', mostSessions, patience, context.signal);
    if (leave === null) return { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: retrySoonSeconds };
    try {
      const files = await open(context, config);
      try {
        const archive = new Archive(files, config.archive.replace(/\/+$/, ''));
        return await work({ files, config, archive, signal: context.signal, now: context.now });
      } finally {
        files.close();
      }
    } finally {
      leave();
    }
  } catch (error) {
    return failureOf(error);
  }
}
