// The settings of a Change Healthcare (Optum) connection. Sandbox and production differ by host; the sandbox answers canned values only.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { Pace } from '../connection-state.ts';
import type { ConnectorContext } from '../connector.ts';
import { checkBaseUrl, settingsReader } from '../settings.ts';

/** JSON Schema of `config`; the console draws its form from it. */
export const changeHealthcareConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['environment'],
  properties: {
    environment: { enum: ['sandbox', 'production'], title: 'Environment' },
    baseUrl: {
      type: 'string',
      pattern: '^(https?://.*)?$',
      title: 'Base address',
      description: "Empty for Optum's own: sandbox-apigw.optum.com or apigw.optum.com.",
      default: '',
    },
    tokenPath: { type: 'string', pattern: '^/', title: 'Token path', default: '/apip/auth/v2/token' },
    tenantId: {
      type: 'string',
      title: 'Tenant id',
      description: 'Sent with prior authorizations as x-optum-tenant-id, where Optum gave one.',
      default: '',
    },
    payers: {
      type: 'object',
      title: 'Payer ids',
      description: "Gait's payer id to Change Healthcare's; a payer that is not listed keeps its id.",
      additionalProperties: { type: 'string', minLength: 1 },
      default: {},
    },
    requestsPerSecond: { type: 'number', exclusiveMinimum: 0, maximum: 1000, title: 'Requests a second', default: 5 },
    concurrentCalls: { type: 'integer', minimum: 1, maximum: 500, title: 'Calls at once', default: 10 },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 60, default: 30 },
    inquireAfterSeconds: {
      type: 'number',
      minimum: 0,
      title: 'Ask after a doubtful sending',
      description: 'Seconds until the payer can tell of a claim or an authorization that was sent.',
      default: 86400,
    },
  },
} as const;

export type ChangeHealthcareConfig = Required<FromSchema<typeof changeHealthcareConfigSchema>>;

const hosts = {
  sandbox: 'https://sandbox-apigw.optum.com',
  production: 'https://apigw.optum.com',
} as const;

const read = settingsReader<ChangeHealthcareConfig>('Change Healthcare', changeHealthcareConfigSchema);

/** The validated settings with their defaults. Throws `input.invalid` naming the field; a plain `http:` address must be this machine. */
export function readChangeHealthcareConfig(config: ConnectorContext['config']): ChangeHealthcareConfig {
  const settings = read(config);
  const baseUrl = settings.baseUrl === '' ? hosts[settings.environment] : settings.baseUrl.replace(/\/+$/, '');
  checkBaseUrl(baseUrl);
  return { ...settings, baseUrl };
}

export function changeHealthcarePace(config: ConnectorContext['config']): Pace {
  const { requestsPerSecond } = readChangeHealthcareConfig(config);
  return { perSecond: requestsPerSecond, burst: Math.max(1, requestsPerSecond * 2) };
}

/** The two credentials. Throws `connection.credentials` naming the missing one. */
export function readChangeHealthcareSecrets(secrets: ConnectorContext['secrets']): {
  readonly clientId: string;
  readonly clientSecret: string;
} {
  const { clientId, clientSecret } = secrets;
  if (!clientId || !clientSecret) {
    const where = clientId ? 'clientSecret' : 'clientId';
    throw new GaitError('connection.credentials', `the Change Healthcare credential "${where}" is missing`, { where });
  }
  return { clientId, clientSecret };
}
