// How each command of the machine becomes an activity: time limits, retries, priority and a summary without PHI.

import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { ActivityOptions } from '@temporalio/workflow';
import type { Assessment } from '../../domain/authorization/assessment.ts';
import type { Ask, Command } from '../../domain/authorization/machine-state.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import type { AuthorizationActivities } from './activities.ts';

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

/** Reads or writes the authorization at the server; either way the newest assessment comes back. */
export function callAuthorization(
  context: CallContext,
  command: Extract<Command, { type: 'assess' | 'apply' }>,
): Promise<Assessment> {
  const { clinic, authorization } = context;
  const summary = command.type === 'assess' ? 'assess' : `write: ${command.event.type}`;
  const server = proxyActivities<AuthorizationActivities>(options(context, summary));
  if (command.type === 'assess') return server.assess({ clinic, authorization });
  return server.apply({ clinic, authorization, event: command.event });
}

/** Opens a work item; the result is its reference. */
export async function callOpenItem(context: CallContext, command: Extract<Command, { type: 'openItem' }>): Promise<string> {
  const { clinic, authorization, workflowId } = context;
  const { key, kind, dueAt } = command;
  const server = proxyActivities<AuthorizationActivities>(options(context, `open ${kind}`));
  const opened = await server.openWorkItem({ clinic, authorization, key, kind, workflowId, dueAt, context: command.context });
  return opened.workItem;
}

/** Reminds of, escalates or closes a work item. */
export function callItem(
  context: CallContext,
  command: Extract<Command, { type: 'remindItem' | 'escalateItem' | 'closeItem' }>,
): Promise<void> {
  const { clinic } = context;
  const { workItem } = command;
  switch (command.type) {
    case 'remindItem':
      return proxyActivities<AuthorizationActivities>(options(context, 'remind')).remindWorkItem({ clinic, workItem });
    case 'escalateItem': {
      const server = proxyActivities<AuthorizationActivities>(options(context, `escalate to ${command.role}`));
      return server.escalateWorkItem({ clinic, workItem, role: command.role });
    }
    case 'closeItem': {
      const server = proxyActivities<AuthorizationActivities>(options(context, `close: ${command.reason}`));
      return server.closeWorkItem({ clinic, workItem, reason: command.reason });
    }
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
  const input = { clinic, step, item, structure, firstRunId, deadlineSeconds: deliverySeconds, retryAfterSeconds: pauseSeconds };
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
