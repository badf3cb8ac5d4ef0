// The rules of outreach as dated data: the schemas that the files under rules/outreach must pass.
import type { FromSchema } from 'json-schema-to-ts';
import { count, effectiveDays } from '../dated-rows.ts';
import { categories, channels } from './words.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';
const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;
const clock = { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' } as const;
const texts = { type: 'array', items: text } as const;

const dated = {
  id: text,
  ...effectiveDays,
  source: text,
  retrieved: date,
} as const;
const datedFields = ['id', 'effectiveFrom', 'effectiveTo', 'source', 'retrieved'] as const;

const about = {
  categories: { type: 'array', minItems: 1, items: { enum: categories } },
  channels: { type: 'array', minItems: 1, items: { enum: channels } },
} as const;

function rowsOf<const Row>(title: string, items: Row) {
  return {
    $schema: dialect,
    title,
    type: 'object',
    additionalProperties: false,
    required: ['rows'],
    properties: { rows: { type: 'array', minItems: 1, items } },
  } as const;
}

const limitRow = {
  type: 'object',
  additionalProperties: false,
  required: [...datedFields, 'categories', 'channels'],
  properties: {
    ...dated,
    ...about,
    /** No message from one clock time to the other, wherever the patient is. */
    quiet: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: { from: clock, to: clock },
    },
    perDay: count,
    perWeek: count,
    maxCharacters: count,
    namesClinic: { type: 'boolean' },
    optOut: { type: 'boolean' },
  },
} as const;
export const limitsSchema = rowsOf('OutreachLimits', limitRow);

const consentRow = {
  type: 'object',
  additionalProperties: false,
  required: [...datedFields, 'categories', 'channels', 'needs'],
  properties: { ...dated, ...about, needs: { enum: ['notRevoked', 'granted'] } },
} as const;
export const consentRulesSchema = rowsOf('OutreachConsent', consentRow);

export const intents = ['stop', 'cancel', 'wrongNumber', 'start', 'help', 'yes', 'no', 'reschedule'] as const;
export type Intent = (typeof intents)[number];

const wordLists = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(intents.map((intent) => [intent, texts])) as Record<Intent, typeof texts>,
} as const;

const replyRow = {
  type: 'object',
  additionalProperties: false,
  required: [...datedFields, 'language', 'intents'],
  properties: { ...dated, language: text, intents: wordLists, phrases: wordLists },
} as const;

const scopeRow = {
  type: 'object',
  additionalProperties: false,
  required: [...datedFields, 'scope'],
  properties: { ...dated, scope: { enum: ['telephone', 'everything'] } },
} as const;

export const repliesSchema = {
  $schema: dialect,
  title: 'OutreachReplies',
  type: 'object',
  additionalProperties: false,
  required: ['rows', 'revocationScope'],
  properties: {
    rows: { type: 'array', minItems: 1, items: replyRow },
    revocationScope: { type: 'array', minItems: 1, items: scopeRow },
  },
} as const;

const contentRow = {
  type: 'object',
  additionalProperties: false,
  required: [...datedFields, 'clinicalWords'],
  properties: { ...dated, clinicalWords: texts },
} as const;
export const contentRulesSchema = rowsOf('OutreachContent', contentRow);

export const zonesSchema = {
  $schema: dialect,
  title: 'OutreachZones',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'states'],
  properties: {
    source: text,
    retrieved: date,
    states: {
      type: 'object',
      propertyNames: { pattern: '^[A-Z]{2}$' },
      additionalProperties: {
        type: 'array',
        minItems: 1,
        items: { type: 'string', pattern: '^[A-Za-z_]+(/[A-Za-z_]+)+$' },
      },
    },
  },
} as const;

export type LimitRow = FromSchema<typeof limitRow>;
export type ConsentRow = FromSchema<typeof consentRow>;
export type ReplyRow = FromSchema<typeof replyRow>;
export type ScopeRow = FromSchema<typeof scopeRow>;
export type ContentRow = FromSchema<typeof contentRow>;

/** Every rule of outreach, as it ships. */
export interface OutreachRules {
  readonly limits: readonly LimitRow[];
  readonly consent: readonly ConsentRow[];
  readonly replies: readonly ReplyRow[];
  readonly revocationScope: readonly ScopeRow[];
  readonly content: readonly ContentRow[];
  readonly zones: Readonly<Record<string, readonly string[]>>;
}
