// Therabill's files against the sandbox: whole files are taken once, a wrong column is named with its place, an upload is left once.
import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { remittanceFile } from '../../domain/posting/testing/remittances.ts';
import { readClaimFile } from '../../domain/x12/readers/claim-file.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { ConnectorContext } from '../connector.ts';
import { availityContext } from '../testing/context.ts';
import { readTherabillConfig } from './config.ts';
import { endsWithLine } from './folders.ts';
import { therabillOperations } from './operations.ts';
import { readPayments } from './tables.ts';

let sandbox: RunningSandbox;
let folder: string;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gait-therabill-'));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

const labels = {
  clients: { recordNumber: ['Client #'], payerName: ['Carrier'] },
  payments: { recordNumber: ['Client #'] },
};
const settings = () => ({ dropFolder: folder, settleSeconds: 0, labels });

function context(config: Readonly<Record<string, unknown>> = settings()): ConnectorContext {
  return { ...availityContext({ url: sandbox.url }), config, secrets: {} };
}

const write = (body: object = {}): Promise<unknown> =>
  sandbox.post('/sandbox/therabill/export', { folder, today: '2026-11-18', seed: 1, ...body });

const {
  'therabill.claims.fetch': claims,
  'therabill.remittances.fetch': remittances,
  'therabill.payments.fetch': payments,
  'therabill.patients.fetch': clients,
  'therabill.remittance.send': send,
  'therabill.patient.create': exportClient,
  'therabill.connection.test': connectionTest,
} = therabillOperations;

