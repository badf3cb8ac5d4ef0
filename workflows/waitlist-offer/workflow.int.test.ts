// A freed slot on Temporal's time-skipping server, with the real machine: silence, a yes, a yes too late, the visit begins.

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTimeSkipping } from '../../test/harness/temporal.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { runToEnd } from '../testing/run.ts';
import type { EveryStep } from '../testing/run.ts';
import { slotChanged } from './messages.ts';
import { withSlot } from './testing/bench.ts';
import { fakeSlot } from './testing/fake-server.ts';
import type { FakeSlot } from './testing/fake-server.ts';

let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;

beforeAll(async () => {
  bundle = await bundleWorkflows();
});
beforeEach(async () => {
  environment = await startTimeSkipping();
});
afterEach(async () => {
  await environment.teardown();
});

const now = (): Promise<number> => environment.currentTimeMs();
const inHours = async (hours: number): Promise<string> => new Date((await now()) + hours * 3_600_000).toISOString();
const accepted = { type: 'accepted', check: { eligible: true } } as const;

/** Follows the slot to its end, doing every ten minutes what the test wants. */
const run = (server: FakeSlot, every?: EveryStep) =>
  withSlot(environment, bundle, server, (handle) => runToEnd(environment, handle, slotChanged, 600_000, every));

test('nobody answers: each is asked for half an hour, one after the other, then staff are told', async () => {
  const server = fakeSlot({ now, start: await inHours(4), people: 3 });
  await run(server);
  expect(server.state.offers.map(({ entry, outcome }) => `${entry} ${outcome}`)).toEqual([
    'wait_1 expired',
    'wait_2 expired',
    'wait_3 expired',
  ]);
  for (const { at, until } of server.state.offers) expect(Date.parse(until) - Date.parse(at)).toBe(30 * 60_000);
  expect(server.commands.filter(({ type }) => type === 'tellStaff')).toEqual([
    { type: 'tellStaff', what: 'exhausted' },
  ]);
});

test('the second says yes after the first was silent; the first is late and keeps the place; nothing more happens', async () => {
  const server = fakeSlot({ now, start: await inHours(4), people: 3 });
  await run(server, async (step, signal) => {
    if (step === 4) {
      await server.happen({ ...accepted, offer: '2' });
      await server.happen({ ...accepted, offer: '1' });
      await signal();
    }
    if (step === 8) {
      await server.happen({ type: 'booked' });
      await signal();
    }
  });
  expect(server.state).toMatchObject({ phase: 'booked', winner: '2' });
  expect(server.state.offers).toHaveLength(2);
  expect(server.commands.filter(({ type }) => type === 'tell')).toEqual([
    { type: 'tell', offer: '2', word: 'won' },
    { type: 'tell', offer: '1', word: 'taken' },
  ]);
});

test('a slot that the desk never books is over when its visit begins', async () => {
  const server = fakeSlot({ now, start: await inHours(3), people: 1 });
  await run(server, async (step, signal) => {
    if (step !== 1) return;
    await server.happen({ ...accepted, offer: '1' });
    await signal();
  });
  expect(server.state.phase).toBe('held');
  expect(server.asked).toBeLessThan(6);
});
