// The settings of an SMTP connection: the clinic's own mail server, always encrypted unless it is this machine.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { Pace } from '../connection-state.ts';
import type { ConnectorContext, EffectTimes } from '../connector.ts';
import { settingsReader, wrongSetting } from '../settings.ts';

/** One address as it goes into an envelope, in the letters every server takes (RFC 5321, dot-string): no second one, no comment, no line. */
export const oneAddress = "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$";

const address = { type: 'string', pattern: oneAddress } as const;

/** JSON Schema of `config`; the console draws its form from it. */
export const smtpConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['host', 'from'],
  properties: {
    host: { type: 'string', pattern: '^[A-Za-z0-9.:-]+$', title: 'Host of the mail server' },
    security: {
      enum: ['starttls', 'implicit', 'none'],
      title: 'Encryption',
      description:
        'starttls: the connection is encrypted before anything is said; implicit: from its first byte; none: only to this machine.',
      default: 'starttls',
    },
    port: {
      type: 'integer',
      minimum: 1,
      maximum: 65_535,
      title: 'Port',
      description: 'Empty: 587, with implicit encryption 465.',
    },
    username: { type: 'string', minLength: 1, title: 'User name', description: 'Empty: the server asks for none.' },
    from: { ...address, title: 'Sender’s address' },
    fromName: { type: 'string', pattern: '^[^\\x00-\\x1f\\x7f]{1,80}$', title: 'Sender’s name' },
    replyTo: { ...address, title: 'Address for answers', description: 'Empty: the sender’s.' },
    unsubscribe: {
      type: 'string',
      pattern: '^(mailto:|https://)[^\\s<>,\\x00-\\x1f\\x7f]+$',
      title: 'Where one unsubscribes',
      description: 'An address (mailto:…) or a page (https://…): mail programs show it as a button.',
    },
    certificateAuthority: {
      type: 'string',
      pattern: '^-----BEGIN CERTIFICATE-----',
      title: 'Certificate of the clinic’s own authority (PEM)',
      description: 'Only where the mail server’s certificate is of no public authority.',
    },
    messagesPerSecond: { type: 'number', exclusiveMinimum: 0, maximum: 50, title: 'Messages a second', default: 2 },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 300, default: 60 },
    inquireAfterSeconds: {
      type: 'number',
      minimum: 0,
      title: 'Ask a person after a doubtful sending',
      description: 'Seconds. A mail server cannot be asked whether it took a message.',
      default: 60,
    },
  },
} as const;

type Settings = FromSchema<typeof smtpConfigSchema>;
type Optional = 'username' | 'fromName' | 'replyTo' | 'unsubscribe' | 'certificateAuthority';

export type SmtpConfig = Required<Omit<Settings, Optional>> & Pick<Settings, Optional>;

const read = settingsReader<Omit<SmtpConfig, 'port'> & { readonly port?: number }>('SMTP', smtpConfigSchema);
const thisMachine: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** The validated settings with their defaults. Throws `input.invalid` naming the field; without encryption the host must be this machine. */
export function readSmtpConfig(config: ConnectorContext['config']): SmtpConfig {
  const settings = read(config);
  if (settings.security === 'none' && !thisMachine.has(settings.host))
    throw wrongSetting(
      'SMTP',
      'security',
      'Choose starttls or implicit: only this machine is reached without encryption.',
    );
  return { ...settings, port: settings.port ?? { starttls: 587, implicit: 465, none: 25 }[settings.security] };
}

export function smtpPace(config: ConnectorContext['config']): Pace {
  const { messagesPerSecond } = readSmtpConfig(config);
  return { perSecond: messagesPerSecond, burst: Math.max(1, Math.ceil(2 * messagesPerSecond)) };
}

/** A message waits for its turn at most half its time-out. */
const withTurn = 1.5;

export function smtpTimes(config: ConnectorContext['config']): EffectTimes {
  const { requestTimeoutSeconds, inquireAfterSeconds } = readSmtpConfig(config);
  return { requestTimeoutSeconds: Math.ceil(withTurn * requestTimeoutSeconds), inquireAfterSeconds };
}

/** The password, null where the server asks for no user. Throws `connection.credentials` where one is missing. */
export function readSmtpPassword({ username }: SmtpConfig, secrets: ConnectorContext['secrets']): string | null {
  if (username === undefined) return null;
  const { password } = secrets;
  if (!password)
    throw new GaitError('connection.credentials', 'the SMTP credential "password" is missing', { where: 'password' });
  return password;
}
