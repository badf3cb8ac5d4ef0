// What Gait asks of Twilio: text messages and spoken reminders, each once, how far they have come, and whether the account works.
import type { ConnectionTest, ConnectorContext, Effect, Outcome, Read } from '../connector.ts';
import { rejected } from '../faults.ts';
import { at, listAt } from '../json.ts';
import { isFailure } from '../rest/answer.ts';
import { callStatus, findCall, placeCall } from './calls.ts';
import type { CallPlacing } from './calls.ts';
import { getFromTwilio } from './client.ts';
import { readTwilioConfig, twilioTimes as times } from './config.ts';
import { findText, isNumber, sendText, textStatus } from './messages.ts';
import type { TextSending, TwilioRecord, TwilioStatus } from './messages.ts';

const yesNo = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : 'unknown');

/** Asks for the sender among the account's numbers: an API key may read that, and it proves key, account and number at once. */
async function test(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  const { from, callFrom, messagingServiceSid } = readTwilioConfig(context.config);
  const number = [from, callFrom].find((one) => one !== undefined && isNumber(one));
  const query = { PageSize: '1', ...(number === undefined ? {} : { PhoneNumber: number }) };
  const answer = await getFromTwilio(context, '/IncomingPhoneNumbers.json', query);
  if (isFailure(answer)) return answer;
  const [found] = listAt(answer.json, 'incoming_phone_numbers');
  if (number !== undefined && found === undefined)
    return rejected('vendor.rejected', [{ code: 'sender-invalid', field: from === number ? 'from' : 'callFrom' }]);
  const capabilities = number === undefined ? undefined : at(found, 'capabilities');
  const sender = messagingServiceSid === undefined ? 'its own number' : 'a messaging service';
  return {
    kind: 'done',
    result: {
      facts: [
        {
          label: 'Messages are sent by',
          value: from === undefined && messagingServiceSid === undefined ? 'nobody' : sender,
        },
        { label: 'The number takes text messages', value: yesNo(at(capabilities, 'sms')) },
        { label: 'The number takes calls', value: yesNo(at(capabilities, 'voice')) },
        {
          label: 'Statuses and replies',
          value: context.secrets['authToken'] ? 'come by webhook' : 'are refused: the auth token is missing',
        },
      ],
    },
  };
}

interface TwilioOperations {
  readonly 'twilio.message.send': Effect<TextSending, TwilioRecord>;
  readonly 'twilio.message.get': Read<{ readonly id: string }, TwilioStatus>;
  readonly 'twilio.call.place': Effect<CallPlacing, TwilioRecord>;
  readonly 'twilio.call.get': Read<{ readonly id: string }, TwilioStatus>;
  readonly 'twilio.connection.test': Read<Record<string, never>, ConnectionTest>;
}

/** One call of at most a minute, and half of that of waiting for its turn. */
const requestTimeoutSeconds = 90;
const system = 'twilio';
const reading = { system, effect: false, requestTimeoutSeconds } as const;
const effect = { system, effect: true, requestTimeoutSeconds, inquireAfterSeconds: 60, times } as const;

export const twilioOperations: TwilioOperations = {
  'twilio.message.send': { ...effect, name: 'twilio.message.send', run: sendText, inquire: findText },
  'twilio.message.get': { ...reading, name: 'twilio.message.get', run: textStatus },
  'twilio.call.place': { ...effect, name: 'twilio.call.place', run: placeCall, inquire: findCall },
  'twilio.call.get': { ...reading, name: 'twilio.call.get', run: callStatus },
  'twilio.connection.test': { ...reading, name: 'twilio.connection.test', run: test },
};
