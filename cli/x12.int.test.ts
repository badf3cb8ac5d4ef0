// `gait x12` as it is typed: files of any kind, what it prints and how it ends.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { severities } from '../domain/x12/findings.ts';
import { createValidator } from '../server/http/validation.ts';
import { x12Outputs } from './schemas/x12.ts';
import { typed } from './testing/typed.ts';

const root = join(import.meta.dirname, '..');
const example = 'docs/examples/eligibility-inquiry.270';
let folder: string;
let wrong: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-x12-'));
  wrong = join(folder, 'wrong.270');
  writeFileSync(wrong, readFileSync(join(root, example), 'utf8').replace('SE*13*', 'SE*12*'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gait = (...args: string[]) => typed(args);

describe('each example prints what its schema says', () => {
  test.each(x12Outputs.map((output) => [output.name, output] as const))('%s', (_name, { example, schema }) => {
    const ran = gait(...example.split(' ').slice(1));
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const printed: unknown = JSON.parse(ran.stdout);
    createValidator().check(schema, printed, 'output');
    expect(printed).toMatchObject([{ segments: 17, findings: [] }]);
  });
});

test('of several files each has its place in the list, and an error in one is the exit status', () => {
  const ran = gait('x12', 'check', example, wrong, '--json');
  expect(ran).toMatchObject({ status: 1, stderr: '' });
  expect(JSON.parse(ran.stdout)).toMatchObject([
    { file: example, findings: [] },
    { file: wrong, findings: [{ code: 'se.count', segment: 14, transaction: '0001' }] },
  ]);
});

test('for a person each envelope and each finding is a line', () => {
  const { stdout } = gait('x12', 'read', wrong);
  expect(stdout.replaceAll(wrong, 'wrong.270').split('\n')).toEqual([
    'wrong.270: 17 segments; errors 1, warnings 0',
    '  interchange 000000905 from ZZ:CLINIC to ZZ:PAYER',
    '    group 1 (HS)',
    '      transaction 0001: 270, version 005010X279A1, 13 segments',
    '  error se.count, segment 14, byte 474: SE01 says 12 segments, 13 are there.',
    '',
  ]);
  expect(gait('x12', 'check', wrong).stdout.split('\n')).toHaveLength(3);
});

test('a transaction is explained in words; names only where they are asked for', () => {
  const { stdout, status } = gait('x12', 'explain', example);
  expect([status, ...stdout.split('\n').slice(1)]).toEqual([
    0,
    '  transaction 0001: eligibility inquiry (270)',
    '    RIVERSIDE PHYSICAL THERAPY asks SUNRISE MEDICARE ADVANTAGE about subscriber (segment 8): physical therapy and the plan as a whole on 2026-03-02. [8]',
    '',
  ]);
  expect(gait('x12', 'explain', example, '--names').stdout).toContain('subscriber PAT SAMPLE (segment 8)');
  expect(gait('x12', 'read', example, '--names')).toMatchObject({ status: 2, stdout: '' });
  expect(gait('x12', 'explain', wrong).status).toBe(1);
});

test('a file that is not there is one sentence, and nothing is printed for the others', () => {
  const ran = gait('x12', 'check', example, 'no-such.837', '--json');
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toBe('There is no file no-such.837.\n');
  expect(gait('x12', 'read', folder)).toMatchObject({ status: 2, stderr: `The file ${folder} cannot be read.\n` });
});

test('every code stands on the page', () => {
  const page = readFileSync(join(root, 'docs/command-line.md'), 'utf8');
  expect(Object.keys(severities).filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});
