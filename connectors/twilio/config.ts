// The settings of a Twilio connection: whose account, who the messages and calls come from, and how fast.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { Pace } from '../connection-state.ts';
import type { ConnectorContext, EffectTimes } from '../connector.ts';
import { checkBaseUrl, settingsReader, wrongSetting } from '../settings.ts';

/** A number as Twilio takes it: a plus, the country, the number. */
export const e164 = '^\\+[1-9]\\d{6,14}$';

/** JSON Schema of `config`; the console draws its form from it. */
export const twilioConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['accountSid'],
  properties: {
    accountSid: { type: 'string', pattern: '^AC[0-9a-f]{32}$', title: 'Account SID' },
    messagingServiceSid: {
      type: 'string',
      pattern: '^MG[0-9a-f]{32}$',
      title: 'Messaging Service SID',
      description: 'Its numbers send the messages; it takes the place of a single number.',
    },
    from: {
      type: 'string',
      pattern: `${e164}|^\\d{5,6}$`,
      title: 'Sender of messages',
      description: 'A number of the account such as +1…, or a short code. Empty where a messaging service sends.',
    },
    callFrom: {
      type: 'string',
      pattern: e164,
      title: 'Number calls come from',
      description: 'Empty: the sender of messages.',
    },
    language: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Z]{2})?$', title: 'Language of calls', default: 'en-US' },
    ringSeconds: { type: 'integer', minimum: 5, maximum: 120, title: 'How long a call rings', default: 30 },
    twilioAnswersStop: {
      type: 'boolean',
      title: 'Twilio answers STOP',
      description:
        'Whether Twilio confirms STOP and its kin to the patient by itself, as it does unless the account says otherwise.',
      default: true,
    },
    webhookBase: {
      type: 'string',
      pattern: '^https?://',
      title: 'Address at which Twilio reaches this server',
      description: 'Without a path. Empty: the public address of the server.',
    },
    baseUrl: { type: 'string', pattern: '^https?://', title: 'Base address', default: 'https://api.twilio.com' },
    pageSize: { type: 'integer', minimum: 1, maximum: 1000, title: 'Records a page', default: 100 },
    requestsPerSecond: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 100,
      title: 'Requests a second',
      description: 'Twilio queues what a number may not send yet; too many requests at once it refuses with 429.',
      default: 5,
    },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 60, default: 20 },
    inquireAfterSeconds: {
      type: 'number',
      minimum: 0,
      title: 'Look after a doubtful sending',
      description: 'Seconds until a message or call that was taken up can be found.',
      default: 60,
    },
  },
} as const;

type Settings = FromSchema<typeof twilioConfigSchema>;
type Optional = 'messagingServiceSid' | 'from' | 'callFrom' | 'webhookBase';

export type TwilioConfig = Required<Omit<Settings, Optional>> & Pick<Settings, Optional>;

const read = settingsReader<TwilioConfig>('Twilio', twilioConfigSchema);

/** The validated settings with their defaults. Throws `input.invalid` naming the field; a plain `http:` address must be this machine. */
export function readTwilioConfig(config: ConnectorContext['config']): TwilioConfig {
  const settings = read(config);
  checkBaseUrl(settings.baseUrl);
  if (settings.from === undefined && settings.messagingServiceSid === undefined && settings.callFrom === undefined)
    throw wrongSetting('Twilio', 'from', 'Enter a number of the account, a short code or a messaging service.');
  return settings;
}

export function twilioPace(config: ConnectorContext['config']): Pace {
  const { requestsPerSecond } = readTwilioConfig(config);
  return { perSecond: requestsPerSecond, burst: Math.max(1, Math.ceil(2 * requestsPerSecond)) };
}

/** A call waits for its turn at most half its time-out. */
const withTurn = 1.5;

export function twilioTimes(config: ConnectorContext['config']): EffectTimes {
  const { requestTimeoutSeconds, inquireAfterSeconds } = readTwilioConfig(config);
  return { requestTimeoutSeconds: Math.ceil(withTurn * requestTimeoutSeconds), inquireAfterSeconds };
}

/** The API key. Throws `connection.credentials` naming the missing part. */
export function readTwilioSecrets(secrets: ConnectorContext['secrets']): {
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
} {
  const { apiKeySid, apiKeySecret } = secrets;
  if (!apiKeySid || !apiKeySecret) {
    const where = apiKeySid ? 'apiKeySecret' : 'apiKeySid';
    throw new GaitError('connection.credentials', `the Twilio credential "${where}" is missing`, { where });
  }
  return { apiKeySid, apiKeySecret };
}
