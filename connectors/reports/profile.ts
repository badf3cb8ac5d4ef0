// A mapping profile: how one clinic's exported reports are labelled and written. Profiles are data, because exports differ.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../../domain/errors.ts';
import { isZone, profileReader } from '../settings.ts';

const labels = { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } } as const;
const words = { type: 'array', items: { type: 'string', minLength: 1 } } as const;

const report = {
  type: 'object',
  additionalProperties: false,
  required: ['file', 'columns'],
  properties: {
    /** A regular expression on the file's name, case ignored. */
    file: { type: 'string', minLength: 1 },
    /** Field to the labels its column may have; case, blanks and punctuation do not matter. */
    columns: { type: 'object', additionalProperties: labels },
    /** Of a workbook the sheet of that name; its first where none is named. */
    sheet: { type: 'string', minLength: 1 },
  },
} as const;

const label = { type: 'string', minLength: 1 } as const;
/** A form of the PT system: our field to what it is called there. */
const form = { type: 'object', additionalProperties: label } as const;

export const profileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Mapping profile of exported reports',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title', 'dateFormats', 'timeFormats', 'reports', 'words', 'payers', 'recordLabels'],
  properties: {
    id: { type: 'string', pattern: '^[a-z0-9-]+$' },
    title: { type: 'string', minLength: 1 },
    /** Only where the export's clocks are not the clinic's. */
    zone: { type: 'string', minLength: 1 },
    /** Made of YYYY, MM, DD, MMM, HH, hh, mm and A; a number may be written with or without its leading zero. */
    dateFormats: labels,
    timeFormats: labels,
    reports: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        patients: report,
        authorizations: report,
        appointments: {
          ...report,
          properties: {
            ...report.properties,
            /** Each file holds every visit between its first and its last day: a booked one that is missing is gone. */
            whole: { type: 'boolean' },
          },
        },
        notes: report,
        charges: report,
        outcomes: report,
      },
    },
    words: {
      type: 'object',
      additionalProperties: false,
      required: [
        'authorizationStatus',
        'appointmentStatus',
        'requestKind',
        'gender',
        'relationship',
        'coverageOrder',
        'yes',
        'no',
      ],
      properties: {
        authorizationStatus: { type: 'object', additionalProperties: words },
        appointmentStatus: { type: 'object', additionalProperties: words },
        requestKind: { type: 'object', additionalProperties: words },
        gender: { type: 'object', additionalProperties: words },
        relationship: { type: 'object', additionalProperties: words },
        coverageOrder: { type: 'object', additionalProperties: words },
        /** Without them the usual ones. */
        noteKind: { type: 'object', additionalProperties: words },
        /** A credential as Gait writes it (PT, PTA, OT …) to the words of the export; without them it is taken as typed. */
        credential: { type: 'object', additionalProperties: words },
        yes: words,
        no: words,
      },
    },
    /** The payer's name in the export to Gait's payer id. */
    payers: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
    /**
     * What the fields of the authorization form are called where a person types an approval into the PT system; and, where they are known,
     * those of its other forms.
     */
    recordLabels: {
      type: 'object',
      additionalProperties: false,
      required: ['number', 'from', 'to', 'visits', 'units', 'status'],
      properties: {
        number: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        visits: { type: 'string' },
        units: { type: 'string' },
        status: { type: 'string' },
        patient: form,
        appointment: form,
        note: form,
        charge: form,
      },
    },
  },
} as const;

export type Profile = FromSchema<typeof profileSchema>;

const read = profileReader<Profile>('report', profileSchema);

/** Checks a profile, its regular expressions and its time zone. Throws `input.invalid` naming the place. */
export function readProfile(value: unknown): Profile {
  const profile = read(value);
  for (const [kind, report] of Object.entries(profile.reports)) {
    try {
      new RegExp(report.file, 'i');
    } catch {
      throw new GaitError('input.invalid', 'the file pattern is no regular expression', {
        where: `/reports/${kind}/file`,
      });
    }
  }
  if (profile.zone !== undefined && !isZone(profile.zone))
    throw new GaitError('input.invalid', 'the time zone is not known', { where: '/zone' });
  return profile;
}
