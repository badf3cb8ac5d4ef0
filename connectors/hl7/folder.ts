// The folder where an interface engine leaves its messages: which files lie there complete, and their bytes.
import { createHash } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import { listDropped, openDropped } from '../dropped-files.ts';
import type { Dropped, DroppedFile } from '../dropped-files.ts';

const messageName = /\.(hl7|hl7v2|h7)$/i;
const largestBytes = 100_000_000;

export function listMessages(folder: string, settleSeconds: number, signal: AbortSignal): Promise<Dropped<'messages'>> {
  const kindOf = (name: string) => (messageName.test(name) ? 'messages' : null);
  return listDropped({ folder, kindOf, settleSeconds, where: 'hl7/folder' }, signal);
}

/** The bytes of a listed file with their SHA-256 (hex). `place` is that in the listing: an error tells no name. */
export async function readMessages(
  folder: string,
  { name }: Pick<DroppedFile<'messages'>, 'name'>,
  place: number,
): Promise<{ bytes: Buffer; sha256: string }> {
  const where = `hl7 file ${place}`;
  const fix = 'let the server read the files in the folder';
  const refused = new GaitError('file.unreadable', 'a file of messages may not be read', { where, fix });
  const handle = await openDropped(folder, name, refused);
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > largestBytes)
      throw new GaitError('file.unreadable', 'a file of messages is no plain file of a usual size', { where });
    const bytes = await handle.readFile();
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  } finally {
    await handle.close();
  }
}
