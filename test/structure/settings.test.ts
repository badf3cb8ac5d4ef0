// docs/settings.md names every environment variable that the code reads, and no other.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, trackedFiles } from './tracked-files.ts';

test('every setting is on the page of settings, and the page names none that nothing reads', () => {
  const variable = /\b(?:GAIT|TEMPORAL)_[A-Z][A-Z0-9_]*\b/g;
  const sources = trackedFiles().filter(
    ({ name }) => /\.(ts|mjs)$/.test(name) && !/\.test\.ts$|^test\/structure\//.test(name),
  );
  const read = new Set(sources.flatMap(({ text }) => text.match(variable) ?? []));
  const page = new Set(readFileSync(path.join(root, 'docs/settings.md'), 'utf8').match(variable) ?? []);
  expect([...page].sort()).toEqual([...read].sort());
});
