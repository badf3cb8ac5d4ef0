// Spoken reminders through Twilio: a call that says a text twice, placed once, and what became of it.
import type { ConnectorContext, Failure, Inquiry, Outcome, Sending } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import { textAt } from '../json.ts';
import { isFailure } from '../rest/answer.ts';
import { getFromTwilio, postToTwilio } from './client.ts';
import { readTwilioConfig } from './config.ts';
import type { TwilioConfig } from './config.ts';
import { findAtTwilio } from './found.ts';
import { isNumber } from './messages.ts';
import type { TextSending, TwilioRecord, TwilioStatus } from './messages.ts';
import { callStatusOf } from './statuses.ts';
import { statusCallback } from './webhook.ts';

/** A text to be spoken to one number; otherwise as a message. */
export type CallPlacing = TextSending;

/** Twilio takes no longer TwiML. */
const longestTwiml = 4000;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What the call says, as TwiML: twice, since a machine may have taken up in the midst of the first. */
export function twiml(text: string, language: string): string {
  const spoken = text
    // XML 1.0 has no place for control characters.
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' ')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
  return `<Response><Pause length="1"/><Say language="${language}" loop="2">${spoken}</Say></Response>`;
}

function callerOf({ callFrom, from }: TwilioConfig): string | null {
  return [callFrom, from].find((number) => number !== undefined && isNumber(number)) ?? null;
}

function refusal({ to, text }: CallPlacing, config: TwilioConfig): Failure | null {
  if (text.trim() === '') return rejected('input.invalid', [{ code: 'missing', field: 'text' }]);
  if (twiml(text, config.language).length > longestTwiml)
    return rejected('input.invalid', [{ code: 'text-too-long', field: 'text' }]);
  if (!isNumber(to)) return rejected('input.invalid', [{ code: 'number-invalid', field: 'to' }]);
  return callerOf(config) === null ? rejected('input.invalid', [{ code: 'missing', field: 'callFrom' }]) : null;
}

/** Places a call once. A success without an id leaves it in doubt. */
export async function placeCall(context: ConnectorContext, call: CallPlacing): Promise<Outcome<TwilioRecord>> {
  const config = readTwilioConfig(context.config);
  const refused = refusal(call, config);
  if (refused !== null) return refused;
  const { inquireAfterSeconds, language, ringSeconds } = config;
  const { to, text } = call;
  const form = {
    To: to,
    From: callerOf(config) ?? '',
    Twiml: twiml(text, language),
    Timeout: String(ringSeconds),
    ...statusCallback(call, config),
  };
  const answer = await postToTwilio(context, '/Calls.json', form, inquireAfterSeconds);
  if (isFailure(answer)) return answer;
  const id = textAt(answer.json, 'sid');
  if (id === null) return doubtful({ effect: true, inquireAfterSeconds }, 'vendor.malformed');
  return { kind: 'done', result: { id, status: callStatusOf(textAt(answer.json, 'status')) } };
}

/** The call to that number made since: Twilio does not tell what was said. */
export async function findCall(
  context: ConnectorContext,
  { to }: CallPlacing,
  sending?: Sending,
): Promise<Inquiry<TwilioRecord>> {
  const from = callerOf(readTwilioConfig(context.config));
  const list = { path: '/Calls.json', member: 'calls', query: { To: to } };
  const found = await findAtTwilio(context, list, sending, (item) => textAt(item, 'from') === from);
  if (found.kind !== 'found') return found;
  return { kind: 'found', result: { id: found.result.id, status: callStatusOf(found.result.status) } };
}

/** What became of a call. `delivered`: somebody took it up, or a machine did. */
export async function callStatus(
  context: ConnectorContext,
  { id }: { readonly id: string },
): Promise<Outcome<TwilioStatus>> {
  const answer = await getFromTwilio(context, `/Calls/${encodeURIComponent(id)}.json`);
  if (isFailure(answer)) return answer;
  const word = textAt(answer.json, 'status');
  const reason = word === 'busy' || word === 'no-answer' ? word : null;
  return { kind: 'done', result: { status: callStatusOf(word), reason } };
}
