// The rule files of outreach pass their schemas; every row is dated, cited and reaches what it is about.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  consentRulesSchema,
  contentRulesSchema,
  limitsSchema,
  repliesSchema,
  zonesSchema,
} from '../domain/outreach/schema.ts';
import { textsSchema } from '../domain/outreach/texts.ts';
import { categories, channels } from '../domain/outreach/words.ts';
import { createValidator } from '../server/http/validation.ts';
import { outreachRules } from './testing/outreach.ts';

const validator = createValidator();

test.each([
  ['limits', limitsSchema],
  ['consent', consentRulesSchema],
  ['replies', repliesSchema],
  ['content', contentRulesSchema],
  ['zones', zonesSchema],
  ['texts', textsSchema],
] as const)('%s.json has the shape it must have', (name, schema) => {
  const file: unknown = JSON.parse(readFileSync(new URL(`outreach/${name}.json`, import.meta.url), 'utf8'));
  validator.check(schema, file, name);
});

test('every category has a rule of consent over every channel, and every message that Gait starts a cap', () => {
  for (const category of categories)
    for (const channel of channels) {
      const isAbout = (row: { categories: readonly string[]; channels: readonly string[] }) =>
        row.categories.includes(category) && row.channels.includes(channel);
      expect(outreachRules.consent.some(isAbout)).toBe(true);
      if (category !== 'answer')
        expect(outreachRules.limits.some((row) => isAbout(row) && row.perWeek !== undefined)).toBe(true);
    }
});

test('no two rows share an id, and the words of revoking are in no other list', () => {
  const rows = [...outreachRules.limits, ...outreachRules.consent, ...outreachRules.replies, ...outreachRules.content];
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  const revoking = outreachRules.replies.flatMap(({ intents }) => [...(intents.stop ?? []), ...(intents.cancel ?? [])]);
  const others = outreachRules.replies.flatMap(({ intents }) =>
    [intents.yes, intents.no, intents.help, intents.start].flatMap((list) => list ?? []),
  );
  expect(revoking.filter((word) => others.includes(word))).toEqual([]);
});

test('every zone is one that clocks know', () => {
  for (const zone of Object.values(outreachRules.zones).flat())
    expect(() => new Intl.DateTimeFormat('en-US', { timeZone: zone })).not.toThrow();
});
