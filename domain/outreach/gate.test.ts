// May a message go out: consent, the patient's night, caps, content, in the order a person would ask.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outreachRules as rules } from '../../rules/testing/outreach.ts';
import { localTime } from '../zoned-time.ts';
import type { ConsentEntry } from './consent.ts';
import { mayMessage } from './gate.ts';
import type { GateQuestion, SentMessage } from './gate.ts';
import { zonesOf } from './quiet.ts';
import { categories, channels } from './words.ts';

const noon = '2026-11-17T17:00:00.000Z';
const question: GateQuestion = {
  category: 'reminder',
  channel: 'text',
  hasAddress: true,
  zones: ['America/New_York'],
  consents: [],
  sent: [],
  answerOpen: false,
  faults: [],
  withdrawn: false,
  until: '2026-11-30T17:00:00.000Z',
};
const ask = (change: Partial<GateQuestion>, now = noon) => mayMessage(rules, { ...question, ...change }, now);
const text = (at: string): SentMessage => ({ at, category: 'reminder', channel: 'text' });
const entry = (change: Partial<ConsentEntry>): ConsentEntry => ({
  state: 'revoked',
  categories: null,
  channels: null,
  source: 'reply',
  at: '2026-11-01T12:00:00.000Z',
  ...change,
});

test('a reminder about the patient’s own visit goes without another consent; payment and marketing need one', () => {
  expect(ask({})).toEqual({ kind: 'send' });
  for (const category of ['payment', 'marketing'] as const) {
    expect(ask({ category })).toMatchObject({ kind: 'never', rule: 'message.no-consent' });
    expect(ask({ category, consents: [entry({ state: 'granted', categories: [category] })] })).toEqual({
      kind: 'send',
    });
  }
});

test('at 21:05 where the patient is nothing goes; it waits until 8:00 there', () => {
  expect(ask({}, '2026-11-18T02:05:00.000Z')).toEqual({
    kind: 'wait',
    rule: 'message.quiet-hours',
    row: 'us-federal/quiet-hours',
    until: '2026-11-18T13:00:00.000Z',
  });
  expect(ask({}, '2026-11-18T01:59:00.000Z')).toEqual({ kind: 'send' });
  // A letter wakes nobody.
  expect(ask({ channel: 'email' }, '2026-11-18T02:05:00.000Z')).toEqual({ kind: 'send' });
});

test('a patient who moved from New York to Los Angeles sleeps three hours longer', () => {
  const zones = zonesOf(rules.zones, { named: null, state: 'CA', clinic: 'America/New_York' });
  expect(zones).toEqual(['America/Los_Angeles']);
  expect(ask({ zones }, '2026-11-17T13:30:00.000Z')).toMatchObject({ until: '2026-11-17T16:00:00.000Z' });
  expect(zonesOf(rules.zones, { named: 'Pacific/Honolulu', state: 'CA', clinic: 'UTC' })).toEqual(['Pacific/Honolulu']);
  expect(zonesOf(rules.zones, { named: null, state: null, clinic: 'America/Denver' })).toEqual(['America/Denver']);
});

test('in a state with two zones it must be day in both', () => {
  const zones = zonesOf(rules.zones, { named: null, state: 'TN', clinic: 'America/New_York' });
  // 20:30 in Nashville, 21:30 in Knoxville.
  expect(ask({ zones }, '2026-11-18T02:30:00.000Z')).toMatchObject({ until: '2026-11-18T14:00:00.000Z' });
});

test.each([
  ['put forward', '2026-03-08T02:30:00.000Z', '2026-03-08T12:00:00.000Z'],
  ['put back', '2026-11-01T01:30:00.000Z', '2026-11-01T13:00:00.000Z'],
])('in the night the clocks are %s the wait still ends at 8:00', (_what, now, until) => {
  const decision = ask({ until: '2026-12-30T00:00:00.000Z' }, now);
  expect(decision).toMatchObject({ kind: 'wait', until });
  expect(localTime(new Date(until), 'America/New_York').slice(11)).toBe('08:00');
});

test('one text a day and three in seven days; the fourth waits for the day on which it may', () => {
  expect(ask({ sent: [text('2026-11-17T14:00:00.000Z')] })).toMatchObject({
    rule: 'message.daily-cap',
    until: '2026-11-18T13:00:00.000Z',
  });
  const week = ['2026-11-12', '2026-11-14', '2026-11-16'].map((day) => text(`${day}T15:00:00.000Z`));
  expect(ask({ sent: week })).toEqual({
    kind: 'wait',
    rule: 'message.weekly-cap',
    row: 'us-federal/health-care-texts',
    until: '2026-11-19T13:00:00.000Z',
  });
  // A fourth reminder that could not wait so long is none: the patient is called.
  expect(ask({ sent: week, until: '2026-11-18T20:00:00.000Z' })).toMatchObject({
    kind: 'never',
    rule: 'message.weekly-cap',
  });
  expect(ask({ sent: week.slice(1) })).toEqual({ kind: 'send' });
  // Letters are counted by themselves.
  expect(ask({ sent: week, channel: 'email' })).toEqual({ kind: 'send' });
});

