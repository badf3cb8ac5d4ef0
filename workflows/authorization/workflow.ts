// One authorization over months: a thin shell that feeds the pure machine and carries out its commands durably.

import {
  ApplicationFailure,
  CancellationScope,
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  log,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { advance, isFinished } from '../../domain/authorization/machine.ts';
import { refusal } from '../../domain/authorization/machine-decisions.ts';
import { wakeAt } from '../../domain/authorization/machine-plan.ts';
import { newAuthorizationState, statusOf } from '../../domain/authorization/machine-state.ts';
import type {
  Ask,
  AuthorizationState,
  Command,
  Decision,
  MachineEvent,
} from '../../domain/authorization/machine-state.ts';
import type { CarriedOut, ServerCommand } from './activities.ts';
import { callServer, callStep, codeOf } from './calls.ts';
import type { CallContext } from './calls.ts';
import { changed, checkNow, decide, flowState } from './messages.ts';
import type { AuthorizationInput } from './messages.ts';
import { changedAttributes, flowStateOf } from './state.ts';

/** Beyond so many events a quiet workflow continues as new, so that a cold wake-up stays a matter of milliseconds. */
const quietLimit = 80;

/**
 * The workflow of one authorization; its id is `authorization/<clinic>/<authorization>`. It is started by signal `changed` and
 * ends only when closed long ago, or when it is cancelled (then open items are closed first).
 */
export async function authorization(input: AuthorizationInput): Promise<void> {
  const info = workflowInfo();
  const { clinic } = input;
  let state: AuthorizationState =
    input.state ?? newAuthorizationState(clinic, input.authorization, info.firstExecutionRunId);
  const asking = new Map<string, CancellationScope>();
  const toServer: ServerCommand[] = [];
  let calling = false;
  let urgent = false;
  let started = false;
  let timer: { readonly at: string; readonly scope: CancellationScope } | null = null;
  let steps = 0;

  const now = (): string => new Date().toISOString();
  const context = (): CallContext => ({
    clinic,
    authorization: input.authorization,
    workflowId: info.workflowId,
    firstRunId: info.firstExecutionRunId,
    urgent,
  });

  function take(event: MachineEvent): void {
    steps += 1;
    urgent = event.type === 'decided' || event.type === 'checkNow';
    const next = advance(state, event);
    state = next.state;
    for (const command of next.commands) begin(command);
  }

  function begin(command: Command): void {
    switch (command.type) {
      case 'ask':
        void ask(command.ask);
        break;
      case 'stopAsk':
        asking.get(command.id)?.cancel();
        asking.delete(command.id);
        break;
      case 'assess':
        // What is written next brings a newer assessment anyway.
        if (!toServer.some(bringsAssessment)) toServer.push(command);
        break;
      default:
        toServer.push(command);
    }
  }

  /** One batch after the other, so that the timeline is written in the order in which things happened. */
  async function drain(): Promise<void> {
    calling = true;
    try {
      while (toServer.length > 0) {
        const commands = toServer.splice(0);
        try {
          carriedOut(commands, await callServer(context(), commands));
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

  function carriedOut(commands: readonly ServerCommand[], results: readonly CarriedOut[]): void {
    for (const [index, command] of commands.entries()) {
      const { workItem = null, code = null } = results[index] ?? {};
      if (code !== null) refused(command, code);
      else if (command.type === 'openItem' && workItem !== null) {
        take({ type: 'itemOpened', at: now(), key: command.key, workItem });
      }
    }
    const assessment = results.findLast((result) => result.assessment !== null)?.assessment ?? null;
    // An assessment made before something that is yet to be written is out of date.
    if (assessment !== null && !toServer.some(bringsAssessment)) take({ type: 'assessed', at: now(), assessment });
  }

  function refused(command: ServerCommand, code: string): void {
    log.warn('a call was refused for good', { command: command.type, code });
    take({ type: 'callFailed', at: now(), command, code });
  }

  async function ask(question: Ask): Promise<void> {
    const scope = new CancellationScope();
    asking.set(question.id, scope);
    try {
      const answer = await scope.run(() => callStep(context(), question));
      take({ type: 'answered', at: now(), ask: question.id, answer });
    } catch (error) {
      if (!isCancellation(error)) take({ type: 'askFailed', at: now(), ask: question.id, code: codeOf(error) });
    } finally {
      if (asking.get(question.id) === scope) asking.delete(question.id);
    }
  }

  function arm(): void {
    const at = wakeAt(state);
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
      take({ type: 'tick', at: reached > at ? reached : at });
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  }

  function show(): void {
    const attributes = changedAttributes(state, workflowInfo().typedSearchAttributes);
    // Before the first look there is nothing to show but the clinic.
    if (attributes.length > 0 && state.assessment !== null) upsertSearchAttributes(attributes);
  }

  /** Nothing is on its way but a poll, which begins anew under the same identity in the next run. */
  function isQuiet(): boolean {
    const polling = state.asks.filter((one) => one.purpose === 'poll').length;
    return toServer.length === 0 && !calling && state.asks.length === polling;
  }

  function isLong(): boolean {
    return workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > quietLimit;
  }

  setHandler(changed, () => {
    started = true;
    take({ type: 'changed', at: now() });
  });
  setHandler(checkNow, () => take({ type: 'checkNow', at: now() }));
  setHandler(
    decide,
    (decision) => {
      take({ type: 'decided', ...decision });
      return { status: statusOf(state) };
    },
    {
      validator: (decision: Decision) => {
        const reason = refusal(state, decision);
        if (reason !== null) throw ApplicationFailure.nonRetryable(reason, 'decision.refused');
      },
    },
  );
  setHandler(flowState, () => flowStateOf(state));

  try {
    if (input.state === undefined) {
      if (!started) take({ type: 'changed', at: now() });
    } else {
      for (const question of state.asks) void ask(question);
    }
    for (;;) {
      if (toServer.length > 0 && !calling) void drain();
      arm();
      show();
      if (isFinished(state)) return;
      if (isQuiet() && isLong()) {
        await condition(allHandlersFinished);
        if (isQuiet()) await continueAsNew<typeof authorization>({ ...input, state });
      }
      const seen = steps;
      await condition(() => steps !== seen || (toServer.length > 0 && !calling) || (isLong() && isQuiet()));
    }
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => {
      await condition(() => !calling);
      take({ type: 'closed', at: now() });
      void drain();
      show();
      await condition(() => toServer.length === 0 && !calling);
    });
    throw error;
  }
}

function bringsAssessment(command: ServerCommand): boolean {
  return command.type === 'assess' || command.type === 'apply';
}
