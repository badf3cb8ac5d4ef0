// Messages to patients through Luma Health: never to somebody who does not want them, and each one once.
import type { ConnectorContext, Failure, Inquiry, Outcome, Sending } from '../connector.ts';
import { rejected } from '../faults.ts';
import { isObject, listAt, textAt } from '../json.ts';
import { isFailure, shownCode } from '../rest/answer.ts';
import { getFromLuma } from './client.ts';
import { readLumaHealthConfig } from './config.ts';
import { beforeEffect, findAtLuma, markOf, writeToLuma } from './effects.ts';
import type { LumaRecord } from './effects.ts';

export interface MessageSending {
  /** Luma's id of the patient. */
  readonly patientId: string;
  readonly text: string;
  /** The permit's key. */
  readonly key: string;
  /** Otherwise as the connection says. */
  readonly secure?: boolean;
}

export interface ContactPreferences {
  /** The ways in which Luma may reach the patient now (sms, email, voice …); empty where it may not at all. */
  readonly channels: readonly string[];
}

export const messageStatuses = ['sent', 'pending', 'delivered', 'undelivered', 'opened', 'skipped'] as const;

export interface MessageStatus {
  /** Null for one that is not known. */
  readonly status: (typeof messageStatuses)[number] | null;
  /** Why Luma left it out or the carrier refused it, where that is a code. */
  readonly reason: string | null;
}

/** Whom Luma may write to it decides by do-not-contact marks, archived contacts and the patient's own word. */
export async function contactPreferences(
  context: ConnectorContext,
  { patientId }: { readonly patientId: string },
): Promise<Outcome<ContactPreferences>> {
  const answer = await getFromLuma(context, `/patients/${encodeURIComponent(patientId)}/contact-preferences`);
  if (isFailure(answer)) return answer;
  if (!isObject(answer.json) || !Array.isArray(answer.json['validContacts']))
    return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
  const valid = listAt(answer.json, 'validContacts')
    .filter(isObject)
    .filter((contact) => contact['active'] !== false && contact['archived'] !== true);
  const channels = new Set(valid.map((contact) => textAt(contact, 'type')).filter((type) => type !== null));
  return { kind: 'done', result: { channels: [...channels] } };
}

/** Nothing to send it to, or nothing to send. */
async function refusal(context: ConnectorContext, { patientId, text }: MessageSending): Promise<Failure | null> {
  if (text.trim() === '') return rejected('input.invalid', [{ code: 'missing', field: 'text' }]);
  const preferences = await contactPreferences(context, { patientId });
  if (preferences.kind !== 'done') return beforeEffect(preferences);
  return preferences.result.channels.length === 0 ? rejected('vendor.rejected', [{ code: 'opted-out' }]) : null;
}

export async function sendMessage(context: ConnectorContext, message: MessageSending): Promise<Outcome<LumaRecord>> {
  const refused = await refusal(context, message);
  if (refused !== null) return refused;
  const { patientId, text, key, secure } = message;
  return writeToLuma(context, 'POST', '/messages', {
    patient: patientId,
    type: 'outbound',
    ref: 'chat',
    channel: 'chat',
    text,
    secure: secure ?? readLumaHealthConfig(context.config).secure,
    automated: true,
    visibility: 'public',
    externalId: markOf(key),
  });
}

function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The message among those of the patient, by our mark or by its words. */
export function findMessage(
  context: ConnectorContext,
  { patientId, text, key }: MessageSending,
  sending?: Sending,
): Promise<Inquiry<LumaRecord>> {
  return findAtLuma(
    context,
    'messages',
    { patient: patientId, type: 'outbound' },
    {
      key,
      markedBy: 'externalId',
      sending,
      isAlike: (item) => textAt(item, 'channel') === 'chat' && words(textAt(item, 'text') ?? '') === words(text),
    },
  );
}

/** How far a message has come. */
export async function messageStatus(
  context: ConnectorContext,
  { messageId }: { readonly messageId: string },
): Promise<Outcome<MessageStatus>> {
  const answer = await getFromLuma(context, `/messages/${encodeURIComponent(messageId)}`);
  if (isFailure(answer)) return answer;
  const told = textAt(answer.json, 'status');
  const reason =
    textAt(answer.json, 'skippedStatusReason') ??
    textAt(isObject(answer.json) ? answer.json['externalStatus'] : null, 'code');
  return {
    kind: 'done',
    result: {
      status: messageStatuses.find((status) => status === told) ?? null,
      reason: reason === null ? null : shownCode(reason),
    },
  };
}
