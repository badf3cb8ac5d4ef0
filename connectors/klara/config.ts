// The settings of a Klara connection: it has no API, so a folder in which messages lie for staff or for the clinic's bridge.
import { isAbsolute } from 'node:path';
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext, EffectTimes } from '../connector.ts';
import { checkBaseUrl, settingsReader } from '../settings.ts';

/** What a row tells, in the order of the columns. */
export const messageColumns = [
  'reference',
  'family',
  'given',
  'birthDate',
  'phone',
  'email',
  'text',
  'sendOn',
] as const;
export type MessageColumn = (typeof messageColumns)[number];

const label = { type: 'string', minLength: 1 } as const;

/** JSON Schema of `config`; the console draws its form from it. */
export const klaraConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['outbox'],
  properties: {
    outbox: {
      type: 'string',
      minLength: 1,
      title: 'Outbox folder',
      description: 'An absolute path on the server: messages to be sent lie there as tables, for staff or the bridge.',
    },
    takenBy: {
      enum: ['staff', 'bridge'],
      title: 'Who takes the tables',
      description:
        'staff: a work item asks the front desk for each table. bridge: a program takes them, nobody is asked.',
      default: 'staff',
    },
    archive: {
      type: 'string',
      minLength: 1,
      title: 'Archive folder',
      description: 'On the same disk; Gait writes down there what it left. Inside the outbox folder where none is set.',
    },
    labels: {
      type: 'object',
      title: 'Column labels',
      description:
        'What the bridge calls the columns. A column with an empty label is left out, but not reference and text.',
      additionalProperties: false,
      properties: {
        reference: label,
        family: { type: 'string' },
        given: { type: 'string' },
        birthDate: { type: 'string' },
        phone: { type: 'string' },
        email: { type: 'string' },
        text: label,
        sendOn: { type: 'string' },
      },
      default: {},
    },
    dateFormat: { ...label, title: 'Date format', default: 'MM/DD/YYYY' },
    statusUrl: {
      type: 'string',
      pattern: '^https?://',
      title: 'Address of the status page',
      default: 'https://status.klara.com',
    },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 60, default: 20 },
    inquireAfterSeconds: { type: 'number', minimum: 0, default: 5 },
  },
} as const;

type Settings = FromSchema<typeof klaraConfigSchema>;
type Defaulted = 'takenBy' | 'labels' | 'dateFormat' | 'statusUrl' | 'requestTimeoutSeconds' | 'inquireAfterSeconds';

export interface KlaraConfig extends Omit<Settings & Required<Pick<Settings, Defaulted>>, 'archive' | 'labels'> {
  readonly archive: string;
  /** Null: the column is left out. */
  readonly labels: Readonly<Record<MessageColumn, string | null>>;
}

const usualLabels: Readonly<Record<MessageColumn, string>> = {
  reference: 'Reference',
  family: 'Last Name',
  given: 'First Name',
  birthDate: 'Date of Birth',
  phone: 'Mobile Phone',
  email: 'Email',
  text: 'Message',
  sendOn: 'Send On',
};

const read = settingsReader<Settings & Required<Pick<Settings, Defaulted>>>('Klara', klaraConfigSchema);

function folder(path: string, where: string): string {
  const plain = path.replace(/\/+$/, '');
  if (isAbsolute(plain) && plain.split('/').every((part) => part !== '..' && part !== '.')) return plain;
  throw new GaitError('input.invalid', 'the folder must be an absolute path', { where });
}

/** The validated settings with their defaults. Throws `input.invalid` naming the field. */
export function readKlaraConfig(config: ConnectorContext['config']): KlaraConfig {
  const settings = read(config);
  checkBaseUrl(settings.statusUrl);
  const outbox = folder(settings.outbox, 'outbox');
  const labelOf = (column: MessageColumn): string | null => {
    const own = settings.labels[column]?.trim();
    return own === '' ? null : (own ?? usualLabels[column]);
  };
  return {
    ...settings,
    outbox,
    archive: settings.archive === undefined ? `${outbox}/.archive` : folder(settings.archive, 'archive'),
    labels: {
      reference: labelOf('reference'),
      family: labelOf('family'),
      given: labelOf('given'),
      birthDate: labelOf('birthDate'),
      phone: labelOf('phone'),
      email: labelOf('email'),
      text: labelOf('text'),
      sendOn: labelOf('sendOn'),
    },
  };
}

export function klaraTimes(config: ConnectorContext['config']): EffectTimes {
  const { requestTimeoutSeconds, inquireAfterSeconds } = readKlaraConfig(config);
  return { requestTimeoutSeconds, inquireAfterSeconds };
}
