// The page of rules and facts is the one the code makes.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scrubRules } from '../../rules/testing/scrub-rules.ts';
import { ruleReferencePage } from './reference-page.ts';

test('docs/rule-reference.md is up to date: npm run docs writes it', () => {
  const page = readFileSync(new URL('../../docs/rule-reference.md', import.meta.url), 'utf8');
  expect(page).toBe(ruleReferencePage(scrubRules.rules));
});
