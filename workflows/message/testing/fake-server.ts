// Stands for the server's API in tests of a message: the real course and gate over facts that a test sets, and a flow with a script.

import { outreachRules } from '../../../rules/testing/outreach.ts';
import { nextMove } from '../../../domain/outreach/course.ts';
import type { Way } from '../../../domain/outreach/course.ts';
import { mayMessage } from '../../../domain/outreach/gate.ts';
import type { GateQuestion } from '../../../domain/outreach/gate.ts';
import type { Channel } from '../../../domain/outreach/words.ts';
import type { MessageActivities } from '../activities.ts';
import type { NextMove } from '../messages.ts';

/** What the flow says to one sending. */
export type Script = (channel: Channel, asked: number) => 'sent' | 'failed' | 'wait' | 'blocked';

export interface FakeMessage {
  readonly activities: MessageActivities;
  /** Every sending that was asked for: channel and instant. */
  readonly asked: string[];
  ways: Way[];
  facts: Omit<GateQuestion, 'channel'>;
  ending: string | null;
  /** The vendor's word about what it took. */
  say(channel: Channel, state: 'delivered' | 'failed'): void;
}

const againMinutes = 15;

/** A message whose rules, course and clock are the real ones. `now` gives milliseconds since the epoch. */
export function fakeMessage(of: {
  readonly now: () => Promise<number>;
  readonly until: string;
  readonly channels?: readonly Channel[];
  readonly script?: Script;
  readonly facts?: Partial<GateQuestion>;
}): FakeMessage {
  const { now, until, channels = ['text'], script = () => 'sent' } = of;
  const instant = async (): Promise<string> => new Date(await now()).toISOString();
  const change = (channel: Channel, to: Partial<Way>): void => {
    fake.ways = fake.ways.map((way) => (way.channel === channel ? { ...way, ...to } : way));
  };
  const decide = async (): Promise<NextMove> => {
    const at = await instant();
    for (;;) {
      const { ways, facts } = fake;
      const course = { ways, until, withdrawn: facts.withdrawn, callIfUnreached: true };
      const move = nextMove(course, (channel) => mayMessage(outreachRules, { ...facts, channel }, at), at);
      if (move.kind === 'refuse') change(move.channel, { state: 'refused', reason: move.rule });
      else if (move.kind === 'over') {
        fake.ending = move.ending;
        return { kind: 'over' };
      } else return move.kind === 'send' ? move : { kind: 'wait', until: move.until };
    }
  };
  const fake: FakeMessage = {
    asked: [],
    ways: channels.map((channel) => ({ channel, state: 'untried', reason: null, notBefore: null, sentAt: null })),
    facts: {
      category: 'reminder',
      hasAddress: true,
      zones: ['America/New_York'],
      consents: [],
      sent: [],
      answerOpen: false,
      faults: [],
      withdrawn: false,
      until,
      ...of.facts,
    },
    ending: null,
    say: (channel, state) => change(channel, { state }),
    activities: {
      nextMove: decide,
      async askStep({ item, structure }) {
        fake.asked.push(`${structure.channel} ${(await instant()).slice(0, 16)}`);
        return [{ item, outcome: script(structure.channel, fake.asked.length) }];
      },
      async settle({ channel, answer }) {
        const outcome = answer !== null && 'outcome' in answer ? answer.outcome : 'wait';
        const later = new Date((await now()) + againMinutes * 60_000).toISOString();
        if (outcome === 'sent') change(channel, { state: 'sent', sentAt: await instant() });
        else if (outcome === 'failed') change(channel, { state: 'failed' });
        else change(channel, { notBefore: later });
      },
    },
  };
  return fake;
}
