// The folders of a Therabill connection: what it exports lies in one by kind, what a person uploads there in another.
import type { ConnectorContext, Failure } from '../connector.ts';
import { Archive } from '../x12-files/archive.ts';
import { folderFiles, realFolder } from '../files/folder.ts';
import type { Outgoing } from '../x12-files/place.ts';
import { failureOf } from '../x12-files/session.ts';
import type { Intake } from '../x12-files/take-in.ts';
import { readTherabillConfig } from './config.ts';
import type { TherabillConfig } from './config.ts';

/** What comes out of Therabill: claims (837P), remittances (835), and tables of payments and clients. */
export const inboxes = ['claims', 'remittances', 'payments', 'clients'] as const;
export type Inbox = (typeof inboxes)[number];

/** What goes into Therabill by a person's hand. */
export const uploads = { remittance: 'edi', client: 'csv' } as const;
export type Upload = keyof typeof uploads;

const readyMarker = '.done';

export interface Folders {
  readonly config: TherabillConfig;
  readonly root: string;
  readonly intake: (inbox: Inbox) => Promise<Intake>;
  readonly outgoing: (upload: Upload) => Promise<Outgoing>;
}

/** A table is whole when its last line has its end; UTF-16 is one of the ways in which it is written. */
export function endsWithLine(bytes: Uint8Array): boolean {
  const last = bytes.at(-1);
  return last === 0x0a || last === 0x0d || (last === 0 && (bytes.at(-2) === 0x0a || bytes.at(-2) === 0x0d));
}

/** Does the work in the folders, which are made where they are missing. Faults come out as failures of a call that did nothing. */
export async function withFolders<T>(
  context: ConnectorContext,
  work: (folders: Folders) => Promise<T | Failure>,
  payers: Readonly<Record<string, string>> = {},
): Promise<T | Failure> {
  try {
    const config = readTherabillConfig(context.config, payers);
    const root = await realFolder(config.dropFolder);
    for (const folder of [...inboxes, 'upload', 'archive']) await folderFiles.makeFolder(`${root}/${folder}`);
    const shelf = async (name: string): Promise<Archive> => {
      await folderFiles.makeFolder(`${root}/archive/${name}`);
      return new Archive(folderFiles, `${root}/archive/${name}`);
    };
    const { settleSeconds, damagedAfterSeconds, requestTimeoutSeconds } = config;
    const { signal, now } = context;
    return await work({
      config,
      root,
      intake: async (inbox) => ({
        files: folderFiles,
        archive: await shelf(inbox),
        config: { inbox: `${root}/${inbox}`, readyMarker, settleSeconds, damagedAfterSeconds },
        signal,
        now,
        ...(inbox === 'payments' || inbox === 'clients' ? { isWhole: endsWithLine } : {}),
      }),
      outgoing: async (upload) => ({
        files: folderFiles,
        archive: await shelf('upload'),
        config: { outbox: `${root}/upload`, extension: uploads[upload], requestTimeoutSeconds },
        now,
      }),
    });
  } catch (error) {
    return failureOf(error);
  }
}
