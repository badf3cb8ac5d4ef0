// How one clinic's interface speaks HL7: who sends, which number is the patient's, and the words of its codes; settings, because interfaces differ.
import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext } from '../connector.ts';
import type { FilePlace } from '../files/files.ts';
import { sftpPlace, sftpPlaceSchema } from '../files/sftp-settings.ts';
import { isZone, settingsReader } from '../settings.ts';
import { charsets } from './charset.ts';

const text = { type: 'string', minLength: 1, maxLength: 200 } as const;
const texts = { type: 'array', items: text } as const;
const words = { type: 'object', additionalProperties: texts, default: {} } as const;
const port = { type: 'integer', minimum: 1, maximum: 65_535, title: 'Port' } as const;

/** JSON Schema of the setting `hl7` of a connection; the console draws its form from it. */
export const hl7SettingsSchema = {
  type: 'object',
  additionalProperties: false,
  title: 'HL7 v2',
  properties: {
    folder: {
      ...text,
      title: 'Folder of messages',
      description: 'An absolute path on the server, where the interface leaves .hl7 files.',
    },
    sftp: sftpPlaceSchema,
    settleSeconds: {
      type: 'number',
      minimum: 0,
      maximum: 30,
      title: 'Seconds a file must stay unchanged',
      description: 'One, over SFTP five, unless set. A file beside which NAME.done stands is taken at once.',
    },
    listen: {
      type: 'object',
      additionalProperties: false,
      required: ['port'],
      title: 'Take messages over MLLP',
      properties: {
        port,
        host: {
          ...text,
          default: '127.0.0.1',
          title: 'Address to listen at',
          description: 'MLLP is not encrypted: listen on this machine only, behind a VPN or a TLS tunnel.',
        },
        allowFrom: {
          ...texts,
          default: [],
          title: 'Senders',
          description: 'IP addresses or networks (10.1.2.0/24). Needed unless only this machine is listened to.',
        },
        maxConnections: { type: 'integer', minimum: 1, maximum: 100, default: 8, title: 'Connections at once' },
        idleSeconds: {
          type: 'integer',
          minimum: 5,
          maximum: 86_400,
          default: 3600,
          title: 'Seconds until a silent connection is closed',
        },
      },
    },
    send: {
      type: 'object',
      additionalProperties: false,
      title: 'Send messages',
      description: 'Over MLLP (host and port) or into a folder the interface reads.',
      properties: {
        host: { ...text, title: 'Host' },
        port,
        folder: { ...text, title: 'Folder', description: 'An absolute path on the server.' },
        timeoutSeconds: {
          type: 'number',
          minimum: 0.1,
          maximum: 120,
          default: 30,
          title: 'Seconds to wait for the acknowledgment',
        },
        knowsRepeats: {
          type: 'boolean',
          default: false,
          title: 'The receiver knows a repeated message by its control id',
          description:
            'It acknowledges it again and applies it once: ask the vendor. Then a doubtful sending is settled.',
        },
        application: { ...text, title: 'Receiving application (MSH-5)' },
        facility: { ...text, title: 'Receiving facility (MSH-6)' },
        charset: { enum: charsets, default: 'utf-8', title: 'Character set' },
        noteTypes: {
          type: 'object',
          additionalProperties: false,
          title: 'Codes of notes (TXA-2)',
          description: 'What the system calls each kind of note, where it is not the usual code.',
          properties: {
            evaluation: text,
            daily: text,
            progress: text,
            'plan-of-care': text,
            recertification: text,
            discharge: text,
            letter: text,
          },
        },
      },
    },
    sendingApplications: {
      ...texts,
      default: [],
      title: 'Expected sending applications (MSH-3)',
      description: 'Messages of others are refused; none named: everybody.',
    },
    sendingFacilities: { ...texts, default: [], title: 'Expected sending facilities (MSH-4)' },
    ownApplication: { ...text, default: 'GAIT', title: "Gait's application name" },
    ownFacility: { ...text, title: "The clinic's facility name" },
    processing: {
      type: 'array',
      items: { enum: ['P', 'T', 'D'] },
      minItems: 1,
      default: ['P'],
      title: 'Processing ids taken (MSH-11)',
      description: 'P production, T training, D debugging.',
    },
    charset: {
      enum: charsets,
      default: 'utf-8',
      title: 'Character set of messages that declare none',
    },
    identifier: {
      type: 'object',
      additionalProperties: false,
      default: {},
      title: "The patient's number (PID-3)",
      description: 'Which of several identifiers is the record number of the PT system.',
      properties: {
        authority: { ...text, title: 'Assigning authority (component 4)' },
        type: { ...text, title: 'Type code (component 5), such as MR' },
      },
    },
    appointmentId: {
      enum: ['filler', 'placer'],
      default: 'filler',
      title: "The appointment's number",
      description: 'The filler id (SCH-2) or the placer id (SCH-1).',
    },
    zone: {
      ...text,
      title: 'Time zone',
      description: "Of times without an offset, instead of the clinic's.",
    },
    payers: {
      type: 'object',
      title: 'Payer names',
      description: "Names (IN1-4) or company ids (IN1-3) of the system, each with Gait's payer id.",
      additionalProperties: text,
      default: {},
    },
    words: {
      type: 'object',
      additionalProperties: false,
      default: {},
      title: 'Words of this system, beside the usual ones',
      properties: {
        gender: { ...words, title: 'Gender (PID-8)' },
        relationship: { ...words, title: 'Relationship to the insured (IN1-17)' },
        appointmentStatus: { ...words, title: 'Appointment status (SCH-25)' },
        noteKinds: { ...words, title: 'Note kinds (TXA-2, OBR-4)' },
        measures: { ...words, title: 'Outcome measures (OBX-3)' },
      },
    },
  },
} as const;

