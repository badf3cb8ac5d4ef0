// Every operation of every connector is held against its wire by a contract test: over HTTP, files or MLLP, with the faults of the sandbox.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operations } from './registry.ts';

const contracts = globSync('**/*.contract.test.ts', { cwd: import.meta.dirname }).map((path) =>
  readFileSync(new URL(path, import.meta.url), 'utf8'),
);

test('every operation of the registry is run by a contract test, which takes it by its name', () => {
  const untried = Object.keys(operations).filter((name) => !contracts.some((text) => text.includes(`'${name}'`)));
  expect(untried).toEqual([]);
});
