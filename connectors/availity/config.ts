// The settings of an Availity connection. Demo and production share host and token format: only scope and header tell them apart.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { Pace } from '../connection-state.ts';
import type { ConnectorContext } from '../connector.ts';
import { checkBaseUrl, settingsReader } from '../settings.ts';

/** JSON Schema of `config`; the console draws its form from it. */
export const availityConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['environment', 'scope'],
  properties: {
    environment: { enum: ['demo', 'production'], title: 'Environment' },
    scope: {
      type: 'string',
      minLength: 1,
      title: 'Scope',
      description: 'Free text as Availity granted it; several scopes are separated by blanks.',
    },
    baseUrl: { type: 'string', pattern: '^https?://', title: 'Base address', default: 'https://api.availity.com' },
    pathPrefix: {
      type: 'string',
      pattern: '^(/[A-Za-z0-9._-]+)*$',
      title: 'Path prefix',
      description: 'Empty, or /availity where the plan documents it so. A 404 on everything means the wrong prefix.',
      default: '',
    },
    tokenPath: { type: 'string', pattern: '^/', default: '/v1/token' },
    payers: {
      type: 'object',
      title: 'Payer ids',
      description: "Gait's payer id to Availity's; a payer that is not listed keeps its id.",
      additionalProperties: { type: 'string', minLength: 1 },
      default: {},
    },
    submitterId: {
      type: 'string',
      title: 'Submitter id for claim status',
      description: 'Only where the payer asks for one.',
      default: '',
    },
    requestsPerSecond: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 100,
      title: 'Requests a second',
      description: 'What the plan allows: 5 was seen with demo, 100 is the Standard plan.',
      default: 5,
    },
    serviceTypeParameter: {
      enum: ['serviceType', 'serviceType[]'],
      title: 'Name of the service type parameter',
      description:
        'As the document has it, or as some integrators send it. Change it where the payer ignores the service type.',
      default: 'serviceType',
    },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 25, default: 20 },
    inquireAfterSeconds: { type: 'number', minimum: 0, default: 120 },
    pollSeconds: { type: 'number', exclusiveMinimum: 0, default: 2 },
    pollLimit: { type: 'integer', minimum: 1, maximum: 30, default: 5 },
  },
} as const;

export type AvailityConfig = Required<FromSchema<typeof availityConfigSchema>>;

export interface AvailitySecrets {
  readonly clientId: string;
  readonly clientSecret: string;
}

const read = settingsReader<AvailityConfig>('Availity', availityConfigSchema);

/** The validated settings with their defaults. Throws `input.invalid` naming the field; a plain `http:` address must be this machine. */
export function readAvailityConfig(config: ConnectorContext['config']): AvailityConfig {
  const settings = read(config);
  checkBaseUrl(settings.baseUrl);
  return settings;
}

/** What the plan allows; after a rest two seconds' worth may go at once. */
export function availityPace(config: ConnectorContext['config']): Pace {
  const { requestsPerSecond } = readAvailityConfig(config);
  return { perSecond: requestsPerSecond, burst: Math.max(1, Math.ceil(2 * requestsPerSecond)) };
}

/** The two credentials. Throws `connection.credentials` naming the missing one. */
export function readAvailitySecrets(secrets: ConnectorContext['secrets']): AvailitySecrets {
  const { clientId, clientSecret } = secrets;
  if (!clientId || !clientSecret) {
    const where = clientId ? 'clientSecret' : 'clientId';
    throw new GaitError('connection.credentials', `the Availity credential "${where}" is missing`, { where });
  }
  return { clientId, clientSecret };
}
