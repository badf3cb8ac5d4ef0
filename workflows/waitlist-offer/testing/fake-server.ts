// Stands for the server's API in tests of a freed slot: the real machine and the real rules, over a list that a test gives.

import { waitlistRule } from '../../../rules/testing/scheduling.ts';
import { advanceSlot, isSettled, openSlot, slotWakeAt } from '../../../domain/waitlist/offer.ts';
import type { SlotCommand, SlotEvent, SlotState } from '../../../domain/waitlist/offer.ts';
import { rank } from '../../../domain/waitlist/rank.ts';
import { slot, waiting } from '../../../domain/waitlist/testing/waiting.ts';
import type { WaitlistActivities } from '../activities.ts';

type Untimed<Event> = Event extends SlotEvent ? Omit<Event, 'at'> : never;

export interface FakeSlot {
  readonly activities: WaitlistActivities;
  state: SlotState;
  /** Everything the machine wanted done, in its order. */
  readonly commands: SlotCommand[];
  /** How often the workflow asked. */
  asked: number;
  /** What a patient or staff do, now. */
  happen(event: Untimed<SlotEvent>): Promise<void>;
}

/** A slot for which so many wait. `now` gives milliseconds since the epoch; `start` and the zone are the visit's. */
export function fakeSlot(of: {
  readonly now: () => Promise<number>;
  readonly start: string;
  readonly people: number;
  /** Minutes to answer; the rule's own unless a test has no time. */
  readonly answerMinutes?: number;
}): FakeSlot {
  const { now, start, people, answerMinutes = waitlistRule.offers.answerMinutes } = of;
  // Offers at any hour, so that a test can be run at any hour; the hours have tests of their own.
  const hours = { from: '00:00', to: '24:00' };
  const rules = { ...waitlistRule.offers, hours, answerMinutes, leastAnswerMinutes: Math.min(1, answerMinutes) };
  const times = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));
  const list = Array.from({ length: people }, (_, index) =>
    waiting(`wait_${index + 1}`, {
      times,
      plan: { from: null, to: null, visitsPerWeek: null, daysApart: 1 },
      authorization: { required: false, visitsLeft: null, from: null, to: null },
      waitingSince: `2026-05-0${index + 1}T12:00:00.000Z`,
    }),
  );
  const facts = { ...slot, start, minutes: 45 };
  const ranking = rank(facts, list, waitlistRule, '2026-06-01T12:00:00.000Z');
  const step = (event: SlotEvent): void => {
    const { state, commands } = advanceSlot(fake.state, event);
    fake.state = state;
    fake.commands.push(...commands);
  };
  const at = async (): Promise<string> => new Date(await now()).toISOString();
  const fake: FakeSlot = {
    state: openSlot(facts, ranking, rules),
    commands: [],
    asked: 0,
    happen: async (event) => step({ ...event, at: await at() }),
    activities: {
      async moveSlot() {
        fake.asked += 1;
        step({ type: 'tick', at: await at() });
        if (Date.parse(start) <= (await now()) || (isSettled(fake.state) && fake.state.phase !== 'exhausted'))
          return { kind: 'over' };
        return { kind: 'wait', until: slotWakeAt(fake.state) ?? start };
      },
    },
  };
  return fake;
}
