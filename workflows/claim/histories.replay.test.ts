// Every golden history replays on the workflow as it is now: what runs for months at a clinic must survive an upgrade.

import { expect, test } from 'vitest';
import { historyNames, replayAll } from '../testing/replay.ts';
import { claimPaths } from './testing/paths.ts';

const folder = new URL('./histories/', import.meta.url);

test('there is a golden history for every way a claim usually goes', () => {
  expect(historyNames(folder)).toEqual(claimPaths.map(({ name }) => name).sort());
});

test('all golden histories replay without a difference', async () => {
  const { failed, replayed, files } = await replayAll(folder);
  expect(failed).toEqual([]);
  expect(replayed).toBe(files);
});
