// The claim's state machine: what happened goes in, what is to be done comes out. Pure, JSON in and out.

import { isRepeated } from '../machine/decisions.ts';
import { begin } from '../machine/draft.ts';
import { isStillWanted, remindersAt, withReference } from '../machine/items.ts';
import { after, refusedCallPauseMs, withinDay } from '../machine/times.ts';
import { hold, posted, readWaiting, release } from './machine-books.ts';
import { decided, voidWished, waitOver } from './machine-decided.ts';
import { refusal, voidRefusal } from './machine-decisions.ts';
import { assess, isNew, noted } from './machine-draft.ts';
import type { Draft } from './machine-draft.ts';
import { assessAgainAt, isForgotten, wantsDeadline, watchesDenial } from './machine-plan.ts';
import { reconcile } from './machine-reconcile.ts';
import { close, prepare } from './machine-submissions.ts';
import { acknowledged, answered, askFailed, restartPoll, statusTold } from './machine-told.ts';
import type { Advance, ClaimState, Command, MachineEvent } from './machine-state.ts';
import type { ClaimPlan } from './plan.ts';
import { isShownAlike, shownOf } from './shown.ts';

/**
 * Takes one event. Facts are written first; then the difference between what the new state wants open, asked or polled and what
 * is, becomes commands. An event that does not fit the state changes nothing, and one that is delivered again neither.
 * @returns the next state (JSON-safe) and the commands in the order they should be begun
 */
export function advance(state: ClaimState, event: MachineEvent): Advance {
  const draft: Draft = begin(state, event.at);
  take(draft, event);
  readWaiting(draft);
  const { phase, fix, held, assessing } = draft.state;
  // Nobody else would ever look at it.
  const isUnseen = phase === 'new' || (phase === 'toFix' && fix?.isDone === true);
  if (isUnseen && held === null && assessing === null) assess(draft);
  reconcile(draft);
  const shown = shownOf(draft.state);
  if (!isShownAlike(shownOf(state), shown)) draft.commands.push({ type: 'show', shown });
  return { state: draft.state, commands: draft.commands };
}

/** `true` when the workflow may end: closed so long ago that it is forgotten, and nothing on its way. */
export function isFinished(state: ClaimState): boolean {
  return state.closed?.isForgotten === true && state.asks.length === 0;
}

function take(draft: Draft, event: MachineEvent): void {
  const { state } = draft;
  switch (event.type) {
    case 'changed':
      assess(draft);
      break;
    case 'checkNow':
      if (!restartPoll(draft)) assess(draft);
      break;
    case 'assessed':
      assessed(draft, event.plan);
      break;
    case 'itemOpened':
      opened(draft, event.key, event.workItem);
      break;
    case 'decided':
      if (!isRepeated(state, event) && refusal(state, event) === null) decided(draft, event);
      break;
    case 'voidWished':
      if (voidRefusal(state, event) === null) voidWished(draft, event);
      break;
    case 'acknowledged':
      acknowledged(draft, event.id, event);
      break;
    case 'statusTold':
      statusTold(draft, event.id, event.standing, event.codes);
      break;
    case 'posted':
      posted(draft, event.id, event.posting);
      break;
    case 'answered':
      answered(draft, event.ask, event.answer);
      break;
    case 'askFailed':
      askFailed(draft, event.ask);
      break;
    case 'callFailed': {
      const retry = { command: event.command, at: after(event.at, refusedCallPauseMs), code: event.code };
      draft.state = { ...state, retries: [...state.retries, retry] };
      break;
    }
    case 'tick':
      tick(draft);
      break;
    case 'withdrawn':
      if (state.phase !== 'closed') close(draft, 'withdrawn');
      break;
  }
}

function assessed(draft: Draft, plan: ClaimPlan): void {
  const attempts = { ...draft.state.attempts };
  for (const frequency of ['1', '7', '8'] as const) {
    const known = Math.max(attempts[frequency] ?? 0, plan.attempts[frequency] ?? 0);
    if (known > 0) attempts[frequency] = known;
  }
  draft.state = {
    ...draft.state,
    plan,
    assessing: null,
    attempts,
    payerNumberKnown: draft.state.payerNumberKnown || plan.payerNumberKnown,
  };
  if (draft.state.phase === 'closed') return;
  if (plan.hold !== null) hold(draft, plan.hold, 'plan');
  else if (draft.state.held?.by === 'plan') release(draft);
  prepare(draft);
}

function opened(draft: Draft, key: string, workItem: string): void {
  const items = withReference(draft.state.items, key, workItem);
  if (items !== null) {
    draft.state = { ...draft.state, items };
  } else if (!draft.state.decided.some((one) => one.workItem === workItem) && isNew(draft, `opened ${workItem}`)) {
    draft.commands.push({ type: 'closeItem', workItem, reason: 'superseded' });
  }
}

function tick(draft: Draft): void {
  const { at } = draft;
  const { closed } = draft.state;
  if (closed !== null && !closed.isForgotten && isForgotten(draft.state, at))
    draft.state = { ...draft.state, closed: { ...closed, isForgotten: true } };
  const due = draft.state.retries.filter((retry) => retry.at <= at);
  draft.state = { ...draft.state, retries: draft.state.retries.filter((retry) => retry.at > at) };
  for (const { command } of due) if (isWorthRetrying(draft.state, command)) draft.commands.push(command);
  const { items, commands } = remindersAt(draft.state.items, at, draft.state.plan?.terms.escalateTo);
  draft.state = { ...draft.state, items };
  draft.commands.push(...commands);
  if (wantsDeadline(draft.state) && draft.state.dueBy !== null && draft.state.dueBy <= at) waitOver(draft);
  const { denial } = draft.state;
  if (denial?.decideBy && watchesDenial(draft.state) && withinDay(denial.decideBy) <= at) {
    draft.state = { ...draft.state, denial: { ...denial, isLate: true } };
    noted(draft, 'deadlinePassed', { detail: denial.decideBy });
  }
  const again = assessAgainAt(draft.state);
  if (again !== null && again <= at) assess(draft);
}

/** A command that the server refused is worth another try only while the state still calls for it. */
function isWorthRetrying(state: ClaimState, command: Command): boolean {
  switch (command.type) {
    case 'openItem':
    case 'closeItem':
    case 'remindItem':
    case 'escalateItem':
      return isStillWanted(state.items, command);
    case 'show':
      // What was shown since counts.
      return isShownAlike(command.shown, shownOf(state));
    default:
      return true;
  }
}
