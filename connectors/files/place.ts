// A folder where another system leaves files, on this machine or on an SFTP server: one visit to it, and what its faults mean.
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext, Failure, Outcome } from '../connector.ts';
import { outcomeOf } from '../faults.ts';
import { FileFault } from './files.ts';
import type { FilePlace, Files } from './files.ts';
import { folderFiles, realFolder } from './folder.ts';
import { openSftp } from './sftp.ts';
import { readSftpCredentials } from './sftp-settings.ts';

/** A place that is open: its folder, with the links in it followed. */
export interface Visit {
  readonly place: FilePlace;
  readonly files: Files;
  readonly folder: string;
}

/** What it takes to get there. */
export type Way = Pick<ConnectorContext, 'secrets' | 'signal' | 'rate'>;

/** Servers refuse a user with many sessions at once; 10 is what OpenSSH begins to refuse at (sshd_config MaxStartups). */
const mostSessions = 4;
const patienceSeconds = 30;
const retrySoonSeconds = 30;

/** Waits for a turn and does the work in it. Fault `busy` where none comes. */
export async function inTurn<T>(
  { rate, signal }: Pick<Way, 'rate' | 'signal'>,
  patience: number,
  work: () => Promise<T>,
): Promise<T> {
  const leave = await rate.enter('files', mostSessions, patience, signal);
  if (leave === null) throw new FileFault('busy');
  try {
    return await work();
  } finally {
    leave();
  }
}

/** A folder of this machine, open. */
export async function visitHere(place: FilePlace): Promise<Visit> {
  return { place, files: folderFiles, folder: await realFolder(place.folder) };
}

/** Opens the place, does the work and closes it. Throws a `FileFault`, or `connection.credentials`. */
export async function visiting<T>(way: Way, place: FilePlace, work: (visit: Visit) => Promise<T>): Promise<T> {
  const { server } = place;
  if (server === null) return work(await visitHere(place));
  const credentials = readSftpCredentials(way.secrets);
  return inTurn(way, patienceSeconds, async () => {
    const files = await openSftp(server, credentials, { signal: way.signal, timeoutSeconds: patienceSeconds });
    try {
      return await work({ place, files, folder: place.folder });
    } finally {
      files.close();
    }
  });
}

/**
 * What a fault means where nothing was sent: not reached, refused, or to be asked again. The words of the system never go on;
 * of another host key its fingerprint does, so that a person can compare it with the published one. Null: it is no fault of files.
 */
export function fileFailure(error: unknown): Failure | null {
  if (error instanceof GaitError && error.code === 'connection.credentials')
    return { kind: 'notSent', code: error.code };
  // The pause of a settle time that was called off.
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')) return lost;
  if (!(error instanceof FileFault)) return null;
  const { kind, detail } = error;
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
    case 'busy':
      return { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: retrySoonSeconds };
    case 'lost':
      return lost;
    default:
      return { kind: 'rejected', code: 'file.unreadable', reasons: [{ code: kind }] };
  }
}

const lost: Failure = { kind: 'notSent', code: 'vendor.unavailable', retryAfterSeconds: retrySoonSeconds };

/** As `outcomeOf`, for work that goes to files. */
export async function fileOutcome<Result>(work: () => Promise<Result>): Promise<Outcome<Result>> {
  try {
    return await outcomeOf(work, (error) => fileFailure(error) === null);
  } catch (error) {
    const failure = fileFailure(error);
    if (failure === null) throw error;
    return failure;
  }
}
