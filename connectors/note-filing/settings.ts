// Where a connection takes signed notes: by the sending way of its HL7 interface, or in a folder of their own; else a person enters them.
import { isAbsolute } from 'node:path';
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext } from '../connector.ts';
import type { FilePlace } from '../files/files.ts';
import { sftpPlace, sftpPlaceSchema } from '../files/sftp-settings.ts';
import { settingsReader } from '../settings.ts';
import { readHl7Settings } from '../hl7/settings.ts';

/** JSON Schema of the setting `notes`; the console draws its form from it. */
export const noteSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  title: 'Signed notes as files',
  description: 'Each note as a text and a manifest beside it. Where HL7 messages are sent, they are used instead.',
  properties: {
    folder: {
      type: 'string',
      minLength: 1,
      title: 'Folder of signed notes',
      description: 'An absolute path on the server, from which the system or its interface takes them.',
    },
    sftp: sftpPlaceSchema,
  },
} as const;

const wrapper = { type: 'object', properties: { notes: noteSettingsSchema } } as const;
const read = settingsReader<FromSchema<typeof wrapper>>('Notes', wrapper);

export type FilingWay = { readonly kind: 'hl7' } | { readonly kind: 'files'; readonly place: FilePlace };

function filePlace(config: ConnectorContext['config']): FilePlace | null {
  const { notes } = read(config['notes'] === undefined ? {} : { notes: config['notes'] });
  if (notes === undefined || (notes.folder === undefined && notes.sftp === undefined)) return null;
  if (notes.folder !== undefined && notes.sftp !== undefined)
    throw new GaitError('input.invalid', 'signed notes go into a folder here or on an SFTP server, not both', {
      where: 'notes/sftp',
    });
  if (notes.sftp !== undefined) return sftpPlace(notes.sftp, 'notes/sftp');
  const folder = notes.folder ?? '';
  if (!isAbsolute(folder))
    throw new GaitError('input.invalid', 'the folder must be an absolute path', { where: 'notes/folder' });
  return { folder: folder.replace(/\/+$/, ''), server: null, setting: 'notes/folder' };
}

/** How notes leave over this connection; null: no program may write there. Throws `input.invalid` naming the field. */
export function filingWay(config: ConnectorContext['config']): FilingWay | null {
  if (config['hl7'] !== undefined && readHl7Settings(config).send !== undefined) return { kind: 'hl7' };
  const place = filePlace(config);
  return place === null ? null : { kind: 'files', place };
}
