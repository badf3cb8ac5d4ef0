// Phrases as data: a text with places for values, which a clinic may word in its own way.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../errors.ts';
import { gap, Pieces } from './fragment.ts';
import type { Fragment } from './fragment.ts';

export const phraseRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'text'],
  properties: {
    id: { type: 'string', pattern: '^[a-z][A-Za-z0-9.-]*$' },
    /** Which of the clinic's styles it belongs to; none: every one. */
    style: { type: 'string', minLength: 1 },
    /**
     * `{score|pain score}` is a value, the words behind the bar name the gap where there is none. What stands in `<…>` is left out
     * where one of its values is missing.
     */
    text: { type: 'string', minLength: 1 },
  },
} as const;

export const phrasesFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Phrases of documents',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'rows'],
  properties: {
    source: { type: 'string', minLength: 1 },
    retrieved: { type: 'string', format: 'date' },
    rows: { type: 'array', minItems: 1, items: phraseRowSchema },
  },
} as const;

export type PhraseRow = FromSchema<typeof phraseRowSchema>;

type Step =
  | { readonly words: string }
  | { readonly value: string; readonly missing: string }
  | { readonly optional: readonly Step[] };

export type Values = Readonly<Record<string, Fragment | undefined>>;

/** The phrases of one clinic and style, read once. */
export interface Phrases {
  /** @throws GaitError `input.invalid` for a phrase that no row has */
  say(id: string, values?: Values): Fragment;
  has(id: string): boolean;
}

/**
 * @param rows the shipped ones first, then the clinic's own: a later row with the same id stands in place of an earlier one
 * @param style rows of another style are passed over; a row of this style goes before one of none
 */
export function phrasesOf(rows: readonly PhraseRow[], style: string): Phrases {
  const chosen = new Map<string, readonly Step[]>();
  for (const row of rows) if (row.style === undefined) chosen.set(row.id, stepsOf(row.text));
  for (const row of rows) if (row.style === style) chosen.set(row.id, stepsOf(row.text));
  return {
    has: (id) => chosen.has(id),
    say(id, values = {}) {
      const steps = chosen.get(id);
      if (steps === undefined)
        throw new GaitError('input.invalid', `There is no phrase "${id}".`, {
          where: id,
          fix: 'Add a row with this id to the phrases, as in rules/documentation/phrases.json.',
        });
      const pieces = new Pieces();
      write(steps, values, pieces);
      return pieces.done();
    },
  };
}

function write(steps: readonly Step[], values: Values, pieces: Pieces): void {
  for (const step of steps) {
    if ('words' in step) pieces.words(step.words);
    else if ('value' in step) pieces.add(values[step.value] ?? gap(step.missing));
    else if (step.optional.every((inner) => !('value' in inner) || values[inner.value] !== undefined))
      write(step.optional, values, pieces);
  }
}

/** Reads a phrase: literal words, `{name}` or `{name|gap words}`, and `<optional>` parts, which do not nest. */
function stepsOf(text: string): Step[] {
  return text
    .split(/(<[^<>]*>)/)
    .filter((part) => part !== '')
    .flatMap((part) => (part.startsWith('<') ? [{ optional: plainSteps(part.slice(1, -1)) }] : plainSteps(part)));
}

function plainSteps(text: string): Step[] {
  return text
    .split(/(\{[^{}]+\})/)
    .filter((part) => part !== '')
    .map((part) => {
      if (!part.startsWith('{')) return { words: part };
      const [value = '', missing] = part.slice(1, -1).split('|');
      return { value, missing: missing ?? value };
    });
}
