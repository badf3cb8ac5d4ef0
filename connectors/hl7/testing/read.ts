// Reads a message with a clinic's settings, for tests of what its segments mean.
import type { Delivery } from '../../pt-records/source.ts';
import { readMessage } from '../read-message.ts';
import type { ReadPiece } from '../read-message.ts';
import { clinicWords, settingsOf } from './messages.ts';

const receivedAt = '2026-11-18T20:00:00.000Z';

/** What becomes of the bytes of one file. */
export function read(bytes: Buffer, own: Readonly<Record<string, unknown>> = {}): ReadPiece {
  return readMessage(bytes, settingsOf(own), clinicWords, { receivedAt });
}

/** The delivery of a kind; throws where there is none. */
export function only<Kind extends Delivery['kind']>(piece: ReadPiece, kind: Kind): Extract<Delivery, { kind: Kind }> {
  const isKind = (one: Delivery): one is Extract<Delivery, { kind: Kind }> => one.kind === kind;
  const found = piece.deliveries.find(isKind);
  if (found === undefined) throw new Error(`nothing of ${kind}`);
  return found;
}
