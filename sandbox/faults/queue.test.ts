// Faults wait in the order they were given, each for its own operation; one that no vendor knows is refused.
import { expect, test } from 'vitest';
import { queueFaults as availity } from '../availity/faults.ts';
import { queueFaults as network } from '../medical-network/faults.ts';
import { queueFaults as x12Files } from '../x12-files/faults.ts';
import { takeFault } from './queue.ts';

const slow = { fault: 'slow' } as const;
const throttled = { fault: 'throttled', on: 'coverage' } as const;

test('new faults follow those that wait, or take their place', () => {
  expect(availity([slow], { next: [throttled] })).toEqual([slow, throttled]);
  expect(availity([slow], { next: [throttled], replace: true })).toEqual([throttled]);
  expect(availity([slow], { next: [], replace: true })).toEqual([]);
});

test('a fault of one vendor is unknown to another', () => {
  expect(availity([], { next: [{ fault: 'withoutLocation' }] })).toHaveLength(1);
  expect(network([], { next: [{ fault: 'withoutLocation' }] })).toBeNull();
  expect(network([], { next: [{ fault: 'inFlight', retryAfterSeconds: 3 }] })).toHaveLength(1);
  expect(x12Files([], { next: [{ fault: 'truncated' }] })).toHaveLength(1);
  expect(x12Files([], { next: [{ fault: 'throttled' }] })).toBeNull();
});

test('a field that is not known spoils the whole list', () => {
  for (const body of [{}, { next: [{ fault: 'slow', milisseconds: 1 }] }, { next: [slow], when: 'now' }, null])
    expect(availity([], body)).toBeNull();
});

test('the first fault that is meant is taken, the others wait on', () => {
  const queue = [slow, throttled, slow];
  expect(takeFault(queue, ({ fault }) => fault === 'throttled')).toEqual({ fault: throttled, rest: [slow, slow] });
  expect(takeFault(queue, () => false)).toEqual({ fault: null, rest: queue });
});
