// A claim told by what happens to it, with its clock; for the tests that state the ways a claim goes.

import { expect } from 'vitest';
import { advance } from '../machine.ts';
import { refusal } from '../machine-decisions.ts';
import { wakeAt } from '../machine-plan.ts';
import { newClaimState } from '../machine-state.ts';
import type { AskStructure, ClaimState, Command, Decision, MachineEvent, Posting } from '../machine-state.ts';
import type { ClaimPlan } from '../plan.ts';
import { denialOf, planOf, postingOf } from './plans.ts';

const start = Date.parse('2026-11-21T12:00:00.000Z');

/** A claim and its clock, from 21 November 2026 on; every method tells one thing that happens. */
export function claim(plan: Partial<ClaimPlan> = {}) {
  let state: ClaimState = newClaimState('cl_1', 'clm_1', 'run-1');
  let now = start;
  let opened = 0;
  let told = 0;
  const commands: Command[] = [];
  const at = (): string => new Date(now).toISOString();
  const take = (event: MachineEvent): readonly Command[] => {
    const next = advance(state, event);
    state = next.state;
    commands.push(...next.commands);
    for (const command of next.commands) {
      if (command.type !== 'openItem') continue;
      opened += 1;
      take({ type: 'itemOpened', at: at(), key: command.key, workItem: `wi_${opened}` });
    }
    return next.commands;
  };
  const self = {
    get state() {
      return state;
    },
    get kinds() {
      return state.items.map((item) => item.kind);
    },
    at,
    take,
    commands,
    events: () => commands.flatMap((command) => (command.type === 'apply' ? [command.event.type] : [])),
    lastAsk: (): AskStructure | undefined => self.asks().at(-1)?.structure,
    asks: () => commands.flatMap((command) => (command.type === 'ask' ? [command.ask] : [])),
    pass(ms: number) {
      // As the workflow does: every wake-up in between is taken.
      const until = now + ms;
      for (let wake = wakeAt(state); wake !== null && Date.parse(wake) <= until; wake = wakeAt(state)) {
        now = Math.max(now, Date.parse(wake));
        take({ type: 'tick', at: at() });
      }
      now = until;
      return self;
    },
    plan(more: Partial<ClaimPlan> = {}) {
      take({ type: 'assessed', at: at(), plan: planOf({ ...plan, ...more }) });
      return self;
    },
    decide(decision: Decision['decision'], more: Partial<Decision> = {}) {
      const item = state.items[0];
      if (!item?.workItem) throw new Error(`nothing is open in ${state.phase}`);
      const { kind, workItem } = item;
      told += 1;
      const taken: Decision = { id: `d${told}`, workItem, kind, decision, by: 'usr_1', at: at(), ...more };
      expect(refusal(state, taken)).toBeNull();
      take({ type: 'decided', ...taken });
      return self;
    },
    answer(outcome: string, structure: Readonly<Record<string, unknown>> = {}) {
      const ask = state.asks.at(-1);
      if (ask === undefined) throw new Error(`nothing is asked in ${state.phase}`);
      take({ type: 'answered', at: at(), ask: ask.id, answer: { item: ask.item, outcome, structure } });
      return self;
    },
    said(level: 'TA1' | '999' | '277CA', accepted: boolean, key: string | null = null) {
      told += 1;
      take({
        type: 'acknowledged',
        at: at(),
        id: `ack${told}`,
        level,
        accepted,
        key,
        codes: accepted ? null : 'A7 33',
      });
      return self;
    },
    post(more: Partial<Posting> = {}) {
      told += 1;
      take({ type: 'posted', at: at(), id: `post${told}`, posting: postingOf({ ledger: told, ...more }) });
      return self;
    },
    approve: () => self.decide('approve', { hash: 'sha256:synthetic' }),
    sent: () => self.plan().approve().answer('accepted'),
    pending: () => self.sent().said('999', true).said('277CA', true),
    denied: (denial = denialOf()) => self.pending().post({ denial, insuranceCents: 18_050 }),
  };
  return self;
}
