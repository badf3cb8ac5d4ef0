// One claim until it is paid, appealed or written off: its pure machine in the shell that every long-lived record has.

import { continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { advance, isFinished } from '../../domain/claim/machine.ts';
import { refusal, voidRefusal } from '../../domain/claim/machine-decisions.ts';
import { wakeAt } from '../../domain/claim/machine-plan.ts';
import { newClaimState, statusOf } from '../../domain/claim/machine-state.ts';
import type { Ask, ClaimState, Command, Decision, MachineEvent, VoidWish } from '../../domain/claim/machine-state.ts';
import { refuse } from '../calls.ts';
import { now, shellOf } from '../shell.ts';
import type { Machine } from '../shell.ts';
import type { CarriedOut, ServerCommand } from './activities.ts';
import { callServer, callStep } from './calls.ts';
import { changed, checkNow, decide, flowState, heard, takeBack } from './messages.ts';
import type { ClaimInput, Heard } from './messages.ts';
import { changedAttributes, flowStateOf } from './state.ts';

const machine: Machine<ClaimState, MachineEvent, Ask, Command, ServerCommand, CarriedOut> = {
  advance,
  wakeAt,
  isFinished,
  deedOf(command) {
    switch (command.type) {
      case 'ask':
        return { what: 'ask', ask: command.ask };
      case 'stopAsk':
        return { what: 'stop', id: command.id };
      default:
        return { what: 'tell', command };
    }
  },
  isUrgent: ({ type }) => type === 'decided' || type === 'checkNow' || type === 'voidWished',
  first: (at) => ({ type: 'changed', at }),
  isFirst: ({ type }) => type === 'changed',
  tick: (at) => ({ type: 'tick', at }),
  withdrawn: (at) => ({ type: 'withdrawn', at }),
  answered: (ask, answer, at) => ({ type: 'answered', at, ask: ask.id, answer }),
  askFailed: (ask, code, at) => ({ type: 'askFailed', at, ask: ask.id, code }),
  callFailed: (command, code, at) => ({ type: 'callFailed', at, command, code }),
  isCovered: (command, waiting) => command.type === 'assess' && waiting.some(isAssess),
  resultOf: (command, { workItem }, at) =>
    command.type === 'openItem' && workItem !== null ? { type: 'itemOpened', at, key: command.key, workItem } : null,
  newest(results, waiting, at) {
    const plan = results.findLast((result) => result.plan !== null)?.plan ?? null;
    // One made before another was asked for is out of date.
    return plan === null || waiting.some(isAssess) ? null : { type: 'assessed', at, plan };
  },
  attributes: (state, set) => (state.plan === null ? [] : changedAttributes(state, set)),
};

/**
 * The workflow of one claim; its id is `claim/<clinic>/<claim>`. It is started by signal `changed` or `heard` and ends only when
 * closed long ago, or when it is cancelled (then open items are closed first).
 */
export async function claim(input: ClaimInput): Promise<void> {
  const { workflowId, firstExecutionRunId: firstRunId } = workflowInfo();
  const { clinic } = input;
  const shell = shellOf(
    machine,
    {
      callServer: (commands, urgent) => callServer({ clinic, workflowId, firstRunId, urgent }, input.claim, commands),
      callStep: (ask, urgent) => callStep({ clinic, workflowId, firstRunId, urgent }, ask),
      continueAs: (state) => continueAsNew<typeof claim>({ ...input, state }),
    },
    { before: input.state ?? null, fresh: newClaimState(clinic, input.claim, firstRunId) },
  );
  setHandler(changed, () => shell.take({ type: 'changed', at: now() }));
  setHandler(checkNow, () => shell.take({ type: 'checkNow', at: now() }));
  setHandler(heard, (told) => shell.take(eventOf(told, now())));
  setHandler(
    decide,
    (decision) => {
      shell.take({ type: 'decided', ...decision });
      return { status: statusOf(shell.state()) };
    },
    { validator: (decision: Decision) => refuse(refusal(shell.state(), decision)) },
  );
  setHandler(
    takeBack,
    (wish) => {
      shell.take({ type: 'voidWished', ...wish });
      return { status: statusOf(shell.state()) };
    },
    { validator: (wish: VoidWish) => refuse(voidRefusal(shell.state(), wish)) },
  );
  setHandler(flowState, () => flowStateOf(shell.state()));
  await shell.run();
}

function isAssess(command: ServerCommand): boolean {
  return command.type === 'assess';
}

function eventOf(told: Heard, at: string): MachineEvent {
  const { id } = told;
  switch (told.what) {
    case 'acknowledgment':
      return { ...told.said, type: 'acknowledged', at, id };
    case 'status':
      return { type: 'statusTold', at, id, standing: told.standing, codes: told.codes };
    case 'posting':
      return { type: 'posted', at, id, posting: told.posting };
  }
}
