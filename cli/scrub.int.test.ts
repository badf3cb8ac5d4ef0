// `gait scrub` as it is typed: what it prints, how it ends, and that a bad file says what is wrong with it and nothing of the patient.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createValidator } from '../server/http/validation.ts';
import { scrubOutputs } from './schemas/scrub.ts';
import { commanded } from './testing/in-process.ts';
import { typed } from './testing/typed.ts';

const root = join(import.meta.dirname, '..');
const example = 'docs/examples/claim.837';
const fhir = 'docs/examples/claim.fhir.json';
const chart = 'docs/examples/chart.json';
const profile = 'docs/examples/payer-profile.json';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-scrub-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gait = (...args: string[]) => commanded(['scrub', ...args], folder);

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const changed = (from: string | RegExp, to: string): string => file('changed.837', read(example).replace(from, to));

test('the example prints what its schema says: past the threshold KX is asked about, never added', async () => {
  const asTyped = ['scrub', example, '--chart', chart, '--payer', profile, '--as-of', '2024-09-05', '--json'];
  const ran = typed(asTyped, folder);
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  // The cases below run in this process, where it is the same.
  expect(await commanded(asTyped, folder)).toEqual(ran);
  const printed: unknown = JSON.parse(ran.stdout);
  const [output] = scrubOutputs;
  if (output === undefined) throw new Error('the command has no schema');
  createValidator().check(output.schema, printed, 'output');
  expect(printed).toMatchObject([
    {
      file: example,
      claims: [
        {
          id: 'CLAIM0001',
          findings: [
            {
              rule: 'modifier.threshold',
              severity: 'asks',
              role: 'therapist',
              facts: { spentCents: 236_400, thresholdCents: 233_000 },
              citation: { effective: '2024-01-01' },
            },
          ],
        },
      ],
      findings: [],
      summary: { claims: 1, blocks: 0, warns: 0, asks: 1 },
    },
  ]);
});

test('the same claim as a FHIR Claim has the same findings, and tells what of the file no rule reads', async () => {
  const checked = async (name: string) => {
    const ran = await gait(name, '--chart', chart, '--payer', profile, '--as-of', '2024-09-05', '--json');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const [printed] = JSON.parse(ran.stdout) as {
      claims: { findings: unknown; notChecked: unknown; unread: string[] }[];
    }[];
    return printed?.claims[0];
  };
  const [from837, fromFhir] = [await checked(example), await checked(fhir)];
  expect(fromFhir?.findings).toEqual(from837?.findings);
  expect(fromFhir?.notChecked).toEqual(from837?.notChecked);
  expect(fromFhir?.unread).toContain('Claim.created');
  expect(from837?.unread).toEqual([]);
});

test('two codes that are never paid together block, with the edition of the table; the claim is as before', async () => {
  const name = changed('HC:97110:GP*120*UN*2', 'HC:97124:GP*120*UN*2');
  const before = readFileSync(name, 'utf8');
  const ran = await gait(name, '--as-of', '2024-09-05', '--json');
  expect(ran.status).toBe(1);
  expect(JSON.parse(ran.stdout)).toMatchObject([
    {
      claims: [
        {
          findings: [
            {
              rule: 'ncci.ptp',
              severity: 'blocks',
              line: 0,
              facts: { column1: '97140', column2: '97124', indicator: '0' },
              citation: { source: 'CMS NCCI PTP practitioner', version: 'v30.2', effective: '2024-07-01' },
            },
          ],
        },
      ],
      summary: { claims: 1, blocks: 1, warns: 0, asks: 0 },
    },
  ]);
  expect(readFileSync(name, 'utf8')).toBe(before);
});

test('without a chart the rules that need one are not checked, and say so', async () => {
  const [one] = JSON.parse((await gait(example, '--as-of', '2024-09-05', '--json')).stdout) as [
    { claims: [{ findings: unknown[]; notChecked: unknown[] }] },
  ];
  expect(one.claims[0].findings).toEqual([]);
  for (const rule of ['units.minutes', 'plan.certified', 'modifier.threshold'])
    expect(one.claims[0].notChecked).toContainEqual(expect.objectContaining({ rule, needs: 'chart' }));
});

test("a payer's own rule is checked like any other, and cites the clinic's source", async () => {
  const ran = await gait(changed('UN*2***', 'UN*4***'), '--payer', profile, '--as-of', '2024-09-05', '--json');
  expect(JSON.parse(ran.stdout)).toMatchObject([
    {
      claims: [
        {
          findings: [
            {
              rule: 'payer.rule',
              variant: 'three-units-of-exercise',
              severity: 'asks',
              facts: { units: 4 },
              citation: { source: "Letter of the payer's medical review, example" },
            },
          ],
        },
      ],
    },
  ]);
});

test('several files make one element each, in order', async () => {
  const ran = await gait(example, example, '--as-of', '2024-09-05', '--json');
  expect(JSON.parse(ran.stdout)).toMatchObject([{ file: example }, { file: example }]);
});

