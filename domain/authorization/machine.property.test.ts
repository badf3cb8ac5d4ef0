// What holds after any sequence of events: nothing unapproved is sent, nothing twice, nobody is forgotten.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectShown } from '../machine/testing/diagram.ts';
import { stateLaws } from '../machine/testing/laws.ts';
import { advance } from './machine.ts';
import { wakeAt } from './machine-plan.ts';
import { statusOf } from './machine-state.ts';
import { assessmentOf } from './testing/assessments.ts';
import { ways } from './testing/diagram.ts';
import { authorizationWalks } from './testing/walk.ts';

const { walk, run } = authorizationWalks;

describe('authorization machine, whatever happens', () => {
  stateLaws(authorizationWalks, (command) => {
    if (command.type !== 'ask' || command.ask.step !== 'authorization.submit') return null;
    const { purpose, structure } = command.ask;
    return { purpose, approval: structure.approval ?? '', effectKey: structure.effectKey ?? '' };
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
    expectShown(
      readFileSync(new URL('../../docs/authorization-states.md', import.meta.url), 'utf8'),
      ways,
      'none',
      seen,
    );
  });
});
