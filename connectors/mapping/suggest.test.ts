// Proposals for the exports of the synthetic clinic, under the labels of the field and under labels nobody has seen, and what they ask.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import { dialects } from '../../sandbox/webpt/dialects.ts';
import { writeExport } from '../../sandbox/webpt/write-export.ts';
import { clinicientDialect } from '../../sandbox/clinicient/dialects.ts';
import { sameClinic } from '../../sandbox/clinic/several-systems.ts';
import { promptDialect } from '../../sandbox/prompt/dialects.ts';
import { raintreeDialect } from '../../sandbox/raintree/dialects.ts';
import { reportBytes } from '../../sandbox/reports/write.ts';
import { tryMapping } from '../../server/imports/mapping.ts';
import { decoded } from '../csv/decode.ts';
import { eachRecord } from '../csv/records.ts';
import { parseReport } from '../reports/parse-report.ts';
import { readProfile } from '../reports/profile.ts';
import multisite from '../webpt/profiles/webpt-multisite.json' with { type: 'json' };
import standard from '../webpt/profiles/webpt-standard.json' with { type: 'json' };
import type { ReportKind } from '../reports/read-rows.ts';
import { Sampler } from './sample.ts';
import type { Sample } from './sample.ts';
import { headerLikeness, suggest } from './suggest.ts';
import type { Suggestion } from './suggest.ts';

const base = readProfile(standard);
const kinds: readonly ReportKind[] = ['patients', 'authorizations', 'appointments'];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-mapping-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function proposed(kind: ReportKind, text: string | Uint8Array, file = 'export.csv'): Promise<Suggestion> {
  return suggest(kind, await sampled(kind, text), base, file);
}

async function sampled(kind: ReportKind, text: string | Uint8Array): Promise<Sample> {
  const sampler = new Sampler(headerLikeness(kind));
  await eachRecord(decoded(typeof text === 'string' ? Buffer.from(text) : text), sampler);
  return sampler.sample();
}

/** The export of the clinic in a dialect: its bytes, and the true field of each label. */
function exported(name: keyof typeof dialects, kind: ReportKind) {
  const clinic = generateClinic({ seed: 7, today: '2026-11-22', canary: null });
  const written = writeExport(clinic, dialects[name], folder, `${name}-${kind}`);
  const profile = readProfile(name === 'standard' ? standard : multisite);
  const file = written.files.find((one) => new RegExp(profile.reports[kind]?.file ?? '^$', 'i').test(one)) ?? '';
  const columns = Object.entries(profile.reports[kind]?.columns ?? {}).flatMap(([field, labels]) =>
    labels.map((label) => [label.toLowerCase(), field] as const),
  );
  return { bytes: readFileSync(join(folder, file)), file, truth: new Map(columns) };
}

describe.each(kinds)('an export of %s', (kind) => {
  test('under the usual labels: each column has its field, none is asked about, and the whole file is read', async () => {
    const { bytes, file, truth } = exported('standard', kind);
    const { columns, missing, questions, profile } = await proposed(kind, bytes, file);
    expect(missing).toEqual([]);
    const wrong = columns.filter(({ label, field }) => field !== (truth.get(label.toLowerCase()) ?? null));
    expect(wrong).toEqual([]);
    expect(questions).toEqual([]);
    const [own, given] = await Promise.all([
      parseReport(decoded(bytes), kind, profile),
      parseReport(decoded(bytes), kind, base),
    ]);
    expect(own.rows).toEqual(given.rows);
  });

  test('under labels nobody has seen: most columns have their field, and nothing that is sure is wrong', async () => {
    const { bytes, file, truth } = exported('multisite', kind);
    const { columns } = await proposed(kind, bytes, file);
    const known = columns.filter(({ label }) => truth.has(label.toLowerCase()));
    const right = known.filter(({ label, field }) => field === truth.get(label.toLowerCase()));
    const wrong = columns.filter(
      ({ label, field }) => field !== null && field !== (truth.get(label.toLowerCase()) ?? null),
    );
    expect(wrong).toEqual([]);
    expect(right.length / known.length).toBeGreaterThan(0.55);
  });
});