test('for a person each finding has its fix, who can make it, and its source', async () => {
  const { stdout } = await gait(example, '--chart', chart, '--as-of', '2024-09-05');
  expect(stdout).toContain(`${example}: 1 claim; 0 block, 0 warn, 1 ask`);
  expect(stdout).toContain('asks modifier.threshold, line 1: Known spend for PT and SLP in 2024 is $2364.00');
  expect(stdout).toMatch(/therapist: Only the therapist can attest that\..*\n.*\[CMS, therapy services/);
  expect(stdout).not.toMatch(/Fenwick|HBR900100200|Orla/);
});

test('a file that was cut off holds no claims; a finding says that it ends too early', async () => {
  const cut = file('cut.837', read(example).slice(0, read(example).indexOf('LX*2')));
  const ran = await gait(cut, '--json');
  expect(ran.status).toBe(1);
  const [one] = JSON.parse(ran.stdout) as [{ claims: unknown[]; findings: { code: string }[] }];
  expect(one.claims).toEqual([]);
  expect(one.findings.map(({ code }) => code)).toContain('iea.missing');
});

const json = (value: unknown): string => JSON.stringify(value);

test.each([
  [
    'a 4010 file',
    ['005010X222A1', '004010X098A1'],
    'holds no professional claim (837P, 005010X222), but claims of version 004010X098A1',
  ],
  ['an institutional claim', ['005010X222A1', '005010X223A2'], 'but claims of version 005010X223A2'],
])('%s is named', async (_what, [from = '', to = ''], sentence) => {
  const ran = await gait(file('version.837', read(example).replaceAll(from, to)));
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toContain(sentence);
});

test.each([
  ['no 837', () => ['docs/examples/eligibility-inquiry.270'], 'but transaction 270'],
  ['no X12', () => [file('note.txt', 'Fenwick-Test was here')], 'holds no professional claim'],
  [
    'a FHIR Claim of no use',
    () => [file('claim.json', json({ resourceType: 'Claim' }))],
    'holds no professional claim (FHIR R4 Claim), but a Claim without a use.',
  ],
  ['JSON that is no FHIR', () => [file('claim.json', json([{ name: 'Fenwick' }]))], 'holds no professional claim'],
  ['a FHIR file cut off', () => [file('cut.json', read(fhir).slice(0, 2_000))], 'begins like JSON but is none'],
  ['an empty file', () => [file('empty.837', '')], 'holds no professional claim'],
  ['no such file', () => ['nosuch.837'], 'There is no file nosuch.837.'],
  ['no file named', () => [], 'Name a file.'],
  ['no such day', () => [example, '--as-of', '2024-02-30'], '--as-of is no date.'],
  ['no such folder', () => [example, '--tables', 'nosuch'], '--tables is no folder.'],
  [
    'a chart of another shape',
    () => [example, '--chart', file('c.json', json({ name: 'Fenwick' }))],
    '[chart.patient]',
  ],
  [
    'a list of charts',
    () => [example, '--chart', file('c.json', json([{ patient: 'a' }]))],
    "a chart is one patient's",
  ],
  ['a chart that is no JSON', () => [example, '--chart', file('c.json', 'Fenwick')], 'is no JSON.'],
  [
    'negative minutes',
    () => [example, '--chart', file('c.json', read(chart).replace('"minutes": 31', '"minutes": -31'))],
    'A field must be >= 0. [chart.visits.0.interventions.0.minutes]',
  ],
  [
    'a profile of another shape',
    () => [example, '--payer', file('p.json', json({ unitRule: 'eight' }))],
    '[profile.unitRule]',
  ],
  [
    'an unknown rule switched off',
    () => [example, '--payer', file('p.json', json({ off: [{ rule: 'nosuch', reason: 'r' }] }))],
    '[profile.off.0]',
  ],
  [
    'a rule that names a fact there is not',
    () => [example, '--payer', file('p.json', read(profile).replace('units > 3', 'unit > 3'))],
    'The rule payer.rule/three-units-of-exercise cannot be used: Unknown variable: unit',
  ],
])('%s cannot be used, and says why without a word of the patient', async (_what, args, sentence) => {
  const ran = await gait(...args());
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toContain(sentence);
  expect(ran.stderr).not.toMatch(/Fenwick|HBR900100200/);
});

test('what cannot be used ends the process so, too', () => {
  const ran = typed(['scrub', 'nosuch.837'], folder);
  expect(ran).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('There is no file nosuch.837.') as unknown,
  });
});

test('negative units block, whichever way the claim is written', async () => {
  const fewer = file('fewer.json', read(fhir).replace('"quantity": { "value": 2 }', '"quantity": { "value": -2 }'));
  for (const name of [changed('*UN*2*', '*UN*-2*'), fewer]) {
    const ran = await gait(name, '--as-of', '2024-09-05', '--json');
    expect(ran.status).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject([
      { claims: [{ findings: [{ rule: 'units.minutes', line: 0, facts: { units: -2 } }] }] },
    ]);
  }
});

test('one chart is not laid beside the claims of two patients', async () => {
  const other = file('other.837', read(example).replaceAll('HBR900100200', 'HBR900100201'));
  const ran = await gait(example, other, '--chart', chart);
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toContain("The chart is one patient's, the files hold claims of 2 patients.");
  expect((await gait(example, example, '--chart', chart, '--as-of', '2024-09-05')).status).toBe(0);
});

test('a field of the chart that no rule reads is named, and the rest is read', async () => {
  const name = file('more.json', read(chart).replace('"totalMinutes": 46', '"totalMinutes": 46, "lenght": 50'));
  const ran = await gait(example, '--chart', name, '--as-of', '2024-09-05');
  expect(ran.status).toBe(0);
  expect(ran.stderr).toContain('The chart has fields that no rule reads: visits.0.lenght.');
});
