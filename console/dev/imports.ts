// Imports as the development server tells of them: one under way, one that ended.
import type { ImportRun } from '../api.ts';

export function importRunsOf(now: Date): readonly ImportRun[] {
  const ago = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();
  const run: ImportRun = {
    run: 'rec_run1',
    connection: 'conn_1',
    connectionName: 'WebPT drop folder',
    state: 'running',
    askedAt: ago(3),
    heardAt: ago(0),
    finishedAt: null,
    resumed: 0,
    phase: 'storing',
    kind: 'appointments',
    bytes: { done: 18_400_000, total: 18_400_000 },
    rows: { done: 61_500, total: 184_220 },
    taken: 61_438,
    unmatched: 44,
    refused: 18,
    failure: null,
  };
  const ended = { state: 'done', phase: null, finishedAt: ago(1440), heardAt: ago(1440), askedAt: ago(1442) } as const;
  const rows = { done: 2_310, total: 2_310 };
  return [run, { ...run, ...ended, run: 'rec_run2', rows, taken: 2_304, unmatched: 0, refused: 6 }];
}
