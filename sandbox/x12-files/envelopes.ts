// The envelopes of what the clearinghouse answers: the parties changed about, its own control numbers, a TA1 where it was asked for one.
import type { X12File } from '../../domain/x12/file.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import type { Envelope, WrittenSegment } from '../../domain/x12/writer.ts';
import { writeInterchange } from '../../domain/x12/writer.ts';

type Asked = Pick<X12File['interchanges'][number], 'sender' | 'receiver'>;

/** Who sent, as `ZZ:CLINIC` stands in a read interchange. */
function party(text: string | null): Envelope['sender'] {
  const [qualifier = 'ZZ', id = ''] = (text ?? 'ZZ:UNKNOWN').split(':');
  return { qualifier: qualifier.trim(), id: id.trim() || 'UNKNOWN' };
}

function envelope(asked: Asked, groupCode: string, control: number, now: Date): Envelope {
  const [sender, receiver] = [party(asked.receiver), party(asked.sender)];
  const at = now.toISOString();
  return {
    sender,
    receiver,
    groupSender: sender.id,
    groupReceiver: receiver.id,
    groupCode,
    interchangeControl: control,
    groupControl: control,
    date: at.slice(0, 10),
    time: at.slice(11, 16).replace(':', ''),
    usage: 'test',
    acknowledge: false,
  };
}

export interface AnswerSet {
  readonly type: string;
  readonly version: string;
  readonly segments: readonly WrittenSegment[];
}

/** GS01 of the kinds a clearinghouse answers with (X12.22, data element 479). */
const groupCodes: Readonly<Record<string, string>> = { '271': 'HB', '277': 'HN', '835': 'HP', '999': 'FA' };

/** An interchange with one transaction set. */
export function writeAnswer(asked: Asked, { type, version, segments }: AnswerSet, control: number, now: Date): string {
  const set = { type, version, control: String(control).padStart(4, '0'), segments };
  return writeInterchange(envelope(asked, groupCodes[type] ?? 'HN', control, now), [set]);
}

/** An interchange that holds a TA1 and no group. @param about ISA13 of what is acknowledged */
export function writeTa1(
  asked: Asked,
  ta1: { readonly about: string; readonly code: 'A' | 'R'; readonly note: string },
  control: number,
  now: Date,
): string {
  const at = now.toISOString();
  const isa = writeInterchange(envelope(asked, 'FA', control, now), []).split('~')[0] ?? '';
  const date = at.slice(2, 10).replaceAll('-', '');
  const time = at.slice(11, 16).replace(':', '');
  const number = String(control).padStart(9, '0');
  return [isa, `TA1*${ta1.about}*${date}*${time}*${ta1.code}*${ta1.note}`, `IEA*0*${number}`, ''].join('~');
}

/**
 * A 999 (005010X231A1) that takes the transaction sets of one group, or none of them.
 * @param group GS06 of what is acknowledged
 */
export function implementationAcknowledgment(
  sets: readonly TransactionSet[],
  group: string,
  isAccepted: boolean,
): AnswerSet {
  const [first] = sets;
  const count = String(sets.length);
  const code = { '270': 'HS', '276': 'HR', '278': 'HI', '837': 'HC' }[first?.type ?? ''] ?? 'HC';
  return {
    type: '999',
    version: '005010X231A1',
    segments: [
      ['AK1', code, group, first?.version ?? ''],
      ...sets.flatMap((set): WrittenSegment[] => [
        ['AK2', set.type, set.control, set.version],
        isAccepted ? ['IK5', 'A'] : ['IK5', 'R', '5'],
      ]),
      ['AK9', isAccepted ? 'A' : 'R', count, count, isAccepted ? count : '0'],
    ],
  };
}
