// The settings of a Stedi connection. A test key answers canned questions only; production and test share the host.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { Pace } from '../connection-state.ts';
import type { ConnectorContext } from '../connector.ts';
import { checkBaseUrl, settingsReader } from '../settings.ts';

/** JSON Schema of `config`; the console draws its form from it. */
export const stediConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['environment'],
  properties: {
    environment: { enum: ['test', 'production'], title: 'Environment', description: 'What the API key is for.' },
    baseUrl: {
      type: 'string',
      pattern: '^https?://',
      title: 'Base address',
      default: 'https://healthcare.us.stedi.com',
    },
    eligibilityShape: {
      enum: ['medicalNetwork', 'typed'],
      title: 'Shape of eligibility answers',
      description:
        'medicalNetwork: the older endpoint, statement for statement as the payer made them. typed: the endpoint of 2026-06-01, by plan; it comes with the payer’s own X12, which is read.',
      default: 'medicalNetwork',
    },
    payers: {
      type: 'object',
      title: 'Payer ids',
      description: "Gait's payer id to Stedi's; a payer that is not listed keeps its id.",
      additionalProperties: { type: 'string', minLength: 1 },
      default: {},
    },
    webhookHeader: {
      type: 'string',
      pattern: '^[A-Za-z0-9-]{1,64}$',
      title: 'Header of webhooks',
      description:
        "The header name of the credential set made at Stedi; its value is this connection's webhook secret.",
      default: 'authorization',
    },
    requestsPerSecond: { type: 'number', exclusiveMinimum: 0, maximum: 100, title: 'Requests a second', default: 20 },
    concurrentInquiries: {
      type: 'integer',
      minimum: 1,
      maximum: 50,
      title: 'Eligibility and claim status calls at once',
      description: 'Stedi allows 50.',
      default: 50,
    },
    concurrentClaims: {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      title: 'Claims at once',
      description: 'Stedi allows 100.',
      default: 100,
    },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 120, default: 60 },
    inquireAfterSeconds: {
      type: 'number',
      minimum: 0,
      title: 'Ask after a doubtful sending',
      description: 'Seconds until the payer can tell of a claim that was sent.',
      default: 86400,
    },
  },
} as const;

export type StediConfig = Required<FromSchema<typeof stediConfigSchema>>;

const read = settingsReader<StediConfig>('Stedi', stediConfigSchema);

/** The validated settings with their defaults. Throws `input.invalid` naming the field; a plain `http:` address must be this machine. */
export function readStediConfig(config: ConnectorContext['config']): StediConfig {
  const settings = read(config);
  checkBaseUrl(settings.baseUrl);
  return settings;
}

export function stediPace(config: ConnectorContext['config']): Pace {
  const { requestsPerSecond } = readStediConfig(config);
  return { perSecond: requestsPerSecond, burst: Math.max(1, requestsPerSecond * 2) };
}

/** The API key. Throws `connection.credentials`. */
export function readStediKey(secrets: ConnectorContext['secrets']): string {
  const { apiKey } = secrets;
  if (!apiKey)
    throw new GaitError('connection.credentials', 'the Stedi credential "apiKey" is missing', { where: 'apiKey' });
  return apiKey;
}
