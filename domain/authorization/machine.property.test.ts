// What holds after any sequence of events: nothing unapproved is sent, nothing twice, nobody is forgotten.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decisionsFor } from '../work-item/kinds.ts';
import { advance } from './machine.ts';
import { refusal } from './machine-decisions.ts';
import { wakeAt } from './machine-plan.ts';
import { newAuthorizationState, statusOf } from './machine-state.ts';
import type { Ask, AuthorizationState, Command, Decision, MachineEvent } from './machine-state.ts';
import { diagram, transitions } from './testing/diagram.ts';
import { assessmentOf } from './testing/assessments.ts';

const start = Date.parse('2026-11-21T12:00:00.000Z');

/** One choice of the random walk: what kind of thing happens, which of the possible ones, and how much later. */
const choice = fc.record({
  kind: fc.constantFrom(
    'facts',
    'person',
    'person',
    'flow',
    'flow',
    'time',
    'time',
    'opened',
    'opened',
    'message',
    'failure',
  ),
  pick: fc.nat(1000),
  hours: fc.constantFrom(0, 0, 1, 12, 48, 400),
});
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;
const walk = fc.array(choice, { minLength: 10, maxLength: 150, size: 'max' });

const outcomes: Readonly<Record<Ask['purpose'], readonly string[]>> = {
  submit: [
    'accepted',
    'pended',
    'approved',
    'partlyApproved',
    'denied',
    'blocked',
    'shadow',
    'uncertain',
    'wait',
    'notSent',
  ],
  inquire: ['accepted', 'approved', 'denied', 'uncertain', 'uncertain', 'notSent'],
  poll: ['pending', 'approved', 'partlyApproved', 'denied', 'cancelled', 'nonsense'],
  record: ['recorded', 'workItem'],
};

function pickOf<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(1, list.length)];
}

interface Walk {
  state: AuthorizationState;
  at: number;
  opening: Extract<Command, { type: 'openItem' }>[];
  readonly commands: Command[];
  readonly approvals: Set<string>;
  readonly decisions: Set<string>;
  openedCount: number;
}

function factsOf(state: AuthorizationState, pick: number) {
  const period = Math.max(state.request?.period ?? 1, state.assessment?.period ?? 1);
  const base = {
    route: pick % 5 === 0 ? 'staffSend' : 'submitAfterApproval',
    actBy: '2026-12-20',
    uncovered: pick % 3 === 0 ? null : { appointment: `appt_${pick % 7}`, date: '2026-12-24', warnOn: '2026-12-22' },
  } as const;
  switch (pick % 8) {
    case 0:
      return assessmentOf({ ...base, need: 'held', period });
    case 1:
      return assessmentOf({ ...base, need: 'number', period });
    case 2:
      return assessmentOf({ ...base, period, nextLookOn: '2026-12-24' });
    case 3:
      return assessmentOf({
        ...base,
        period,
        pending: { period, since: '2026-11-20', dueOn: null, overdue: false, requested: { visits: 12, units: null } },
      });
    case 4:
      return assessmentOf({ ...base, period, denied: { period, decidedOn: null } });
    default:
      return assessmentOf({
        ...base,
        need: period === 1 ? 'initial' : 'renewal',
        period: pick % 3 === 0 ? period + 1 : period,
      });
  }
}

function eventOf(walking: Walk, { kind, pick }: Choice): MachineEvent | null {
  const { state } = walking;
  const at = new Date(walking.at).toISOString();
  switch (kind) {
    case 'facts':
      return { type: 'assessed', at, assessment: factsOf(state, pick) };
    case 'message':
      return pick % 40 === 0 ? { type: 'closed', at } : { type: pick % 2 === 0 ? 'changed' : 'checkNow', at };
    case 'opened': {
      const command = walking.opening.shift();
      if (command === undefined) return null;
      walking.openedCount += 1;
      return { type: 'itemOpened', at, key: command.key, workItem: `wi_${walking.openedCount}` };
    }
    case 'person': {
      const item = pickOf(state.items, pick);
      if (item === undefined || item.workItem === null) return null;
      const decision = pickOf(decisionsFor(item.kind), pick) ?? 'done';
      const status =
        pickOf(['approved', 'partlyApproved', 'denied', 'pended', 'cancelled', 'unknown'] as const, pick) ?? 'unknown';
      const outcome = { channel: 'fax', at, status, until: '2026-12-31', on: '2026-11-20' } as const;
      return {
        type: 'decided',
        id: `decision-${walking.commands.length}`,
        workItem: item.workItem,
        kind: item.kind,
        decision,
        by: 'usr_1',
        at,
        hash: `hash-${walking.commands.length}`,
        outcome,
      };
    }
    case 'flow': {
      const ask = pickOf(state.asks, pick);
      if (ask === undefined) return null;
      const outcome = pickOf(outcomes[ask.purpose], pick) ?? '';
      return { type: 'answered', at, ask: ask.id, answer: { item: ask.item, outcome, structure: {} } };
    }
    case 'failure': {
      const ask = pickOf(state.asks, pick);
      return ask === undefined ? null : { type: 'askFailed', at, ask: ask.id, code: 'step.lost' };
    }
    default:
      return { type: 'tick', at };
  }
}

