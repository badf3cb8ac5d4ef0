// What lies sealed in the vault under a note's reference, and under each signed version's.
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { noteDocumentSchema } from '../../domain/note/document-schema.ts';
import { writers } from '../../domain/note/edit.ts';
import { noteSourceSchema } from '../../domain/note/source-schema.ts';
import type { Trx } from '../database/tables.ts';
import type { SessionPrincipal, SystemPrincipal } from '../http/principal.ts';
import type { NoteNeeds } from './needs.ts';

const text = { type: 'string', minLength: 1 } as const;
const key = { type: 'string', pattern: '^[0-9a-f]{32}$' } as const;
const { $schema: _documentDialect, ...document } = noteDocumentSchema;
const { $schema: _sourceDialect, ...source } = noteSourceSchema;

export const hows = ['stands', 'gapAccepted'] as const;

const resolutionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['key', 'how', 'reason', 'by', 'at', 'about'],
  properties: {
    /** Made of the finding and the text it is about: another text is another key. */
    key,
    how: { enum: hows },
    reason: { ...text, phi: 'clinicalText' },
    by: text,
    at: text,
    /** The finding's own words, to be read when it no longer stands. */
    about: { ...text, phi: 'clinicalText' },
  },
} as const;

const writersSchema = { type: 'array', items: { type: 'array', items: { enum: writers } } } as const;

const noteContentSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'NoteContent',
  type: 'object',
  additionalProperties: false,
  required: ['document', 'drafted', 'source', 'writers', 'resolutions', 'discarded'],
  properties: {
    document,
    /** As it was drafted, before anybody changed it. */
    drafted: document,
    source,
    writers: writersSchema,
    resolutions: { type: 'array', items: resolutionSchema },
    discarded: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['reason', 'by', 'at'],
          properties: { reason: { ...text, phi: 'clinicalText' }, by: text, at: text },
        },
      ],
    },
  },
} as const;

export type NoteContent = FromSchema<typeof noteContentSchema>;
export type Resolution = NoteContent['resolutions'][number];

const signedDocumentSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'SignedDocument',
  type: 'object',
  additionalProperties: false,
  required: ['shown', 'source', 'writers', 'drafted', 'signature'],
  properties: {
    /** What was shown and hashed. */
    shown: {
      type: 'object',
      additionalProperties: false,
      required: ['note', 'document', 'resolutions'],
      properties: { note: text, document, resolutions: { type: 'array', items: resolutionSchema } },
    },
    source,
    writers: writersSchema,
    drafted: document,
    signature: { type: 'object' },
  },
} as const;

const addendumSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'SignedAddendum',
  type: 'object',
  additionalProperties: false,
  required: ['shown', 'signature'],
  properties: {
    shown: {
      type: 'object',
      additionalProperties: false,
      required: ['note', 'hash', 'text'],
      properties: {
        note: text,
        /** Of the document it adds to. */
        hash: text,
        text: { ...text, phi: 'clinicalText' },
      },
    },
    signature: { type: 'object' },
  },
} as const;

export type SignedDocument = FromSchema<typeof signedDocumentSchema>;
export type SignedAddendum = FromSchema<typeof addendumSchema>;

type Reading = Pick<NoteNeeds, 'vault' | 'validator'>;

interface Opened {
  readonly purpose: string;
  readonly actor: SessionPrincipal | SystemPrincipal;
  readonly trx?: Trx;
}

/** The sealed content of a note. Every opening is an audit entry. */
export async function openContent(
  { vault, validator }: Reading,
  clinic: string,
  ref: string,
  how: Opened,
): Promise<NoteContent> {
  const record: unknown = await vault.open(clinic, ref, how);
  return checked<NoteContent>(validator, noteContentSchema, record);
}

/** A signed version's content; the caller knows by its row which of the two it is. */
export async function openVersion<Kind extends 'document' | 'addendum'>(
  { vault, validator }: Reading,
  clinic: string,
  ref: string,
  kind: Kind,
  how: Opened,
): Promise<Kind extends 'document' ? SignedDocument : SignedAddendum> {
  const record: unknown = await vault.open(clinic, ref, how);
  return checked(validator, kind === 'document' ? signedDocumentSchema : addendumSchema, record);
}

/** Seals a signed version for good: the database refuses another version of it. */
export function putVersion(
  { vault }: Reading,
  trx: Trx,
  clinic: string,
  content: SignedDocument | SignedAddendum,
): Promise<string> {
  const schema: JSONSchema = 'source' in content ? signedDocumentSchema : addendumSchema;
  return vault.put(clinic, 'noteVersion', { ...content }, { prefix: 'nov', schema, trx });
}

export function putContent({ vault }: Reading, trx: Trx, clinic: string, ref: string, content: NoteContent) {
  const schema: JSONSchema = noteContentSchema;
  return vault.put(clinic, 'note', { ...content }, { ref, schema, trx });
}

export function replaceContent({ vault }: Reading, trx: Trx, clinic: string, ref: string, content: NoteContent) {
  const schema: JSONSchema = noteContentSchema;
  return vault.replace(clinic, ref, { ...content }, { schema, trx });
}

function checked<Content>(validator: Reading['validator'], schema: JSONSchema, value: unknown): Content {
  assertContent<Content>(validator, schema, value);
  return value;
}

function assertContent<Content>(
  validator: Reading['validator'],
  schema: JSONSchema,
  value: unknown,
): asserts value is Content {
  validator.check(schema, value, 'note');
}
