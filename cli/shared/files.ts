// Writes a table that a command makes to a file of its own.
import { writeFile } from 'node:fs/promises';
import { GaitError } from '../../domain/errors.ts';

/** Never over a file that is there. Throws `file.unreadable`. */
export async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  } catch {
    throw new GaitError('file.unreadable', 'The table cannot be written.', {
      where: path,
      fix: 'Name a new file in a folder that is there.',
    });
  }
}
