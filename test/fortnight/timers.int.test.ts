// Three weeks of messages and freed slots in seconds, on Temporal's time-skipping server: whatever worker dies, nothing is sent twice and
// nothing is lost.
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, mondayOf } from '../../sandbox/clinic/calendar.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { startTimeSkipping } from '../harness/temporal.ts';
import { faultsIn } from './accounting.ts';
import { fortnight } from './story.ts';
import { playOnTimers } from './timers.ts';

const seed = 5;
const visits = 20;
const minuteMs = 60_000;

let environment: TestWorkflowEnvironment;

beforeAll(async () => {
  environment = await startTimeSkipping();
});
afterAll(async () => {
  await environment?.teardown();
});

test(`${visits} visits with everything that hangs on them, three workers one after the other`, async () => {
  // The server's clock begins now and only goes on: the story begins on one of the next Mondays.
  const today = new Date(await environment.currentTimeMs()).toISOString().slice(0, 10);
  const story = fortnight({ seed, visits, monday: mondayOf(addDays(today, 11)) });
  const { account, died, workflows } = await playOnTimers(environment, await bundleWorkflows(), story, 3);
  const stopEnds = story.to < '2027-01-31' ? 'telephone' : 'everything';
  const terms = { reminderHours: 48, leastMinutes: 120, lookMinutes: 32, graceMs: 2 * minuteMs, stopEnds } as const;
  expect(faultsIn(story, account, terms)).toEqual([]);
  expect(workflows).toBeGreaterThan(visits);
  expect(account.slots.length).toBeGreaterThan(0);
  expect(died).toBeGreaterThan(3);
}, 300_000);
