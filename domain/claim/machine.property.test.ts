// What holds after any sequence of events: nothing unapproved is sent, nothing twice, no claim is forgotten.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decisionsFor } from '../work-item/kinds.ts';
import { advance } from './machine.ts';
import { refusal, voidRefusal } from './machine-decisions.ts';
import { submissionKeyOf, wakeAt } from './machine-plan.ts';
import { newClaimState, statusOf } from './machine-state.ts';
import type { Ask, ClaimState, Command, Decision, MachineEvent } from './machine-state.ts';
import { standings } from './standing.ts';
import { diagram, transitions } from './testing/diagram.ts';
import { denialOf, planOf, postingOf, termsOf } from './testing/plans.ts';

const start = Date.parse('2026-11-21T12:00:00.000Z');

/** One choice of the random walk: what kind of thing happens, which of the possible ones, and how much later. */
const choice = fc.record({
  kind: fc.constantFrom(
    'facts',
    'person',
    'person',
    'person',
    'flow',
    'flow',
    'payer',
    'books',
    'time',
    'time',
    'opened',
    'opened',
    'message',
    'failure',
  ),
  pick: fc.nat(960),
  hours: fc.constantFrom(0, 0, 1, 12, 48, 400, 1_500),
});
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;
const walk = fc.array(choice, { minLength: 10, maxLength: 150, size: 'max' });

const outcomes: Readonly<Record<Ask['purpose'], readonly string[]>> = {
  submit: ['accepted', 'accepted', 'blocked', 'shadow', 'uncertain', 'wait', 'notSent', 'rejected'],
  inquire: ['accepted', 'uncertain', 'uncertain', 'notSent'],
  poll: ['answered', 'answered', 'answered', 'notFound', 'nonsense'],
};
const categories = ['A2', 'A7', 'P1', 'R4', 'F1', 'D0', 'E1', 'X9'] as const;

function pickOf<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(1, list.length)];
}

interface Walk {
  state: ClaimState;
  at: number;
  opening: Extract<Command, { type: 'openItem' }>[];
  readonly commands: Command[];
  readonly approvals: Set<string>;
  openedCount: number;
  told: number;
}

function factsOf(pick: number) {
  const route = pick % 7 === 0 ? 'staffSend' : 'electronic';
  const terms = termsOf({ replacements: pick % 11 === 0 ? 'notAccepted' : 'accepted' });
  const base = { route, terms, version: 1 + (pick % 3), payerNumberKnown: pick % 4 === 0 } as const;
  switch (pick % 9) {
    case 0:
      return planOf({ ...base, hold: 'coverage.changed' });
    case 1:
    case 2:
      return planOf({ ...base, blocks: 2 });
    case 3:
      return planOf({ ...base, blocks: null });
    case 4:
      return planOf({ ...base, sentBefore: { frequency: '1', attempt: 1, at: '2026-11-01T12:00:00.000Z' } });
    default:
      return planOf(base);
  }
}

function postingFor(walking: Walk, pick: number) {
  // Digits of one number, so that none hangs on another.
  const [source, owed, share, number, age] = [8, 40, 120, 240, 480].map((base) => Math.floor(pick / base));
  const ledger = (age ?? 0) % 2 === 1 ? Math.max(0, walking.told - 5) : walking.told;
  const base = {
    ledger,
    source: pickOf(['remittance', 'remittance', 'remittance', 'patient', 'person'] as const, source ?? 0) ?? 'person',
    insuranceCents: pickOf([0, 0, 18_050], owed ?? 0) ?? 0,
    patientCents: (share ?? 0) % 2 === 0 ? 2_000 : 0,
    payerNumberKnown: (number ?? 0) % 2 === 0,
  };
  switch (pick % 8) {
    case 0:
      return postingOf({ ...base, denial: denialOf({ deadlineDays: pick % 3 === 0 ? null : 30 }) });
    case 1:
      return postingOf({ ...base, denial: denialOf({ whatToDo: 'resubmit' }), insuranceCents: 18_050 });
    case 2:
      return postingOf({ ...base, reversal: true });
    case 3:
      return postingOf({ ...base, doubt: 'posting.unbalanced' });
    case 4:
      return postingOf({ ...base, insuranceCents: pick % 3 === 0 ? null : -100 });
    default:
      return postingOf(base);
  }
}

