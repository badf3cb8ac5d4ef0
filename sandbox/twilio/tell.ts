// How the simulated Twilio tells others: statuses of messages and calls, and what patients answer, as signed forms.
import { createHmac, randomUUID } from 'node:crypto';
import type { TwilioItem, TwilioStore } from './store.ts';

/** What is wrong with a webhook: signed with another token, changed after signing, signed for another address, not signed at all. */
export const wrongs = ['token', 'body', 'url', 'account', 'unsigned'] as const;
export type Wrong = (typeof wrongs)[number];

function signed(url: string, fields: Readonly<Record<string, string>>, token: string): string {
  const text = Object.keys(fields)
    .sort()
    .reduce((before, name) => before + name + (fields[name] ?? ''), url);
  return createHmac('sha1', token).update(text).digest('base64');
}

async function post(
  url: string,
  fields: Readonly<Record<string, string>>,
  token: string,
  wrong: Wrong | undefined,
): Promise<number | null> {
  const signature = signed(wrong === 'url' ? `${url}/other` : url, fields, wrong === 'token' ? `${token}-old` : token);
  const sent = wrong === 'body' ? { ...fields, ApiVersion: '2008-08-01' } : fields;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'i-twilio-idempotency-token': randomUUID(),
        ...(wrong === 'unsigned' ? {} : { 'x-twilio-signature': signature }),
      },
      body: new URLSearchParams(sent).toString(),
      signal: AbortSignal.timeout(15_000),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return null;
  }
}

const otherAccount = `AC${'0'.repeat(32)}`;

/** Tells a status to the address the message or call was given; null where it was given none. */
export async function tellStatus(
  store: TwilioStore,
  account: string,
  item: TwilioItem,
  wrong?: Wrong,
): Promise<number | null> {
  if (item.callback === null) return null;
  const common = {
    AccountSid: wrong === 'account' ? otherAccount : account,
    ApiVersion: '2010-04-01',
    From: item.from,
    To: item.to,
  };
  const fields: Readonly<Record<string, string>> =
    item.of === 'message'
      ? {
          ...common,
          MessageSid: item.sid,
          MessageStatus: item.status,
          SmsSid: item.sid,
          SmsStatus: item.status,
          ...(item.errorCode === null ? {} : { ErrorCode: String(item.errorCode) }),
        }
      : {
          ...common,
          CallSid: item.sid,
          CallStatus: item.status,
          Direction: 'outbound-api',
          CallbackSource: 'call-progress-events',
        };
  const answer = await post(item.callback, fields, store.state.authToken, wrong);
  store.change({ told: [...store.state.told, { sid: item.sid, status: item.status, answer }] });
  return answer;
}

/** Tells what a patient wrote to the address of the account's number; null where there is none. */
export async function tellReply(
  store: TwilioStore,
  account: string,
  item: TwilioItem,
  keyword: string | null,
  wrong?: Wrong,
): Promise<number | null> {
  const { smsUrl, authToken, advancedOptOut } = store.state;
  if (smsUrl === null) return null;
  const fields = {
    AccountSid: wrong === 'account' ? otherAccount : account,
    ApiVersion: '2010-04-01',
    Body: item.text,
    From: item.from,
    FromCountry: 'US',
    MessageSid: item.sid,
    NumMedia: '0',
    NumSegments: '1',
    SmsMessageSid: item.sid,
    SmsSid: item.sid,
    SmsStatus: 'received',
    To: item.to,
    ToCountry: 'US',
    ...(advancedOptOut && keyword !== null ? { OptOutType: keyword } : {}),
  };
  const answer = await post(smsUrl, fields, authToken, wrong);
  store.change({ told: [...store.state.told, { sid: item.sid, status: 'received', answer }] });
  return answer;
}