test('what is proposed repeats no value of the export', async () => {
  const { bytes, file } = exported('multisite', 'patients');
  const told = JSON.stringify({ ...(await proposed('patients', bytes, file)), profile: null });
  for (const { name, contact, coverage } of generateClinic({ seed: 7, today: '2026-11-22', canary: null }).patients)
    for (const value of [name.family, contact.phone, contact.email, coverage.memberId])
      if (value !== null) expect(told).not.toContain(value);
});

const schedule = (...lines: readonly string[]): string => ['Appt ID,MRN,Visit Date,Time,Status', ...lines].join('\n');

test('words of a status that nobody knows are asked about; what may be no word is counted and not repeated', async () => {
  const bumped = [1, 2, 3].map((day) => `${day},88001,11/1${day}/2026,09:00,Bumped`);
  const text = schedule(...bumped, '4,88002,11/18/2026,09:30,Harrow');
  const { unknownWords, questions } = await proposed('appointments', text);
  expect(unknownWords).toEqual([
    { field: 'status', label: 'Status', word: 'Bumped', rows: 3 },
    { field: 'status', label: 'Status', word: null, rows: 1 },
  ]);
  expect(questions).toEqual(['What do the words in “Status” mean? Add them to the words of status.']);
});

test('dates that can be read both ways are asked about, those that cannot tell the order', async () => {
  const unclear = await proposed('appointments', schedule('1,88001,03/04/2026,09:00,Booked'));
  expect(unclear.questions).toEqual([
    'Is the day or the month first? Every date can be read both ways; the month was taken.',
  ]);
  const clear = await proposed(
    'appointments',
    schedule('1,88001,03/04/2026,09:00,Booked', '2,88001,17/04/2026,09:00,Booked'),
  );
  expect(clear.profile.dateFormats[0]).toBe('DD/MM/YYYY');
  expect(clear.questions).toEqual([]);
});

test('a needed field without a column is asked for, with the columns that hold such values', async () => {
  const { missing, questions } = await proposed('appointments', 'MRN,When it is,Status\n88001,11/17/2026,Booked\n');
  expect(missing).toEqual(['date']);
  expect(questions).toEqual(['No column is date: without it no row can be read. Is it “When it is”?']);
});

test('a label that says one thing over values that are another is not believed', async () => {
  const { columns } = await proposed('appointments', 'MRN,Date,Visit Date,Status\n88001,see note,11/17/2026,Booked\n');
  expect(columns.map(({ field }) => field)).toEqual(['recordNumber', null, 'date', 'status']);
});

test('a file without anything like a header has no columns', async () => {
  const { columns } = await sampled('appointments', '1,2\n3,4\n');
  expect(columns).toEqual([]);
});

describe.each(['notes', 'charges', 'outcomes'] as const)('an export of %s', (kind) => {
  const people = sameClinic({
    seed: 2,
    today: '2026-11-22',
    patients: 40,
    systems: ['clinicient', 'raintree', 'prompt'],
    duplicates: 0,
    conflicts: 0,
    badRows: 0,
  });

  test.each([clinicientDialect, raintreeDialect, promptDialect])(
    'of $system can be read by the proposal',
    async (dialect) => {
      const records = people.systems[dialect.system];
      if (records === undefined) throw new Error('The clinic was made for it.');
      const tried = await tryMapping(
        reportBytes(kind, records, dialect, '2026-11-22'),
        kind,
        dialect.fileName('x', '2026'),
      );
      const truth = new Map((dialect.columns[kind] ?? []).map(([field, label]) => [label, field]));
      const { columns, missing } = tried?.suggestion ?? { columns: [], missing: ['all'] };
      expect(missing).toEqual([]);
      expect(columns.filter(({ label, field }) => field !== null && field !== truth.get(label))).toEqual([]);
      expect(tried).toMatchObject({ read: records[kind].length, rejected: 0 });
    },
  );
});

test('a list of patients without a payer is asked about and can be read', async () => {
  const { missing, questions } = await proposed('patients', 'MRN,First Name,Last Name\n88001,Bram,Ashgrove\n');
  expect(missing).toEqual([]);
  expect(questions).toEqual(['No column is payerName: of these patients no coverage will be known. Is that so?']);
});
