// `gait eligibility read` as it is typed: what it prints and how it ends.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createValidator } from '../server/http/validation.ts';
import { eligibilityOutputs } from './schemas/eligibility.ts';
import { typed } from './testing/typed.ts';

const root = join(import.meta.dirname, '..');
const example = 'docs/examples/eligibility-response.271';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-eligibility-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gait = (...args: string[]) => typed(['eligibility', ...args]);

function changed(from: string, to: string): string {
  const name = join(folder, 'changed.271');
  writeFileSync(name, readFileSync(join(root, example), 'utf8').replace(from, to));
  return name;
}

test('the example prints what its schema says', () => {
  const ran = gait('read', example, '--json');
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  const printed: unknown = JSON.parse(ran.stdout);
  const [output] = eligibilityOutputs;
  if (output === undefined) throw new Error('the command has no schema');
  createValidator().check(output.schema, printed, 'output');
  expect(printed).toMatchObject([
    {
      file: example,
      rejects: [],
      findings: [],
      summaries: [
        {
          serviceDate: '2026-03-02',
          active: { value: true, source: 'EB*1 segment 16', asOf: '2026-03-02T08:16', confidence: 'high' },
          copayCents: { value: null, unknown: true, why: 'told apart by network: stated in network only' },
          inNetwork: { copayCents: { value: 4000 }, deductibleLeftCents: { value: 0 } },
          outOfNetwork: { coinsurance: { value: 0.4 }, deductibleCents: { value: 450_000 } },
          visitsLeft: { value: 12 },
          pooledWith: { value: ['AD'] },
          authorizationRequired: { value: true },
        },
      ],
    },
  ]);
});

test('--as-of is the day of the visit, --service what is asked about', () => {
  const later = gait('read', example, '--as-of', '2027-01-05', '--json');
  expect(JSON.parse(later.stdout)).toMatchObject([{ summaries: [{ active: { value: false } }] }]);
  const other = gait('read', example, '--service', 'AD', '--json');
  expect(JSON.parse(other.stdout)).toMatchObject([
    { summaries: [{ serviceName: 'occupational therapy', visitsLeft: { value: 12 }, copayCents: { value: null } }] },
  ]);
});

test('a refusal of the whole question stands at the file, with a summary in which all is unknown', () => {
  const lines = readFileSync(join(root, example), 'utf8').split('\n');
  const refused = [...lines.slice(0, 9), 'AAA*N**51*C~', 'SE*9*0001~', ...lines.slice(-3)].join('\n');
  const name = join(folder, 'refused.271');
  writeFileSync(name, refused);
  const ran = gait('read', name, '--json');
  expect(ran.status).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject([
    {
      rejects: [{ at: 'receiver', code: '51', actionClass: 'provider' }],
      summaries: [{ patient: null, flags: [{ code: 'refused' }] }],
    },
  ]);
});

test('an error in the file is a finding and the exit status; what can be read is read', () => {
  const ran = gait('read', changed('EB*B*IND*PT***27*40', 'EB*B*IND*PT***27*FORTY'), '--json');
  expect(ran.status).toBe(1);
  expect(JSON.parse(ran.stdout)).toMatchObject([
    {
      findings: [{ code: 'element.invalid', segment: 21, message: 'EB07 is no amount.' }],
      summaries: [{ visitsLeft: { value: 12 } }],
    },
  ]);
});

test('for a person nobody is named, and each value says where it stands', () => {
  const { stdout } = gait('read', example);
  expect(stdout).toContain('subscriber (NM1*IL segment 11), coverage 1 of 1, physical therapy on 2026-03-02');
  expect(stdout).toContain(
    'Copay for a visit in network: $40.00 [EB*B segment 21; high: payer answered service type PT]',
  );
  expect(stdout).not.toMatch(/SAMPLE0001|SAMPLE, PAT|PAT SAMPLE/);
});

test.each([
  [['read', 'docs/examples/eligibility-inquiry.270'], 'holds no eligibility response (271)'],
  [['read', 'no-such.271'], 'There is no file no-such.271.'],
  [['read', example, '--as-of', '2026-02-30'], '--as-of is no date.'],
  [['read'], 'Name a file.'],
])('%j cannot be used', (args, sentence) => {
  const ran = gait(...args);
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toContain(sentence);
});
