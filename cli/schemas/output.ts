// What a command prints with `--json`: its name, its JSON Schema and one example that can be typed as it stands.
import type { JSONSchema } from 'json-schema-to-ts';

export interface Output {
  /** The command's words joined by dots: `audit.verify`. */
  readonly name: string;
  /** One line for a shell. */
  readonly example: string;
  readonly schema: JSONSchema;
}

const dialect = 'https://json-schema.org/draft/2020-12/schema';

export const text = { type: 'string' } as const;
export const nullableText = { type: ['string', 'null'] } as const;
export const count = { type: 'integer', minimum: 0 } as const;
export const instant = { type: 'string', format: 'date-time' } as const;
export const nullableInstant = { type: ['string', 'null'], format: 'date-time' } as const;

/** The schema of one JSON document with these fields, all of them there; a later version may have more. */
export function document<const Properties extends Readonly<Record<string, JSONSchema>>>(
  title: string,
  properties: Properties,
) {
  return { $schema: dialect, title, ...fields(properties) };
}

/** The schema of one JSON document with one of these objects for each file. */
export function documents<const Properties extends Readonly<Record<string, JSONSchema>>>(
  title: string,
  properties: Properties,
) {
  return { $schema: dialect, title, ...listOf(fields(properties)) };
}

/** An object with these fields, all of them there. */
export function fields<const Properties extends Readonly<Record<string, JSONSchema>>>(properties: Properties) {
  return { type: 'object' as const, required: Object.keys(properties), properties };
}

/** A list of one kind of thing. */
export function listOf<const Item extends JSONSchema>(items: Item) {
  return { type: 'array' as const, items };
}