/** Walks, and tells the observer of every step. */
function run(
  choices: readonly Choice[],
  observe: (before: AuthorizationState, event: MachineEvent, walking: Walk, commands: readonly Command[]) => void,
): Walk {
  const walking: Walk = {
    state: newAuthorizationState('cl_1', 'auth_1', 'run-1'),
    at: start,
    opening: [],
    commands: [],
    approvals: new Set(),
    decisions: new Set(),
    openedCount: 0,
  };
  for (const one of choices) {
    walking.at += one.hours * 3_600_000 + 1;
    const event = eventOf(walking, one);
    if (event === null) continue;
    if (event.type === 'decided' && event.decision === 'approve') walking.approvals.add(event.hash ?? '');
    const before = walking.state;
    const next = advance(before, event);
    walking.state = next.state;
    walking.commands.push(...next.commands);
    walking.opening.push(...next.commands.filter((command) => command.type === 'openItem'));
    observe(before, event, walking, next.commands);
  }
  return walking;
}

/** What Temporal does with the state between two runs. */
function carriedOver<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const runs = { numRuns: 1_500 };

describe('authorization machine, whatever happens', () => {
  test('nothing is submitted but a revision a named person approved, and no attempt twice', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        const submitted = new Set<string>();
        run(choices, (_before, _event, walking, commands) => {
          for (const command of commands) {
            if (command.type !== 'ask' || command.ask.step !== 'authorization.submit') continue;
            const { approval = '', effectKey = '' } = command.ask.structure;
            expect(walking.approvals.has(approval)).toBe(true);
            if (command.ask.purpose === 'inquire') {
              expect(submitted.has(effectKey)).toBe(true);
              continue;
            }
            expect(submitted.has(effectKey)).toBe(false);
            submitted.add(effectKey);
          }
        });
      }),
      runs,
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

  test('keys of items, events and questions never repeat', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        const { commands } = run(choices, () => undefined);
        const keys = commands.flatMap((command) => {
          if (command.type === 'openItem') return [command.key];
          if (command.type === 'apply') return [command.event.id];
          return command.type === 'ask' ? [command.ask.id] : [];
        });
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 500 },
    );
  });

  test('every open item allows each of its decisions, and a decided item is gone or replaced by a new one', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        const { state, at } = run(choices, () => undefined);
        for (const item of state.items) {
          if (item.workItem === null) continue;
          for (const decision of decisionsFor(item.kind)) {
            const now = new Date(at).toISOString();
            const outcome = {
              channel: 'fax',
              at: now,
              status: 'approved',
              until: '2027-01-01',
              on: '2026-11-20',
            } as const;
            const taken: Decision = {
              id: 'last',
              workItem: item.workItem,
              kind: item.kind,
              decision,
              by: 'usr_1',
              at: now,
              hash: 'h',
              outcome,
            };
            expect(refusal(state, taken)).toBeNull();
            const next = advance(state, { type: 'decided', ...taken }).state;
            expect(next.items.some((one) => one.key === item.key)).toBe(false);
            expect(refusal(next, { ...taken, id: 'another' })).toBe('This item was decided already.');
            expect(refusal(next, taken)).toBeNull();
            expect(advance(next, { type: 'decided', ...taken })).toEqual({ state: next, commands: [] });
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('no dead end: something is asked, due or open, or the state is one that the next import or check takes further', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        const { state } = run(choices, () => undefined);
        const moving = state.asks.length > 0 || state.items.length > 0 || wakeAt(state) !== null;
        const resting =
          ['none', 'recorded', 'rejected', 'denied', 'closed'].includes(state.phase) && state.held === null;
        expect(moving || resting).toBe(true);
        if (!resting) return;
        const at = new Date(Date.parse('2030-01-01T00:00:00.000Z')).toISOString();
        const woken = advance(state, { type: 'checkNow', at }).state;
        const period = (state.assessment?.period ?? 1) + 1;
        const proposed = advance(woken, {
          type: 'assessed',
          at,
          assessment: assessmentOf({ need: 'renewal', period }),
        }).state;
        const partial = proposed.items.some(
          (item) => item.kind === 'authorization.partial' || item.kind === 'authorization.denied',
        );
        expect(partial || proposed.phase === 'inReview').toBe(true);
      }),
      { numRuns: 500 },
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
      { numRuns: 500 },
    );
  });

  test('while held nothing new is asked but what became of a submission', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        run(choices, (_before, _event, { state }, commands) => {
          if (statusOf(state) !== 'held') return;
          for (const command of commands) if (command.type === 'ask') expect(command.ask.purpose).toBe('inquire');
          for (const item of state.items)
            expect(['authorization.held', 'authorization.uncertain']).toContain(item.kind);
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('docs/authorization-states.md', () => {
  test('shows every way the machine goes, and no other', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(walk, (choices) => {
        run(choices, (before, _event, { state }) => {
          const [from, to] = [statusOf(before), statusOf(state)];
          if (from !== to) seen.add(`${from} --> ${to}`);
        });
      }),
      { numRuns: 4_000, seed: 20261121 },
    );
    const allowed = new Set(transitions().map(([from, to]) => `${from} --> ${to}`));
    expect([...seen].filter((one) => !allowed.has(one)).sort()).toEqual([]);
    expect([...allowed].filter((one) => !seen.has(one)).sort()).toEqual([]);
    expect(readFileSync(new URL('../../docs/authorization-states.md', import.meta.url), 'utf8')).toContain(diagram());
  });
});
