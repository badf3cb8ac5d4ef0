// The settings of an X12 Files connection: where files are left and found, by what transport, and who the parties are in an envelope.
import { isAbsolute } from 'node:path';
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext } from '../connector.ts';
import { sftpProperties } from '../files/sftp-settings.ts';
import { isZone, settingsReader, wrongSetting } from '../settings.ts';

const folder = { type: 'string', minLength: 1, pattern: '^/' } as const;
const party = { type: 'string', minLength: 1, maxLength: 15 } as const;
const qualifier = { type: 'string', pattern: '^[0-9A-Z]{2}$', default: 'ZZ' } as const;

/** JSON Schema of `config`; the console draws its form from it. */
export const x12FilesConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['transport', 'outbox', 'inbox', 'archive', 'senderId', 'receiverId', 'usage'],
  properties: {
    transport: { enum: ['folder', 'sftp'], title: 'Transport' },
    outbox: { ...folder, title: 'Outbox', description: 'Where the clearinghouse picks up what we send.' },
    inbox: { ...folder, title: 'Inbox', description: 'Where the clearinghouse leaves what it answers.' },
    archive: {
      ...folder,
      title: 'Archive',
      description: 'A folder of our own on the same disk or server; what was read is moved there.',
    },
    claims: {
      ...folder,
      title: 'Claim files',
      description: "Where the clinic's billing software leaves its claims (837P). Left out: none are read.",
    },
    ...sftpProperties,
    senderQualifier: { ...qualifier, title: 'Our qualifier (ISA05)' },
    senderId: { ...party, title: 'Our id (ISA06)' },
    receiverQualifier: { ...qualifier, title: 'Their qualifier (ISA07)' },
    receiverId: { ...party, title: 'Their id (ISA08)' },
    groupSender: { ...party, title: 'Our id in a group (GS02)', description: 'Where it differs from ISA06.' },
    groupReceiver: { ...party, title: 'Their id in a group (GS03)', description: 'Where it differs from ISA08.' },
    usage: { enum: ['test', 'production'], title: 'Usage (ISA15)' },
    acknowledge: { type: 'boolean', default: true, title: 'Ask for a TA1 (ISA14)' },
    zone: { type: 'string', minLength: 1, default: 'UTC', title: 'Time zone of dates in an envelope' },
    payers: {
      type: 'object',
      title: 'Payer ids',
      description: "Gait's payer id to the clearinghouse's; a payer that is not listed keeps its id.",
      additionalProperties: { type: 'string', minLength: 1 },
      default: {},
    },
    extension: { type: 'string', pattern: '^[A-Za-z0-9]{1,8}$', default: 'x12', title: 'File name ending' },
    readyMarker: {
      type: 'string',
      pattern: '^\\.[A-Za-z0-9]{1,8}$',
      default: '.done',
      title: 'Ready marker',
      description: 'A file beside which NAME and this ending stands is taken at once.',
    },
    settleSeconds: {
      type: 'number',
      minimum: 0,
      maximum: 30,
      default: 2,
      title: 'Seconds a file must stay unchanged',
    },
    damagedAfterSeconds: {
      type: 'number',
      minimum: 0,
      default: 600,
      title: 'Seconds until an incomplete file counts as damaged',
    },
    answerSeconds: { type: 'integer', minimum: 1, default: 300, title: 'Seconds between two looks for an answer' },
    requestTimeoutSeconds: { type: 'number', minimum: 1, maximum: 120, default: 60 },
    inquireAfterSeconds: { type: 'number', minimum: 0, default: 5 },
  },
} as const;

type Defaulted =
  | 'port'
  | 'senderQualifier'
  | 'receiverQualifier'
  | 'acknowledge'
  | 'zone'
  | 'payers'
  | 'extension'
  | 'readyMarker'
  | 'settleSeconds'
  | 'damagedAfterSeconds'
  | 'answerSeconds'
  | 'requestTimeoutSeconds'
  | 'inquireAfterSeconds';
type Settings = FromSchema<typeof x12FilesConfigSchema>;
type Complete = Settings & Required<Pick<Settings, Defaulted>>;

/** `server` is null for a drop folder. */
export interface X12FilesConfig extends Complete {
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly username: string;
    readonly hostKeys: readonly string[];
  } | null;
}

const read = settingsReader<Complete>('X12 Files', x12FilesConfigSchema);

/** The validated settings with their defaults. Throws `input.invalid` naming the field. */
export function readX12FilesConfig(config: ConnectorContext['config']): X12FilesConfig {
  const settings = read(config);
  const folders = (['outbox', 'inbox', 'archive', 'claims'] as const).flatMap((name) => {
    const named = settings[name];
    if (named === undefined) return [];
    const path = named.replace(/\/+$/, '');
    if (!isAbsolute(path) || path.split('/').some((part) => part === '..' || part === '.')) throw wrong(name);
    return [`${path}/`];
  });
  for (const [index, path] of folders.entries()) {
    const inside = folders.some((other, place) => place !== index && other.startsWith(path));
    if (inside) {
      throw new GaitError(
        'input.invalid',
        'outbox, inbox, archive and claim files must be folders of their own, none inside another',
        {
          where: 'archive',
        },
      );
    }
  }
  if (!isZone(settings.zone)) throw wrong('zone');
  const [outbox = '', inbox = '', archive = '', claims] = folders.map((path) => path.slice(0, -1));
  const ofClaims = claims === undefined ? {} : { claims };
  return { ...settings, outbox, inbox, archive, ...ofClaims, server: serverOf(settings) };
}

function serverOf({ transport, host, port, username, hostKey }: Complete): X12FilesConfig['server'] {
  if (transport === 'folder') return null;
  if (host === undefined) throw wrong('host');
  if (username === undefined) throw wrong('username');
  // Never trust on first use: whoever stands in between would be trusted for ever.
  if (hostKey === undefined) throw wrong('hostKey');
  return { host, port, username, hostKeys: hostKey.split(' ') };
}

function wrong(where: string): GaitError {
  return wrongSetting('X12 Files', where);
}
