// Leaves a file that a person uploads into Therabill: once, whole, and afterwards it can be told whether it was left.
import type { ConnectorContext, Inquiry, Outcome } from '../connector.ts';
import { findLeft as find, leaveFile } from '../outbox/leave.ts';
import type { Left } from '../outbox/leave.ts';
import { readTherabillConfig } from './config.ts';
import { withFolders } from './folders.ts';
import type { Upload } from './folders.ts';

/** The file as it lies in the folder `upload`; its name says nothing of anybody. */
export type Uploadable = Left;

export function leave(context: ConnectorContext, upload: Upload, text: string): Promise<Outcome<Uploadable>> {
  const { inquireAfterSeconds } = readTherabillConfig(context.config);
  return withFolders<Outcome<Uploadable>>(context, async ({ outgoing }) =>
    leaveFile(await outgoing(upload), { prefix: upload, text }, inquireAfterSeconds),
  );
}

export function findLeft(context: ConnectorContext, upload: Upload, text: string): Promise<Inquiry<Uploadable>> {
  return withFolders<Inquiry<Uploadable>>(context, async ({ outgoing }) =>
    find(await outgoing(upload), { prefix: upload, text }),
  );
}
