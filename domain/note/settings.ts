// What a clinic sets for its documents: structure, style, phrases of its own, what its state asks of a co-signature.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../errors.ts';
import { phraseRowSchema } from './phrases.ts';
import type { PhraseRow } from './phrases.ts';
import { structuresFileSchema } from './structure.ts';
import type { StructureRow } from './structure.ts';
import { documentKinds } from './source-schema.ts';

/** The style of phrases that name none. */
export const plainStyle = 'narrative';

const structureId = { type: 'string', pattern: '^[a-z][a-z-]*$', maxLength: 40 } as const;
const needs = { enum: ['required', 'notRequired'] } as const;

export const documentationSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** Whose sections documents have: `webpt`, `breezynotes`, `plain` or one of `structures`. */
    structure: structureId,
    /** Payers that want another one. */
    payers: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['payer', 'structure'],
        properties: { payer: { type: 'string', minLength: 1, maxLength: 60 }, structure: structureId },
      },
    },
    /** Structures of the clinic's own; one with the id of a shipped one stands in its place. */
    structures: { ...structuresFileSchema.properties.rows, minItems: 0, maxItems: 20 },
    /** `narrative` or `brief`, or a style that `phrases` word. */
    style: { type: 'string', pattern: '^[a-z][a-z-]*$', maxLength: 40 },
    /** The clinic's own wording, by the ids of the shipped phrases. */
    phrases: { type: 'array', maxItems: 400, items: phraseRowSchema },
    /** What the law of the clinic's state asks, as the clinic found it out. */
    cosignature: {
      type: 'object',
      additionalProperties: false,
      properties: { PTA: needs, student: needs },
    },
    /** The connection to a language model that may word sentences anew, by name; left out: the composer's stand. */
    modelConnection: { type: 'string', minLength: 1, maxLength: 80 },
    /** The connection that writes down speech on the capture page, by name; left out: no recording is offered. */
    speechConnection: { type: 'string', minLength: 1, maxLength: 80 },
    /** What a patient is told about how documents are drafted, instead of the shipped sentence. */
    automationSentence: { type: 'string', minLength: 1, maxLength: 600 },
  },
} as const;

export type DocumentationSettings = FromSchema<typeof documentationSettingsSchema>;

/**
 * Refuses what a document could not be composed with: a structure that is nowhere, a phrase no part asks for, a value
 * the phrase does not get.
 * @throws GaitError `input.invalid` naming the field
 */
export function assertDocumentationSettings(
  settings: DocumentationSettings,
  shipped: { readonly phrases: readonly PhraseRow[]; readonly structures: readonly StructureRow[] },
): void {
  const known = new Set([...shipped.structures, ...(settings.structures ?? [])].map(({ id }) => id));
  const named = [
    ...(settings.structure === undefined ? [] : [['structure', settings.structure] as const]),
    ...(settings.payers ?? []).map(({ structure }, at) => [`payers.${at}.structure`, structure] as const),
  ];
  for (const [where, id] of named)
    if (!known.has(id))
      throw new GaitError('input.invalid', 'There is no structure of this id.', {
        where: `settings.documentation.${where}`,
        fix: `Use one of ${[...known].join(', ')}, or add it under structures.`,
      });
  (settings.structures ?? []).forEach((structure, at) => {
    assertWhole(structure, `settings.documentation.structures.${at}`);
  });
  const styles = new Set([...shipped.phrases, ...(settings.phrases ?? [])].flatMap(({ style }) => style ?? []));
  if (settings.style !== undefined && settings.style !== plainStyle && !styles.has(settings.style))
    throw new GaitError('input.invalid', 'No phrase has this style.', {
      where: 'settings.documentation.style',
      fix: `Use one of ${[plainStyle, ...styles].join(', ')}, or word phrases of it.`,
    });
  (settings.phrases ?? []).forEach((phrase, at) => {
    assertPhrase(phrase, shipped.phrases, `settings.documentation.phrases.${at}`);
  });
}

/** A structure has a document of every kind, and no section of one stands twice. */
function assertWhole({ documents }: StructureRow, where: string): void {
  const lacking = documentKinds.filter((kind) => !documents.some((document) => document.kind === kind));
  if (lacking.length > 0)
    throw new GaitError('input.invalid', `The structure lacks documents: ${lacking.join(', ')}.`, {
      where: `${where}.documents`,
      fix: 'Copy them from a shipped structure and change what is yours.',
    });
  documents.forEach(({ sections }, at) => {
    if (new Set(sections.map(({ id }) => id)).size !== sections.length)
      throw new GaitError('input.invalid', 'A section stands twice in one document.', {
        where: `${where}.documents.${at}.sections`,
      });
  });
}

function assertPhrase({ id, text }: PhraseRow, shipped: readonly PhraseRow[], where: string): void {
  const rows = shipped.filter((row) => row.id === id);
  if (rows.length === 0)
    throw new GaitError('input.invalid', 'No document asks for a phrase of this id.', {
      where: `${where}.id`,
      fix: 'Take an id of rules/documentation/phrases.json.',
    });
  const offered = new Set(rows.flatMap((row) => placesOf(row.text)));
  if (placesOf(text).some((place) => !offered.has(place)))
    throw new GaitError('input.invalid', 'The phrase has a place for a value that it is never given.', {
      where: `${where}.text`,
      fix: `It is given: ${[...offered].join(', ') || 'no value'}.`,
    });
}

/** The values a phrase has places for. */
function placesOf(text: string): string[] {
  return [...text.matchAll(/\{([^{}|]+)(?:\|[^{}]*)?\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
