// One visit to the files of a connection: its turn, its transport, and what a fault of it means for the one who asked.
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext, Failure } from '../connector.ts';
import { fileFailure, inTurn } from '../files/place.ts';
import { folderFiles, realFolder } from '../files/folder.ts';
import { openSftp } from '../files/sftp.ts';
import { readSftpCredentials } from '../files/sftp-settings.ts';
import { Archive } from './archive.ts';
import { readX12FilesConfig } from './config.ts';
import type { X12FilesConfig } from './config.ts';
import type { Session } from './take-in.ts';

const secretNames = { password: 'password', privateKey: 'privateKey', passphrase: 'passphrase' } as const;

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
    files: await openSftp(config.server, readSftpCredentials(context.secrets, secretNames), { signal, timeoutSeconds }),
    config,
  };
}

/** What an error means where nothing was sent; a setting that is wrong is told by its name. A bug stays an exception. */
export function failureOf(error: unknown): Failure {
  const failure = fileFailure(error);
  if (failure !== null) return failure;
  if (!(error instanceof GaitError)) throw error;
  const reason = { code: 'invalid', ...(error.where === undefined ? {} : { field: error.where }) };
  return { kind: 'rejected', code: error.code, reasons: [reason] };
}

/** Opens the files, does the work and closes them. Faults come out as failures of a call that sent nothing. */
export async function withFiles<T>(
  context: ConnectorContext,
  work: (session: Session) => Promise<T | Failure>,
): Promise<T | Failure> {
  try {
    const settings = readX12FilesConfig(context.config);
    return await inTurn(context, settings.requestTimeoutSeconds / 2, async () => {
      const { files, config } = await open(context, settings);
      try {
        const archive = new Archive(files, config.archive);
        return await work({ files, config, archive, signal: context.signal, now: context.now });
      } finally {
        files.close();
      }
    });
  } catch (error) {
    return failureOf(error);
  }
}
