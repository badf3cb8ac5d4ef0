// The settings of a FHIR R4 endpoint: where it is, who Gait is there, what is read and in whose words, and what may be written.
import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { FromSchema } from 'json-schema-to-ts';
import { appointmentStatuses } from '../../domain/appointment/schema.ts';
import { isDate } from '../../domain/calendar.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Pace } from '../connection-state.ts';
import type { ConnectorContext } from '../connector.ts';
import { isObject } from '../json.ts';
import { noteKinds, reportedStatuses } from '../pt-records/rows.ts';
import { checkBaseUrl, isZone, settingsReader, wrongSetting } from '../settings.ts';

/** What can be told of, in the order it is asked for: people first, then what refers to them. */
export const readableTypes = [
  'Patient',
  'Coverage',
  'ClaimResponse',
  'Appointment',
  'DocumentReference',
  'Encounter',
  'ChargeItem',
  'Claim',
  'Observation',
] as const;
export type ReadableType = (typeof readableTypes)[number];

const text = (title: string, description: string) => ({ type: 'string', title, description, default: '' }) as const;
const seconds = { type: 'number', minimum: 0 } as const;

/** JSON Schema of the key `fhir` of a connection's settings; the console draws its form from it. */
export const fhirSettingsSchema = {
  type: 'object',
  title: 'FHIR endpoint',
  additionalProperties: false,
  required: ['baseUrl'],
  properties: {
    baseUrl: {
      type: 'string',
      pattern: '^https?://[^?#]+$',
      title: 'Base address',
      description: 'The service base of the FHIR R4 endpoint, as the vendor gives it for this clinic.',
    },
    auth: {
      enum: ['smartBackend', 'bearer', 'none'],
      title: 'Sign-in',
      description: 'smartBackend: SMART backend services with a key pair. bearer: a token that does not change.',
      default: 'smartBackend',
    },
    clientId: text('Client id', 'As the vendor registered Gait for this clinic.'),
    keyId: text('Key id', 'The "kid" under which the public key was registered.'),
    algorithm: { enum: ['RS384', 'ES384'], title: 'Signature', default: 'RS384' },
    scope: {
      type: 'string',
      minLength: 1,
      title: 'Scopes',
      description: 'As granted, separated by blanks, for example system/Patient.rs system/Appointment.rs',
      default: 'system/*.rs',
    },
    tokenEndpoint: text('Token endpoint', 'Only where .well-known/smart-configuration does not name the right one.'),
    zone: text('Time zone', 'IANA name such as America/Denver; empty: the clinic’s.'),
    read: {
      type: 'array',
      uniqueItems: true,
      minItems: 1,
      items: { enum: readableTypes },
      title: 'What is read',
      description:
        'Encounter and DocumentReference both tell of notes, ChargeItem and Claim both of charges: choose one of each.',
      default: ['Patient', 'Coverage', 'ClaimResponse', 'Appointment', 'DocumentReference', 'Observation'],
    },
    recordNumber: {
      enum: ['identifier', 'id'],
      title: 'Record number',
      description: 'An identifier of the patient, or the id of the resource.',
      default: 'identifier',
    },
    recordNumberSystem: text(
      'System of the record number',
      'The URI of the identifier; empty: the identifier of the type MR.',
    ),
    way: {
      enum: ['search', 'exportThenSearch', 'export'],
      title: 'Way',
      description: 'Search by change time, one bulk export and then searches, or bulk exports only.',
      default: 'search',
    },
    exportGroup: text('Group of the export', 'The id of the Group to export; empty: all patients.'),
    since: text('Not before', 'A day: what was booked, written or decided before it is not asked for. Empty: all.'),
    pageSize: { type: 'integer', minimum: 1, maximum: 1000, title: 'Entries a page', default: 100 },
    pagesAtMost: { type: 'integer', minimum: 1, maximum: 100_000, title: 'Pages a search at most', default: 2000 },
    patientsPerSearch: {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      title: 'Ids in one look-up',
      description: '1 where the endpoint takes no lists.',
      default: 20,
    },
    overlapSeconds: {
      ...seconds,
      maximum: 86_400,
      title: 'Overlap',
      description: 'What changed so long before the last look is asked for again: clocks differ, and writes take time.',
      default: 300,
    },
    coverageWithoutOrder: {
      enum: ['leaveOut', 'asListed'],
      title: 'Several coverages without an order',
      description: 'Leave them out and say so, or take them in the order they are listed.',
      default: 'leaveOut',
    },
    payers: {
      type: 'object',
      title: 'Payer names',
      description: 'The payer’s name at this endpoint, with Gait’s payer id.',
      additionalProperties: { type: 'string', minLength: 1 },
      default: {},
    },
    words: {
      type: 'object',
      title: 'Words of this endpoint',
      additionalProperties: false,
      properties: {
        appointmentStatus: {
          type: 'object',
          title: 'Appointment status, where it is not used as the standard has it',
          additionalProperties: { enum: appointmentStatuses },
          default: {},
        },
        noteKind: {
          type: 'object',
          title: 'Code or text of a document type, with the kind of note',
          additionalProperties: { enum: noteKinds },
          default: {},
        },
        outcomeMeasure: {
          type: 'object',
          title: 'Code or text of an observation, with the outcome measure',
          additionalProperties: { type: 'string', minLength: 1 },
          default: {},
        },
        disposition: {
          type: 'object',
          title: 'Disposition of a decision, with its status',
          additionalProperties: { enum: reportedStatuses },
          default: {},
        },
      },
      default: {},
    },
    write: {
      type: 'array',
      uniqueItems: true,
      items: { enum: ['Patient', 'DocumentReference', 'Appointment'] },
      title: 'What may be written',
      default: [],
    },
    requestsPerSecond: { type: 'number', exclusiveMinimum: 0, maximum: 100, title: 'Requests a second', default: 5 },
    requestTimeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 120, default: 60 },
    inquireAfterSeconds: {
      ...seconds,
      title: 'Look for a doubtful writing',
      description: 'Seconds until a search can find what was written.',
      default: 60,
    },
  },
} as const;

