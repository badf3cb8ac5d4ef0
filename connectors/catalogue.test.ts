// The catalogue tells of every connector and every operation there is, and the page of it is the one in docs.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultNames } from '../sandbox/fault-names.ts';
import { cataloguePage } from './catalogue-page.ts';
import { catalogue } from './catalogue.ts';
import { systemSchemas } from './pt-systems.ts';
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

test('the ways in of a PT system are those its settings have', () => {
  const settingOf = { reports: 'dropFolder', hl7: 'hl7', fhir: 'fhir', rest: 'rest' } as const;
  for (const [system, { properties }] of Object.entries(systemSchemas)) {
    const told = Object.keys(new Map(Object.entries(catalogue)).get(system)?.ways ?? {});
    const there = Object.entries(settingOf).flatMap(([way, setting]) => (setting in properties ? [way] : []));
    expect(told, system).toEqual(there);
  }
});

test('docs/connectors.md is what `npm run docs` writes', () => {
  expect(readFileSync(new URL('connectors.md', docs), 'utf8')).toBe(cataloguePage(faultNames));
});

test('every system the catalogue tells of is simulated, with faults of its own', () => {
  expect(Object.keys(faultNames).sort()).toEqual(Object.keys(catalogue).sort());
  for (const [system, names] of Object.entries(faultNames)) expect(names?.length, system).toBeGreaterThan(0);
});

test('every page the catalogue names is there', () => {
  const linked = [...cataloguePage(faultNames).matchAll(/\]\((connectors\/[a-z0-9-]+\.md)\)/g)].map(
    (match) => match[1] ?? '',
  );
  expect(linked.length).toBeGreaterThan(0);
  for (const page of linked) expect(existsSync(new URL(page, docs)), page).toBe(true);
});
