// What is known of how records of one person differ: levels of agreement with their probabilities, nicknames, placeholders.
import type { FromSchema } from 'json-schema-to-ts';

export const linkageFields = [
  'given',
  'family',
  'middle',
  'suffix',
  'birthDate',
  'phone',
  'email',
  'address',
  'memberId',
  'gender',
] as const;

export type LinkageField = (typeof linkageFields)[number];

const source = { type: 'string', minLength: 1 } as const;
const probability = { type: 'number', exclusiveMinimum: 0, maximum: 1 } as const;
const words = { type: 'array', items: { type: 'string', minLength: 1 } } as const;

export const linkageFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'How probable it is that two records are of one person',
  type: 'object',
  additionalProperties: false,
  required: [
    'retrieved',
    'source',
    'prior',
    'verdicts',
    'similarName',
    'similarStreet',
    'fields',
    'estimate',
    'cluster',
    'blocking',
  ],
  properties: {
    retrieved: { type: 'string', format: 'date' },
    source,
    /** How much more common pairs of strangers and of one household are than pairs of one person, log2. */
    prior: {
      type: 'object',
      additionalProperties: false,
      required: ['strangerBits', 'householdBits', 'source'],
      properties: { strangerBits: { type: 'number' }, householdBits: { type: 'number' }, source },
    },
    /** The least probability at which two records are called the same, or shown to a person. */
    verdicts: {
      type: 'object',
      additionalProperties: false,
      required: ['same', 'perhaps', 'source'],
      properties: { same: probability, perhaps: probability, source },
    },
    /** Jaro–Winkler similarity from which two names, or two streets, are similar. */
    similarName: probability,
    similarStreet: probability,
    fields: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['field', 'levels', 'source'],
        properties: {
          field: { enum: linkageFields },
          source,
          levels: {
            type: 'array',
            minItems: 2,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['level', 'm', 'u', 'h'],
              properties: { level: { type: 'string' }, m: probability, u: probability, h: probability },
            },
          },
        },
      },
    },
    estimate: {
      type: 'object',
      additionalProperties: false,
      required: ['leastPairs', 'mostFactor', 'source'],
      properties: { leastPairs: { type: 'integer', minimum: 1 }, mostFactor: { type: 'number', minimum: 1 }, source },
    },
    cluster: {
      type: 'object',
      additionalProperties: false,
      required: ['largest', 'source'],
      properties: { largest: { type: 'integer', minimum: 2 }, source },
    },
    blocking: {
      type: 'object',
      additionalProperties: false,
      required: ['largestBlock', 'source'],
      properties: { largestBlock: { type: 'integer', minimum: 2 }, source },
    },
  },
} as const;

export const nicknamesFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Given names and what their bearers are called',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'licence', 'retrieved', 'alsoGiven', 'alsoGivenSource', 'names'],
  properties: {
    source,
    licence: source,
    retrieved: { type: 'string', format: 'date' },
    /** Nicknames that are names of their own too: whoever bears one need not be called so for another. */
    alsoGiven: words,
    alsoGivenSource: source,
    names: { type: 'object', additionalProperties: words },
  },
} as const;

export const placeholdersFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What stands in a field where nobody knew what to enter',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'words', 'birthDates', 'birthDatesMaybe', 'emailDomains', 'emailNames'],
  properties: {
    source,
    retrieved: { type: 'string', format: 'date' },
    words,
    birthDates: words,
    /** Somebody may be born on these; as a default of software they are more common. */
    birthDatesMaybe: words,
    emailDomains: words,
    emailNames: words,
  },
} as const;

type LinkageFile = FromSchema<typeof linkageFileSchema>;
type NicknamesFile = FromSchema<typeof nicknamesFileSchema>;
export type Placeholders = FromSchema<typeof placeholdersFileSchema>;
export type FieldRow = LinkageFile['fields'][number];

/** The rule data of linkage: `rules/data-quality/{linkage,nicknames,placeholders}.json`. */
export interface LinkageBook extends LinkageFile {
  readonly nicknames: NicknamesFile;
  readonly placeholders: Placeholders;
}