function eventOf(walking: Walk, { kind, pick }: Choice): MachineEvent | null {
  const { state } = walking;
  const at = new Date(walking.at).toISOString();
  walking.told += 1;
  const id = `event-${pick % 10 === 0 ? walking.told - 1 : walking.told}`;
  switch (kind) {
    case 'facts':
      return { type: 'assessed', at, plan: factsOf(pick) };
    case 'message':
      if (pick % 40 === 0) return { type: 'withdrawn', at };
      if (pick % 3 === 0) return { type: 'voidWished', at, id, by: 'usr_1' };
      return { type: pick % 2 === 0 ? 'changed' : 'checkNow', at };
    case 'opened': {
      const command = walking.opening.shift();
      if (command === undefined) return null;
      walking.openedCount += 1;
      return { type: 'itemOpened', at, key: command.key, workItem: `wi_${walking.openedCount}` };
    }
    case 'person': {
      const item = pickOf(state.items, pick);
      if (item === undefined || item.workItem === null) return null;
      return { type: 'decided', ...decisionOn(item, pick, at, `decision-${walking.told}`) };
    }
    case 'payer': {
      const { submission } = state;
      const key = submission === null || pick % 3 === 0 ? null : submissionKeyOf(state, submission);
      if (pick % 2 === 0)
        return { type: 'statusTold', at, id, standing: pickOf(standings, pick / 2) ?? 'nothing', codes: null };
      const level = pickOf(['TA1', '999', '277CA', '277CA'] as const, pick) ?? '999';
      return { type: 'acknowledged', at, id, level, accepted: pick % 5 !== 0, key, codes: null };
    }
    case 'books':
      return { type: 'posted', at, id, posting: postingFor(walking, pick) };
    case 'flow': {
      const ask = pickOf(state.asks, pick);
      if (ask === undefined) return null;
      const outcome = pickOf(outcomes[ask.purpose], pick) ?? '';
      const structure = { category: pickOf(categories, pick) };
      return { type: 'answered', at, ask: ask.id, answer: { item: ask.item, outcome, structure } };
    }
    case 'failure': {
      const ask = pickOf(state.asks, pick);
      return ask === undefined ? null : { type: 'askFailed', at, ask: ask.id, code: 'step.lost' };
    }
    default:
      return { type: 'tick', at };
  }
}

function decisionOn(item: ClaimState['items'][number], pick: number, at: string, id: string) {
  const decision = pickOf(decisionsFor(item.kind), pick) ?? 'done';
  const outcome = { channel: 'fax', at, until: '2027-06-30', consent: 'doc_1' } as const;
  const { kind, workItem } = item;
  const taken: Decision = {
    id,
    workItem: workItem ?? '',
    kind,
    decision,
    by: 'usr_1',
    at,
    hash: `hash-${id}`,
    outcome,
  };
  return taken;
}

/** Walks, and tells the observer of every step. */
function run(
  choices: readonly Choice[],
  observe: (before: ClaimState, event: MachineEvent, walking: Walk, commands: readonly Command[]) => void,
  from: readonly MachineEvent[] = [],
): Walk {
  const walking: Walk = {
    state: newClaimState('cl_1', 'clm_1', 'run-1'),
    at: start,
    opening: [],
    commands: [],
    approvals: new Set(),
    openedCount: 0,
    told: 0,
  };
  const step = (event: MachineEvent): void => {
    if (event.type === 'decided' && event.decision === 'approve') walking.approvals.add(event.hash ?? '');
    const before = walking.state;
    const next = advance(before, event);
    walking.state = next.state;
    walking.commands.push(...next.commands);
    walking.opening.push(...next.commands.filter((command) => command.type === 'openItem'));
    observe(before, event, walking, next.commands);
  };
  // A workflow begins by looking.
  step({ type: 'changed', at: new Date(start).toISOString() });
  for (const event of from) step(event);
  for (const one of choices) {
    walking.at += one.hours * 3_600_000 + 1;
    const event = eventOf(walking, one);
    if (event !== null) step(event);
  }
  return walking;
}

