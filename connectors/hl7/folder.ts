// The folder where an interface engine leaves its messages: the bytes of the files that lie there complete.
import { createHash } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import { listDropped } from '../files/drop.ts';
import type { Dropped } from '../files/drop.ts';
import { isFault } from '../files/files.ts';
import type { FileSeen } from '../files/files.ts';
import type { Visit } from '../files/place.ts';

const messageName = /\.(hl7|hl7v2|h7)$/i;
const largestBytes = 100_000_000;

/** Oldest first, so that a newer message is applied after an older one. */
export function listMessages(visit: Visit, settleSeconds: number | undefined, signal: AbortSignal): Promise<Dropped> {
  return listDropped(visit, (name) => messageName.test(name), settleSeconds, signal);
}

/**
 * The bytes of a listed file with their SHA-256 (hex). It is opened without following a link, so that one put in its place
 * meanwhile is refused. `place` is that in the listing: an error tells no name.
 */
export async function readMessages(
  { files, folder }: Visit,
  file: FileSeen,
  place: number,
): Promise<{ bytes: Buffer; sha256: string }> {
  try {
    const bytes = await files.read(`${folder}/${file.name}`, largestBytes);
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (!isFault(error, 'missing', 'refused', 'tooLarge', 'failed')) throw error;
    throw new GaitError('file.unreadable', 'a file of messages is too large or may not be read', {
      where: `hl7 file ${place}`,
      fix: 'let the server read the files in the folder',
    });
  }
}
