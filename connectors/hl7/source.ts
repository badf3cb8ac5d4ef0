// HL7 v2 as a way in: the files an interface engine leaves in a folder, asked for and answered like every other source.
import type { ConnectionTest, ConnectorContext } from '../connector.ts';
import { cursorOver, marksIn, markOf, putAside } from '../files/drop.ts';
import type { DroppedFile } from '../files/drop.ts';
import { fileOutcome, visiting } from '../files/place.ts';
import type { Visit } from '../files/place.ts';
import type { Gone } from '../pt-records/rows.ts';
import type { Delivery, RecordSource, RecordsFetched, RecordsRequest } from '../pt-records/source.ts';
import { toldKinds } from './collected.ts';
import { listMessages, readMessages } from './folder.ts';
import { readMessage } from './read-message.ts';
import { messagePlace, readHl7Settings } from './settings.ts';
import type { Hl7Settings } from './settings.ts';

/** Who is gone in one file and told of again in a later one is not gone. */
function stillGone(gone: readonly { readonly file: number; readonly gone: Gone }[], told: ReadonlyMap<string, number>) {
  return gone.flatMap(({ file, gone: one }) => ((told.get(`${one.of} ${one.id}`) ?? -1) > file ? [] : [one]));
}

/** Whom and what a delivery tells of, as `of` and id of what may be gone. */
function toldIn(delivery: Delivery): string[] {
  if (delivery.kind === 'patients') return delivery.rows.map(({ recordNumber }) => `patient ${recordNumber}`);
  if (delivery.kind !== 'appointments') return [];
  return delivery.rows.flatMap(({ appointmentId }) => (appointmentId === null ? [] : [`appointment ${appointmentId}`]));
}

const nothing: RecordsFetched = {
  deliveries: [],
  gone: [],
  cursor: null,
  more: false,
  waiting: 0,
  skipped: 0,
  unrecognised: 0,
};

async function fetchFiles(context: ConnectorContext, request: RecordsRequest): Promise<RecordsFetched> {
  const settings = readHl7Settings(context.config);
  const place = messagePlace(settings);
  if (place === null) return nothing;
  return visiting(context, place, (visit) => readFiles(visit, settings, context.signal, request));
}

async function readFiles(
  visit: Visit,
  settings: Hl7Settings,
  signal: AbortSignal,
  request: RecordsRequest,
): Promise<RecordsFetched> {
  const listing = await listMessages(visit, settings.settleSeconds, signal);
  const skip = new Set(request.skip);
  const marks = marksIn(request.cursor);
  const deliveries: Delivery[] = [];
  const gone: { file: number; gone: Gone }[] = [];
  const told = new Map<string, number>();
  const taken: DroppedFile[] = [];
  /** Of which nothing is left to be told, whatever kinds are asked for. */
  const finished: string[] = [];
  let unrecognised = listing.others;
  let [rows, skipped, more] = [0, 0, false];
  const ready = [...listing.files.entries()].filter(([, { isStable }]) => isStable);
  const ofBytes = ready.reduce((sum, [, file]) => sum + file.bytes, 0);
  let bytesRead = 0;
  for (const [index, file] of ready) {
    signal.throwIfAborted();
    request.reading?.({ bytes: bytesRead, ofBytes });
    bytesRead += file.bytes;
    if (marks.has(markOf(file))) {
      skipped += 1;
      taken.push(file);
      continue;
    }
    if (rows > 0 && request.limit !== undefined && rows >= request.limit) {
      more = true;
      break;
    }
    const { bytes, sha256 } = await readMessages(visit, file, index + 1);
    taken.push(file);
    if (skip.has(sha256)) {
      skipped += 1;
      finished.push(file.name);
      continue;
    }
    const receivedAt = new Date(file.modifiedAt).toISOString();
    const piece = readMessage(bytes, settings, request.clinic, { receivedAt, file: file.name });
    const wanted = piece.deliveries.filter(({ kind }) => request.kinds?.includes(kind) ?? true);
    const fresh = wanted.filter(({ id }) => !skip.has(id));
    for (const { id } of fresh) skip.add(id);
    if (piece.deliveries.every(({ id }) => skip.has(id))) finished.push(file.name);
    if (wanted.length > 0 && fresh.length === 0) {
      skipped += 1;
      continue;
    }
    skip.add(sha256);
    for (const delivery of fresh) {
      rows += delivery.rows.length;
      deliveries.push(delivery);
      for (const key of toldIn(delivery)) told.set(key, index);
    }
    for (const one of piece.gone) gone.push({ file: index, gone: one });
    unrecognised += piece.unrecognised;
  }
  if (!more) request.reading?.({ bytes: ofBytes, ofBytes });
  const waiting = listing.files.length - ready.length;
  return {
    deliveries,
    gone: stillGone(gone, told),
    cursor: cursorOver(visit, taken),
    more,
    waiting,
    skipped,
    unrecognised,
    files: finished,
  };
}

async function testSettings(context: ConnectorContext): Promise<ConnectionTest> {
  const settings = readHl7Settings(context.config);
  const { settleSeconds, listen, send, zone, identifier } = settings;
  const place = messagePlace(settings);
  const facts = [
    { label: 'Time zone', value: zone ?? "the clinic's" },
    { label: 'Record number', value: [identifier.authority, identifier.type].filter(Boolean).join(' ') || 'any' },
  ];
  if (place !== null) {
    const listing = await visiting(context, place, (visit) => listMessages(visit, settleSeconds, context.signal));
    facts.push({ label: 'Messages come', value: place.server === null ? 'into a folder' : 'over SFTP' });
    facts.push({ label: 'Files of messages', value: String(listing.files.length) });
    facts.push({ label: 'Files of other names', value: String(listing.others) });
  }
  if (listen !== undefined) facts.push({ label: 'Listens at', value: `${listen.host}:${listen.port}` });
  if (send !== undefined)
    facts.push({ label: 'Sends', value: send.folder === undefined ? 'over MLLP' : 'to a folder' });
  return { facts };
}

/** Files only; what arrives over MLLP the server keeps, and its import reads it with `readMessage`. */
export const hl7Source: RecordSource = {
  kinds: () => toldKinds,
  fetch: (context, request) => fileOutcome(() => fetchFiles(context, request)),
  test: (context) => fileOutcome(() => testSettings(context)),
  async putAside(context, names) {
    const place = messagePlace(readHl7Settings(context.config));
    return place === null ? 0 : visiting(context, place, (visit) => putAside(visit, names, context.now()));
  },
};
