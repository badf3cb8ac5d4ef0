// Where the last look ended: per resource type the change time, and the export under way. Opaque to everyone else, without PHI.
import { createHash } from 'node:crypto';
import type { FromSchema } from 'json-schema-to-ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readableTypes } from './settings.ts';

const instant = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z$' } as const;
const place = { type: 'integer', minimum: 0 } as const;

const cursorSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['of', 'since'],
  properties: {
    /** Which endpoint it is of: of another one everything is told anew. */
    of: { type: 'string' },
    since: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(readableTypes.map((type) => [type, instant])),
    },
    /** The type to go on with, where the last answer was full. */
    at: { enum: readableTypes },
    /** The job of a bulk export: where it stands, and the lines already told. */
    export: {
      type: 'object',
      additionalProperties: false,
      required: ['status', 'notBefore', 'file', 'line'],
      properties: { status: { type: 'string' }, notBefore: instant, file: place, line: place },
    },
  },
} as const;

type Read = FromSchema<typeof cursorSchema>;
export type Cursor = Omit<Read, 'since'> & { readonly since: Readonly<Record<string, string | undefined>> };
export type ExportCursor = NonNullable<Cursor['export']>;

const isCursor = new Ajv2020().compile<Cursor>(cursorSchema);

function markOf(baseUrl: string): string {
  return createHash('sha256').update(baseUrl).digest('base64url').slice(0, 12);
}

export function freshCursor(baseUrl: string): Cursor {
  return { of: markOf(baseUrl), since: {} };
}

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** A cursor of another endpoint, or none at all, begins from the start. */
export function readCursor(text: string | null, baseUrl: string): Cursor {
  const fresh = freshCursor(baseUrl);
  if (text === null) return fresh;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return isCursor(parsed) && parsed.of === fresh.of ? parsed : fresh;
  } catch {
    return fresh;
  }
}
