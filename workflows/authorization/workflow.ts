// One authorization over months: its pure machine in the shell that every long-lived record has.

import { continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
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
import { refuse } from '../calls.ts';
import { now, shellOf } from '../shell.ts';
import type { Machine } from '../shell.ts';
import type { CarriedOut, ServerCommand } from './activities.ts';
import { callServer, callStep } from './calls.ts';
import { changed, checkNow, decide, flowState } from './messages.ts';
import type { AuthorizationInput } from './messages.ts';
import { changedAttributes, flowStateOf } from './state.ts';

const machine: Machine<AuthorizationState, MachineEvent, Ask, Command, ServerCommand, CarriedOut> = {
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
  isUrgent: ({ type }) => type === 'decided' || type === 'checkNow',
  first: (at) => ({ type: 'changed', at }),
  isFirst: ({ type }) => type === 'changed',
  tick: (at) => ({ type: 'tick', at }),
  withdrawn: (at) => ({ type: 'closed', at }),
  answered: (ask, answer, at) => ({ type: 'answered', at, ask: ask.id, answer }),
  askFailed: (ask, code, at) => ({ type: 'askFailed', at, ask: ask.id, code }),
  callFailed: (command, code, at) => ({ type: 'callFailed', at, command, code }),
  // What is written next brings a newer assessment anyway.
  isCovered: (command, waiting) => command.type === 'assess' && waiting.some(bringsAssessment),
  resultOf: (command, { workItem }, at) =>
    command.type === 'openItem' && workItem !== null ? { type: 'itemOpened', at, key: command.key, workItem } : null,
  newest(results, waiting, at) {
    const assessment = results.findLast((result) => result.assessment !== null)?.assessment ?? null;
    // An assessment made before something that is yet to be written is out of date.
    return assessment === null || waiting.some(bringsAssessment) ? null : { type: 'assessed', at, assessment };
  },
  attributes: (state, set) => (state.assessment === null ? [] : changedAttributes(state, set)),
};

/**
 * The workflow of one authorization; its id is `authorization/<clinic>/<authorization>`. It is started by signal `changed` and
 * ends only when closed long ago, or when it is cancelled (then open items are closed first).
 */
export async function authorization(input: AuthorizationInput): Promise<void> {
  const { workflowId, firstExecutionRunId: firstRunId } = workflowInfo();
  const { clinic } = input;
  const shell = shellOf(
    machine,
    {
      callServer: (commands, urgent) =>
        callServer({ clinic, workflowId, firstRunId, urgent }, input.authorization, commands),
      callStep: (ask, urgent) => callStep({ clinic, workflowId, firstRunId, urgent }, ask),
      continueAs: (state) => continueAsNew<typeof authorization>({ ...input, state }),
    },
    { before: input.state ?? null, fresh: newAuthorizationState(clinic, input.authorization, firstRunId) },
  );
  setHandler(changed, () => shell.take({ type: 'changed', at: now() }));
  setHandler(checkNow, () => shell.take({ type: 'checkNow', at: now() }));
  setHandler(
    decide,
    (decision) => {
      shell.take({ type: 'decided', ...decision });
      return { status: statusOf(shell.state()) };
    },
    { validator: (decision: Decision) => refuse(refusal(shell.state(), decision)) },
  );
  setHandler(flowState, () => flowStateOf(shell.state()));
  await shell.run();
}

function bringsAssessment(command: ServerCommand): boolean {
  return command.type === 'assess' || command.type === 'apply';
}
