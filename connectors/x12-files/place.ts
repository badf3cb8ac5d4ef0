// Leaves a file in the outbox once: it appears whole, under a name of its own, and afterwards it can be told whether it did.
import { randomBytes } from 'node:crypto';
import type { Archive } from './archive.ts';
import type { X12FilesConfig } from './config.ts';
import { isFault } from '../files/files.ts';
import type { Files } from '../files/files.ts';

/** What it takes to leave a file in an outbox. */
export interface Outgoing {
  readonly files: Files;
  readonly config: Pick<X12FilesConfig, 'outbox' | 'extension' | 'requestTimeoutSeconds'>;
  readonly archive: Archive;
  readonly now: () => Date;
}

/**
 * How far a sending has come. The steps, each of which leaves its trace: the text under a hidden name in the outbox; a note of
 * that name and the text in `sending` (whoever makes it sends, the others do not); the hidden name changed into the real one,
 * in one step; the note moved to `sent`. So a note whose hidden file is gone says that the clearinghouse could see the file,
 * even when it has picked it up meanwhile.
 */
export type Standing =
  | { readonly kind: 'unsent' }
  /** Somebody began to write the note; nothing is visible yet. */
  | { readonly kind: 'begun'; readonly at: number }
  /** Ready under its hidden name. */
  | { readonly kind: 'prepared'; readonly hidden: string }
  | { readonly kind: 'sent'; readonly text: string; readonly at: number };

/** What a note says: the mark of the hidden name, then the text. Null where the note was not written to its end. */
function noteOf(bytes: Buffer): { mark: string; text: string } | null {
  const match = /^([0-9a-f]{16}) (\d+)\n([\s\S]*)$/.exec(bytes.toString('utf8'));
  const [, mark = '', length = '', text = ''] = match ?? [];
  return match !== null && Buffer.byteLength(text) === Number(length) ? { mark, text } : null;
}

function hiddenPath({ config }: Outgoing, name: string, mark: string): string {
  return `${config.outbox}/.${name}.${mark}.part`;
}

/** @param name as `fileNameOf` makes it, without its ending */
export async function standingOf(session: Outgoing, name: string): Promise<Standing> {
  const { archive, files } = session;
  const sent = await archive.read('sent', name);
  if (sent !== null)
    return { kind: 'sent', text: noteOf(sent)?.text ?? '', at: (await archive.stat('sent', name))?.modifiedAt ?? 0 };
  const begun = await archive.stat('sending', name);
  const bytes = begun === null ? null : await archive.read('sending', name);
  // Moved to `sent` between the two looks.
  if (begun !== null && bytes === null) return standingOf(session, name);
  if (begun === null || bytes === null) return { kind: 'unsent' };
  const note = noteOf(bytes);
  if (note === null) return { kind: 'begun', at: begun.modifiedAt };
  const hidden = hiddenPath(session, name, note.mark);
  if ((await files.stat(hidden)) !== null) return { kind: 'prepared', hidden };
  await archive.move('sending', name, 'sent');
  return { kind: 'sent', text: note.text, at: begun.modifiedAt };
}

export type Placed =
  | { readonly kind: 'placed' }
  /** It was sent before, or another file of this name lies there. */
  | { readonly kind: 'there' }
  /** Somebody else is at it. */
  | { readonly kind: 'busy' };

/**
 * Sends `text` under `name`, unless that was done. A fault before `atLast` was called means that nothing is visible in the
 * outbox; after it, nobody knows before they look (`standingOf`).
 */
export async function place(session: Outgoing, name: string, text: string, atLast: () => void): Promise<Placed> {
  const { files, config, archive, now } = session;
  const standing = await standingOf(session, name);
  if (standing.kind === 'sent') return { kind: 'there' };
  if (standing.kind === 'begun') {
    // The one who began it has either long written it to its end, or is gone.
    if (now().getTime() - standing.at < config.requestTimeoutSeconds * 2000) return { kind: 'busy' };
    await archive.remove('sending', name);
  }
  const visible = `${config.outbox}/${name}.${config.extension}`;
  let hidden = standing.kind === 'prepared' ? standing.hidden : null;
  if (hidden === null) {
    if ((await files.stat(visible)) !== null) return { kind: 'there' };
    const mark = randomBytes(8).toString('hex');
    hidden = hiddenPath(session, name, mark);
    await files.write(hidden, Buffer.from(text));
    try {
      await archive.write('sending', name, Buffer.from(`${mark} ${Buffer.byteLength(text)}\n${text}`));
    } catch (error) {
      if (!isFault(error, 'exists')) throw error;
      await files.remove(hidden);
      return { kind: 'busy' };
    }
  }
  atLast();
  try {
    await files.rename(hidden, visible);
  } catch (error) {
    // Another one who found it prepared was faster.
    if (!isFault(error, 'missing')) throw error;
  }
  await archive.move('sending', name, 'sent');
  return { kind: 'placed' };
}
