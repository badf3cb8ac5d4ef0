// Rules as dated data: what the rows of every such file have in common, and which of them are in force on a day.
import { GaitError } from './errors.ts';

/** A text that says where a row's numbers come from. */
export const source = { type: 'string', minLength: 1 } as const;
export const count = { type: 'integer', minimum: 1 } as const;

/** The days a row is in force: both inclusive; `effectiveTo` null until a newer row says otherwise. */
export const effectiveDays = {
  effectiveFrom: { type: 'string', format: 'date' },
  effectiveTo: { type: ['string', 'null'], format: 'date' },
} as const;

/** JSON Schema of a file of such rows with one source for the whole of it. */
export function datedFile<const Row>(title: string, items: Row) {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    type: 'object',
    additionalProperties: false,
    required: ['retrieved', 'source', 'rows'],
    properties: {
      retrieved: { type: 'string', format: 'date' },
      source,
      rows: { type: 'array', minItems: 1, items },
    },
  } as const;
}

interface Dated {
  readonly effectiveFrom: string;
  readonly effectiveTo?: string | null | undefined;
}

/** The rows in force on a day (`YYYY-MM-DD`), in their order. */
export function inForceOn<Row extends Dated>(rows: readonly Row[], day: string): Row[] {
  return rows.filter((row) => row.effectiveFrom <= day && (row.effectiveTo ?? day) >= day);
}

/**
 * The row in force on a day; the later one where two are.
 * @param about the folder of `rules` that the rows come from, as the refusal names it
 * @throws GaitError `input.invalid` where none is
 */
export function ruleOn<Row extends Dated>(rows: readonly Row[], day: string, about = 'scheduling'): Row {
  const [row] = inForceOn(rows, day).sort((one, other) => (one.effectiveFrom < other.effectiveFrom ? 1 : -1));
  if (row === undefined)
    throw new GaitError('input.invalid', `No ${about} rule is in force on ${day}`, {
      fix: `Add a dated row under rules/${about}`,
    });
  return row;
}
