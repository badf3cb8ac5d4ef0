// What people read of the data protocol is what the rules say: on the page, and in the documents of the admin.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  linkageBook as linkage,
  reconciliationRules as reconciliation,
  requirements,
} from '../../rules/testing/data-quality.ts';
import { fieldWords } from './findings.ts';
import { protocolOf, protocolTable } from './protocol.ts';

const parts = protocolOf({ requirements, linkage, reconciliation });

test('every field and contradiction of the rules is told, each part with who, how often, source and date', () => {
  const said = parts.flatMap(({ rules }) => rules).join('\n');
  for (const { field } of [...requirements.fields, ...requirements.contradictions])
    expect(said).toContain(fieldWords[field]);
  for (const { rules, who, often, source, retrieved } of parts) {
    expect(rules.length * who.length * often.length * source.length).toBeGreaterThan(0);
    expect(retrieved).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

test('a changed rule changes what is told', () => {
  const strict = { ...reconciliation, noteDays: 1 };
  const told = protocolOf({ requirements, linkage, reconciliation: strict }).at(-1);
  expect(told?.rules[0]).toContain('A note within 1 days');
  expect(told?.rules).not.toEqual(parts.at(-1)?.rules);
});

test("the admin's document holds the table of the rules as they are", () => {
  const page = readFileSync(new URL('../../docs/admin.md', import.meta.url), 'utf8');
  expect(page).toContain(protocolTable(parts));
});
