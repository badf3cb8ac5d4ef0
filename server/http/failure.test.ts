// What a caller hears of a failure that nobody foresaw.
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { failureOf } from './failure.ts';

const silent = pino({ level: 'silent' });

test.each(['timeout exceeded when trying to connect', 'Connection terminated unexpectedly'])(
  'a database whose connections are all busy or broken passes by itself: %s',
  (message) => {
    expect(failureOf(new Error(message), silent, 'r1')).toMatchObject({
      status: 503,
      body: { error: { code: 'service.unavailable', fix: 'Try again.' } },
    });
  },
);

test('an unknown error is told by an id only: its message may quote a record', () => {
  const { status, body } = failureOf(new Error('duplicate key value (JANE DOE)'), silent, 'r1');
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('JANE');
});
