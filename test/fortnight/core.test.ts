// A fortnight of the demo clinic, 1,200 visits, decided by the pure core: nothing sent twice, nothing lost, every slot's story complete.
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { faultsIn } from './accounting.ts';
import type { Account } from './account.ts';
import { playInMemory } from './core.ts';
import { fortnight } from './story.ts';
import type { Story } from './story.ts';

const terms = (story: Story) =>
  ({
    reminderHours: 48,
    leastMinutes: 120,
    lookMinutes: 30,
    graceMs: 0,
    stopEnds: story.to < '2027-01-31' ? 'telephone' : 'everything',
  }) as const;

function played(seed: number, visits?: number): { story: Story; account: Account; faults: string[] } {
  const story = fortnight({ seed, ...(visits === undefined ? {} : { visits }) });
  const account = playInMemory(story);
  return { story, account, faults: faultsIn(story, account, terms(story)) };
}

test('1,200 visits with a night on which the clocks change, and no fault in the books', () => {
  const { story, account, faults } = played(2);
  expect(faults).toEqual([]);
  expect(story.visits).toHaveLength(1_200);
  // What is to be survived did happen.
  const count = (ending: string): number => account.messages.filter((one) => one.ending === ending).length;
  expect(count('delivered')).toBeGreaterThan(500);
  expect(count('callList')).toBeGreaterThan(30);
  expect(count('withdrawn')).toBeGreaterThan(2);
  expect(account.slots.length).toBeGreaterThan(60);
  expect(account.replies.length).toBeGreaterThan(400);
  expect(new Set(account.slots.map(({ phase }) => phase)).size).toBeGreaterThan(1);
}, 120_000);

test('any seed: forty visits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
      expect(played(seed, 40).faults).toEqual([]);
    }),
    { numRuns: 10 },
  );
}, 120_000);
