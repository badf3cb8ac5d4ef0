// How commands and questions become activities: time limits, retries, priority and the code of a failure.

import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { ActivityOptions } from '@temporalio/workflow';
import type { ItemCommand } from '../domain/machine/items.ts';
import type { StepAnswer, StepName } from '../domain/step/call.ts';
import type { WorkItemKind } from '../domain/work-item/kinds.ts';

/** Whose call it is and how urgent. */
export interface CallContext {
  readonly clinic: string;
  readonly workflowId: string;
  readonly firstRunId: string;
  /** A person waits for the effect: before everything that the calendar started. */
  readonly urgent: boolean;
}

/** One question of a workflow to a clinic's flow about one item; its id is the activity's and so the identity of the call. */
interface Question {
  readonly id: string;
  readonly purpose: string;
  readonly step: StepName;
  readonly item: string;
  readonly structure:
    | { readonly pollEveryMinutes?: number }
    | { readonly channel: string }
    | { readonly approval: string; readonly effectKey: string };
}

/** What the activity `askStep` is given. */
export interface AskStepInput<Structure extends object> {
  readonly clinic: string;
  readonly step: StepName;
  readonly item: string;
  readonly structure: Structure;
  /** With workflow and activity id it makes the identity of the call, over retries and continued runs. */
  readonly firstRunId: string;
  /** How long a flow may take for one delivery. */
  readonly deadlineSeconds: number;
  /** The pause after a delivery that ended without an answer, where the server names none. */
  readonly retryAfterSeconds: number;
}

/** One delivery to a flow: the flow's own deadline, and the activity's limit a little later. */
const deliverySeconds = 120;
const deliveryLimit = '150s';

/** Of an activity that is one short call of the server; `summary` is without PHI. */
export function callOptions({ clinic, urgent }: CallContext, summary: string): ActivityOptions {
  return {
    summary,
    startToCloseTimeout: '30s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
    priority: { fairnessKey: clinic, priorityKey: urgent ? 1 : 3 },
  };
}

/** What is to be done about an item, for an activity's summary. */
export function itemInWords(command: ItemCommand<WorkItemKind>): string {
  switch (command.type) {
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
 * @param patience how long it is asked before the machine goes on without an answer
 */
export async function askStepOf(
  context: CallContext,
  ask: Question,
  { summary, patience }: { readonly summary: string; readonly patience: '2h' | '24h' | '7 days' | '180 days' },
): Promise<StepAnswer> {
  const { clinic, firstRunId } = context;
  const { id, purpose, step, item, structure } = ask;
  const pauseSeconds = (('pollEveryMinutes' in structure ? structure.pollEveryMinutes : null) ?? 1) * 60;
  const { askStep } = proxyActivities<{
    askStep(input: AskStepInput<Question['structure']>): Promise<readonly StepAnswer[]>;
  }>({
    ...callOptions(context, summary),
    activityId: id,
    startToCloseTimeout: deliveryLimit,
    scheduleToCloseTimeout: patience,
    retry:
      purpose === 'poll'
        ? { initialInterval: pauseSeconds * 1000, backoffCoefficient: 1, maximumInterval: pauseSeconds * 1000 }
        : { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '15m' },
  });
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

/** In a validator: refuses an update for a reason in plain words. */
export function refuse(reason: string | null): void {
  if (reason !== null) throw ApplicationFailure.nonRetryable(reason, 'decision.refused');
}

/** The code of a failed call: the server's own where there is one, else that nobody answered in time. */
export function codeOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.type ? cause.type : 'step.lost';
}
