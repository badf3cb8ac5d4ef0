// Which findings have a fix that is a plain change of a service line (rules/scrub/tables/changes.json).
import type { FromSchema } from 'json-schema-to-ts';

const text = { type: 'string', minLength: 1 } as const;
const nullableText = { type: ['string', 'null'], minLength: 1 } as const;

const changeRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['rule', 'variant', 'change', 'fact', 'modifier'],
  properties: {
    rule: text,
    variant: nullableText,
    /**
     * `code`, `units`, `order`: becomes what the fact tells. `add`: the modifier is put on. `mark`: as many of the units as the fact tells
     * get the modifier, the others stand on a line of their own. `unmark`: the modifier goes where the fact tells that no unit needs it.
     * `once`: no modifier stands twice. `takeOff`: the line goes.
     */
    change: { enum: ['code', 'units', 'order', 'add', 'mark', 'unmark', 'once', 'takeOff'] },
    /** A fact of the finding. */
    fact: nullableText,
    /** Two characters, or `{name}` for the fact of the finding that tells it. */
    modifier: { type: ['string', 'null'], pattern: '^([0-9A-Z]{2}|\\{[a-z][A-Za-z0-9]*\\})$' },
  },
} as const;

export const changesFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Fixes of findings as changes of a line',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'rows'],
  properties: {
    source: text,
    retrieved: { type: 'string', format: 'date' },
    rows: { type: 'array', items: changeRowSchema },
  },
} as const;

export type ChangeRow = FromSchema<typeof changeRowSchema>;
