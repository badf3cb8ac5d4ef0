// The catalogue tells of every connector and every operation there is, and the page of it is the one in docs.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultNames } from '../sandbox/availity/faults.ts';
import { faultNames as networkFaultNames } from '../sandbox/medical-network/faults.ts';
import { faultNames as filesFaultNames } from '../sandbox/x12-files/faults.ts';
import { cataloguePage } from './catalogue-page.ts';
import { catalogue } from './catalogue.ts';
import { operations, systems } from './registry.ts';

const docs = new URL('../docs/', import.meta.url);

test('every system a clinic can connect stands in the catalogue, with every operation it has and no other', () => {
  const told = Object.fromEntries(
    Object.entries(catalogue).map(([system, row]) => [system, Object.keys(row.operations).sort()]),
  );
  const there = Object.fromEntries(
    Object.keys(systems).map((system) => [
      system,
      Object.values(operations)
        .filter((operation) => operation.system === system)
        .map(({ name }) => name)
        .sort(),
    ]),
  );
  expect(told).toEqual(there);
});

test('docs/connectors.md is what `npm run docs` writes', () => {
  expect(readFileSync(new URL('connectors.md', docs), 'utf8')).toBe(cataloguePage());
});

test('the faults named for Availity are those its sandbox has', () => {
  expect(catalogue.availity?.sandboxFaults).toEqual(faultNames);
});

test('the faults named for Change Healthcare and Stedi are those their sandboxes have', () => {
  expect(catalogue.changeHealthcare?.sandboxFaults).toEqual(networkFaultNames);
  expect(catalogue.stedi?.sandboxFaults).toEqual(networkFaultNames);
});

test('the faults named for X12 files are those the clearinghouse of the sandbox has', () => {
  expect(catalogue.x12Files?.sandboxFaults).toEqual(filesFaultNames);
});

test('every page the catalogue names is there', () => {
  const linked = [...cataloguePage().matchAll(/\]\((connectors\/[a-z0-9-]+\.md)\)/g)].map((match) => match[1] ?? '');
  expect(linked.length).toBeGreaterThan(0);
  for (const page of linked) expect(existsSync(new URL(page, docs)), page).toBe(true);
});
