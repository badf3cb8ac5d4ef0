// Every golden history replays on the workflow as it is now: what runs for months at a clinic must survive an upgrade.

import { expect, test } from 'vitest';
import { historyNames, replayAll } from '../testing/replay.ts';

const folder = new URL('./histories/', import.meta.url);

test('there is a golden history for every way an authorization usually goes', () => {
  expect(historyNames(folder)).toEqual([
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
  const { failed, replayed, files } = await replayAll(folder);
  expect(failed).toEqual([]);
  expect(replayed).toBe(files);
});
