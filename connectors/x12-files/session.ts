// One visit to the files of a connection: its turn, its transport, and what a fault of it means for the one who asked.
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext, Failure } from '../connector.ts';
import { Archive } from './archive.ts';
import { readSftpCredentials, readX12FilesConfig } from './config.ts';
import type { X12FilesConfig } from './config.ts';
import { FileFault } from './files.ts';
import { folderFiles, realFolder } from './folder.ts';
import { openSftp } from './sftp.ts';
import type { Session } from './take-in.ts';

/** Clearinghouses refuse a user with many sessions at once; 10 is what OpenSSH begins to refuse at (sshd_config MaxStartups). */
const mostSessions = 4;
const retrySoonSeconds = 30;

async function open(context: ConnectorContext, config: X12FilesConfig): Promise<Pick<Session, 'files' | 'config'>> {
  if (config.server === null) {
    const [outbox, inbox, archive] = [
      await realFolder(config.outbox),
      await realFolder(config.inbox),
      await realFolder(config.archive),
    ];
    const claims = config.claims === undefined ? {} : { claims: await realFolder(config.claims) };
    return { files: folderFiles, config: { ...config, outbox, inbox, archive, ...claims } };
  }
  const { signal } = context;
  const timeoutSeconds = config.requestTimeoutSeconds;
  return {
    files: await openSftp(config.server, readSftpCredentials(context.secrets), { signal, timeoutSeconds }),
    config,
  };
}

/**
 * What a fault means where nothing was sent: not reached, refused, or to be asked again. The words of the system never go on;
 * of another host key its fingerprint does, so that a person can compare it with the published one.
 */
export function failureOf(error: unknown): Failure {
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
    const settings = readX12FilesConfig(context.config);
    const patience = settings.requestTimeoutSeconds / 2;
    const leave = await context.rate.enter('files', mostSessions, patience, context.signal);
    if (leave === null) return { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: retrySoonSeconds };
    try {
      const { files, config } = await open(context, settings);
      try {
        const archive = new Archive(files, config.archive);
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
