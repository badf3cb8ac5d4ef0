// How the commands of the machine become activities, with a summary without PHI.

import { proxyActivities } from '@temporalio/workflow';
import type { Ask } from '../../domain/authorization/machine-state.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import { askStepOf, callOptions, itemInWords } from '../calls.ts';
import type { CallContext } from '../calls.ts';
import type { AuthorizationActivities, CarriedOut, ServerCommand } from './activities.ts';

/** Has the server carry out these commands, in order. */
export function callServer(
  context: CallContext,
  authorization: string,
  commands: readonly ServerCommand[],
): Promise<readonly CarriedOut[]> {
  const { clinic, workflowId } = context;
  const { carryOut } = proxyActivities<AuthorizationActivities>(callOptions(context, commands.map(inWords).join(', ')));
  return carryOut({ clinic, authorization, workflowId, commands });
}

function inWords(command: ServerCommand): string {
  switch (command.type) {
    case 'assess':
      return 'assess';
    case 'apply':
      return `write ${command.event.type}`;
    default:
      return itemInWords(command);
  }
}

/** Asks a step about the authorization. */
export function callStep(context: CallContext, ask: Ask): Promise<StepAnswer> {
  const summary = `${ask.purpose}: period ${ask.structure.period}, ${ask.structure.kind}`;
  return askStepOf(context, ask, { summary, patience: patience[ask.purpose] });
}

/** How long a question is asked before the machine goes on without an answer (see `askFailed`). */
const patience = { submit: '24h', inquire: '2h', poll: '180 days', record: '7 days' } as const;