const wrapper = { type: 'object', required: ['hl7'], properties: { hl7: hl7SettingsSchema } } as const;

export type Hl7Settings = FromSchema<typeof hl7SettingsSchema>;
export type ListenSettings = NonNullable<Hl7Settings['listen']>;
export type SendSettings = NonNullable<Hl7Settings['send']>;

const read = settingsReader<{ readonly hl7: Hl7Settings }>('HL7', wrapper);

function wrong(where: string, what: string, fix?: string): GaitError {
  return new GaitError('input.invalid', what, { where: `hl7/${where}`, ...(fix === undefined ? {} : { fix }) });
}

const loopback: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

/** Whether `entry` is an IP address or a network in CIDR form. */
export function isNetwork(entry: string): boolean {
  const [address = '', bits, ...more] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function checkListen(listen: ListenSettings): void {
  const stranger = listen.allowFrom.findIndex((entry) => !isNetwork(entry));
  if (stranger !== -1) throw wrong(`listen/allowFrom/${stranger}`, 'a sender is no IP address and no network');
  if (!loopback.includes(listen.host) && listen.allowFrom.length === 0)
    throw wrong('listen/allowFrom', 'whoever reaches the port could send messages', 'name the senders');
}

function checkSend(send: SendSettings): void {
  const overNetwork = send.host !== undefined && send.port !== undefined;
  if (overNetwork === (send.folder !== undefined))
    throw wrong('send', 'messages are sent to a host and port, or into a folder');
  if (send.folder !== undefined && !isAbsolute(send.folder))
    throw wrong('send/folder', 'the folder must be an absolute path');
}

/** The validated settings with their defaults. Throws `input.invalid` naming the field. */
export function readHl7Settings(config: ConnectorContext['config']): Hl7Settings {
  const { hl7: settings } = read(config);
  if (settings.folder !== undefined && !isAbsolute(settings.folder))
    throw wrong('folder', 'the folder must be an absolute path');
  if (settings.folder !== undefined && settings.sftp !== undefined)
    throw wrong('sftp', 'files of messages lie in a folder here or on an SFTP server, not in both');
  if (settings.listen !== undefined) checkListen(settings.listen);
  if (settings.send !== undefined) checkSend(settings.send);
  if (settings.zone !== undefined && !isZone(settings.zone)) throw wrong('zone', 'the time zone is not known');
  return settings;
}

/** Where files of messages lie; null: none are read. Throws `input.invalid` naming the field. */
export function messagePlace({ folder, sftp }: Hl7Settings): FilePlace | null {
  if (sftp !== undefined) return sftpPlace(sftp, 'hl7/sftp');
  return folder === undefined ? null : { folder, server: null, setting: 'hl7/folder' };
}
