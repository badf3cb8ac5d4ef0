// Writes messages as the files an interface engine leaves: patients as a batch, the others after each other, single ones by themselves.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hl7Dialect } from './dialects.ts';
import type { WritingFault } from './faults.ts';
import type { MessageKind, PtMessage } from './messages.ts';

/** The bytes of a message. */
export function bytesOf(message: PtMessage, dialect: Hl7Dialect, faults: readonly WritingFault[]): Buffer {
  const text = message.segments.map((line) => `${line}${dialect.lineEnd}`).join('');
  return Buffer.from(text, faults.includes('latin1') ? 'latin1' : 'utf8');
}

function batch(bodies: readonly Buffer[], dialect: Hl7Dialect, faults: readonly WritingFault[]): Buffer {
  const { application, facility, lineEnd } = dialect;
  const head = (name: string): string => `${name}|^~\\&|${application}|${facility}|GAIT|STRIDE${lineEnd}`;
  const count = bodies.length + (faults.includes('wrongBatchCount') ? 1 : 0);
  const trailers = faults.includes('batchCutOff') ? '' : `BTS|${count}${lineEnd}FTS|1${lineEnd}`;
  return Buffer.concat([Buffer.from(head('FHS') + head('BHS')), ...bodies, Buffer.from(trailers)]);
}

/** Writes one file of a kind into `folder` (made when missing), under a hidden name first. Returns its name. */
export function writeMessages(
  kind: MessageKind,
  messages: readonly PtMessage[],
  more: {
    readonly folder: string;
    readonly dialect: Hl7Dialect;
    readonly today: string;
    readonly faults: readonly WritingFault[];
  },
): string {
  const { folder, dialect, today, faults } = more;
  const bodies = messages.map((message) => bytesOf(message, dialect, faults));
  const bytes = kind === 'patients' ? batch(bodies, dialect, faults) : Buffer.concat(bodies);
  const name = `${dialect.application}_${kind}_${today.replaceAll('-', '')}.hl7`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `.${name}.part`), bytes);
  renameSync(join(folder, `.${name}.part`), join(folder, name));
  return name;
}
