// `gait mapping suggest` as it is typed: what it prints, how it ends, and what it writes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readProfile } from '../connectors/reports/profile.ts';
import { typed } from './testing/typed.ts';

const example = 'docs/examples/schedule-export.csv';
const text = readFileSync(join(import.meta.dirname, '..', example), 'utf8');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-mapping-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gait = (...args: string[]) => typed(['mapping', 'suggest', ...args]);

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('an export that is clear ends with 0, and the profile it writes is one that a connection takes', () => {
  const profile = join(folder, 'profile.json');
  const ran = gait(example, '--resource', 'appointment', '--write', profile);
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  expect(ran.stdout).toContain('Header in line 2; 4 rows, 4 can be read, 0 repeated, 0 cannot.');
  const written = readProfile(JSON.parse(readFileSync(profile, 'utf8')));
  expect(written.reports.appointments).toMatchObject({
    file: '^schedule-export.*\\.csv$',
    columns: { appointmentId: ['Appt ID'], date: ['Visit Date'], status: ['Visit Status'] },
  });
  // What is there already may have been corrected by hand.
  expect(gait(example, '--resource', 'appointment', '--write', profile)).toMatchObject({ status: 2, stdout: '' });
});

test('rows that cannot be read are told with row, column and reason, never with what they hold; the others are counted', () => {
  const bad = file('bad.csv', text.replace('11/17/2026,9:45', '31/31/2026,9:45').replace('No Show', 'Larkin-Test'));
  const ran = gait(bad, '--resource', 'appointment');
  expect(ran).toMatchObject({ status: 1, stderr: '' });
  expect(ran.stdout).toContain('4 rows, 2 can be read, 0 repeated, 2 cannot.');
  expect(ran.stdout).toContain('row 4, Visit Date: not a date, row left out');
  expect(ran.stdout).toContain('row 5, Visit Status: unknown word, row left out');
  for (const value of ['31/31/2026', 'Larkin-Test']) expect(ran.stdout).not.toContain(value);
});

test.each([
  ['nothing like a header', () => file('none.csv', '1,2\n3,4\n'), 'appointment', 'None of the first ten lines'],
  ['a file that is not there', () => join(folder, 'away.csv'), 'appointment', 'The file cannot be read.'],
  [
    'a resource that is none',
    () => example,
    'claim',
    '--resource is patient, authorization, appointment, note, charge or outcome.',
  ],
])('%s ends with 2 and a sentence', (_what, name, resource, sentence) => {
  const ran = gait(name(), '--resource', resource);
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toContain(sentence);
});
