// Every golden history replays on the workflow as it is now: a note that waits for its system must survive an upgrade.

import { expect, test } from 'vitest';
import { historyNames, replayAll } from '../testing/replay.ts';

const folder = new URL('./histories/', import.meta.url);

test('there is a golden history for every way a signed note usually goes', () => {
  expect(historyNames(folder)).toEqual(['by-hand', 'filed', 'in-doubt']);
});

test('all golden histories replay without a difference', async () => {
  const { failed, replayed } = await replayAll(folder);
  expect(failed).toEqual([]);
  expect(replayed).toBe(3);
});
