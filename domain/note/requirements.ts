// What a document of each kind must hold, as data with its source; what is missing is named with its section of the manual.
import type { FromSchema } from 'json-schema-to-ts';
import type { NoteDocument } from './document-schema.ts';
import { documentKinds } from './source-schema.ts';
import type { NoteSource } from './source-schema.ts';

const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;

export const requirementRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'kinds',
    'words',
    'anyOf',
    'section',
    'source',
    'url',
    'effectiveFrom',
    'effectiveTo',
    'retrieved',
    'reviewBy',
  ],
  properties: {
    id: text,
    kinds: { type: 'array', minItems: 1, items: { enum: documentKinds } },
    /** What must be there, as it is said to the clinician. */
    words: text,
    /** Places of the source, `*` for every element of a list; one of them with a value is enough. */
    anyOf: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^(/[^/]+)+$' } },
    /** Section of the manual. */
    section: text,
    source: text,
    url: { type: ['string', 'null'] },
    effectiveFrom: date,
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    retrieved: date,
    reviewBy: date,
  },
} as const;

export const requirementsFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What documents must hold',
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: { rows: { type: 'array', minItems: 1, items: requirementRowSchema } },
} as const;

export type RequirementRow = FromSchema<typeof requirementRowSchema>;

export interface Missing {
  readonly rule: string;
  readonly words: string;
  readonly section: string;
  readonly source: string;
  /** `record`: nothing is recorded. `document`: it is recorded, and the document does not cite it. */
  readonly where: 'record' | 'document';
}

export interface Completeness {
  readonly required: number;
  readonly missing: readonly Missing[];
}

/** Holds a document against the rows in force on its date. A value counts when a sentence names it as its source. */
export function completeness(
  rows: readonly RequirementRow[],
  document: NoteDocument,
  source: NoteSource,
): Completeness {
  const inForce = rows.filter(
    ({ kinds, effectiveFrom, effectiveTo }) =>
      kinds.includes(document.kind) &&
      effectiveFrom <= document.date &&
      (effectiveTo === null || document.date <= effectiveTo),
  );
  const cited = new Set(
    document.sections.flatMap(({ sentences }) =>
      sentences.flatMap(({ sources }) => sources.map(({ pointer }) => pointer)),
    ),
  );
  const missing = inForce.flatMap((row): Missing[] => {
    const pointers = row.anyOf.flatMap((pattern) => valuesAt(source, pattern.split('/').slice(1), ''));
    if (pointers.some((pointer) => cited.has(pointer) || pointer.startsWith('/author'))) return [];
    const where = pointers.length === 0 ? 'record' : 'document';
    return [{ rule: row.id, words: row.words, section: row.section, source: row.source, where }];
  });
  return { required: inForce.length, missing };
}

/** The pointers of a pattern at which the source holds a value. */
function valuesAt(here: unknown, steps: readonly string[], pointer: string): string[] {
  const [step, ...rest] = steps;
  if (step === undefined) return here === null || here === undefined || typeof here === 'object' ? [] : [pointer];
  if (typeof here !== 'object' || here === null) return [];
  const entries = Object.entries(here).filter(([key]) => step === '*' || key === step);
  return entries.flatMap(([key, value]) => valuesAt(value, rest, `${pointer}/${key}`));
}

export interface Readability {
  readonly sentences: number;
  readonly wordsPerSentence: number;
  readonly longestSentence: number;
  /** Share of sentences that are or hold a gap, 0 to 1. */
  readonly gaps: number;
}

/** How the text reads, in counts; gaps are counted apart, for they are no prose. */
export function readability({ sections }: NoteDocument): Readability {
  const sentences = sections.flatMap((section) => section.sentences);
  const prose = sentences.filter(
    ({ text: words, gaps }) => !gaps.some(({ from, to }) => to - from >= words.length - 1),
  );
  const lengths = prose.map(({ text: words }) => words.split(/\s+/).length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    sentences: sentences.length,
    wordsPerSentence: prose.length === 0 ? 0 : total / prose.length,
    longestSentence: Math.max(0, ...lengths),
    gaps: sentences.length === 0 ? 0 : sentences.filter(({ gaps }) => gaps.length > 0).length / sentences.length,
  };
}
