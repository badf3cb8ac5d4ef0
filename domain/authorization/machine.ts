// The authorization's state machine: what happened goes in, what is to be done comes out. Pure, JSON in and out.

import { isRepeated } from '../machine/decisions.ts';
import { begin } from '../machine/draft.ts';
import { isStillWanted, remindersAt, withReference } from '../machine/items.ts';
import { after, refusedCallPauseMs } from '../machine/times.ts';
import { answered, askFailed } from './machine-steps.ts';
import { noted } from './machine-answers.ts';
import { close, decided } from './machine-decided.ts';
import { refusal } from './machine-decisions.ts';
import { patch } from './machine-draft.ts';
import type { Draft } from './machine-draft.ts';
import { isElectronic, isForgotten, wantsLook } from './machine-plan.ts';
import { hold, isNeed, propose } from './machine-proposals.ts';
import { reconcile } from './machine-reconcile.ts';
import type { Advance, AuthorizationState, Command, MachineEvent } from './machine-state.ts';

/**
 * Takes one event. Facts are written first; then the difference between what the new state wants open, asked or polled and what
 * is, becomes commands. An event that does not fit the state changes nothing.
 * @returns the next state (JSON-safe) and the commands in the order they should be begun
 */
export function advance(state: AuthorizationState, event: MachineEvent): Advance {
  const draft: Draft = begin(state, event.at);
  switch (event.type) {
    case 'changed':
      draft.commands.push({ type: 'assess' });
      break;
    case 'checkNow':
      check(draft);
      break;
    case 'assessed':
      draft.state = { ...draft.state, assessment: event.assessment, need: event.assessment.need, lookedAt: event.at };
      assessed(draft);
      break;
    case 'itemOpened':
      opened(draft, event.key, event.workItem);
      break;
    case 'decided':
      if (!isRepeated(state, event) && refusal(state, event) === null) decided(draft, event);
      break;
    case 'answered':
      answered(draft, event.ask, event.answer);
      break;
    case 'askFailed':
      askFailed(draft, event.ask);
      break;
    case 'callFailed':
      draft.state = {
        ...draft.state,
        retries: [
          ...draft.state.retries,
          { command: event.command, at: after(event.at, refusedCallPauseMs), code: event.code },
        ],
      };
      break;
    case 'tick':
      tick(draft);
      break;
    case 'closed':
      close(draft, 'workflow', null);
      break;
  }
  reconcile(draft);
  return { state: draft.state, commands: draft.commands };
}

/** `true` when the workflow may end: closed so long ago that it is forgotten, and nothing on its way. */
export function isFinished(state: AuthorizationState): boolean {
  return state.phase === 'closed' && state.closedAt === null && state.asks.length === 0;
}

function check(draft: Draft): void {
  const { state } = draft;
  const polling = state.asks.some((ask) => ask.purpose === 'poll');
  const waiting = state.phase === 'pending' || state.phase === 'overdue';
  const canPoll = state.held === null && waiting && isElectronic(state);
  if (polling || canPoll) {
    for (const ask of state.asks) if (ask.purpose === 'poll') draft.commands.push({ type: 'stopAsk', id: ask.id });
    draft.state = { ...state, asks: state.asks.filter((ask) => ask.purpose !== 'poll') };
    patch(draft, { pollLost: false, pollAt: null });
    return;
  }
  // A person who asks for a check wants the proposal again even if it was set aside before.
  draft.state = { ...state, rest: null, phase: state.phase === 'closed' ? 'none' : state.phase };
  if (state.phase === 'closed') draft.state = { ...draft.state, closedAt: null, request: null };
  draft.commands.push({ type: 'assess' });
}

function assessed(draft: Draft): void {
  const { assessment, phase } = draft.state;
  if (assessment === null) return;
  if (phase === 'closed') {
    const { rest } = draft.state;
    const rests = rest === null || (assessment.period <= rest.period && (rest.until === null || draft.at < rest.until));
    if (rests || !isNeed(assessment.need)) return;
    draft.state = { ...draft.state, phase: 'none', closedAt: null, request: null };
  }
  if (assessment.need === 'held') {
    if (draft.state.held === null) hold(draft);
    return;
  }
  if (draft.state.held !== null) draft.state = { ...draft.state, held: null };
  propose(draft);
}

function opened(draft: Draft, key: string, workItem: string): void {
  const items = withReference(draft.state.items, key, workItem);
  if (items !== null) {
    draft.state = { ...draft.state, items };
  } else if (!draft.state.decided.some((one) => one.workItem === workItem)) {
    draft.commands.push({ type: 'closeItem', workItem, reason: 'superseded' });
  }
}

function tick(draft: Draft): void {
  const { at } = draft;
  if (isForgotten(draft.state, at)) draft.state = { ...draft.state, closedAt: null };
  const due = draft.state.retries.filter((retry) => retry.at <= at);
  draft.state = { ...draft.state, retries: draft.state.retries.filter((retry) => retry.at > at) };
  for (const { command } of due) if (isWorthRetrying(draft.state, command)) draft.commands.push(command);
  const { items, commands } = remindersAt(draft.state.items, at, draft.state.assessment?.policy.escalateTo);
  draft.state = { ...draft.state, items };
  draft.commands.push(...commands);
  const { request, phase, held } = draft.state;
  if (phase === 'pending' && held === null && request?.dueBy && request.dueBy <= at) {
    draft.state = { ...draft.state, phase: 'overdue' };
    noted(draft, 'overdue', 'workflow', null);
  }
  if (wantsLook(draft.state, at)) {
    draft.state = { ...draft.state, lookedAt: at };
    draft.commands.push({ type: 'assess' });
  }
}

/** A command that the server refused is worth another try only while the state still calls for it. */
function isWorthRetrying(state: AuthorizationState, command: Command): boolean {
  switch (command.type) {
    case 'openItem':
    case 'closeItem':
    case 'remindItem':
    case 'escalateItem':
      return isStillWanted(state.items, command);
    default:
      return true;
  }
}
