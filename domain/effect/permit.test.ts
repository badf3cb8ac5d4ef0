// One effect, sent at most once: every state, every answer, every late writer.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atInstant, decidePermit, settle } from './permit.ts';
import type { Permit, PermitEvent, PermitQuestion } from './permit.ts';

const start = Date.parse('2026-05-04T15:00:00.000Z');
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
const moment = (seconds: number) => ({ instant: at(seconds), date: at(seconds).slice(0, 10) });
const outcome = { outcome: 'pended', structure: {}, refs: ['rec_0000000000000000000001'] };

const good: PermitQuestion = {
  mode: 'live',
  paused: false,
  agreement: { effective: '2026-01-01', expires: '2026-12-31' },
  approval: { given: 'a'.repeat(64), approved: 'a'.repeat(64), onItsWay: false },
  keyMatches: true,
  otherAttempt: null,
  authorizationHeld: false,
  missing: [],
  restored: false,
};

function after(stored: Permit | null, event: PermitEvent, seconds: number): Permit {
  const settled = settle(stored, event, at(seconds));
  if (!settled.ok) throw new Error(`refused: ${settled.why}`);
  return settled.permit;
}

const granted = after(null, { kind: 'granted', attempt: 1, leaseSeconds: 60, inquireAfterSeconds: 120 }, 0);
const sending = after(granted, { kind: 'sending', attempt: 1, leaseSeconds: 60 }, 1);
const done = after(sending, { kind: 'done', attempt: 1, outcome }, 2);
const notSent = after(sending, { kind: 'notSent', attempt: 1, code: 'connection.refused', reasons: [] }, 2);
const uncertain = after(
  sending,
  { kind: 'uncertain', attempt: 1, code: 'vendor.unavailable', inquireAfterSeconds: 120 },
  2,
);
const held = after(uncertain, { kind: 'held', inquireAfterSeconds: 120 }, 3);

