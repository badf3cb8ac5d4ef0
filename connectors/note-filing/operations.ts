// Filing a signed note in the system where the clinic keeps its charts, once, over the way its connection has.
import { createHash } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext, Effect, EffectTimes, Inquiry, Outcome } from '../connector.ts';
import { rejected } from '../faults.ts';
import { noteMessage } from '../hl7/note-message.ts';
import { inquireNote, sendNote } from '../hl7/send.ts';
import type { MessageSent } from '../hl7/send.ts';
import { readHl7Settings } from '../hl7/settings.ts';
import { fileSeconds, findNote, leaveNote, noteFiles } from './files.ts';
import type { NoteToFile } from './note.ts';
import { filingWay } from './settings.ts';

/** What goes out, word for word as it was written beforehand (`writeNote`). */
export interface WrittenNote {
  readonly wire: string;
}

/** `receipt` is what the other side knows it by: the control id it acknowledged, or the name of the file. */
export interface NoteFiled {
  readonly way: 'message' | 'file';
  readonly receipt: string;
}

interface MessageWire {
  readonly way: 'message';
  readonly controlId: string;
  readonly at: string;
  readonly text: string;
}
interface FileWire {
  readonly way: 'file';
  readonly name: string;
  readonly text: string;
  readonly manifest: string;
}

const controlIdCharacters = 20;

/**
 * What goes out for a note over this connection. `key` is the effect's identity: repeated, the bytes and the control id are the same.
 * Throws `input.invalid` where the connection has no way for notes.
 */
export function writeNote(context: ConnectorContext, note: NoteToFile, key: string): string {
  const way = filingWay(context.config);
  const mark = createHash('sha256').update(key).digest('hex').slice(0, controlIdCharacters);
  if (way === null)
    throw new GaitError('input.invalid', 'no program may write notes over this connection', { where: 'notes' });
  if (way.kind === 'files') {
    const wire: FileWire = { way: 'file', ...noteFiles(note, mark) };
    return JSON.stringify(wire);
  }
  const sending = { controlId: mark, at: context.now().toISOString() };
  const text = noteMessage(readHl7Settings(context.config), note, sending);
  const wire: MessageWire = { way: 'message', ...sending, text };
  return JSON.stringify(wire);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Reads what `writeNote` wrote; null where it is something else. */
function wireIn({ wire }: WrittenNote): MessageWire | FileWire | null {
  const value: unknown = JSON.parse(wire);
  if (typeof value !== 'object' || value === null) return null;
  const { way, controlId, at, text, name, manifest } = {
    way: null,
    controlId: null,
    at: null,
    text: null,
    name: null,
    manifest: null,
    ...value,
  };
  if (way === 'message' && isText(controlId) && isText(at) && isText(text)) return { way, controlId, at, text };
  if (way === 'file' && isText(name) && isText(text) && isText(manifest)) return { way, name, text, manifest };
  return null;
}

const byMessage = ({ controlId }: MessageSent): NoteFiled => ({ way: 'message', receipt: controlId });
const byFile = (receipt: string): NoteFiled => ({ way: 'file', receipt });

/** The way was changed after the note was written for another one: what was written fits no more. */
const wayChanged = rejected('input.invalid', [{ code: 'way-changed', field: 'notes' }]);

async function fileNote(context: ConnectorContext, written: WrittenNote): Promise<Outcome<NoteFiled>> {
  const [wire, way] = [wireIn(written), filingWay(context.config)];
  if (wire?.way === 'message' && way?.kind === 'hl7') {
    const outcome = await sendNote(context, readHl7Settings(context.config), wire.text, wire);
    return outcome.kind === 'done' ? { kind: 'done', result: byMessage(outcome.result) } : outcome;
  }
  if (wire?.way === 'file' && way?.kind === 'files') {
    const outcome = await leaveNote(context, way.place, wire);
    return outcome.kind === 'done' ? { kind: 'done', result: byFile(outcome.result) } : outcome;
  }
  return wayChanged;
}

async function findFiled(context: ConnectorContext, written: WrittenNote): Promise<Inquiry<NoteFiled>> {
  const [wire, way] = [wireIn(written), filingWay(context.config)];
  if (wire?.way === 'message' && way?.kind === 'hl7') {
    const settings = readHl7Settings(context.config);
    const found = await inquireNote(context, settings, wire.text, wire);
    if (found.kind === 'found') return { kind: 'found', result: byMessage(found.result) };
    // A receiver that cannot say, or refuses what it perhaps has: a person looks there.
    return settings.send?.knowsRepeats !== true || found.kind === 'rejected' ? { kind: 'notFound' } : found;
  }
  if (wire?.way === 'file' && way?.kind === 'files') {
    const found = await findNote(context, way.place, wire);
    return found.kind === 'found' ? { kind: 'found', result: byFile(found.result) } : found;
  }
  // Sent over a way that is gone: nobody but a person can look there.
  return { kind: 'notFound' };
}

/** The acknowledgment's own time, and a margin for the connection. */
const marginSeconds = 5;
const usualInquirySeconds = 60;

function times(config: ConnectorContext['config']): EffectTimes {
  const way = filingWay(config);
  if (way?.kind !== 'hl7') return { requestTimeoutSeconds: fileSeconds, inquireAfterSeconds: 5 };
  const seconds = readHl7Settings(config).send?.timeoutSeconds ?? fileSeconds;
  return { requestTimeoutSeconds: 2 * seconds + marginSeconds, inquireAfterSeconds: usualInquirySeconds };
}

const longestSeconds = 2 * 120 + marginSeconds;

function filing(system: string): Effect<WrittenNote, NoteFiled> {
  return {
    name: `${system}.note.file`,
    system,
    effect: true,
    requestTimeoutSeconds: longestSeconds,
    inquireAfterSeconds: usualInquirySeconds,
    times,
    run: fileNote,
    inquire: findFiled,
  };
}

/** By the operation's name, one for each system a clinic may keep its charts in. */
export const noteFilings = {
  'webpt.note.file': filing('webpt'),
  'clinicient.note.file': filing('clinicient'),
  'raintree.note.file': filing('raintree'),
  'prompt.note.file': filing('prompt'),
  'breezyNotes.note.file': filing('breezyNotes'),
} as const;
