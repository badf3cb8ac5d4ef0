// The words of a message: by its purpose and the patient's language, filled with what the clinic knows of the occasion.
import type { FromSchema } from 'json-schema-to-ts';
import type { Channel, Purpose } from './words.ts';
import { purposes } from './words.ts';

const line = { type: 'string', minLength: 1, maxLength: 2000 } as const;

export const textRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['purpose', 'language'],
  properties: {
    purpose: { enum: purposes },
    language: { type: 'string', pattern: '^[a-z]{2}$' },
    text: line,
    email: {
      type: 'object',
      additionalProperties: false,
      required: ['subject', 'body'],
      properties: { subject: { type: 'string', minLength: 1, maxLength: 120 }, body: line },
    },
    voice: line,
  },
} as const;

export const textsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'OutreachTexts',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'rows'],
  properties: {
    source: { type: 'string', minLength: 1 },
    retrieved: { type: 'string', format: 'date' },
    rows: { type: 'array', minItems: 1, items: textRowSchema },
  },
} as const;

export type TextRow = FromSchema<typeof textRowSchema>;

/** What the placeholders stand for; names of facts: clinic, phone, date, time, by, link, count. */
export type TextFacts = Readonly<Record<string, string>>;

/** A message as it goes out over one channel; `subject` only where the channel has one. */
export interface WrittenText {
  readonly subject: string | null;
  readonly body: string;
}

export const usualLanguage = 'en';

/** A placeholder that has no fact stays, so that the content rules find it. */
function fill(template: string, facts: TextFacts): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => facts[name] ?? whole);
}

/**
 * The words of one message for each channel that has words for its purpose: the clinic's own before the shipped ones, the
 * patient's language before the usual one.
 */
export function writeTexts(
  rows: { readonly own: readonly TextRow[]; readonly shipped: readonly TextRow[] },
  of: { readonly purpose: Purpose; readonly language: string | null; readonly facts: TextFacts },
): Partial<Record<Channel, WrittenText>> {
  const inOrder = [of.language ?? usualLanguage, usualLanguage].flatMap((language) =>
    [rows.own, rows.shipped].flatMap((from) =>
      from.filter((row) => row.purpose === of.purpose && row.language === language),
    ),
  );
  const text = inOrder.find((row) => row.text !== undefined)?.text;
  const email = inOrder.find((row) => row.email !== undefined)?.email;
  const voice = inOrder.find((row) => row.voice !== undefined)?.voice;
  return {
    ...(text === undefined ? {} : { text: { subject: null, body: fill(text, of.facts) } }),
    ...(email === undefined
      ? {}
      : { email: { subject: fill(email.subject, of.facts), body: fill(email.body, of.facts) } }),
    ...(voice === undefined ? {} : { voice: { subject: null, body: fill(voice, of.facts) } }),
  };
}

/** The facts that words still lack, by their names. */
export function lackingFacts({ subject, body }: WrittenText): readonly string[] {
  return [...`${subject ?? ''} ${body}`.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
}
