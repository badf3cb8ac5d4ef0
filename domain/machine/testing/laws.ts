// What holds of every machine after any sequence of events, whatever record it follows.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decisionsFor } from '../../work-item/kinds.ts';
import type { WorkItemKind } from '../../work-item/kinds.ts';
import type { OpenItem } from '../items.ts';
import { carriedOver, start } from './walk.ts';
import type { walksOf } from './walk.ts';

/** One question to a flow that sends something. */
interface Sending {
  readonly purpose: string;
  readonly approval: string;
  readonly effectKey: string;
}

/**
 * States the laws as tests.
 * @param sendingOf what a command sends outside, if it does
 */
export function stateLaws<
  Kind extends WorkItemKind,
  State extends {
    readonly items: readonly OpenItem<Kind>[];
    readonly asks: readonly { readonly id: string; readonly purpose: string; readonly item: string }[];
  },
  Event,
  Command,
  Decision extends { readonly decision: string; readonly hash?: string },
>(
  { machine, walk, choice, eventOf, run }: ReturnType<typeof walksOf<Kind, State, Event, Command, Decision>>,
  sendingOf: (command: Command) => Sending | null,
): void {
  test('nothing is submitted but a revision a named person approved, and no attempt twice', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        const submitted = new Set<string>();
        run(choices, (_before, _event, walking, commands) => {
          for (const sending of commands.map(sendingOf)) {
            if (sending === null) continue;
            expect(walking.approvals.has(sending.approval)).toBe(true);
            expect(submitted.has(sending.effectKey)).toBe(sending.purpose === 'inquire');
            submitted.add(sending.effectKey);
          }
        });
      }),
      { numRuns: 1_000 },
    );
  });

  test('the state survives JSON, and the machine goes on the same from there', () => {
    fc.assert(
      fc.property(walk, choice, (choices, last) => {
        const walking = run(choices, () => undefined);
        const revived = carriedOver(walking.state);
        expect(revived).toEqual(walking.state);
        const event = eventOf(walking, last);
        if (event !== null) expect(machine.advance(revived, event)).toEqual(machine.advance(walking.state, event));
      }),
      { numRuns: 300 },
    );
  });

  test('keys of items, events and questions never repeat', () => {
    fc.assert(
      fc.property(walk, (choices) => {
        const made = run(choices, () => undefined).commands.map((command) => machine.keyOf(command));
        const keys = made.flatMap((one) => (one === null ? [] : [`${one.of} ${one.key}`]));
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
            const decisionCalled = (id: string): Decision =>
              machine.decisionOn(item, index, new Date(at).toISOString(), id);
            const taken = decisionCalled('last');
            expect(machine.refusal(state, taken)).toBeNull();
            const next = machine.advance(state, machine.decided(taken)).state;
            expect(next.items.some((one) => one.key === item.key)).toBe(false);
            expect(machine.refusal(next, decisionCalled('another'))).toBe('This item was decided already.');
            expect(machine.refusal(next, taken)).toBeNull();
            expect(machine.advance(next, machine.decided(taken))).toEqual({ state: next, commands: [] });
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test('a wake-up leads on: after ticking at the hour asked for, the next one lies later', () => {
    const first = new Date(start).toISOString();
    fc.assert(
      fc.property(walk, (choices) => {
        let { state } = run(choices, () => undefined);
        for (let times = 0; times < 10; times += 1) {
          const wake = machine.wakeAt(state);
          if (wake === null) return;
          const at = wake > first ? wake : first;
          state = machine.advance(state, machine.common({ type: 'tick', at })).state;
          const next = machine.wakeAt(state);
          if (next !== null) expect(next > wake).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });
}
