// The envelope of what a connection sends: its parties, its clock and control numbers that nobody had before.
import type { Envelope, WrittenSet } from '../../domain/x12/writer.ts';
import { writeInterchange } from '../../domain/x12/writer.ts';
import type { ConnectorContext } from '../connector.ts';
import { readX12FilesConfig } from './config.ts';
import type { X12FilesConfig } from './config.ts';

/** GS01 by the type of a transaction set (X12.22, data element 479). */
const groupCodes = { '270': 'HS', '276': 'HR', '278': 'HI', '837': 'HC' } as const;
export type SentKind = keyof typeof groupCodes;

export function isSentKind(type: string): type is SentKind {
  return Object.hasOwn(groupCodes, type);
}

/** The day and minute (`YYYY-MM-DD`, `HHMM`) that clocks in `zone` show. */
export function wallClock(now: Date, zone: string): { date: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(now);
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? '';
  return { date: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}${part('minute')}` };
}

function envelopeOf(config: X12FilesConfig, kind: SentKind, numbers: [number, number], now: Date): Envelope {
  const [interchangeControl, groupControl] = numbers;
  return {
    sender: { qualifier: config.senderQualifier, id: config.senderId },
    receiver: { qualifier: config.receiverQualifier, id: config.receiverId },
    groupSender: config.groupSender ?? config.senderId,
    groupReceiver: config.groupReceiver ?? config.receiverId,
    groupCode: groupCodes[kind],
    interchangeControl,
    groupControl,
    ...wallClock(now, config.zone),
    usage: config.usage,
    acknowledge: config.acknowledge,
  };
}

/**
 * Writes transaction sets of one kind as an interchange of this connection, under new control numbers.
 * @param sets given the control number (ST02) of each
 * @throws GaitError `input.invalid` where a value cannot be written, `state.conflict` where the numbers are used up
 */
export async function writeForConnection(
  context: Pick<ConnectorContext, 'config' | 'controlNumbers' | 'now'>,
  kind: SentKind,
  sets: readonly ((control: string) => WrittenSet)[],
): Promise<string> {
  const config = readX12FilesConfig(context.config);
  const numbers = context.controlNumbers;
  const written: WrittenSet[] = [];
  for (const set of sets) written.push(set(String(await numbers.next('transaction')).padStart(4, '0')));
  const both: [number, number] = [await numbers.next('interchange'), await numbers.next('group')];
  return writeInterchange(envelopeOf(config, kind, both, context.now()), written);
}
