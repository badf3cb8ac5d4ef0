// Who may be offered a freed slot and in which order; every refusal names its rule and the facts it used.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../bench/runs-out-data.ts';
import { waitlistRule as rule } from '../../rules/testing/scheduling.ts';
import type { Candidate } from './candidate.ts';
import { rank, standing } from './rank.ts';
import { manyWaiting, now, slot, waiting } from './testing/waiting.ts';

const one = (more: Partial<Candidate>, of = slot, at = now) => {
  const [line] = rank(of, [waiting('wait_1', more)], rule, at).lines;
  if (line === undefined) throw new Error('nobody was ranked');
  return line;
};
const against = (more: Partial<Candidate>, of = slot, at = now) =>
  one(more, of, at).against.map(({ rule: id, words }) => `${id}: ${words}`);
const authorization = { required: true, visitsLeft: 8, from: '2026-05-01', to: '2026-07-31' } as const;

describe('a slot is never offered', () => {
  test('to a patient without visits: an authorization of twelve with twelve used', () => {
    expect(against({ authorization: { ...authorization, visitsLeft: 0 } })).toEqual([
      'waitlist.authorization-visits: The authorization has 0 visits left and 0 are booked',
    ]);
  });

  test('to a patient whose visits left are all booked: it would be visit 13 of 12', () => {
    expect(against({ authorization: { ...authorization, visitsLeft: 2 }, visitsBooked: 2 })).toEqual([
      'waitlist.authorization-visits: The authorization has 2 visits left and 2 are booked',
    ]);
    const moved = { replaces: { appointment: 'appt_9', date: '2026-06-12' }, visitDays: ['2026-06-12'] };
    expect(against({ authorization: { ...authorization, visitsLeft: 2 }, visitsBooked: 2, ...moved })).toEqual([]);
  });

  test('to a patient whose benefit year is used up, or whose authorization ends before the day', () => {
    expect(against({ benefitVisitsLeft: 0 })).toEqual([
      'waitlist.benefit-visits: The benefit year has 0 visits left and 0 are booked',
    ]);
    expect(against({ authorization: { ...authorization, to: '2026-06-02' } })).toEqual([
      'waitlist.authorization-dates: The authorization covers 1 May to 2 Jun',
    ]);
  });

  test('beyond the plan: three of three visits that week, the day after a visit, after the plan of care', () => {
    const plan = { from: '2026-05-01', to: '2026-07-31', visitsPerWeek: 3, daysApart: 2 };
    expect(against({ plan, visitDays: ['2026-06-01', '2026-06-05', '2026-06-07'] })).toEqual([
      'waitlist.plan-frequency: Has 3 of 3 visits in that week',
    ]);
    expect(against({ plan, visitDays: ['2026-06-02'] })).toEqual([
      'waitlist.days-apart: Has a visit 1 days away, the plan asks for 2',
    ]);
    expect(against({ visitDays: ['2026-06-03'] })).toEqual(['waitlist.same-day: Has a visit on that day']);
    expect(against({ plan: { ...plan, to: '2026-05-31' } })).toEqual([
      'waitlist.plan-dates: The plan of care ended on 31 May',
    ]);
  });

  test('before staff say where it is and what the room has, to one for whom that matters', () => {
    const unknown = (more: Partial<Candidate>) =>
      one(more, { ...slot, location: null, equipment: null }).unknown.map(({ rule: id }) => id);
    expect(unknown({ equipment: ['pool'], locations: ['loc_1'] })).toEqual(['waitlist.location', 'waitlist.equipment']);
    expect(unknown({})).toEqual([]);
  });

  test('to one who needs the pool, an hour, another therapist, another location or another hour', () => {
    expect(against({ equipment: ['pool'] })).toEqual(['waitlist.equipment: Needs pool, which the room does not have']);
    expect(against({ minutes: 60 })).toEqual(['waitlist.duration: Needs 60 minutes, the slot has 45']);
    expect(against({ therapists: ['th_2'] })).toHaveLength(1);
    expect(against({ locations: ['loc_2'] })).toHaveLength(1);
    expect(against({ discipline: 'OT' })).toEqual(['waitlist.discipline: Needs OT, the slot is PT']);
    expect(against({ times: [{ weekday: 2, from: '08:00', to: '10:30' }] })).toEqual([
      'waitlist.times: Cannot come at 10:00 to 10:45 on that weekday',
    ]);
  });

  test('to one who has just given it up, was offered it, was asked four times in two weeks, or wants to know a day before', () => {
    expect(against({}, { ...slot, givenUpBy: 'pat_1' })).toEqual(['waitlist.own-cancellation: Gave this visit up']);
    expect(against({ offers: [{ slot: 'slot_1', at: '2026-06-01T13:00:00.000Z' }] })).toHaveLength(1);
    const offers = [1, 2, 3, 4].map((day) => ({ slot: `slot_old_${day}`, at: `2026-05-2${day}T12:00:00.000Z` }));
    expect(against({ offers })).toEqual(['waitlist.offer-cap: Was asked 4 times within 14 days']);
    expect(against({ offers: offers.slice(1) })).toEqual([]);
    expect(against({ noticeMinutes: 1440 }, slot, '2026-06-03T13:00:00.000Z')).toHaveLength(1);
  });

  test('to one for whom another slot is held already; the slot that is held for them stays theirs', () => {
    expect(against({ holdsSlot: 'slot_9' })).toEqual([
      'waitlist.holds-slot: Has taken another freed slot, which is being booked',
    ]);
    expect(against({ holdsSlot: 'slot_1' })).toEqual([]);
  });

  test('and every reason is told, not the first alone', () => {
    expect(against({ discipline: 'OT', minutes: 60, benefitVisitsLeft: 0, paused: true })).toHaveLength(4);
  });
});

