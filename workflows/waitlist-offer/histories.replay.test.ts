// Every golden history replays on the workflow as it is now: an offer that is open must survive an upgrade.

import { expect, test } from 'vitest';
import { historyNames, replayAll } from '../testing/replay.ts';

const folder = new URL('./histories/', import.meta.url);

test('there is a golden history for every way a freed slot usually goes', () => {
  expect(historyNames(folder)).toEqual(['passed-on', 'taken', 'taken-back']);
});

test('all golden histories replay without a difference', async () => {
  const { failed, replayed } = await replayAll(folder);
  expect(failed).toEqual([]);
  expect(replayed).toBe(3);
});
