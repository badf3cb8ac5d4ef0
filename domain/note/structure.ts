// The structure of documents as data: for each record system and kind, the sections, their headings and what stands in them.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../errors.ts';
import { documentKinds } from './source-schema.ts';
import type { DocumentKind } from './source-schema.ts';

/** What a section may hold; domain/note/parts has a writer for each. */
export const partNames = [
  'visit',
  'treatedBy',
  'diagnoses',
  'history',
  'priorFunction',
  'limitations',
  'precautions',
  'reports',
  'subjectiveWords',
  'homeProgram',
  'pain',
  'rangeOfMotion',
  'strength',
  'specialTests',
  'gait',
  'balance',
  'function',
  'measures',
  'interventions',
  'education',
  'minutes',
  'response',
  'change',
  'assessmentWords',
  'skilledNeed',
  'necessity',
  'goalStates',
  'goals',
  'planWords',
  'planOfCare',
  'certification',
  'rehabPotential',
  'course',
  'discharge',
  'letterOpening',
  'letterClosing',
] as const;
export type PartName = (typeof partNames)[number];

const text = { type: 'string', minLength: 1 } as const;

const documentStructureSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'title', 'sections'],
  properties: {
    kind: { enum: documentKinds },
    title: text,
    sections: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'heading', 'parts'],
        properties: {
          id: { type: 'string', pattern: '^[a-z][a-z-]*$' },
          heading: text,
          parts: { type: 'array', minItems: 1, items: { enum: partNames } },
        },
      },
    },
  },
} as const;

export const structuresFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Structures of documents',
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: {
    rows: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'words', 'source', 'retrieved', 'documents'],
        properties: {
          id: { type: 'string', pattern: '^[a-z][a-z-]*$' },
          words: text,
          source: text,
          retrieved: { type: 'string', format: 'date' },
          documents: { type: 'array', minItems: 1, items: documentStructureSchema },
        },
      },
    },
  },
} as const;

export type DocumentStructure = FromSchema<typeof documentStructureSchema>;
export type StructureRow = FromSchema<typeof structuresFileSchema>['rows'][number];

/**
 * The sections of one kind of document in one record system.
 * @throws GaitError `input.invalid` where the structure or its document is not on file
 */
export function structureOf(rows: readonly StructureRow[], id: string, kind: DocumentKind): DocumentStructure {
  const found = rows.find((row) => row.id === id)?.documents.find((document) => document.kind === kind);
  if (found !== undefined) return found;
  throw new GaitError('input.invalid', `The structure "${id}" has no document "${kind}".`, {
    where: id,
    fix: 'Add it to the structures, as in rules/documentation/structures.json.',
  });
}
