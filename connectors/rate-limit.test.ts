// The client counts its requests, because the vendors state limits but send no headers.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBucket } from './rate-limit.ts';

test('in no stretch of time do more requests go than the burst and the rate allow, however long they wait their turn', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { maxLength: 200 }), fc.nat(10), (pauses, patience) => {
      const bucket = new TokenBucket(5, 3);
      let at = 0;
      const going: number[] = [];
      for (const pause of pauses) {
        at += pause;
        const turn = bucket.take(new Date(at), patience);
        if ('goIn' in turn) going.push(at / 1000 + turn.goIn);
      }
      for (const [place, time] of going.entries()) expect(place + 1).toBeLessThanOrEqual(3 + time * 5 + 1e-6);
    }),
  );
});

test('whoever comes too soon waits as long as it is patient, in the order of coming', () => {
  const bucket = new TokenBucket(5, 1);
  const take = (patience: number) => bucket.take(new Date(0), patience);
  expect([take(0), take(1), take(1)]).toEqual([{ goIn: 0 }, { goIn: 0.2 }, { goIn: 0.4 }]);
  expect(take(0.5)).toEqual({ againIn: 0.6 });
  expect(take(1)).toEqual({ goIn: 0.6 });
});

test('a held connection tells how long, and goes on afterwards', () => {
  const bucket = new TokenBucket(5, 3);
  bucket.hold(new Date(0), 7);
  expect(bucket.take(new Date(2000), 60)).toEqual({ againIn: 5 });
  expect(bucket.take(new Date(7000), 60)).toEqual({ goIn: 0 });
});

test('a vendor that allows two calls at once gets a third only when one has come back, in the order they came', async () => {
  const bucket = new TokenBucket(1000, 1000);
  const { signal } = new AbortController();
  const enter = () => bucket.enter('eligibility', 2, 5, signal);
  const [first, second] = await Promise.all([enter(), enter()]);
  const order: string[] = [];
  const third = enter().then(() => order.push('third'));
  const fourth = enter().then(() => order.push('fourth'));
  await Promise.resolve();
  expect(order).toEqual([]);
  first?.();
  await third;
  expect(order).toEqual(['third']);
  second?.();
  await fourth;
  expect(order).toEqual(['third', 'fourth']);
});

test('who finds no place in time goes without one, and leaves the queue', async () => {
  const bucket = new TokenBucket(1000, 1000);
  const abort = new AbortController();
  const leave = await bucket.enter('claims', 1, 5, abort.signal);
  expect(await bucket.enter('claims', 1, 0.01, abort.signal)).toBeNull();
  const waiting = bucket.enter('claims', 1, 5, abort.signal);
  abort.abort();
  expect(await waiting).toBeNull();
  expect(await bucket.enter('claims', 1, 5, abort.signal)).toBeNull();
  leave?.();
  expect(await bucket.enter('claims', 1, 0.01, new AbortController().signal)).not.toBeNull();
});
