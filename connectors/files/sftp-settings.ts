// How a connection names an SFTP server: host, user and the fingerprint of a host key that is known beforehand; its secrets apart.
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext } from '../connector.ts';
import type { FilePlace } from './files.ts';

/** Properties of a connection's JSON Schema. */
export const sftpProperties = {
  host: { type: 'string', minLength: 1, title: 'SFTP host' },
  port: { type: 'integer', minimum: 1, maximum: 65535, default: 22, title: 'SFTP port' },
  username: { type: 'string', minLength: 1, title: 'SFTP user' },
  hostKey: {
    type: 'string',
    pattern: '^SHA256:[A-Za-z0-9+/]{43}( SHA256:[A-Za-z0-9+/]{43})*$',
    title: 'Fingerprint of the host key',
    description: 'As whoever runs the server tells it: SHA256:… ; while it changes its key both, separated by a blank.',
  },
} as const;

/** JSON Schema of a folder on an SFTP server. Never trust on first use: whoever stands in between would be trusted for ever. */
export const sftpPlaceSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['host', 'username', 'hostKey', 'folder'],
  title: 'SFTP place',
  description: 'A folder on an SFTP server, instead of one on this machine.',
  properties: {
    ...sftpProperties,
    folder: { type: 'string', minLength: 1, pattern: '^/', title: 'Folder', description: 'An absolute path there.' },
  },
} as const;

/** What that schema holds. */
export interface SftpPlace {
  readonly host: string;
  readonly port?: number;
  readonly username: string;
  readonly hostKey: string;
  readonly folder: string;
}

/** The place that settings name. Throws `input.invalid` for a path that climbs. */
export function sftpPlace({ host, port = 22, username, hostKey, folder }: SftpPlace, setting: string): FilePlace {
  const path = folder.replace(/\/+$/, '');
  if (path.split('/').some((part) => part === '..' || part === '.'))
    throw new GaitError('input.invalid', 'the folder on the SFTP server must be a plain absolute path', {
      where: `${setting}/folder`,
    });
  return { folder: path, setting, server: { host, port, username, hostKeys: hostKey.split(' ') } };
}

/** A password, or a private key with its passphrase where it has one. */
export interface SftpCredentials {
  readonly password: string | null;
  readonly privateKey: string | null;
  readonly passphrase: string | null;
}

/** What those secrets are called where a connection has others beside them. */
export const placeSecrets = {
  password: 'sftpPassword',
  privateKey: 'sftpPrivateKey',
  passphrase: 'sftpPassphrase',
} as const;

/** Throws `connection.credentials` where neither a password nor a key is there. */
export function readSftpCredentials(
  secrets: ConnectorContext['secrets'],
  names: Readonly<Record<keyof SftpCredentials, string>> = placeSecrets,
): SftpCredentials {
  const given = (name: keyof SftpCredentials): string | null => secrets[names[name]] || null;
  const credentials = {
    password: given('password'),
    privateKey: given('privateKey'),
    passphrase: given('passphrase'),
  };
  if (credentials.password === null && credentials.privateKey === null) {
    throw new GaitError('connection.credentials', 'SFTP needs a password or a private key', { where: names.password });
  }
  return credentials;
}
