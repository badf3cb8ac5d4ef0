// The client counts its requests, because the vendors state limits but send no headers.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBucket } from './rate-limit.ts';

test('in no stretch of time do more requests go than the burst and the rate allow', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { maxLength: 200 }), (pauses) => {
      const bucket = new TokenBucket(5, 3);
      let at = 0;
      let sent = 0;
      for (const pause of pauses) {
        at += pause;
        if (bucket.take(new Date(at)) === 0) sent += 1;
      }
      expect(sent).toBeLessThanOrEqual(3 + (at / 1000) * 5 + 1e-6);
    }),
  );
});

test('a held connection tells how long, and goes on afterwards', () => {
  const bucket = new TokenBucket(5, 3);
  bucket.hold(new Date(0), 7);
  expect(bucket.take(new Date(2000))).toBe(5);
  expect(bucket.take(new Date(7000))).toBe(0);
});
