// Asks a clinic's flow a step and leaves: the server completes the activity when the flow has answered.

import { ApplicationFailure, CompleteAsyncError, cancellationSignal } from '@temporalio/activity';
import type { Info } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { errorTable } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { StepAnswer, StepName } from '../../domain/step/call.ts';
import { failure, field, knownCode } from '../gait-server.ts';
import type { GaitServer } from '../gait-server.ts';
import { stepCallId } from './step-call-id.ts';

/** One delivery of a question about one item or a list. Times are in seconds. */
export interface StepDelivery {
  readonly clinic: string;
  readonly step: StepName;
  readonly items: readonly { readonly item: string; readonly structure: object }[];
  /** With workflow and activity id it makes the identity of the call, over retries and continued runs. */
  readonly firstRunId: string;
  /** How long a flow may take for one delivery. */
  readonly deadlineSeconds: number;
  /** The pause after a delivery that ended without an answer, where the server names none. */
  readonly retryAfterSeconds: number;
}

/**
 * One attempt of a question. The call's id is the same in every attempt, so a stored answer is found and a flow that runs is not
 * started twice.
 * @throws CompleteAsyncError when the question was put: the answer comes to the activity by its id.
 * @throws ApplicationFailure, expected and retried after the server's pause, when there is no flow or the attempt ended.
 */
export async function askStep(server: GaitServer, input: StepDelivery, info: Info): Promise<readonly StepAnswer[]> {
  const execution = info.workflowExecution;
  if (execution === undefined) throw failure('internal.bug');
  const { workflowId, runId } = execution;
  const { activityId } = info;
  const call = stepCallId(workflowId, input.firstRunId, activityId);
  const answer = await server.post(
    '/v1/worker/steps/ask',
    {
      clinic: input.clinic,
      call,
      attempt: info.attempt,
      step: input.step,
      items: input.items,
      deadline: new Date(Date.now() + input.deadlineSeconds * 1000).toISOString(),
      activity: { workflowId, runId, activityId },
    },
    cancellationSignal(),
  );
  switch (field(answer, 'state')) {
    case 'answered':
      return answersIn(field(answer, 'answers'));
    case 'asked':
    case 'running':
      throw new CompleteAsyncError();
    case 'noFlow':
      throw later('step.no-flow', pause(answer, input));
    case 'ended':
      throw later(knownCode(field(answer, 'code')) ?? 'step.lost', pause(answer, input));
    default:
      throw failure('internal.bug');
  }
}

function pause(answer: unknown, input: StepDelivery): number {
  const seconds = field(answer, 'retryAfterSeconds');
  return typeof seconds === 'number' && seconds > 0 ? seconds : input.retryAfterSeconds;
}

function later(code: ErrorCode, seconds: number): ApplicationFailure {
  return ApplicationFailure.create({
    message: code,
    type: code,
    nonRetryable: !errorTable[code].retry,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: seconds * 1000,
  });
}

function answersIn(value: unknown): readonly StepAnswer[] {
  if (!Array.isArray(value)) throw failure('internal.bug');
  return value.map((one: unknown) => {
    if (!isStepAnswer(one)) throw failure('internal.bug');
    return one;
  });
}

function isStepAnswer(value: unknown): value is StepAnswer {
  if (typeof field(value, 'item') !== 'string') return false;
  return typeof field(value, 'outcome') === 'string' || knownCode(field(field(value, 'error'), 'code')) !== null;
}
