// Random walks of a machine: facts, people, flows, time and failures come as they like; what must hold is observed at every step.

import fc from 'fast-check';
import type { StepAnswer } from '../../step/call.ts';
import type { WorkItemKind } from '../../work-item/kinds.ts';
import type { OpenItem } from '../items.ts';
import type { Instant } from '../times.ts';

/** One choice: what kind of thing happens, which of the possible ones, and how much later. */
export interface Choice {
  readonly kind: string;
  readonly pick: number;
  readonly hours: number;
}

interface Ask {
  readonly id: string;
  readonly purpose: string;
  readonly item: string;
}

/** What happens to every machine alike. */
type CommonEvent =
  | { readonly type: 'itemOpened'; readonly at: Instant; readonly key: string; readonly workItem: string }
  | { readonly type: 'answered'; readonly at: Instant; readonly ask: string; readonly answer: StepAnswer }
  | { readonly type: 'askFailed'; readonly at: Instant; readonly ask: string; readonly code: string }
  | { readonly type: 'tick'; readonly at: Instant };

/** A machine as a walk and the laws of every machine know it. */
export interface WalkedMachine<Kind extends WorkItemKind, State, Event, Command, Decision> {
  /** What a choice may be, as often as it should be: `opened`, `person`, `flow`, `failure`, `time`, or the machine's own. */
  readonly kinds: readonly string[];
  readonly hours: readonly number[];
  readonly maxPick: number;
  /** What a flow may answer, by the purpose of the question. */
  readonly outcomes: Readonly<Record<string, readonly string[]>>;
  fresh(): State;
  advance(state: State, event: Event): { readonly state: State; readonly commands: readonly Command[] };
  wakeAt(state: State): Instant | null;
  refusal(state: State, decision: Decision): string | null;
  structureOf(pick: number): Readonly<Record<string, unknown>>;
  decisionOn(item: OpenItem<Kind>, pick: number, at: Instant, id: string): Decision;
  decided(decision: Decision): Event;
  common(event: CommonEvent): Event;
  /** The key of an item, event or question that a command makes; null: it makes none. */
  keyOf(command: Command): { readonly of: 'item' | 'event' | 'ask'; readonly key: string } | null;
  /** What happens to this machine only; `id` is sometimes that of the event before. */
  own(state: State, choice: Choice, told: { readonly at: Instant; readonly id: string; readonly count: number }): Event;
}

/** What a walk reads of a state. */
interface ItemState<Kind extends WorkItemKind> {
  readonly items: readonly OpenItem<Kind>[];
  readonly asks: readonly Ask[];
}

/** Where a walk stands. */
export interface Walk<State, Command> {
  state: State;
  at: number;
  openedCount: number;
  told: number;
  /** Keys of items the server has not opened yet. */
  readonly opening: string[];
  readonly commands: Command[];
  /** Hashes of what a person approved. */
  readonly approvals: Set<string>;
}

/** A walk begins here. */
export const start = Date.parse('2026-11-21T12:00:00.000Z');

/** One of the list, by any number. */
export function pickOf<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(1, list.length)];
}

/** What Temporal does with a state between two runs. */
export function carriedOver<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The walks of a machine. */
export function walksOf<
  Kind extends WorkItemKind,
  State extends ItemState<Kind>,
  Event,
  Command,
  Decision extends { readonly decision: string; readonly hash?: string },
>(machine: WalkedMachine<Kind, State, Event, Command, Decision>) {
  const choice: fc.Arbitrary<Choice> = fc.record({
    kind: fc.constantFrom(...machine.kinds),
    pick: fc.nat(machine.maxPick),
    hours: fc.constantFrom(...machine.hours),
  });
  const walk = fc.array(choice, { minLength: 10, maxLength: 150, size: 'max' });

  function eventOf(walking: Walk<State, Command>, one: Choice): Event | null {
    const { state } = walking;
    const { kind, pick } = one;
    const at = new Date(walking.at).toISOString();
    walking.told += 1;
    switch (kind) {
      case 'opened': {
        const key = walking.opening.shift();
        if (key === undefined) return null;
        walking.openedCount += 1;
        return machine.common({ type: 'itemOpened', at, key, workItem: `wi_${walking.openedCount}` });
      }
      case 'person': {
        const item = pickOf(state.items, pick);
        if (item === undefined || item.workItem === null) return null;
        const decision = machine.decisionOn(item, pick, at, `decision-${walking.told}`);
        if (decision.decision === 'approve') walking.approvals.add(decision.hash ?? '');
        return machine.decided(decision);
      }
      case 'flow': {
        const ask = pickOf(state.asks, pick);
        if (ask === undefined) return null;
        const outcome = pickOf(machine.outcomes[ask.purpose] ?? [], pick) ?? '';
        const answer = { item: ask.item, outcome, structure: machine.structureOf(pick) };
        return machine.common({ type: 'answered', at, ask: ask.id, answer });
      }
      case 'failure': {
        const ask = pickOf(state.asks, pick);
        return ask === undefined ? null : machine.common({ type: 'askFailed', at, ask: ask.id, code: 'step.lost' });
      }
      case 'time':
        return machine.common({ type: 'tick', at });
      default: {
        const id = `event-${pick % 10 === 0 ? walking.told - 1 : walking.told}`;
        return machine.own(state, one, { at, id, count: walking.told });
      }
    }
  }

  /** Walks, and tells the observer of every step. `from` is taken first. */
  function run(
    choices: readonly Choice[],
    observe: (before: State, event: Event, walking: Walk<State, Command>, commands: readonly Command[]) => void,
    from: readonly Event[] = [],
  ): Walk<State, Command> {
    const walking: Walk<State, Command> = {
      state: machine.fresh(),
      at: start,
      openedCount: 0,
      told: 0,
      opening: [],
      commands: [],
      approvals: new Set(),
    };
    const step = (event: Event): void => {
      const before = walking.state;
      const next = machine.advance(before, event);
      walking.state = next.state;
      walking.commands.push(...next.commands);
      for (const command of next.commands) {
        const made = machine.keyOf(command);
        if (made?.of === 'item') walking.opening.push(made.key);
      }
      observe(before, event, walking, next.commands);
    };
    for (const event of from) step(event);
    for (const one of choices) {
      walking.at += one.hours * 3_600_000 + 1;
      const event = eventOf(walking, one);
      if (event !== null) step(event);
    }
    return walking;
  }

  return { machine, choice, walk, eventOf, run };
}