function resultOf<T>(outcome: { readonly kind: string; readonly result?: T }): T {
  if (outcome.kind !== 'done' || outcome.result === undefined) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

test('the claims of an export are handed out until they are kept, then no more', async () => {
  await write();
  const first = resultOf(await claims.run(context(), {}));
  const numbers = first.files.flatMap(({ text }) => readClaimFile(Buffer.from(text)).claims.map(({ claim }) => claim));
  expect([first.files.length, new Set(numbers.map((one) => one.patientControlNumber)).size]).toEqual([3, 150]);
  expect(resultOf(await claims.run(context(), {})).files.length).toBe(3);
  const confirmed = first.files.map(({ sha256 }) => sha256);
  expect(resultOf(await claims.run(context(), { confirmed })).files).toEqual([]);
});

test('clients and payments are read under the labels of the practice, whatever the encoding', async () => {
  for (const fault of [undefined, 'windows1252']) {
    await write(fault === undefined ? {} : { fault });
    const [table] = resultOf(await clients.run(context(), { payers: { 'Keystone Mutual': 'keystone-mutual' } })).files;
    expect(table?.problems.filter(({ rejected }) => rejected)).toEqual([]);
    expect(table?.rows.length).toBeGreaterThan(60);
    expect(table?.rows.some(({ coverage }) => coverage?.payerId === 'keystone-mutual')).toBe(true);
  }
  const [paid] = resultOf(await payments.run(context(), {})).files;
  expect(paid).toMatchObject({ problems: [], unknownColumns: [] });
  expect(paid?.rows.filter(({ paidBy }) => paidBy === 'payer').length).toBeGreaterThan(0);
  expect(paid?.rows.filter(({ cents }) => cents < 0).every(({ paidBy }) => paidBy === 'patient')).toBe(true);
});

test('a label that somebody renamed since is named, with the columns nobody knows; its setting mends it', async () => {
  await write({ fault: 'renamedLabel' });
  const [table] = resultOf(await payments.run(context(), {})).files;
  expect(table).toMatchObject({
    rows: [],
    problems: [{ row: 0, column: 'Amount', reason: 'column missing', rejected: true }],
    unknownColumns: ['Total Collected'],
  });
  const mended = {
    ...settings(),
    labels: { ...labels, payments: { ...labels.payments, amount: ['Total Collected'] } },
  };
  expect(resultOf(await payments.run(context(mended), {})).files[0]?.rows.length).toBeGreaterThan(20);
});

test('a column that no field has is told by its label, unless the practice said it need not be read', async () => {
  await write({ fault: 'unknownColumn' });
  const [table] = resultOf(await payments.run(context(), {})).files;
  expect(table).toMatchObject({ problems: [], unknownColumns: ['Custom Field 1'] });
  const ignoring = context({ ...settings(), ignored: ['custom field 1'] });
  expect(resultOf(await payments.run(ignoring, {})).files[0]?.unknownColumns).toEqual([]);
});

test('a file that was not written to its end waits; one that never is gives its whole rows, the last is told', async () => {
  await write({ fault: 'halfWritten', claims: 20 });
  expect(resultOf(await claims.run(context(), {}))).toMatchObject({ files: [], waiting: 1 });
  expect(resultOf(await payments.run(context(), {}))).toMatchObject({ files: [], waiting: 1 });
  const [name = ''] = readdirSync(join(folder, 'payments'));
  const long = new Date(Date.now() - 3_600_000);
  utimesSync(join(folder, 'payments', name), long, long);
  const [cut] = resultOf(await payments.run(context(), {})).files;
  expect(cut?.rows.length).toBeGreaterThan(0);
  expect(cut?.problems.filter(({ rejected }) => rejected)).toHaveLength(1);
});

test('the same file under two names is taken once', async () => {
  await write({ fault: 'duplicate', perFile: 150 });
  expect(resultOf(await claims.run(context(), {}))).toMatchObject({ files: [{}], duplicates: 1 });
  expect(resultOf(await payments.run(context(), {}))).toMatchObject({ files: [{}], duplicates: 1 });
});

const header = 'Payment ID,Client ID,Claim Number,Date of Service,Payment Date,Amount,Paid By,Payment Method';
const read = (lines: readonly string[]) =>
  readPayments(Buffer.from(`${[header, ...lines].join('\n')}\n`), readTherabillConfig(settings()));

test.each([
  ['$1,234.50', 123_450],
  ['-25', -2_500],
  ['(25.00)', -2_500],
  ['($0.07)', -7],
  ['.5', 50],
])('%s is %i cents', async (text, cents) => {
  const { rows, problems } = await read([`P1,7,DC1,11/02/2026,11/03/2026,"${text}",Client,Cash`]);
  expect([rows[0]?.cents, problems]).toEqual([cents, []]);
});

test.each([
  ['P1,7,,,11/03/2026,12.345,Client,Cash', 'Amount', 'not an amount'],
  ['P1,7,,,11/03/2026,"1,23",Client,Cash', 'Amount', 'not an amount'],
  ['P1,7,,,11/03/2026,,Client,Cash', 'Amount', 'empty'],
  ['P1,7,,,02/30/2026,12,Client,Cash', 'Payment Date', 'not a date'],
  ['P1,7,,,11/03/2026,12,Somebody,Cash', 'Paid By', 'unknown word'],
  [',7,,,11/03/2026,12,Client,Cash', 'Payment ID', 'empty'],
])('%s is left out, by row, column and reason', async (line, column, reason) => {
  const { rows, problems } = await read([line]);
  expect([rows, problems]).toEqual([[], [{ row: 2, column, reason, rejected: true }]]);
});

test('two payments under one number that differ: the first counts, the other is told', async () => {
  const { rows, problems } = await read(['P1,7,,,11/03/2026,12,Client,Cash', 'P1,7,,,11/03/2026,13,Client,Cash']);
  expect(rows.map(({ cents }) => cents)).toEqual([1_200]);
  expect(problems).toMatchObject([{ row: 3, reason: 'conflicts with an earlier row' }]);
});

test('whatever a table holds, every amount in it is read to the cent or refused', async () => {
  const amount = fc.integer({ min: -9_999_999, max: 9_999_999 });
  await fc.assert(
    fc.asyncProperty(fc.array(amount, { minLength: 1, maxLength: 5 }), async (all) => {
      const text = (cents: number) =>
        `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
      const { rows } = await read(all.map((cents, at) => `P${at},7,,,2026-11-03,${text(cents)},Client,Cash`));
      expect(rows.map(({ cents }) => cents)).toEqual(all.map((cents) => (cents === 0 ? 0 : cents)));
    }),
    { numRuns: 40 },
  );
});

const era = remittanceFile([{ trace: 'ERA1', claims: [{ number: 'DC1', chargeCents: 12_000 }] }]);

test('a remittance is left for upload once, also when it is asked for again or somebody has taken it away', async () => {
  const left = resultOf(await send.run(context(), { content: era }));
  expect(left.file).toMatch(/^remittance-[0-9a-f]{16}\.edi$/);
  expect(readFileSync(join(folder, 'upload', left.file), 'utf8')).toBe(era);
  rmSync(join(folder, 'upload', left.file));
  expect(resultOf(await send.run(context(), { content: era }))).toEqual(left);
  expect(readdirSync(join(folder, 'upload'))).toEqual([]);
  expect(await send.inquire(context(), { content: era })).toEqual({ kind: 'found', result: left });
  expect(await send.inquire(context(), { content: `${era} ` })).toEqual({ kind: 'notFound' });
});

test('what is no whole remittance is not left for upload', async () => {
  await connectionTest.run(context(), {});
  for (const content of ['hello', era.slice(0, -40)])
    expect(await send.run(context(), { content })).toMatchObject({ kind: 'rejected', code: 'input.invalid' });
  expect(readdirSync(join(folder, 'upload'))).toEqual([]);
});

test('a client goes into the import file under the labels and words of the practice', async () => {
  const client = {
    recordNumber: 'T7',
    family: 'Fenwick, Test',
    given: 'Orla',
    birthDate: '1958-03-14',
    gender: 'female',
    phone: '+1 303 555 0100',
    email: null,
    addressLine: '12 "Larkspur" Lane',
    city: null,
    state: null,
    postalCode: null,
    payerName: 'Harbor Health',
    memberId: 'MBR1',
    groupNumber: null,
    relationship: 'self',
  };
  const own = { ...settings(), labels: { clientImport: { recordNumber: 'Client #' } } };
  const { file } = resultOf(await exportClient.run(context(own), client));
  expect(readFileSync(join(folder, 'upload', file), 'utf8').split('\r\n')).toEqual([
    'Client #,Last Name,First Name,Date of Birth,Gender,Phone,Email,Address,City,State,Zip,Primary Insurance,Policy Number,Group Number,Relationship to Insured',
    'T7,"Fenwick, Test",Orla,03/14/1958,F,+1 303 555 0100,,"12 ""Larkspur"" Lane",,,,Harbor Health,MBR1,,Self',
    '',
  ]);
});

test('remittances that Therabill was given are taken in as files', async () => {
  await connectionTest.run(context(), {});
  writeFileSync(join(folder, 'remittances', 'era.edi'), era);
  expect(resultOf(await remittances.run(context(), {})).files).toMatchObject([{ kinds: ['835'], text: era }]);
});

test('the connection test makes the folders and counts what waits; a folder that is not there is told', async () => {
  await write({ perFile: 150 });
  expect(resultOf(await connectionTest.run(context(), {})).facts.slice(1)).toEqual([
    { label: 'Files in claims', value: '1' },
    { label: 'Files in remittances', value: '0' },
    { label: 'Files in payments', value: '1' },
    { label: 'Files in clients', value: '1' },
    { label: 'Files to upload', value: '0' },
  ]);
  const nowhere = context({ dropFolder: join(folder, 'not', 'there') });
  expect(await connectionTest.run(nowhere, {})).toMatchObject({ kind: 'rejected', code: 'file.unreadable' });
});

test.each([
  [{ dropFolder: 'here' }, 'dropFolder'],
  [{ dropFolder: '/a', profile: 'none' }, 'profile'],
  [{ dropFolder: '/a', labels: { payments: { sum: ['Total'] } } }, 'labels/payments/sum'],
  [{ dropFolder: '/a', profile: { id: 'x' } }, '/title'],
])('a wrong setting is named: %o', (config, where) => {
  expect(() => readTherabillConfig(config)).toThrowError(expect.objectContaining({ where }) as Error);
});

test('a table ends with a line, in whatever encoding', () => {
  for (const text of ['a\n', 'a\r\n', 'a\r']) {
    expect(endsWithLine(Buffer.from(text))).toBe(true);
    expect(endsWithLine(Buffer.from(text, 'utf16le'))).toBe(true);
  }
  for (const text of ['', 'a', 'a\nb']) expect(endsWithLine(Buffer.from(text))).toBe(false);
});
