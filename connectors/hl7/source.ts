// HL7 v2 as a way in: the files an interface engine leaves in a folder, asked for and answered like every other source.
import type { ConnectionTest, ConnectorContext } from '../connector.ts';
import { outcomeOf } from '../faults.ts';
import type { Gone } from '../pt-records/rows.ts';
import type { Delivery, RecordSource, RecordsFetched, RecordsRequest } from '../pt-records/source.ts';
import { toldKinds } from './collected.ts';
import { listMessages, readMessages } from './folder.ts';
import { readMessage } from './read-message.ts';
import { readHl7Settings } from './settings.ts';

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

async function fetchFiles(context: ConnectorContext, request: RecordsRequest): Promise<RecordsFetched> {
  const settings = readHl7Settings(context.config);
  const { folder } = settings;
  const nothing = { deliveries: [], gone: [], cursor: null, more: false, waiting: 0, skipped: 0, unrecognised: 0 };
  if (folder === undefined) return nothing;
  const listing = await listMessages(folder, settings.settleSeconds, context.signal);
  const skip = new Set(request.skip);
  const deliveries: Delivery[] = [];
  const gone: { file: number; gone: Gone }[] = [];
  const told = new Map<string, number>();
  let { unrecognised } = listing;
  let [rows, skipped, more] = [0, 0, false];
  for (const [index, file] of listing.files.entries()) {
    if (!file.stable) continue;
    context.signal.throwIfAborted();
    if (rows > 0 && request.limit !== undefined && rows >= request.limit) {
      more = true;
      break;
    }
    const { bytes, sha256 } = await readMessages(folder, file, index + 1);
    if (skip.has(sha256)) {
      skipped += 1;
      continue;
    }
    const piece = readMessage(bytes, settings, request.clinic, { receivedAt: file.modifiedAt, file: file.name });
    const wanted = piece.deliveries.filter(({ kind }) => request.kinds?.includes(kind) ?? true);
    const fresh = wanted.filter(({ id }) => !skip.has(id));
    if (wanted.length > 0 && fresh.length === 0) {
      skipped += 1;
      continue;
    }
    skip.add(sha256);
    for (const delivery of fresh) {
      skip.add(delivery.id);
      rows += delivery.rows.length;
      deliveries.push(delivery);
      for (const key of toldIn(delivery)) told.set(key, index);
    }
    for (const one of piece.gone) gone.push({ file: index, gone: one });
    unrecognised += piece.unrecognised;
  }
  const waiting = listing.files.filter(({ stable }) => !stable).length;
  return { deliveries, gone: stillGone(gone, told), cursor: null, more, waiting, skipped, unrecognised };
}

async function testSettings(context: ConnectorContext): Promise<ConnectionTest> {
  const { folder, settleSeconds, listen, send, zone, identifier } = readHl7Settings(context.config);
  const facts = [
    { label: 'Time zone', value: zone ?? "the clinic's" },
    { label: 'Record number', value: [identifier.authority, identifier.type].filter(Boolean).join(' ') || 'any' },
  ];
  if (folder !== undefined) {
    const listing = await listMessages(folder, settleSeconds, context.signal);
    facts.push({ label: 'Files of messages', value: String(listing.files.length) });
    facts.push({ label: 'Files of other names', value: String(listing.unrecognised) });
  }
  if (listen !== undefined) facts.push({ label: 'Listens at', value: `${listen.host}:${listen.port}` });
  if (send !== undefined)
    facts.push({ label: 'Sends', value: send.folder === undefined ? 'over MLLP' : 'to a folder' });
  return { facts };
}

/** Files only; what arrives over MLLP the server keeps, and its import reads it with `readMessage`. */
export const hl7Source: RecordSource = {
  kinds: () => toldKinds,
  fetch: (context, request) => outcomeOf(() => fetchFiles(context, request)),
  test: (context) => outcomeOf(() => testSettings(context)),
};