/** What Temporal does with the state between two runs. */
function carriedOver<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

describe('claim machine, whatever happens', () => {
  test('nothing is submitted but a revision a named person approved, and no key twice', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        const submitted = new Set<string>();
        run(choices, (_before, _event, walking, commands) => {
          for (const command of commands) {
            if (command.type !== 'ask' || command.ask.step !== 'claim.submit') continue;
            const { approval = '', effectKey = '', frequency } = command.ask.structure;
            expect(walking.approvals.has(approval)).toBe(true);
            // A replacement or a void names the claim it is about.
            expect(frequency === '1' || walking.state.payerNumberKnown).toBe(true);
            if (command.ask.purpose === 'inquire') expect(submitted.has(effectKey)).toBe(true);
            else expect(submitted.has(effectKey)).toBe(false);
            submitted.add(effectKey);
          }
        });
      }),
      { numRuns: 800 },
    );
  });

  test('no claim is lost: at every moment something is asked, open or due, or the claim is closed', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        run(choices, (_before, _event, { state }) => {
          const moves = state.asks.length > 0 || state.items.length > 0 || wakeAt(state) !== null;
          expect(moves || state.closed?.isForgotten === true).toBe(true);
          expect(state.phase === 'closed').toBe(state.closed !== null);
        });
      }),
      { numRuns: 600 },
    );
  });

  test('never two open items of one kind, and never two questions how it stands', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        run(choices, (_before, _event, { state }) => {
          const kinds = state.items.map((item) => item.kind);
          expect(new Set(kinds).size).toBe(kinds.length);
          expect(state.asks.filter((ask) => ask.purpose === 'poll').length).toBeLessThan(2);
        });
      }),
      { numRuns: 400 },
    );
  });

  test('the state survives JSON, and the machine goes on the same from there', () => {
    fc.assert(
      fc.property(walk, choice, (choices, last) => {
        const walking = run(choices, () => undefined);
        const revived = carriedOver(walking.state);
        expect(revived).toEqual(walking.state);
        const event = eventOf(walking, last);
        if (event !== null) expect(advance(revived, event)).toEqual(advance(walking.state, event));
      }),
      { numRuns: 300 },
    );
  });

  test('what is heard again at the same moment changes nothing', () => {
    const once: ReadonlySet<string> = new Set([
      'decided',
      'voidWished',
      'acknowledged',
      'statusTold',
      'posted',
      'answered',
    ]);
    fc.assert(
      fc.property(walk, (choices) => {
        run(choices, (_before, event, { state }) => {
          if (once.has(event.type)) expect(advance(state, event)).toEqual({ state, commands: [] });
        });
      }),
      { numRuns: 400 },
    );
  });

  test('keys of items, events and questions never repeat', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        const { commands } = run(choices, () => undefined);
        const keys = commands.flatMap((command) => {
          if (command.type === 'openItem') return [`item ${command.key}`];
          if (command.type === 'apply') return [command.event.id];
          return command.type === 'ask' ? [command.ask.id] : [];
        });
        expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('every open item allows each of its decisions, and a decided item is gone or replaced by a new one', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        const { state, at } = run(choices, () => undefined);
        for (const item of state.items) {
          if (item.workItem === null) continue;
          for (const [index] of decisionsFor(item.kind).entries()) {
            const taken = decisionOn(item, index, new Date(at).toISOString(), 'last');
            expect(refusal(state, taken)).toBeNull();
            const next = advance(state, { type: 'decided', ...taken }).state;
            expect(next.items.some((one) => one.key === item.key)).toBe(false);
            expect(refusal(next, { ...taken, id: 'another' })).toBe('This item was decided already.');
            expect(advance(next, { type: 'decided', ...taken })).toEqual({ state: next, commands: [] });
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test('a wake-up leads on: after ticking at the hour asked for, the next one lies later', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        let { state } = run(choices, () => undefined);
        for (let times = 0; times < 10; times += 1) {
          const wake = wakeAt(state);
          if (wake === null) return;
          const at = wake > new Date(start).toISOString() ? wake : new Date(start).toISOString();
          state = advance(state, { type: 'tick', at }).state;
          const next = wakeAt(state);
          if (next !== null) expect(next > wake).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('while held nothing new is asked but what became of a submission, and a claim nobody has is not taken back', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        run(choices, (before, event, { state }, commands) => {
          if (event.type === 'voidWished' && !before.hasLeft && !before.heard.includes(event.id))
            expect(voidRefusal(before, event)).not.toBeNull();
          if (statusOf(state) !== 'held') return;
          for (const command of commands) if (command.type === 'ask') expect(command.ask.purpose).toBe('inquire');
          for (const item of state.items) expect(['claim.held', 'claim.uncertain']).toContain(item.kind);
        });
      }),
      { numRuns: 400 },
    );
  });
});