type Settings = FromSchema<typeof fhirSettingsSchema>;
type Words = Required<NonNullable<Settings['words']>>;

/** The base address has no slash at its end. */
export type FhirSettings = Required<Omit<Settings, 'words'>> & { readonly words: Words };

const read = settingsReader<{ readonly fhir: FhirSettings }>('FHIR', {
  type: 'object',
  required: ['fhir'],
  properties: { fhir: fhirSettingsSchema },
});

function check(isRight: boolean, place: string, fix: string): void {
  if (!isRight) throw wrongSetting('FHIR', `fhir/${place}`, fix);
}

/** The validated settings with their defaults. Throws `input.invalid` naming the field; a plain `http:` address must be this machine. */
export function readFhirSettings(config: ConnectorContext['config']): FhirSettings {
  const { fhir } = read({ fhir: config['fhir'] });
  checkBaseUrl(fhir.baseUrl);
  if (fhir.tokenEndpoint !== '') checkBaseUrl(fhir.tokenEndpoint);
  check(fhir.zone === '' || isZone(fhir.zone), 'zone', 'use an IANA name such as America/Denver');
  check(fhir.since === '' || isDate(fhir.since), 'since', 'write it as YYYY-MM-DD');
  check(fhir.auth !== 'smartBackend' || fhir.clientId !== '', 'clientId', 'SMART backend services need a client id');
  const both = (one: ReadableType, other: ReadableType): boolean =>
    fhir.read.includes(one) && fhir.read.includes(other);
  check(!both('Encounter', 'DocumentReference'), 'read', 'notes come from Encounter or from DocumentReference');
  check(!both('ChargeItem', 'Claim'), 'read', 'charges come from ChargeItem or from Claim');
  return { ...fhir, baseUrl: fhir.baseUrl.replace(/\/+$/, '') };
}

export function fhirPace(config: ConnectorContext['config']): Pace {
  const { requestsPerSecond } = readFhirSettings(config);
  return { perSecond: requestsPerSecond, burst: Math.max(1, requestsPerSecond * 2) };
}

function credentialsWrong(where: string, fix: string): GaitError {
  return new GaitError('connection.credentials', `the FHIR credential "${where}" is missing or wrong`, { where, fix });
}

/** The token of a `bearer` connection. Throws `connection.credentials`. */
export function readBearerToken(secrets: ConnectorContext['secrets']): string {
  const { token } = secrets;
  if (!token || !/^[\x21-\x7e]+$/.test(token)) throw credentialsWrong('token', 'paste the token the vendor gave');
  return token;
}

function parsedKey(privateKey: string): KeyObject {
  if (!privateKey.trim().startsWith('{')) return createPrivateKey(privateKey);
  const key: unknown = JSON.parse(privateKey);
  if (!isObject(key)) throw new Error('no JWK');
  return createPrivateKey({ key, format: 'jwk' });
}

/** The private key of a `smartBackend` connection, from PEM or a JWK. Throws `connection.credentials`. */
export function readPrivateKey(secrets: ConnectorContext['secrets'], algorithm: FhirSettings['algorithm']): KeyObject {
  const fix =
    algorithm === 'RS384'
      ? 'give an RSA key of 2048 bits or more, as PEM or JWK'
      : 'give a key on the curve P-384, as PEM or JWK';
  let key: KeyObject;
  try {
    key = parsedKey(secrets['privateKey'] ?? '');
  } catch {
    throw credentialsWrong('privateKey', fix);
  }
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  const fits =
    algorithm === 'RS384' ? key.asymmetricKeyType === 'rsa' && modulusLength >= 2048 : namedCurve === 'secp384r1';
  if (!fits) throw credentialsWrong('privateKey', fix);
  return key;
}