test('whoever said stop gets nothing that Gait starts, but an answer when they write', () => {
  const consents = [entry({ channels: ['text', 'voice'] })];
  expect(ask({ consents })).toMatchObject({ kind: 'never', rule: 'message.opted-out' });
  expect(ask({ consents, channel: 'voice' })).toMatchObject({ kind: 'never', rule: 'message.opted-out' });
  expect(ask({ consents, channel: 'email' })).toEqual({ kind: 'send' });
  expect(ask({ consents, category: 'answer' }, '2026-11-18T03:00:00.000Z')).toEqual({ kind: 'send' });
  const again = entry({ state: 'granted', at: '2026-11-05T12:00:00.000Z' });
  expect(ask({ consents: [...consents, again] })).toEqual({ kind: 'send' });
  expect(ask({ consents: [entry({ state: 'granted' }), entry({})] })).toMatchObject({ rule: 'message.opted-out' });
});

test('a clinic may be stricter, never laxer', () => {
  const own = { quiet: { from: '18:00', to: '10:00' }, perDay: 5 };
  expect(mayMessage(rules, question, '2026-11-17T23:30:00.000Z', own)).toMatchObject({
    rule: 'message.quiet-hours',
    row: 'clinic/settings',
    until: '2026-11-18T15:00:00.000Z',
  });
  const sent = [text('2026-11-17T15:30:00.000Z')];
  expect(mayMessage(rules, { ...question, sent }, noon, own)).toMatchObject({ rule: 'message.daily-cap' });
});

test.each([
  [{ withdrawn: true }, 'message.withdrawn'],
  [{ until: noon }, 'message.too-late'],
  [{ hasAddress: false }, 'message.no-address'],
  [{ faults: ['clinicalWord'] as const }, 'message.content'],
  [{ answerOpen: true }, 'message.answer-open'],
])('%j: never, and the rule says why', (change, rule) => {
  expect(ask(change)).toMatchObject({ kind: 'never', rule });
});

test('whatever the facts, nothing goes at night, beyond a cap, after stop or with a fault', () => {
  const instants = fc
    .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') })
    .map((at) => new Date(at));
  fc.assert(
    fc.property(
      fc.record({
        now: instants,
        category: fc.constantFrom(...categories),
        channel: fc.constantFrom(...channels),
        state: fc.constantFrom('TN', 'CA', 'HI', 'AZ', null),
        ago: fc.array(fc.integer({ min: 0, max: 8 * 24 * 60 }), { maxLength: 6 }),
        stopped: fc.boolean(),
        faulty: fc.boolean(),
      }),
      ({ now, category, channel, state, ago, stopped, faulty }) => {
        const at = now.toISOString();
        const zones = zonesOf(rules.zones, { named: null, state, clinic: 'America/New_York' });
        const sent = ago.map((minutes) => text(new Date(now.getTime() - minutes * 60_000).toISOString()));
        const decision = ask(
          {
            category,
            channel,
            zones,
            sent,
            consents: stopped ? [entry({})] : [],
            faults: faulty ? ['tooLong'] : [],
            until: '2028-06-01T00:00:00.000Z',
          },
          at,
        );
        if (decision.kind === 'wait') expect(decision.until > at).toBe(true);
        if (decision.kind !== 'send') return;
        expect(faulty).toBe(false);
        if (category === 'answer') return;
        expect(stopped).toBe(false);
        if (channel === 'email') return;
        for (const zone of zones) {
          const clock = localTime(now, zone).slice(11);
          expect(clock >= '08:00' && clock < '21:00').toBe(true);
        }
        expect(sent.filter((one) => now.getTime() - Date.parse(one.at) < 6 * 86_400_000).length).toBeLessThan(3);
      },
    ),
    { numRuns: 400 },
  );
});

test('a patient who wants messages from nine to six gets none at eight, on no channel', () => {
  const early = '2026-11-17T13:30:00.000Z';
  for (const channel of channels)
    expect(mayMessage(rules, { ...question, channel }, early, { wanted: { from: '09:00', to: '18:00' } })).toEqual({
      kind: 'wait',
      until: '2026-11-17T14:00:00.000Z',
      rule: 'message.quiet-hours',
      row: 'patient/preference',
    });
  expect(mayMessage(rules, question, noon, { wanted: { from: '09:00', to: '18:00' } })).toEqual({ kind: 'send' });
});
