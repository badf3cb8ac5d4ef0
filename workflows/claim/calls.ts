// How the commands of the machine become activities, with a summary without PHI.

import { proxyActivities } from '@temporalio/workflow';
import type { Ask } from '../../domain/claim/machine-state.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import { askStepOf, callOptions, itemInWords } from '../calls.ts';
import type { CallContext } from '../calls.ts';
import type { ClaimActivities, CarriedOut, ServerCommand } from './activities.ts';

/** Has the server carry out these commands, in order. */
export function callServer(
  context: CallContext,
  claim: string,
  commands: readonly ServerCommand[],
): Promise<readonly CarriedOut[]> {
  const { clinic, workflowId } = context;
  const { carryOut } = proxyActivities<ClaimActivities>(callOptions(context, commands.map(inWords).join(', ')));
  return carryOut({ clinic, claim, workflowId, commands });
}

function inWords(command: ServerCommand): string {
  switch (command.type) {
    case 'assess':
      return 'assess';
    case 'apply':
      return `write ${command.event.type}`;
    case 'show':
      return `show ${command.shown.status}`;
    default:
      return itemInWords(command);
  }
}

/** Asks a step about the claim. */
export function callStep(context: CallContext, ask: Ask): Promise<StepAnswer> {
  const summary = `${ask.purpose}: frequency ${ask.structure.frequency}, attempt ${ask.structure.attempt}`;
  return askStepOf(context, ask, { summary, patience: patience[ask.purpose] });
}

/** How long a question is asked before the machine goes on without an answer (see `askFailed`). */
const patience = { submit: '24h', inquire: '2h', poll: '180 days' } as const;
