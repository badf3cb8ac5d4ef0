// One question to a clinic's flow: asked again it gives the stored answer, claimed twice it refuses, lost it is asked anew.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer, ask, claim, end, isLost } from './call.ts';
import type { StepCall } from './call.ts';

const start = Date.parse('2026-05-04T15:00:00.000Z');
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
const item = 'auth_0000000000000000000001';

function posted(
  stored: StepCall | null,
  attempt: number,
  seconds: number,
  items: readonly string[] = [item],
): StepCall {
  const decision = ask(stored, { items, attempt, deadline: at(seconds + 600) }, at(seconds));
  if (decision.kind !== 'post') throw new Error(decision.kind);
  return decision.call;
}

function claimed(call: StepCall, attempt: number, seconds: number): StepCall {
  const decision = claim(call, attempt, at(seconds));
  if (decision.kind !== 'claimed') throw new Error(decision.why);
  return decision.call;
}

const asked = posted(null, 1, 0);
const taken = claimed(asked, 1, 5);
const approved = [{ item, outcome: 'approved' }];

describe('a step call', () => {
  test('the first ask is delivered; while it runs a second ask waits', () => {
    expect(asked.state).toBe('asked');
    expect(ask(asked, { items: [item], attempt: 2, deadline: at(700) }, at(30)).kind).toBe('running');
    expect(ask(taken, { items: [item], attempt: 2, deadline: at(700) }, at(300)).kind).toBe('running');
  });

  test('answered, every later ask gets the stored answer', () => {
    const answered = answer(taken, 1, approved);
    expect(answered).toMatchObject({ kind: 'answered', call: { state: 'answered', answers: approved } });
    if (answered.kind !== 'answered') return;
    expect(ask(answered.call, { items: [item], attempt: 2, deadline: at(700) }, at(9000))).toEqual({
      kind: 'answered',
      answers: approved,
    });
  });

  test('a delivery is claimed once; a replay, a claim after the answer and a claim of nothing are refused', () => {
    expect(claim(taken, 1, at(6))).toEqual({ kind: 'refused', why: 'replayed' });
    expect(claim(null, 1, at(6))).toEqual({ kind: 'refused', why: 'unknown' });
    expect(claim(taken, 2, at(6))).toEqual({ kind: 'refused', why: 'unknown' });
    expect(claim(asked, 1, at(600))).toEqual({ kind: 'refused', why: 'late' });
    const answered = answer(taken, 1, approved);
    if (answered.kind !== 'answered') throw new Error(answered.kind);
    expect(claim(answered.call, 1, at(6))).toEqual({ kind: 'refused', why: 'answered' });
  });

  test('a flow that never claimed, or never answered in time, is lost and asked anew', () => {
    expect(isLost(asked, at(59))).toBe(false);
    expect(isLost(asked, at(60))).toBe(true);
    expect(isLost(taken, at(599))).toBe(false);
    expect(isLost(taken, at(600))).toBe(true);
    expect(posted(asked, 2, 61).attempts.map((one) => one.state)).toEqual(['ended', 'asked']);
  });

  test('a refused delivery ends and the call can be asked again under a greater number', () => {
    const ended = end(asked, 1);
    expect(ended.state).toBe('ended');
    expect(posted(ended, 1, 3).attempts.map((one) => one.attempt)).toEqual([1, 2]);
  });

  test('a delivery that was overtaken cannot be claimed any more', () => {
    const second = posted(end(asked, 1), 2, 10);
    expect(claim(second, 1, at(11))).toEqual({ kind: 'refused', why: 'late' });
  });

  test('a missing, a foreign and a doubled item are errors, even after the answer', () => {
    const other = 'auth_0000000000000000000002';
    const two = claimed(posted(null, 1, 0, [item, other]), 1, 1);
    expect(answer(two, 1, approved)).toMatchObject({ kind: 'incomplete', missing: [other] });
    expect(answer(taken, 1, [...approved, { item: other, outcome: 'approved' }])).toMatchObject({
      kind: 'incomplete',
      foreign: [other],
    });
    expect(answer(taken, 1, [...approved, ...approved])).toMatchObject({ kind: 'incomplete', twice: [item] });
  });

  test('only who claimed may answer', () => {
    expect(answer(asked, 1, approved)).toEqual({ kind: 'refused', why: 'unclaimed' });
    expect(answer(taken, 7, approved)).toEqual({ kind: 'refused', why: 'unknown' });
  });

  test.each(['pending', 'uncertain', 'wait'])('%s ends the delivery and leaves the call open', (outcome) => {
    const later = answer(taken, 1, [{ item, outcome }]);
    expect(later).toMatchObject({ kind: 'later', current: true, call: { state: 'ended', answers: null } });
  });

  test('an error that time may mend is asked again, one that a person must mend is an answer', () => {
    expect(answer(taken, 1, [{ item, error: { code: 'vendor.unavailable' } }]).kind).toBe('later');
    expect(answer(taken, 1, [{ item, error: { code: 'vendor.rejected' } }]).kind).toBe('answered');
  });

  test('the late answer of an older delivery counts as long as there is none', () => {
    const second = posted(taken, 2, 601);
    const late = answer(second, 1, approved);
    expect(late).toMatchObject({ kind: 'answered', call: { state: 'answered' } });
    if (late.kind !== 'answered') return;
    expect(answer(claimed(second, 2, 602), 2, approved).kind).toBe('answered');
    expect(answer(late.call, 1, [{ item, outcome: 'denied' }])).toEqual({ kind: 'alreadyAnswered' });
  });

  test('the late "not yet" of an older delivery does not end the newer one', () => {
    const second = claimed(posted(taken, 2, 601), 2, 602);
    const late = answer(second, 1, [{ item, outcome: 'pending' }]);
    expect(late).toMatchObject({ kind: 'later', current: false, call: { state: 'claimed' } });
  });
});

test('in any order of asks, claims and answers a delivery is claimed at most once and an answer never changes', () => {
  const steps = fc.array(
    fc.record({
      what: fc.constantFrom('ask', 'claim', 'answer', 'later', 'end'),
      attempt: fc.integer({ min: 1, max: 5 }),
      wait: fc.integer({ min: 0, max: 400 }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, (sequence) => {
      let call: StepCall | null = null;
      let clock = 0;
      const claims = new Set<number>();
      let first: unknown = null;
      for (const { what, attempt, wait } of sequence) {
        clock += wait;
        if (what === 'ask') {
          const decision = ask(call, { items: [item], attempt, deadline: at(clock + 600) }, at(clock));
          if (decision.kind === 'post') call = decision.call;
          if (first !== null) expect(decision).toEqual({ kind: 'answered', answers: first });
        } else if (what === 'claim') {
          const decision = claim(call, attempt, at(clock));
          if (decision.kind !== 'claimed') continue;
          expect(claims.has(attempt)).toBe(false);
          claims.add(attempt);
          call = decision.call;
        } else if (what === 'end') {
          if (call !== null) call = end(call, attempt);
        } else {
          const given = [{ item, outcome: what === 'later' ? 'pending' : `approved` }];
          const decision = answer(call, attempt, given);
          if (decision.kind === 'answered') {
            expect(first).toBeNull();
            first = given;
          }
          if (decision.kind === 'answered' || decision.kind === 'later') call = decision.call;
        }
        const numbers: number[] = call?.attempts.map((one) => one.attempt) ?? [];
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      }
    }),
    { numRuns: 2000 },
  );
});
