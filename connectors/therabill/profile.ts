// A mapping profile: what a practice calls the columns of its Therabill exports, and how it writes what stands in them.
import type { FromSchema } from 'json-schema-to-ts';
import { profileReader } from '../settings.ts';

const labels = { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } } as const;
const words = { type: 'object', additionalProperties: labels } as const;

const clientColumns = {
  recordNumber: labels,
  given: labels,
  family: labels,
  name: labels,
  birthDate: labels,
  gender: labels,
  phone: labels,
  email: labels,
  addressLine: labels,
  city: labels,
  state: labels,
  postalCode: labels,
  payerName: labels,
  coverageOrder: labels,
  memberId: labels,
  groupNumber: labels,
  planName: labels,
  relationship: labels,
} as const;

const paymentColumns = {
  paymentId: labels,
  recordNumber: labels,
  claimNumber: labels,
  serviceDate: labels,
  paidOn: labels,
  amount: labels,
  paidBy: labels,
  method: labels,
} as const;

const label = { type: 'string', minLength: 1 } as const;

/** What Therabill's client import takes, each under the label of its header row; the order is that of the columns. */
const importColumns = {
  recordNumber: label,
  family: label,
  given: label,
  birthDate: label,
  gender: label,
  phone: label,
  email: label,
  addressLine: label,
  city: label,
  state: label,
  postalCode: label,
  payerName: label,
  memberId: label,
  groupNumber: label,
  relationship: label,
} as const;

/** Field to the labels its column may have; case, blanks and punctuation do not matter. */
const columns = <Columns extends object>(properties: Columns) =>
  ({ type: 'object', additionalProperties: false, properties }) as const;

/** The labels of a practice that renamed some: they come before those of the profile. */
export const labelsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    clients: columns(clientColumns),
    payments: columns(paymentColumns),
    clientImport: columns(importColumns),
  },
} as const;

const profileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Therabill mapping profile',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title', 'dateFormats', 'clients', 'payments', 'clientImport', 'words', 'payers'],
  properties: {
    id: { type: 'string', pattern: '^[a-z0-9-]+$' },
    title: { type: 'string', minLength: 1 },
    /** Made of YYYY, MM, DD and MMM; the first is the one that is written. */
    dateFormats: labels,
    ...labelsSchema.properties,
    words: {
      type: 'object',
      additionalProperties: false,
      required: ['gender', 'relationship', 'coverageOrder', 'paidBy', 'method', 'yes', 'no'],
      properties: {
        gender: words,
        relationship: words,
        coverageOrder: words,
        paidBy: words,
        method: words,
        yes: labels,
        no: labels,
      },
    },
    /** The payer's name in the export to Gait's payer id. */
    payers: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
  },
} as const;

export type Profile = FromSchema<typeof profileSchema>;
export type Labels = FromSchema<typeof labelsSchema>;
export type ImportField = keyof typeof importColumns;

export function isImportField(name: string): name is ImportField {
  return Object.hasOwn(importColumns, name);
}

/** The validated profile. Throws `input.invalid` naming the place. */
export const readProfile = profileReader<Profile>('Therabill', profileSchema);

/** A profile with the labels of a practice in front of its own. */
export function withLabels(profile: Profile, own: Labels): Profile {
  const front = (
    named: Readonly<Record<string, readonly string[] | undefined>>,
    usual: Readonly<Record<string, readonly string[] | undefined>>,
  ): Record<string, string[]> =>
    Object.fromEntries(
      [...new Set([...Object.keys(usual), ...Object.keys(named)])].map((field) => [
        field,
        [...(named[field] ?? []), ...(usual[field] ?? [])],
      ]),
    );
  return {
    ...profile,
    clients: front(own.clients ?? {}, profile.clients),
    payments: front(own.payments ?? {}, profile.payments),
    clientImport: { ...profile.clientImport, ...own.clientImport },
  };
}
