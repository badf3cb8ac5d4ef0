// The settings of a Jane connection: one clinic each, signed in to by a person; the partner sandbox is another realm of the same host.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { Pace } from '../connection-state.ts';
import type { ConnectorContext } from '../connector.ts';
import { checkBaseUrl, settingsReader } from '../settings.ts';

/** JSON Schema of `config`; the console draws its form from it. */
export const janeAppConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['environment', 'clinicUrl'],
  properties: {
    environment: { enum: ['partnerSandbox', 'production'], title: 'Environment' },
    clinicUrl: {
      type: 'string',
      pattern: '^https?://',
      title: 'Address of the clinic at Jane',
      description:
        'As staff sees it in the browser: https://your-clinic.janeapp.com. A sign-in holds for this clinic only.',
    },
    loginUrl: {
      type: 'string',
      pattern: '^https?://',
      title: 'Address of the sign-in',
      description: 'The IAM service URL of the partner agreement.',
      default: 'https://login.id.janeapp.com',
    },
    scopes: {
      type: 'string',
      minLength: 1,
      title: 'Scopes',
      description: 'As Jane granted them to the partner, separated by blanks.',
      default: 'patients:read appointments:read treatments:read companies:read',
    },
    version: {
      type: 'string',
      pattern: '^\\d{4}-\\d{2}-\\d{2}(-beta)?$',
      title: 'Version of the API',
      default: '2026-01-01',
    },
    pageParameters: {
      enum: ['page[limit]', 'page.limit'],
      title: 'Names of the paging parameters',
      description:
        'As the links of the answers have them, or as the guide writes them. Change it where only the first page comes.',
      default: 'page[limit]',
    },
    pageSize: { type: 'integer', minimum: 1, maximum: 1000, title: 'Records a page', default: 200 },
    outcomeCodes: {
      type: 'object',
      title: 'Outcome measures',
      description:
        'Codes of observations that are scores of an outcome measure, each with its name (LEFS, ODI …). Without any, observations are not read.',
      additionalProperties: { type: 'string', minLength: 1 },
      default: {},
    },
    webhookSigned: {
      enum: ['timestamp.body', 'timestampbody', 'body'],
      title: 'What the signature of a webhook covers',
      description: 'The time and the body with a dot between, without one, or the body alone. Confirm with Jane.',
      default: 'timestamp.body',
    },
    webhookToleranceSeconds: {
      type: 'integer',
      minimum: 30,
      maximum: 3600,
      title: 'Seconds a webhook may be late',
      default: 300,
    },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 60, default: 20 },
  },
} as const;

export type JaneAppConfig = Required<FromSchema<typeof janeAppConfigSchema>>;

const read = settingsReader<JaneAppConfig>('Jane', janeAppConfigSchema);

/** The validated settings with their defaults. Throws `input.invalid` naming the field; a plain `http:` address must be this machine. */
export function readJaneAppConfig(config: ConnectorContext['config']): JaneAppConfig {
  const settings = read(config);
  checkBaseUrl(settings.clinicUrl);
  checkBaseUrl(settings.loginUrl);
  return settings;
}

/** 100 a minute to each endpoint, 600 in five minutes to all: a burst of ten and ninety more stay below both whatever is asked. */
export function janeAppPace(): Pace {
  return { perSecond: 1.5, burst: 10 };
}

export interface JaneAppSecrets {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The partner's credentials. Throws `connection.credentials` naming the missing one. */
export function readJaneAppSecrets(secrets: ConnectorContext['secrets']): JaneAppSecrets {
  const { clientId, clientSecret } = secrets;
  if (!clientId || !clientSecret) {
    const where = clientId ? 'clientSecret' : 'clientId';
    throw new GaitError('connection.credentials', `the Jane credential "${where}" is missing`, { where });
  }
  return { clientId, clientSecret };
}

/** The path of an endpoint at Jane's sign-in service, a Keycloak. */
export function loginUrlOf(config: JaneAppConfig, endpoint: 'auth' | 'token'): URL {
  const realm = config.environment === 'production' ? 'jane' : 'jane_partner_sandbox';
  return new URL(`${config.loginUrl.replace(/\/+$/, '')}/realms/${realm}/protocol/openid-connect/${endpoint}`);
}

/** The address of the clinic without a slash at its end, as a token names it. */
export function clinicOf(config: JaneAppConfig): string {
  return config.clinicUrl.replace(/\/+$/, '');
}
