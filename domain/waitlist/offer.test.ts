// One slot, one winner: what becomes of yes, no, silence, late answers, doubles and a slot that staff take back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { waitlistRule as rule } from '../../rules/testing/scheduling.ts';
import { ledger } from './ledger.ts';
import { advanceSlot, isSettled, openSlot, slotWakeAt } from './offer.ts';
import type { SlotAdvance, SlotEvent, SlotState } from './offer.ts';
import { rank } from './rank.ts';
import { now, slot, waiting } from './testing/waiting.ts';

const eligible = { eligible: true } as const;
const ranking = rank(
  slot,
  ['wait_1', 'wait_2', 'wait_3'].map((entry) => waiting(entry)).concat(waiting('wait_4', { benefitVisitsLeft: 0 })),
  rule,
  now,
);
const fanOut = (count: number) => ({ ...rule.offers, fanOut: count });

function play(start: SlotState, events: readonly SlotEvent[]): SlotAdvance[] {
  let state = start;
  return events.map((event) => {
    const step = advanceSlot(state, event);
    state = step.state;
    return step;
  });
}

const last = (steps: readonly SlotAdvance[]): SlotState => {
  const step = steps.at(-1);
  if (step === undefined) throw new Error('nothing was played');
  return step.state;
};
const outcomes = (state: SlotState) => state.offers.map(({ entry, outcome }) => `${entry} ${outcome}`);
const opened = openSlot(slot, ranking, rule.offers);

