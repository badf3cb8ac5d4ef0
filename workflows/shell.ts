// What the workflow of every long-lived record does around its pure machine: it feeds it events, carries out its commands durably,
// sleeps until the machine wants to be woken and continues as new when its history has grown.

import {
  CancellationScope,
  allHandlersFinished,
  condition,
  isCancellation,
  log,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { SearchAttributeUpdatePair, TypedSearchAttributes } from '@temporalio/common';
import type { StepAnswer } from '../domain/step/call.ts';
import { codeOf } from './calls.ts';

/** Beyond so many events a quiet workflow continues as new, so that a cold wake-up stays a matter of milliseconds. */
const quietLimit = 80;

/** A question to a flow; a poll begins anew under the same identity in the next run. */
interface Question {
  readonly id: string;
  readonly purpose: string;
}

/** What a command asks for: a step, the end of one, or something of the server. */
export type Deed<Ask, Told> =
  | { readonly what: 'ask'; readonly ask: Ask }
  | { readonly what: 'stop'; readonly id: string }
  | { readonly what: 'tell'; readonly command: Told };

/** The machine and its words for what the shell does. `at` is an instant, ISO UTC. */
export interface Machine<State extends { readonly asks: readonly Ask[] }, Event, Ask, Command, Told, Result> {
  advance(state: State, event: Event): { readonly state: State; readonly commands: readonly Command[] };
  wakeAt(state: State): string | null;
  isFinished(state: State): boolean;
  deedOf(command: Command): Deed<Ask, Told>;
  /** A person waits for what follows from it. */
  isUrgent(event: Event): boolean;
  /** With which event a workflow begins, unless it was taken already. */
  first(at: string): Event;
  isFirst(event: Event): boolean;
  tick(at: string): Event;
  withdrawn(at: string): Event;
  answered(ask: Ask, answer: StepAnswer, at: string): Event;
  askFailed(ask: Ask, code: string, at: string): Event;
  callFailed(command: Told, code: string, at: string): Event;
  /** A command that what waits already makes unnecessary. */
  isCovered(command: Told, waiting: readonly Told[]): boolean;
  /** What a carried out command tells the machine at once; null: nothing. */
  resultOf(command: Told, result: Result, at: string): Event | null;
  /** What all of them together tell, unless something that waits makes it out of date. */
  newest(results: readonly Result[], waiting: readonly Told[], at: string): Event | null;
  /** What is to be shown outside; nothing before the first look. */
  attributes(state: State, set: TypedSearchAttributes): SearchAttributeUpdatePair[];
}

/** How the shell reaches the outside. */
export interface Outside<State, Ask, Told, Result> {
  callServer(commands: readonly Told[], urgent: boolean): Promise<readonly Result[]>;
  callStep(ask: Ask, urgent: boolean): Promise<StepAnswer>;
  continueAs(state: State): Promise<never>;
}

/** Set the handlers, which `take` events, then `run`. */
export interface Shell<State, Event> {
  state(): State;
  take(event: Event): void;
  run(): Promise<void>;
}

/** The instant of this workflow task, the same at every replay. */
export function now(): string {
  return new Date().toISOString();
}

/**
 * @param before the state another run handed over; null for the first run, which begins with `fresh`
 */
export function shellOf<
  State extends { readonly asks: readonly Ask[] },
  Event,
  Ask extends Question,
  Command,
  Told extends { readonly type: string },
  Result extends { readonly code: string | null },
>(
  machine: Machine<State, Event, Ask, Command, Told, Result>,
  outside: Outside<State, Ask, Told, Result>,
  { before, fresh }: { readonly before: State | null; readonly fresh: State },
): Shell<State, Event> {
  let state = before ?? fresh;
  const asking = new Map<string, CancellationScope>();
  const toServer: Told[] = [];
  let calling = false;
  let urgent = false;
  let started = false;
  let timer: { readonly at: string; readonly scope: CancellationScope } | null = null;
  let steps = 0;

  function take(event: Event): void {
    steps += 1;
    if (machine.isFirst(event)) started = true;
    urgent = machine.isUrgent(event);
    const next = machine.advance(state, event);
    state = next.state;
    for (const command of next.commands) begin(machine.deedOf(command));
  }

  function begin(deed: Deed<Ask, Told>): void {
    switch (deed.what) {
      case 'ask':
        void ask(deed.ask);
        break;
      case 'stop':
        asking.get(deed.id)?.cancel();
        asking.delete(deed.id);
        break;
      case 'tell':
        if (!machine.isCovered(deed.command, toServer)) toServer.push(deed.command);
    }
  }

  /** One batch after the other, so that the timeline is written in the order in which things happened. */
  async function drain(): Promise<void> {
    calling = true;
    try {
      while (toServer.length > 0) {
        const commands = toServer.splice(0);
        try {
          carriedOut(commands, await outside.callServer(commands, urgent));
        } catch (error) {
          if (isCancellation(error)) {
            toServer.unshift(...commands);
            return;
          }
          for (const command of commands) refused(command, codeOf(error));
        }
      }
    } finally {
      calling = false;
    }
  }

  function carriedOut(commands: readonly Told[], results: readonly Result[]): void {
    for (const [index, command] of commands.entries()) {
      const result = results[index];
      if (result === undefined) continue;
      const event = result.code === null ? machine.resultOf(command, result, now()) : null;
      if (result.code !== null) refused(command, result.code);
      else if (event !== null) take(event);
    }
    const newest = machine.newest(results, toServer, now());
    if (newest !== null) take(newest);
  }

  function refused(command: Told, code: string): void {
    log.warn('a call was refused for good', { command: command.type, code });
    take(machine.callFailed(command, code, now()));
  }

  async function ask(question: Ask): Promise<void> {
    const scope = new CancellationScope();
    asking.set(question.id, scope);
    try {
      const answer = await scope.run(() => outside.callStep(question, urgent));
      take(machine.answered(question, answer, now()));
    } catch (error) {
      if (!isCancellation(error)) take(machine.askFailed(question, codeOf(error), now()));
    } finally {
      if (asking.get(question.id) === scope) asking.delete(question.id);
    }
  }

  function arm(): void {
    const at = machine.wakeAt(state);
    if (timer?.at === at) return;
    timer?.scope.cancel();
    timer = null;
    if (at !== null) void wait(at);
  }

  async function wait(at: string): Promise<void> {
    const scope = new CancellationScope();
    timer = { at, scope };
    const ms = Math.max(1, Date.parse(at) - Date.now());
    try {
      await scope.run(() => sleep(ms, { summary: 'next reminder, deadline or look' }));
      timer = null;
      const reached = now();
      take(machine.tick(reached > at ? reached : at));
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  }

  function show(): void {
    const attributes = machine.attributes(state, workflowInfo().typedSearchAttributes);
    if (attributes.length > 0) upsertSearchAttributes(attributes);
  }

  /** Nothing is on its way but a poll, which begins anew under the same identity in the next run. */
  function isQuiet(): boolean {
    const polling = state.asks.filter((one) => one.purpose === 'poll').length;
    return toServer.length === 0 && !calling && state.asks.length === polling;
  }

  function isLong(): boolean {
    return workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > quietLimit;
  }

  async function run(): Promise<void> {
    try {
      if (before === null) {
        if (!started) take(machine.first(now()));
      } else {
        // A decision that waited for this run may have asked already.
        for (const question of state.asks) if (!asking.has(question.id)) void ask(question);
      }
      for (;;) {
        if (toServer.length > 0 && !calling) void drain();
        arm();
        show();
        if (machine.isFinished(state)) return;
        if (isQuiet() && isLong()) {
          await condition(allHandlersFinished);
          if (isQuiet()) await outside.continueAs(state);
        }
        const seen = steps;
        await condition(() => steps !== seen || (toServer.length > 0 && !calling) || (isLong() && isQuiet()));
      }
    } catch (error) {
      if (!isCancellation(error)) throw error;
      await CancellationScope.nonCancellable(async () => {
        await condition(() => !calling);
        take(machine.withdrawn(now()));
        void drain();
        show();
        await condition(() => toServer.length === 0 && !calling);
      });
      throw error;
    }
  }

  return { state: () => state, take, run };
}
