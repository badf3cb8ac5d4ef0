// The settings of a Luma Health connection: one host for everybody, no sandbox, and no stated limit, so the pace is a gentle one.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { Pace } from '../connection-state.ts';
import type { ConnectorContext, EffectTimes } from '../connector.ts';
import { checkBaseUrl, settingsReader } from '../settings.ts';

/** JSON Schema of `config`; the console draws its form from it. */
export const lumaHealthConfigSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    baseUrl: {
      type: 'string',
      pattern: '^https?://',
      title: 'Base address',
      default: 'https://api.lumahealth.io/api/v2',
    },
    secure: {
      type: 'boolean',
      title: 'Secure messages',
      description:
        'The patient gets a link and signs in to read the message. Off: the text itself goes out by SMS or e-mail and must hold nothing about health.',
      default: true,
    },
    birthMonthStartsAt: {
      enum: [0, 1],
      title: 'First month of a birth date',
      description:
        'Whether January is 0 or 1 in birth dates. Luma does not say: compare one patient before the first import.',
      default: 1,
    },
    changesOnly: {
      type: 'boolean',
      title: 'Ask only for changes',
      description:
        'Asks for records changed since the last import with `updatedAt=>…`, which Luma documents for its audit list alone. Off: everything is listed each time.',
      default: false,
    },
    pageSize: { type: 'integer', minimum: 1, maximum: 1000, title: 'Records a page', default: 500 },
    requestsPerSecond: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 20,
      title: 'Requests a second',
      description: 'Luma states no limit.',
      default: 2,
    },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 60, default: 20 },
    inquireAfterSeconds: {
      type: 'number',
      minimum: 0,
      title: 'Look after a doubtful sending',
      description: 'Seconds until a message or record that was taken up can be found.',
      default: 60,
    },
  },
} as const;

export type LumaHealthConfig = Required<FromSchema<typeof lumaHealthConfigSchema>>;

const read = settingsReader<LumaHealthConfig>('Luma Health', lumaHealthConfigSchema);

/** The validated settings with their defaults. Throws `input.invalid` naming the field; a plain `http:` address must be this machine. */
export function readLumaHealthConfig(config: ConnectorContext['config']): LumaHealthConfig {
  const settings = read(config);
  checkBaseUrl(settings.baseUrl);
  return settings;
}

export function lumaHealthPace(config: ConnectorContext['config']): Pace {
  const { requestsPerSecond } = readLumaHealthConfig(config);
  return { perSecond: requestsPerSecond, burst: Math.max(1, Math.ceil(2 * requestsPerSecond)) };
}

/** A token, a look before the effect, the effect itself, and the fresh token that a 401 costs; each waits for its turn. */
const callsOfEffect = 4;
const withTurn = 1.5;

export function lumaHealthTimes(config: ConnectorContext['config']): EffectTimes {
  const { requestTimeoutSeconds, inquireAfterSeconds } = readLumaHealthConfig(config);
  return {
    requestTimeoutSeconds: Math.ceil(callsOfEffect * withTurn * requestTimeoutSeconds),
    inquireAfterSeconds,
  };
}

/** The two credentials. Throws `connection.credentials` naming the missing one. */
export function readLumaHealthSecrets(secrets: ConnectorContext['secrets']): {
  readonly clientId: string;
  readonly clientSecret: string;
} {
  const { clientId, clientSecret } = secrets;
  if (!clientId || !clientSecret) {
    const where = clientId ? 'clientSecret' : 'clientId';
    throw new GaitError('connection.credentials', `the Luma Health credential "${where}" is missing`, { where });
  }
  return { clientId, clientSecret };
}
