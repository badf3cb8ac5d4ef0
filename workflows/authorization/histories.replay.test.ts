// Every golden history replays on the workflow as it is now: what runs for months at a clinic must survive an upgrade.

import { readFileSync, readdirSync } from 'node:fs';
import { Worker } from '@temporalio/worker';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { expect, test } from 'vitest';
import { dataConverter } from '../../payload-codec/data-converter.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { syntheticKeys } from './testing/synthetic-key.ts';

const folder = new URL('./histories/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

test('there is a golden history for every way an authorization usually goes', () => {
  const names = new Set(files.map((name) => name.replace(/-\d+\.json$/, '')));
  expect([...names].sort()).toEqual([
    'approved',
    'blocked',
    'check-now',
    'closed',
    'denied-and-appealed',
    'held-and-new-payer',
    'held-and-resumed',
    'partly-approved',
    'rejected',
    'staff-send',
  ]);
});

test('all golden histories replay without a difference', async () => {
  const workflowBundle = await bundleWorkflows();
  const histories = files.map((name) => {
    const parsed: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
    return { workflowId: name, history: historyFromJSON(parsed) };
  });
  const failed: string[] = [];
  let replayed = 0;
  for await (const result of Worker.runReplayHistories(
    { workflowBundle, dataConverter: dataConverter(syntheticKeys) },
    histories,
  )) {
    replayed += 1;
    if (result.error !== undefined) failed.push(`${result.workflowId}: ${result.error.message}`);
  }
  expect(failed).toEqual([]);
  expect(replayed).toBe(files.length);
});
