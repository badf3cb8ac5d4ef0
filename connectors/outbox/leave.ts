// Leaves a file for a person or a bridge to pick up: once for the same content, whole, and afterwards it can be told whether it was left.
import { createHash } from 'node:crypto';
import type { Failure, Inquiry, Outcome } from '../connector.ts';
import { place, standingOf } from '../x12-files/place.ts';
import type { Outgoing } from '../x12-files/place.ts';

/** The file as it lies in the folder; its name says nothing of anybody. */
export interface Left {
  readonly file: string;
}

/** What is left: `prefix` says what kind of file it is, the hash of the text which one. */
export interface Leaving {
  readonly prefix: string;
  readonly text: string;
}

function nameOf({ prefix, text }: Leaving): string {
  return `${prefix}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

function leftAs({ config }: Outgoing, name: string): Left {
  return { file: `${name}.${config.extension}` };
}

/** @param inquireAfterSeconds how long until a file whose leaving is in doubt can be looked for */
export async function leaveFile(
  outgoing: Outgoing,
  leaving: Leaving,
  inquireAfterSeconds: number,
): Promise<Outcome<Left>> {
  const name = nameOf(leaving);
  const doubt: Failure = { kind: 'uncertain', code: 'vendor.unavailable', inquireAfterSeconds };
  let isBegun = false;
  try {
    const { kind } = await place(outgoing, name, leaving.text, () => {
      isBegun = true;
    });
    return kind === 'busy' ? doubt : { kind: 'done', result: leftAs(outgoing, name) };
  } catch (error) {
    if (isBegun) return doubt;
    throw error;
  }
}

/** Whether the file was left, even where it has been picked up since. */
export async function findLeft(outgoing: Outgoing, leaving: Leaving): Promise<Inquiry<Left>> {
  const name = nameOf(leaving);
  const standing = await standingOf(outgoing, name);
  return standing.kind === 'sent' ? { kind: 'found', result: leftAs(outgoing, name) } : { kind: 'notFound' };
}
