// What a PT system gets wrong in its messages, and what its receiver does to those it is sent.
import { faultQueue } from '../faults/queue.ts';
import type { PtMessage } from './messages.ts';

/** In what is written: of the messages or of the file around them; `wrongFraming` and `endMissing` over MLLP only. */
export const writingFaults = [
  'wrongFraming',
  'endMissing',
  'wrongBatchCount',
  'batchCutOff',
  'unknownEvent',
  'missingPid3',
  'mergedPatient',
  'deletedPatient',
  'repeatedControlId',
  'latin1',
] as const;
export type WritingFault = (typeof writingFaults)[number];

/** In what is answered: the next message meets the first of these. */
export const receivingFaults = [
  'noAck',
  'ackLate',
  'AE',
  'AR',
  'closeBeforeTaking',
  'closeAfterTaking',
  'wrongControlId',
] as const;

export interface ReceivingFault {
  readonly fault: (typeof receivingFaults)[number];
  readonly milliseconds?: number;
}

export const queueFaults = faultQueue<ReceivingFault>({
  type: 'object',
  additionalProperties: false,
  required: ['fault'],
  properties: {
    fault: { enum: receivingFaults },
    milliseconds: { type: 'integer', minimum: 0, maximum: 600_000 },
  },
});

function changed(message: PtMessage, change: (line: string) => string): PtMessage {
  return { ...message, segments: message.segments.map(change) };
}

/** A letter of Latin-1 in the name, so that the bytes tell the character set. */
function accented(line: string): string {
  return line.startsWith('PID|') ? line.replace(/[aA](?=[^|]*\^[^|]*\^\^\^\^L)/, 'á') : line;
}

/** The messages with the faults in them; those of the file and of the framing are left to whoever writes it. */
export function spoiled(
  messages: readonly PtMessage[],
  faults: readonly WritingFault[],
  more: { readonly merged: () => PtMessage; readonly deleted: () => PtMessage },
): PtMessage[] {
  const has = (fault: WritingFault): boolean => faults.includes(fault);
  const [first, ...rest] = messages;
  if (first === undefined) return [];
  const own = has('missingPid3')
    ? changed(first, (line) => (line.startsWith('PID|') ? line.replace(/^(PID\|[^|]*\|[^|]*\|)[^|]*/, '$1') : line))
    : first;
  const discharge = changed(first, (line) => line.replace(/\|ADT\^A28\|/, '|ADT^A03|').replace(/^EVN\|A28/, 'EVN|A03'));
  const all = [
    own,
    ...rest,
    ...(has('unknownEvent') ? [{ ...discharge, event: 'A03' }] : []),
    ...(has('mergedPatient') ? [more.merged()] : []),
    ...(has('deletedPatient') ? [more.deleted()] : []),
    ...(has('repeatedControlId') ? [first] : []),
  ];
  return has('latin1') ? all.map((message) => changed(message, accented)) : all;
}