describe('a freed slot', () => {
  test('is offered to one, who has thirty minutes; silence passes it on to the next', () => {
    const [first] = play(opened, [{ type: 'tick', at: now }]);
    expect(first?.commands).toEqual([
      { type: 'offer', offer: '1', entry: 'wait_1', until: '2026-06-01T14:30:00.000Z' },
    ]);
    expect(first && slotWakeAt(first.state)).toBe('2026-06-01T14:30:00.000Z');
    const next = advanceSlot(first?.state ?? opened, { type: 'tick', at: '2026-06-01T14:30:00.000Z' });
    expect(outcomes(next.state)).toEqual(['wait_1 expired', 'wait_2 open']);
  });

  test('is held by the first yes; a second one a millisecond later is told that it is taken and keeps the place', () => {
    const steps = play(openSlot(slot, ranking, fanOut(2)), [
      { type: 'tick', at: now },
      { type: 'accepted', at: '2026-06-01T14:05:00.000Z', offer: '2', check: eligible },
      { type: 'accepted', at: '2026-06-01T14:05:00.001Z', offer: '1', check: eligible },
    ]);
    expect(last(steps)).toMatchObject({ phase: 'held', winner: '2' });
    expect(outcomes(last(steps))).toEqual(['wait_1 taken', 'wait_2 accepted']);
    expect(steps[1]?.commands).toEqual([
      { type: 'proposeBooking', offer: '2', entry: 'wait_2' },
      { type: 'tell', offer: '2', word: 'won' },
      { type: 'tell', offer: '1', word: 'gone' },
    ]);
    expect(steps[2]?.commands).toEqual([{ type: 'tell', offer: '1', word: 'taken' }]);
    expect(last(steps).offers[0]?.lateYes).toBe(true);
  });

  test('a yes after the time is answered kindly; the slot is the next one’s while that one is asked', () => {
    const steps = play(opened, [
      { type: 'tick', at: now },
      { type: 'accepted', at: '2026-06-01T14:31:00.000Z', offer: '1', check: eligible },
    ]);
    expect(last(steps)).toMatchObject({ phase: 'offering', winner: null });
    expect(steps[1]?.commands).toContainEqual({ type: 'tell', offer: '1', word: 'ended' });
    expect(outcomes(last(steps))).toEqual(['wait_1 expired', 'wait_2 open']);
  });

  test('a yes after everybody was asked in vain has the slot: nobody stands against it', () => {
    const steps = play(opened, [
      { type: 'tick', at: now },
      { type: 'declined', at: '2026-06-01T14:10:00.000Z', offer: '1' },
      { type: 'declined', at: '2026-06-01T14:20:00.000Z', offer: '2' },
      { type: 'tick', at: '2026-06-01T14:50:00.000Z' },
      { type: 'accepted', at: '2026-06-01T18:00:00.000Z', offer: '3', check: eligible },
    ]);
    expect(steps[3]?.commands).toEqual([{ type: 'tellStaff', what: 'exhausted' }]);
    expect(last(steps)).toMatchObject({ phase: 'held', winner: '3' });
  });

  test('visits used up between offer and yes: told so, the slot goes on', () => {
    const steps = play(opened, [
      { type: 'tick', at: now },
      {
        type: 'accepted',
        at: '2026-06-01T14:05:00.000Z',
        offer: '1',
        check: { eligible: false, why: 'The authorization has 1 visits left and 1 are booked' },
      },
    ]);
    expect(outcomes(last(steps))).toEqual(['wait_1 notEligible', 'wait_2 open']);
    expect(steps[1]?.commands[0]).toEqual({ type: 'tell', offer: '1', word: 'notEligible' });
  });

  test('a no is thanked for; who said yes and cannot be booked is told that, and the next is asked', () => {
    const steps = play(opened, [
      { type: 'tick', at: now },
      { type: 'declined', at: '2026-06-01T14:01:00.000Z', offer: '1' },
      { type: 'declined', at: '2026-06-01T14:02:00.000Z', offer: '1' },
      { type: 'accepted', at: '2026-06-01T14:03:00.000Z', offer: '2', check: eligible },
      { type: 'notBooked', at: '2026-06-01T14:04:00.000Z', why: 'The room is closed' },
    ]);
    const told = steps.map(({ commands }) => commands.flatMap((one) => (one.type === 'tell' ? one.word : [])));
    expect(told).toEqual([[], ['declined'], [], ['won'], ['notBooked']]);
    expect(outcomes(last(steps))).toEqual(['wait_1 declined', 'wait_2 notEligible', 'wait_3 open']);
  });

  test('taken back by staff: who is asked is told, and so is who had it', () => {
    const asked = play(opened, [
      { type: 'tick', at: now },
      { type: 'takenBack', at: '2026-06-01T14:05:00.000Z' },
    ]);
    expect(asked[1]?.commands).toEqual([{ type: 'tell', offer: '1', word: 'withdrawn' }]);
    const held = play(opened, [
      { type: 'tick', at: now },
      { type: 'accepted', at: '2026-06-01T14:04:00.000Z', offer: '1', check: eligible },
      { type: 'takenBack', at: '2026-06-01T14:05:00.000Z' },
    ]);
    expect(held[2]?.commands).toEqual([
      { type: 'tell', offer: '1', word: 'withdrawn' },
      { type: 'tellStaff', what: 'takenBackAfterYes' },
    ]);
    expect(last(held)).toMatchObject({ phase: 'takenBack', winner: null });
    const late = advanceSlot(last(held), {
      type: 'accepted',
      at: '2026-06-01T14:06:00.000Z',
      offer: '1',
      check: eligible,
    });
    expect(late.commands).toEqual([{ type: 'tell', offer: '1', word: 'ended' }]);
    expect(late.state.winner).toBeNull();
  });

  test('freed at ten in the evening it is offered at eight; on the morning the clocks changed too', () => {
    const [night] = play(opened, [{ type: 'tick', at: '2026-06-02T03:00:00.000Z' }]);
    expect(night?.commands).toEqual([]);
    expect(night && slotWakeAt(night.state)).toBe('2026-06-02T13:00:00.000Z');
    const sunday = openSlot({ ...slot, start: '2026-03-09T15:00:00.000Z' }, ranking, rule.offers);
    const [change] = play(sunday, [{ type: 'tick', at: '2026-03-08T04:00:00.000Z' }]);
    expect(change && slotWakeAt(change.state)).toBe('2026-03-08T13:00:00.000Z');
  });

  test('with less than an hour and ten minutes to go nobody is asked, and staff are told', () => {
    const [step] = play(opened, [{ type: 'tick', at: '2026-06-03T13:55:00.000Z' }]);
    expect(step?.commands).toEqual([{ type: 'tellStaff', what: 'lapsed' }]);
    const [short] = play(opened, [{ type: 'tick', at: '2026-06-03T13:45:00.000Z' }]);
    expect(short?.commands).toEqual([
      { type: 'offer', offer: '1', entry: 'wait_1', until: '2026-06-03T14:00:00.000Z' },
    ]);
  });

  test('who needs staff to find out first is asked only when they have', () => {
    const doubtful = rank(slot, [waiting('wait_1', { benefitVisitsLeft: null })], rule, now);
    expect(openSlot(slot, doubtful, rule.offers).queue).toEqual([]);
    expect(openSlot(slot, doubtful, rule.offers, ['wait_1']).queue).toHaveLength(1);
  });
});