/** The ways into states that a random walk seldom comes to. */
function seldom(): readonly (readonly MachineEvent[])[] {
  const at = new Date(start).toISOString();
  let count = 0;
  type Next = MachineEvent | Decision['decision'];
  const way = (...steps: readonly Next[]): readonly MachineEvent[] => {
    let state = advance(newClaimState('cl_1', 'clm_1', 'run-1'), { type: 'changed', at }).state;
    const events: MachineEvent[] = [];
    const take = (event: MachineEvent): void => {
      events.push(event);
      state = advance(state, event).state;
    };
    for (const step of steps) {
      const [item] = state.items;
      if (typeof step !== 'string') take(step);
      else if (item !== undefined) {
        count += 1;
        const [workItem, id] = [`wi_seldom${count}`, `seldom${count}`];
        take({ type: 'itemOpened', at, key: item.key, workItem });
        const outcome = { channel: 'fax', at } as const;
        take({ type: 'decided', at, id, workItem, kind: item.kind, decision: step, by: 'usr_1', hash: id, outcome });
      }
    }
    return events;
  };
  const denied = postingOf({ ledger: 0, denial: denialOf(), insuranceCents: 100 });
  const looked: MachineEvent = { type: 'assessed', at, plan: planOf() };
  const appealed: readonly Next[] = [
    looked,
    { type: 'posted', at, id: 'seldom', posting: denied },
    'appeal',
    'approve',
    'sent',
  ];
  const late = new Date(start + 90 * 86_400_000).toISOString();
  return [
    [],
    way({ type: 'assessed', at, plan: planOf({ route: 'staffSend' }) }, 'approve'),
    way(looked, 'approve'),
    way(looked, 'approve', { type: 'askFailed', at, ask: 'submit-1-1', code: 'step.lost' }),
    way(
      { type: 'assessed', at, plan: planOf({ sentBefore: { frequency: '1', attempt: 1, at } }) },
      { type: 'tick', at: late },
    ),
    way(...appealed),
    way(...appealed, { type: 'tick', at: late }),
  ];
}

describe('docs/claim-states.md', () => {
  test('shows every way the machine goes, and no other', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(walk, fc.constantFrom(...seldom()), (choices, from) => {
        run(
          choices,
          (before, _event, { state }) => {
            const [from, to] = [statusOf(before), statusOf(state)];
            if (from !== to) seen.add(`${from} --> ${to}`);
          },
          from,
        );
      }),
      { numRuns: 3_000, seed: 20261122 },
    );
    const allowed = new Set(transitions().map(([from, to]) => `${from} --> ${to}`));
    expect([...seen].filter((one) => !allowed.has(one)).sort()).toEqual([]);
    expect([...allowed].filter((one) => !seen.has(one)).sort()).toEqual([]);
    expect(readFileSync(new URL('../../docs/claim-states.md', import.meta.url), 'utf8')).toContain(diagram());
  });
});
