// The rule files of documents pass their schemas; every structure has every kind, every phrase a part asks for is there.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { phrasesFileSchema } from '../domain/note/phrases.ts';
import { requirementsFileSchema } from '../domain/note/requirements.ts';
import { documentKinds } from '../domain/note/source-schema.ts';
import { signingFileSchema } from '../domain/note/signing.ts';
import { structuresFileSchema } from '../domain/note/structure.ts';
import { verificationFileSchema } from '../domain/note-verifier/rules-schema.ts';
import { createValidator } from '../server/http/validation.ts';
import { phraseRows, requirementRows, structureRows, verificationRules } from './testing/documentation.ts';

const validator = createValidator();

test.each([
  ['phrases', phrasesFileSchema],
  ['structures', structuresFileSchema],
  ['requirements', requirementsFileSchema],
  ['verification', verificationFileSchema],
  ['signing', signingFileSchema],
] as const)('%s.json has the shape it must have', (name, schema) => {
  const file: unknown = JSON.parse(readFileSync(new URL(`documentation/${name}.json`, import.meta.url), 'utf8'));
  validator.check(schema, file, name);
});

test('every structure has a document of every kind, and no section stands twice in one', () => {
  for (const { documents } of structureRows) {
    expect(documents.map(({ kind }) => kind).toSorted()).toEqual(documentKinds.toSorted());
    for (const { sections } of documents) expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
  }
});

test('no two rows of one style share an id, and what a style words anew exists in the common wording', () => {
  const common = phraseRows.filter(({ style }) => style === undefined).map(({ id }) => id);
  expect(new Set(common).size).toBe(common.length);
  const keys = phraseRows.map(({ id, style }) => `${id} ${style ?? ''}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { id } of phraseRows) expect(common).toContain(id);
});

test('every kind of document has requirements, an author rule and a list of what it must tell', () => {
  for (const kind of documentKinds) {
    expect(verificationRules.authors.filter((row) => row.kind === kind)).toHaveLength(1);
    expect(verificationRules.mustTell.filter((row) => row.kind === kind)).toHaveLength(1);
    if (kind !== 'letter') expect(requirementRows.some(({ kinds }) => kinds.includes(kind))).toBe(true);
  }
  expect(new Set(requirementRows.map(({ id }) => id)).size).toBe(requirementRows.length);
});
