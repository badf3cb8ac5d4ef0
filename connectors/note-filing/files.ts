// A signed note as two files: the text, then a manifest that tells whose it is and proves the text whole; left once.
import { createHash } from 'node:crypto';
import type { ConnectorContext, Failure, Inquiry, Outcome } from '../connector.ts';
import type { FilePlace } from '../files/files.ts';
import { fileFailure, visiting } from '../files/place.ts';
import { realFolder } from '../files/folder.ts';
import { Archive } from '../x12-files/archive.ts';
import { place as leave, standingOf } from '../x12-files/place.ts';
import type { Outgoing } from '../x12-files/place.ts';
import { plainForm, signatureLines } from './note.ts';
import type { NoteToFile } from './note.ts';

/** Both files as they are kept beforehand and left. `name` has no ending and says nothing of anybody. */
export interface NoteFiles {
  readonly name: string;
  readonly text: string;
  readonly manifest: string;
}

export const fileSeconds = 60;
const doubt = { kind: 'uncertain', code: 'vendor.unavailable', inquireAfterSeconds: 5 } as const;

/** The two files of a note. The manifest is JSON with the text's SHA-256: whoever reads it first waits for nothing. */
export function noteFiles(note: NoteToFile, mark: string): NoteFiles {
  const name = `note-${mark}`;
  const text = plainForm(note);
  const manifest = {
    format: 'gait-note/1',
    document: note.note,
    version: note.version,
    kind: note.kind,
    title: note.title,
    serviceDate: note.date,
    status: 'signed',
    signatures: note.signatures.map(({ as, name: who, credential, at }) => ({ as, name: who, credential, at })),
    signatureText: signatureLines(note),
    patient: note.patient,
    text: { file: `${name}.txt`, sha256: createHash('sha256').update(text).digest('hex') },
  };
  return { name, text, manifest: `${JSON.stringify(manifest, null, 2)}\n` };
}

async function inPlace<T>(
  context: ConnectorContext,
  place: FilePlace,
  work: (outgoing: (extension: string) => Outgoing) => Promise<T | Failure>,
): Promise<T | Failure> {
  try {
    return await visiting(context, place, async ({ files, folder }) => {
      const own = `${folder}/.gait`;
      await files.makeFolder(own);
      const archive = new Archive(files, place.server === null ? await realFolder(own) : own);
      return work((extension) => ({
        files,
        archive,
        config: { outbox: folder, extension, requestTimeoutSeconds: fileSeconds },
        now: context.now,
      }));
    });
  } catch (error) {
    const failure = fileFailure(error);
    if (failure === null) throw error;
    return failure;
  }
}

/** Leaves both, the manifest last: a text without one is no note yet. */
export function leaveNote(context: ConnectorContext, at: FilePlace, note: NoteFiles): Promise<Outcome<string>> {
  let isBegun = false;
  const begun = (): void => {
    isBegun = true;
  };
  return inPlace<Outcome<string>>(context, at, async (outgoing) => {
    try {
      const text = await leave(outgoing('txt'), note.name, note.text, () => undefined);
      if (text.kind === 'busy') return doubt;
      const manifest = await leave(outgoing('json'), `${note.name}-manifest`, note.manifest, begun);
      return manifest.kind === 'busy' ? doubt : { kind: 'done', result: `${note.name}.txt` };
    } catch (error) {
      if (isBegun) return doubt;
      throw error;
    }
  });
}

/** Whether the manifest was left, even where both files have been taken since. */
export function findNote(context: ConnectorContext, at: FilePlace, note: NoteFiles): Promise<Inquiry<string>> {
  return inPlace<Inquiry<string>>(context, at, async (outgoing) => {
    const { kind } = await standingOf(outgoing('json'), `${note.name}-manifest`);
    return kind === 'sent' ? { kind: 'found', result: `${note.name}.txt` } : { kind: 'notFound' };
  });
}
