// Leaves a file that a person uploads into Therabill: once, whole, and afterwards it can be told whether it was left.
import { createHash } from 'node:crypto';
import type { ConnectorContext, Failure, Inquiry, Outcome } from '../connector.ts';
import { place, standingOf } from '../x12-files/place.ts';
import { readTherabillConfig } from './config.ts';
import { withFolders } from './folders.ts';
import type { Upload } from './folders.ts';
import { uploads } from './folders.ts';

/** The file as it lies in the folder `upload`; its name says nothing of anybody. */
export interface Uploadable {
  readonly file: string;
}

function nameOf(upload: Upload, text: string): string {
  return `${upload}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

function leftAs(name: string, upload: Upload): Uploadable {
  return { file: `${name}.${uploads[upload]}` };
}

export async function leave(context: ConnectorContext, upload: Upload, text: string): Promise<Outcome<Uploadable>> {
  const name = nameOf(upload, text);
  let isBegun = false;
  const doubt = (): Failure => ({
    kind: 'uncertain',
    code: 'vendor.unavailable',
    inquireAfterSeconds: readTherabillConfig(context.config).inquireAfterSeconds,
  });
  return withFolders<Outcome<Uploadable>>(context, async ({ outgoing }) => {
    try {
      const { kind } = await place(await outgoing(upload), name, text, () => {
        isBegun = true;
      });
      return kind === 'busy' ? doubt() : { kind: 'done', result: leftAs(name, upload) };
    } catch (error) {
      if (isBegun) return doubt();
      throw error;
    }
  });
}

export function findLeft(context: ConnectorContext, upload: Upload, text: string): Promise<Inquiry<Uploadable>> {
  const name = nameOf(upload, text);
  return withFolders<Inquiry<Uploadable>>(context, async ({ outgoing }) => {
    const standing = await standingOf(await outgoing(upload), name);
    return standing.kind === 'sent' ? { kind: 'found', result: leftAs(name, upload) } : { kind: 'notFound' };
  });
}