describe('whom staff have found out about', () => {
  const doubtful = rank(slot, [waiting('wait_1'), waiting('wait_2', { benefitVisitsLeft: null })], rule, now);
  const confirmed = (at: string) => ({ type: 'confirmed', at, entry: 'wait_2', patient: 'pat_2' }) as const;

  test('is asked after those who were sure, also when everybody else was asked in vain', () => {
    const steps = play(openSlot(slot, doubtful, rule.offers), [
      { type: 'tick', at: now },
      { type: 'declined', at: '2026-06-01T14:10:00.000Z', offer: '1' },
      confirmed('2026-06-01T15:00:00.000Z'),
      confirmed('2026-06-01T15:01:00.000Z'),
    ]);
    expect(steps[1]?.state.phase).toBe('exhausted');
    expect(outcomes(last(steps))).toEqual(['wait_1 declined', 'wait_2 open']);
    expect(last(steps).phase).toBe('offering');
  });

  test('stands in the ledger as one who is asked next, and is asked no more once the slot is booked', () => {
    const held = play(openSlot(slot, doubtful, rule.offers), [
      { type: 'tick', at: now },
      confirmed('2026-06-01T14:01:00.000Z'),
      { type: 'accepted', at: '2026-06-01T14:10:00.000Z', offer: '1', check: eligible },
    ]);
    expect(ledger(doubtful, last(held))[1]?.words).toBe('Place 2: is asked if those before do not take it.');
    const booked = advanceSlot(last(held), { type: 'booked', at: '2026-06-01T14:11:00.000Z' }).state;
    const later = advanceSlot({ ...booked, queue: [] }, confirmed('2026-06-01T14:12:00.000Z'));
    expect(later.state.queue).toEqual([]);
    expect(ledger(doubtful, later.state)[1]?.words).toContain('staff have to find out first');
  });
});

describe('whatever happens', () => {
  const ids = fc.constantFrom('1', '2', '3', '4', '5', '6');
  const check = fc.oneof(
    { weight: 4, arbitrary: fc.constant(eligible) },
    fc.constant({ eligible: false, why: 'no visits' } as const),
  );
  const happening = fc.oneof(
    fc.record({ type: fc.constant('tick' as const) }),
    fc.record({ type: fc.constant('accepted' as const), offer: ids, check }),
    fc.record({ type: fc.constant('declined' as const), offer: ids }),
    fc.record({ type: fc.constant('undelivered' as const), offer: ids, why: fc.constant('no consent') }),
    fc.record({ type: fc.constant('booked' as const) }),
    fc.record({ type: fc.constant('notBooked' as const), why: fc.constant('double booking') }),
    fc.record({ type: fc.constant('takenBack' as const) }),
    fc.record({
      type: fc.constant('confirmed' as const),
      entry: fc.constantFrom('wait_0', 'wait_3', 'wait_8'),
      patient: fc.constant('pat_8'),
    }),
  );
  const story = fc.record({
    fan: fc.integer({ min: 1, max: 3 }),
    steps: fc.array(fc.record({ happening, after: fc.integer({ min: 0, max: 2_400_000 }) }), { maxLength: 25 }),
  });
  const many = rank(
    slot,
    Array.from({ length: 6 }, (_, index) => waiting(`wait_${index}`)).concat(waiting('wait_9', { discipline: 'OT' })),
    rule,
    now,
  );

  test('never two winners, nobody asked twice, never more asked than the fan-out, everybody explained', () => {
    fc.assert(
      fc.property(story, ({ fan, steps }) => {
        let state = openSlot(slot, many, fanOut(fan));
        let at = Date.parse(now);
        const proposals: string[] = [];
        let stillHeld = 0;
        for (const { happening: what, after } of steps) {
          at += after;
          const before = state;
          const step = advanceSlot(state, { ...what, at: new Date(at).toISOString() });
          state = step.state;
          const proposed = step.commands.flatMap((one) => (one.type === 'proposeBooking' ? one.offer : []));
          proposals.push(...proposed);
          stillHeld += proposed.length;
          if (before.winner !== null && state.winner !== before.winner) stillHeld -= 1;
          expect(stillHeld).toBe(state.winner === null ? 0 : 1);
          expect(state.offers.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(stillHeld);
          expect(state.offers.filter(({ outcome }) => outcome === 'open').length).toBeLessThanOrEqual(fan);
          expect(new Set(state.offers.map(({ entry }) => entry)).size).toBe(state.offers.length);
          if (state.phase === 'offering') expect(slotWakeAt(state)).not.toBeNull();
          if (isSettled(state) && state.phase !== 'booked')
            expect(state.offers.filter(({ outcome }) => outcome === 'open')).toEqual([]);
          if (proposed.length > 0)
            expect(advanceSlot(state, { ...what, at: new Date(at).toISOString() }).state).toMatchObject({
              winner: state.winner,
            });
        }
        expect(new Set(proposals).size).toBe(proposals.length);
        const lines = ledger(many, state);
        expect(lines).toHaveLength(many.lines.length);
        for (const line of lines) expect(line.words).toMatch(/^(Place \d|Not asked: )/);
      }),
      { numRuns: 500 },
    );
  });
});