describe('asking for an effect', () => {
  test('an approved request under an agreement may be sent, once', () => {
    expect(decidePermit(null, good, moment(0))).toEqual({ kind: 'send', attempt: 1 });
  });

  test.each([
    ['a key that does not name this request', { keyMatches: false }, 'key.mismatch'],
    ['an authorization held for a changed coverage', { authorizationHeld: true }, 'authorization.held'],
    [
      'a request nobody approved',
      { approval: { given: 'a'.repeat(64), approved: null, onItsWay: false } },
      'approval.missing',
    ],
    [
      'a call that names no approval',
      { approval: { given: null, approved: 'a'.repeat(64), onItsWay: false } },
      'approval.unnamed',
    ],
    [
      'the hash of another revision',
      { approval: { given: 'b'.repeat(64), approved: 'a'.repeat(64), onItsWay: false } },
      'approval.superseded',
    ],
    ['a request without a diagnosis', { missing: ['service.diagnoses'] }, 'request.invalid'],
    ['a paused connection', { paused: true }, 'connection.paused'],
    ['a vendor without an agreement', { agreement: null }, 'agreement.missing'],
    ['an agreement of next month', { agreement: { effective: '2026-06-01', expires: null } }, 'agreement.not-yet'],
    [
      'an agreement that ended yesterday',
      { agreement: { effective: '2026-01-01', expires: '2026-05-03' } },
      'agreement.expired',
    ],
  ] as const)('%s is blocked', (_what, change, rule) => {
    expect(decidePermit(null, { ...good, ...change }, moment(0))).toMatchObject({ kind: 'blocked', rule });
    expect(decidePermit(notSent, { ...good, ...change }, moment(9))).toMatchObject({ kind: 'blocked', rule });
  });

  test('while another attempt of the request is in doubt it waits; one that was sent is the answer to every later one', () => {
    for (const stored of [null, notSent]) {
      expect(decidePermit(stored, { ...good, otherAttempt: 'unsettled' }, moment(9))).toEqual({
        kind: 'wait',
        retryAfterSeconds: 300,
        rule: 'effect.unsettled',
      });
      expect(decidePermit(stored, { ...good, otherAttempt: outcome }, moment(9))).toEqual({
        kind: 'duplicate',
        outcome,
      });
    }
  });

  test('an approval that is taken down but not settled is waited for', () => {
    const approval = { given: 'a'.repeat(64), approved: null, onItsWay: true };
    expect(decidePermit(null, { ...good, approval }, moment(0))).toEqual({ kind: 'wait', retryAfterSeconds: 10 });
  });

  test('the last day of an agreement still counts', () => {
    const agreement = { effective: '2026-05-04', expires: '2026-05-04' };
    expect(decidePermit(null, { ...good, agreement }, moment(0)).kind).toBe('send');
  });

  test('shadow mode sends nothing, and what it blocks stays blocked', () => {
    expect(decidePermit(null, { ...good, mode: 'shadow' }, moment(0))).toEqual({ kind: 'shadow' });
    expect(decidePermit(null, { ...good, mode: 'shadow', agreement: null }, moment(0)).kind).toBe('blocked');
  });

  test('asked again: done gives the earlier outcome, under way waits, surely not sent may go, doubt is inquired about', () => {
    expect(decidePermit(done, good, moment(9))).toEqual({ kind: 'duplicate', outcome });
    expect(decidePermit(granted, good, moment(9))).toEqual({ kind: 'wait', retryAfterSeconds: 51 });
    expect(decidePermit(sending, good, moment(9))).toEqual({ kind: 'wait', retryAfterSeconds: 52 });
    expect(decidePermit(notSent, good, moment(9))).toEqual({ kind: 'send', attempt: 2 });
    expect(decidePermit(uncertain, good, moment(9))).toEqual({ kind: 'uncertain', retryAfterSeconds: 113 });
    expect(decidePermit(uncertain, good, moment(122))).toEqual({ kind: 'inquire', from: 'uncertain' });
    expect(decidePermit(held, good, moment(9))).toEqual({ kind: 'inquire', from: 'held' });
    const asked = after(held, { kind: 'notFound' }, 9);
    expect(decidePermit(asked, good, moment(10))).toEqual({
      kind: 'uncertain',
      retryAfterSeconds: 119,
      rule: 'effect.held',
    });
  });

  test('an effect that is done stays done when the approval is superseded or the agreement ends', () => {
    const now = { ...good, agreement: null, approval: { given: null, approved: null, onItsWay: false } };
    expect(decidePermit(done, now, moment(9)).kind).toBe('duplicate');
  });

  test('a lease that ran out: granted was surely not sent, sending is in doubt', () => {
    expect(atInstant(granted, at(60)).state).toBe('notSent');
    expect(atInstant(sending, at(61))).toMatchObject({ state: 'uncertain', inquireAt: at(181) });
    expect(decidePermit(granted, good, moment(61))).toEqual({ kind: 'send', attempt: 2 });
    expect(decidePermit(sending, good, moment(62))).toMatchObject({ kind: 'uncertain' });
  });

  test('after a restore a key nobody heard of is inquired about and not sent', () => {
    expect(decidePermit(null, { ...good, restored: true }, moment(0))).toEqual({ kind: 'inquire', from: 'held' });
  });
});

