// What holds after any sequence of events: nothing unapproved is sent, nothing twice, no claim is forgotten.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectShown } from '../machine/testing/diagram.ts';
import { stateLaws } from '../machine/testing/laws.ts';
import { advance } from './machine.ts';
import { voidRefusal } from './machine-decisions.ts';
import { wakeAt } from './machine-plan.ts';
import { statusOf } from './machine-state.ts';
import { ways } from './testing/diagram.ts';
import { claimWalks, seldomWays } from './testing/walk.ts';

const { walk, run } = claimWalks;

describe('claim machine, whatever happens', () => {
  stateLaws(claimWalks, (command) => {
    if (command.type !== 'ask' || command.ask.step !== 'claim.submit') return null;
    const { purpose, structure } = command.ask;
    return { purpose, approval: structure.approval ?? '', effectKey: structure.effectKey ?? '' };
  });

  test('a replacement or a void is asked for only when it can name the claim it is about', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        run(choices, (_before, _event, { state }, commands) => {
          for (const command of commands) {
            if (command.type !== 'ask' || command.ask.step !== 'claim.submit') continue;
            expect(command.ask.structure.frequency === '1' || state.payerNumberKnown).toBe(true);
          }
        });
      }),
      { numRuns: 600 },
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

describe('docs/claim-states.md', () => {
  test('shows every way the machine goes, and no other', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(walk, fc.constantFrom(...seldomWays()), (choices, first) => {
        run(
          choices,
          (before, _event, { state }) => {
            const [from, to] = [statusOf(before), statusOf(state)];
            if (from !== to) seen.add(`${from} --> ${to}`);
          },
          first,
        );
      }),
      { numRuns: 3_000, seed: 20261122 },
    );
    expectShown(readFileSync(new URL('../../docs/claim-states.md', import.meta.url), 'utf8'), ways, 'new', seen);
  });
});
