// How the commands of the machine become activities: time limits, retries, priority and a summary without PHI.

import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { ActivityOptions } from '@temporalio/workflow';
import type { Ask } from '../../domain/authorization/machine-state.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import type { AuthorizationActivities, CarriedOut, ServerCommand } from './activities.ts';

/** Whose call it is and how urgent. */
export interface CallContext {
  readonly clinic: string;
  readonly authorization: string;
  readonly workflowId: string;
  readonly firstRunId: string;
  /** A person waits for the effect: before everything that the calendar started. */
  readonly urgent: boolean;
}

/** One delivery to a flow: the flow's own deadline, and the activity's limit a little later. */
const deliverySeconds = 120;
const deliveryLimit = '150s';

function options(context: CallContext, summary: string): ActivityOptions {
  return {
    summary,
    startToCloseTimeout: '30s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
    priority: { fairnessKey: context.clinic, priorityKey: context.urgent ? 1 : 3 },
  };
}

/** Has the server carry out these commands, in order. */
export function callServer(context: CallContext, commands: readonly ServerCommand[]): Promise<readonly CarriedOut[]> {
  const { clinic, authorization, workflowId } = context;
  const { carryOut } = proxyActivities<AuthorizationActivities>(options(context, commands.map(inWords).join(', ')));
  return carryOut({ clinic, authorization, workflowId, commands });
}

function inWords(command: ServerCommand): string {
  switch (command.type) {
    case 'assess':
      return 'assess';
    case 'apply':
      return `write ${command.event.type}`;
    case 'openItem':
      return `open ${command.kind}`;
    case 'closeItem':
      return `close an item: ${command.reason}`;
    case 'remindItem':
      return 'remind';
    case 'escalateItem':
      return `escalate to ${command.role}`;
  }
}

/**
 * Asks a step. A poll is one activity that is retried for months instead of a timer loop, because a retry adds nothing to the
 * history. The activity's id is the identity of the question.
 */
export async function callStep(context: CallContext, ask: Ask): Promise<StepAnswer> {
  const { clinic, firstRunId } = context;
  const pauseSeconds = (ask.structure.pollEveryMinutes ?? 1) * 60;
  const { askStep } = proxyActivities<Pick<AuthorizationActivities, 'askStep'>>({
    ...options(context, `${ask.purpose}: period ${ask.structure.period}, ${ask.structure.kind}`),
    activityId: ask.id,
    startToCloseTimeout: deliveryLimit,
    scheduleToCloseTimeout: patience[ask.purpose],
    retry:
      ask.purpose === 'poll'
        ? { initialInterval: pauseSeconds * 1000, backoffCoefficient: 1, maximumInterval: pauseSeconds * 1000 }
        : { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '15m' },
  });
  const { step, item, structure } = ask;
  const input = {
    clinic,
    step,
    item,
    structure,
    firstRunId,
    deadlineSeconds: deliverySeconds,
    retryAfterSeconds: pauseSeconds,
  };
  const answers = await askStep(input);
  const answer = answers.find((one) => one.item === item);
  if (answer === undefined) throw ApplicationFailure.nonRetryable('The answer leaves the item out', 'internal.bug');
  return answer;
}

/** How long a question is asked before the machine goes on without an answer (see `askFailed`). */
const patience = { submit: '24h', inquire: '2h', poll: '180 days', record: '7 days' } as const;

/** The code of a failed call: the server's own where there is one, else that nobody answered in time. */
export function codeOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.type ? cause.type : 'step.lost';
}
