// Messages to the rows every way into Gait tells: a file or a message in, deliveries and what is gone out; nothing is thrown, nothing left unsaid.
import { createHash } from 'node:crypto';
import type { Gone } from '../pt-records/rows.ts';
import type { ClinicWords, Delivery } from '../pt-records/source.ts';
import { ZoneClock } from '../zone-clock.ts';
import { splitFile } from './batch.ts';
import { Collected } from './collected.ts';
import { headerOf, kindOfEvent, refusalOf } from './header.ts';
import type { Header } from './header.ts';
import { parseMessage } from './message.ts';
import { readAppointment } from './read-appointments.ts';
import { readCharges } from './read-charges.ts';
import { readDocument, readObservations } from './read-documents.ts';
import { readMerge, readPatients, readRemoval } from './read-patients.ts';
import { Reading } from './reading.ts';
import type { Hl7Settings } from './settings.ts';
import { instantOfTimestamp, readTimestamp } from './timestamps.ts';

/** `receivedAt` (ISO UTC) stands for the time of a message that tells none; `file` is the name of the file it came in. */
export interface Arrival {
  readonly receivedAt: string;
  readonly file?: string;
}

export interface ReadPiece {
  readonly deliveries: readonly Delivery[];
  readonly gone: readonly Gone[];
  /** Messages of an event nobody reads. */
  readonly unrecognised: number;
}

const merges = ['A18', 'A34', 'A40'];
const removals = ['A23', 'A29'];

function dispatch(reading: Reading, type: string): void {
  switch (type) {
    case 'ADT':
      if (merges.includes(reading.event)) readMerge(reading);
      else if (removals.includes(reading.event)) readRemoval(reading);
      else readPatients(reading);
      return;
    case 'SIU':
      readAppointment(reading);
      return;
    case 'DFT':
      readCharges(reading);
      return;
    case 'MDM':
      readDocument(reading);
      return;
    case 'ORU':
      readObservations(reading);
      return;
  }
}

interface Words {
  readonly settings: Hl7Settings;
  readonly clinic: ClinicWords;
  readonly clock: ZoneClock | undefined;
}

/** By whose words messages are read, with the clocks of the sender. */
export function senderWords(settings: Hl7Settings, clinic: ClinicWords): Words {
  const zone = settings.zone ?? clinic.zone;
  return { settings, clinic, clock: zone === undefined ? undefined : new ZoneClock(zone) };
}

/** The header of a message, and whether its event was read. */
export interface Taken {
  readonly header: Header | null;
  readonly refusal: ReturnType<typeof refusalOf>;
  /** How many headers stand in the bytes: a frame with several holds messages nobody would acknowledge. */
  readonly headers: number;
}

/** Reads one message into `into`. `line` is that of the file before its first. */
export function takeMessage(bytes: Uint8Array, line: number, words: Words, into: Collected): Taken {
  const { settings } = words;
  const { message, problems } = parseMessage(bytes, settings.charset);
  const header = message === null ? null : headerOf(message);
  const kind = header === null ? null : kindOfEvent(header);
  const told = into.problemsOf(kind ?? 'patients');
  for (const problem of problems) told.push({ ...problem, row: problem.row + line });
  if (message === null || header === null) return { header, refusal: null, headers: 0 };
  const headers = message.segments.filter(({ name }) => name === 'MSH').length;
  const refusal = refusalOf(header, settings);
  if (refusal !== null || kind === null || header.event === null || header.type === null) {
    const { field = 9, reason = 'unknown event' } = refusal ?? {};
    told.push({ row: line + 1, column: `MSH-${field}`, reason, rejected: true });
    return { header, refusal: { field, reason }, headers };
  }
  dispatch(new Reading({ message, event: header.event, kind, line, ...words, into }), header.type);
  return { header, refusal: null, headers };
}

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * Reads a file (one message, several, a batch) or a message. Each kind of row is a delivery of its own. Where the piece holds one
 * kind its id is the SHA-256 of the bytes; of several kinds each has its own, made of that and the kind.
 */
export function readMessage(
  content: Uint8Array | string,
  settings: Hl7Settings,
  clinic: ClinicWords,
  { receivedAt, file }: Arrival,
): ReadPiece {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const { messages, problems } = splitFile(bytes);
  const words = senderWords(settings, clinic);
  const into = new Collected();
  for (const problem of problems) into.problemsOf('patients').push(problem);
  let unrecognised = 0;
  let asOf: string | null = null;
  for (const { bytes: one, line } of messages) {
    const { header, refusal } = takeMessage(one, line - 1, words, into);
    if (refusal?.reason === 'unknown event') unrecognised += 1;
    const stamp = readTimestamp(header?.at ?? '');
    const at = stamp === null ? null : instantOfTimestamp(stamp, words.clock);
    if (at !== null && (asOf === null || at > asOf)) asOf = at;
  }
  const sha = sha256(bytes);
  const found = into.rows();
  // A piece that says only who is gone, or nothing, is a delivery as well: it is told once and put aside.
  const rows = found.length > 0 ? found : [{ kind: 'patients', rows: [], problems: [], duplicates: 0 } as const];
  const piece = { asOf: asOf ?? receivedAt, ...(file === undefined ? {} : { file }) };
  const deliveries = rows.map((told) => {
    const id = rows.length === 1 ? sha : sha256(`${sha} ${told.kind}`);
    return { ...told, ...piece, id };
  });
  return { deliveries, gone: into.gone, unrecognised };
}