describe('settling an effect', () => {
  test('a zombie whose grant ran out may not begin to send', () => {
    expect(settle(granted, { kind: 'sending', attempt: 1, leaseSeconds: 60 }, at(60))).toEqual({
      ok: false,
      why: 'wrongState',
    });
    const second = after(granted, { kind: 'granted', attempt: 2, leaseSeconds: 60, inquireAfterSeconds: 120 }, 61);
    expect(settle(second, { kind: 'sending', attempt: 1, leaseSeconds: 60 }, at(62))).toEqual({
      ok: false,
      why: 'stale',
    });
  });

  test('what a connection says of its delay counts, not what is usual for the operation', () => {
    const quick = after(granted, { kind: 'sending', attempt: 1, leaseSeconds: 60, inquireAfterSeconds: 5 }, 1);
    expect(atInstant(quick, at(61))).toMatchObject({ state: 'uncertain', inquireAt: at(66) });
  });

  test('an answer that outlived its lease settles the doubt about its own attempt', () => {
    expect(after(sending, { kind: 'done', attempt: 1, outcome }, 100)).toMatchObject({ state: 'done', outcome });
    const late = { kind: 'notSent', attempt: 1, code: 'vendor.rejected', reasons: [{ code: '33' }] } as const;
    expect(after(sending, late, 100)).toMatchObject({ state: 'notSent', reasons: [{ code: '33' }] });
  });

  test('a failure before the first byte is surely not sent', () => {
    const event = { kind: 'notSent', attempt: 1, code: 'vault.sealed', reasons: [] } as const;
    expect(after(granted, event, 1).state).toBe('notSent');
  });

  test('nothing takes back what is done', () => {
    for (const event of [
      { kind: 'notSent', attempt: 1, code: 'vendor.unavailable', reasons: [] },
      { kind: 'uncertain', attempt: 1, code: 'vendor.unavailable', inquireAfterSeconds: 1 },
      { kind: 'wasNotSent' },
      { kind: 'notFound' },
    ] as const) {
      expect(settle(done, event, at(500)).ok).toBe(false);
    }
    expect(after(done, { kind: 'held', inquireAfterSeconds: 120 }, 5).state).toBe('done');
  });

  test('found settles it; not found settles nothing before the delay, and after it asks a person once', () => {
    expect(after(uncertain, { kind: 'found', outcome }, 200)).toMatchObject({ state: 'done', outcome });
    const early = settle(uncertain, { kind: 'notFound' }, at(50));
    expect(early).toMatchObject({ ok: true, askPerson: false, permit: { state: 'uncertain', personAsked: false } });
    const first = settle(uncertain, { kind: 'notFound' }, at(200));
    expect(first).toMatchObject({ ok: true, askPerson: true, permit: { state: 'uncertain', personAsked: true } });
    if (!first.ok) return;
    expect(settle(first.permit, { kind: 'notFound' }, at(900))).toMatchObject({ ok: true, askPerson: false });
    expect(decidePermit(first.permit, good, moment(201)).kind).toBe('uncertain');
  });

  test('an inquiry that failed settles nothing and is repeated later', () => {
    const permit = after(uncertain, { kind: 'inquiryFailed', retryAfterSeconds: 30 }, 200);
    expect(permit).toMatchObject({ state: 'uncertain', inquireAt: at(230) });
  });

  test('a person settles doubt: it was sent, or it was not and may be sent again', () => {
    expect(after(uncertain, { kind: 'wasSent', outcome }, 300)).toMatchObject({ state: 'done', outcome });
    const free = after(uncertain, { kind: 'wasNotSent' }, 300);
    expect(decidePermit(free, good, moment(301))).toEqual({ kind: 'send', attempt: 2 });
  });

  test('a restore holds what is not done', () => {
    for (const permit of [granted, sending, notSent, uncertain]) {
      expect(after(permit, { kind: 'held', inquireAfterSeconds: 120 }, 5).state).toBe('held');
    }
  });
});

test('whatever happens in whatever order, bytes leave at most once unless an attempt is known not to have been sent', () => {
  const events = fc.array(
    fc.record({
      what: fc.constantFrom(
        'ask',
        'begin',
        'done',
        'notSent',
        'uncertain',
        'found',
        'notFound',
        'wasSent',
        'wasNotSent',
        'hold',
      ),
      attempt: fc.integer({ min: 1, max: 4 }),
      wait: fc.integer({ min: 0, max: 200 }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(events, (steps) => {
      let permit: Permit | null = null;
      let clock = 0;
      let open = false;
      for (const step of steps) {
        clock += step.wait;
        const { attempt } = step;
        const event = ((): PermitEvent | null => {
          switch (step.what) {
            case 'ask': {
              const decision = decidePermit(permit, good, moment(clock));
              if (decision.kind !== 'send') return null;
              return { kind: 'granted', attempt: decision.attempt, leaseSeconds: 60, inquireAfterSeconds: 120 };
            }
            case 'begin':
              return { kind: 'sending', attempt, leaseSeconds: 60 };
            case 'done':
              return { kind: 'done', attempt, outcome };
            case 'notSent':
              return { kind: 'notSent', attempt, code: 'connection.refused', reasons: [] };
            case 'uncertain':
              return { kind: 'uncertain', attempt, code: 'vendor.unavailable', inquireAfterSeconds: 120 };
            case 'found':
            case 'wasSent':
              return { kind: step.what, outcome };
            case 'notFound':
            case 'wasNotSent':
              return { kind: step.what };
            case 'hold':
              return { kind: 'held', inquireAfterSeconds: 120 };
          }
        })();
        if (event === null || (permit === null && event.kind !== 'granted')) continue;
        const settled = settle(permit, event, at(clock));
        if (!settled.ok) continue;
        permit = settled.permit;
        if (event.kind === 'sending') {
          expect(open).toBe(false);
          open = true;
        }
        if (event.kind === 'notSent' || event.kind === 'wasNotSent') open = false;
        if (permit.state === 'done') expect(decidePermit(permit, good, moment(clock)).kind).toBe('duplicate');
      }
    }),
    { numRuns: 2000 },
  );
});