test('unknown is not zero: visits left unknown → may be asked once staff know, and stands behind all who are known', () => {
  const lines = rank(
    slot,
    [
      waiting('wait_1', { authorization: { ...authorization, visitsLeft: null }, priority: 'urgent' }),
      waiting('wait_2'),
      waiting('wait_3', { benefitVisitsLeft: 0 }),
    ],
    rule,
    now,
  ).lines;
  expect(lines.map(({ entry, eligible, place }) => [entry, eligible, place])).toEqual([
    ['wait_2', 'yes', 1],
    ['wait_1', 'confirm', 2],
    ['wait_3', 'no', null],
  ]);
  expect(lines[1]?.unknown.map(({ words }) => words)).toEqual([
    'How many visits the authorization has left is unknown',
  ]);
});

test('urgent before long waiting, behind the plan before routine, and the points are told in words', () => {
  const lines = rank(
    slot,
    [
      waiting('wait_1', {
        waitingSince: '2026-04-01T12:00:00.000Z',
        plan: { ...waiting('x').plan, visitsPerWeek: null },
      }),
      waiting('wait_2', { priority: 'urgent', plan: { ...waiting('x').plan, visitsPerWeek: null } }),
      waiting('wait_3', { visitDays: ['2026-06-01'], wantedTherapist: 'th_1' }),
    ],
    rule,
    now,
  ).lines;
  expect(lines.map(({ entry, points }) => [entry, points])).toEqual([
    ['wait_2', 47],
    ['wait_3', 47],
    ['wait_1', 30],
  ]);
  expect(lines[1]?.parts.map(({ words, points }) => `${words}: ${points}`)).toEqual([
    'Waits for 7 days: 7',
    'The plan asks for 2 more visits in that week: 30',
    'The therapist who treats the patient: 10',
  ]);
});

test('at acceptance the same rules speak, but the offer itself is no reason against', () => {
  const offers = [{ slot: slot.ref, at: now }];
  expect(standing(slot, waiting('wait_1', { offers }), rule, '2026-06-01T14:20:00.000Z').eligible).toBe('yes');
  const spent = waiting('wait_1', { offers, authorization: { ...authorization, visitsLeft: 1 }, visitsBooked: 1 });
  expect(standing(slot, spent, rule, '2026-06-01T14:20:00.000Z').eligible).toBe('no');
});

test('on the night the clocks go forward a visit from 1:30 to 3:15 is 45 minutes, and lies within the hours until 3:15', () => {
  const night = { ...slot, start: '2026-03-08T07:30:00.000Z' };
  const from = { authorization: { ...authorization, from: '2026-01-01' }, plan: { ...waiting('x').plan, from: null } };
  const at = '2026-03-07T12:00:00.000Z';
  expect(against({ times: [{ weekday: 6, from: '01:00', to: '03:15' }], ...from }, night, at)).toEqual([]);
  expect(against({ times: [{ weekday: 6, from: '01:00', to: '03:00' }], ...from }, night, at)).toEqual([
    'waitlist.times: Cannot come at 01:30 to 03:15 on that weekday',
  ]);
});

describe('whatever the list', () => {
  const lists = fc
    .record({ seed: fc.integer(), count: fc.integer({ min: 0, max: 60 }) })
    .map(({ seed, count }) => manyWaiting(count, randomFrom(seed)));

  test('everybody has a line with a reason, and nobody whose known visits are spent has a place', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const { lines } = rank(slot, list, rule, now);
        expect(lines.map(({ entry }) => entry).sort()).toEqual(list.map(({ entry }) => entry));
        for (const line of lines) {
          const candidate = list.find(({ entry }) => entry === line.entry);
          expect(line.eligible === 'no').toBe(line.against.length > 0);
          expect(line.place === null).toBe(line.eligible === 'no');
          if (line.eligible === 'confirm') expect(line.unknown.length).toBeGreaterThan(0);
          const left = candidate?.authorization.visitsLeft;
          const { required } = candidate?.authorization ?? {};
          if (required === true && typeof left === 'number' && left - (candidate?.visitsBooked ?? 0) < 1)
            expect(line.eligible).toBe('no');
        }
        expect(lines.flatMap(({ place }) => place ?? [])).toEqual(
          lines.filter(({ eligible }) => eligible !== 'no').map((_, index) => index + 1),
        );
      }),
    );
  });

  test('the order does not depend on the order of the list', () => {
    fc.assert(
      fc.property(lists, fc.integer(), (list, seed) => {
        const random = randomFrom(seed);
        const shuffled = list
          .map((candidate) => ({ candidate, by: random() }))
          .sort((one, other) => one.by - other.by)
          .map(({ candidate }) => candidate);
        expect(rank(slot, shuffled, rule, now)).toEqual(rank(slot, list, rule, now));
      }),
    );
  });
});
