// How far an import is, in words: what nobody knows yet is no number.
import { expect, test } from 'vitest';
import type { ImportRun } from '../api.ts';
import { anyUnderWay, endInWords, progressOf } from './import-runs.ts';

const run: ImportRun = {
  run: 'rec_1',
  connection: 'conn_1',
  connectionName: 'WebPT',
  state: 'running',
  askedAt: '2026-11-18T12:00:00Z',
  heardAt: '2026-11-18T12:00:00Z',
  finishedAt: null,
  resumed: 0,
  phase: null,
  kind: null,
  bytes: null,
  rows: { done: 0, total: 0 },
  taken: 0,
  unmatched: 0,
  refused: 0,
  failure: null,
};

test('before anything is read there is no bar; then bytes, then rows', () => {
  expect(progressOf({ ...run, state: 'asked' })).toEqual({ words: 'Waits for its turn.', done: 0, total: null });
  expect(progressOf(run).total).toBeNull();
  const reading = { ...run, phase: 'reading', bytes: { done: 1_500_000, total: 200_000_000 } } as const;
  expect(progressOf(reading)).toMatchObject({ words: '1.5 of 200.0 MB read.', total: 200_000_000 });
  const storing = { ...run, phase: 'storing', rows: { done: 150, total: 900 }, refused: 2, resumed: 1 } as const;
  expect(progressOf(storing)).toEqual({
    words: '150 of 900 rows stored, 2 refused so far. Went on after the server had stopped.',
    done: 150,
    total: 900,
  });
});

test('an import that has ended says what it came to', () => {
  const done = { ...run, state: 'done', rows: { done: 10, total: 10 }, taken: 8, refused: 2 } as const;
  expect(endInWords(done)).toBe('10 rows read, 8 taken, 2 refused');
  expect(endInWords({ ...done, unmatched: 1, taken: 7 })).toContain('1 of patients nobody knows');
  expect(endInWords({ ...run, state: 'done' })).toBe('nothing was new');
  expect(endInWords({ ...run, state: 'failed', failure: 'connection.credentials' })).toContain(
    'connection.credentials',
  );
  expect(anyUnderWay([done])).toBe(false);
  expect(anyUnderWay([done, run])).toBe(true);
});
