// The clinic's systems leave claims and charts in folders, over HTTP, as somebody with the sandbox at hand asks for them.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readClaimFile } from '../../domain/x12/readers/claim-file.ts';
import { startSandbox } from '../testing/running-sandbox.ts';
import type { RunningSandbox } from '../testing/running-sandbox.ts';

let sandbox: RunningSandbox;
let folder: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  folder = mkdtempSync(join(tmpdir(), 'gait-billing-'));
});

afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

test('claims lie in files of fifty, charts beside them, and the answer tells what is wrong with which claim', async () => {
  const [claims, charts] = [join(folder, 'claims'), join(folder, 'charts')];
  const answer = await sandbox.post('/sandbox/webpt/claims', { claims, charts, today: '2026-11-18', seed: 1 });
  expect(readdirSync(claims).sort()).toEqual([1, 2, 3].map((at) => `claims_2026-11-18_00${at}.837`));
  const numbers = readdirSync(claims).flatMap((name) =>
    readClaimFile(readFileSync(join(claims, name))).claims.map(({ claim }) => claim.patientControlNumber),
  );
  expect(new Set(numbers).size).toBe(150);
  expect(answer).toMatchObject({ charts: readdirSync(charts) });
  const planted = (answer as { planted: { number: string; rule: string; line: number | null }[] }).planted;
  expect(new Set(planted.map(({ number }) => number)).size).toBe(90);
  expect(planted.every(({ number }) => numbers.includes(number))).toBe(true);
});

test('a folder that is none of the machine is refused', async () => {
  expect(await sandbox.post('/sandbox/webpt/claims', { claims: 'here' })).toMatchObject({
    error: { code: 'input.invalid' },
  });
});

test('the export knows the Medicare patients whose claims there are', async () => {
  const answer = await sandbox.post('/sandbox/webpt/export', { folder, today: '2026-11-18', seed: 1, medicare: 36 });
  expect(answer).toMatchObject({ files: expect.arrayContaining(['Patients_2026-11-18.csv']) as unknown });
  const rows = readFileSync(join(folder, 'Patients_2026-11-18.csv'), 'utf8').split('\r\n');
  expect(rows.filter((row) => row.includes('Plains Medicare Part B')).length).toBe(36);
});
