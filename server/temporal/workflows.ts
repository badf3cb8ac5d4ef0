// The server's line to Temporal: starts and wakes workflows, delivers decisions, completes steps.
import {
  ActivityNotFoundError,
  Client,
  Connection,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  defaultGrpcRetryOptions,
  isGrpcServiceError,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Decision as AuthorizationDecision } from '../../domain/authorization/machine-state.ts';
import type { Decision as ClaimDecision, VoidWish } from '../../domain/claim/machine-state.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import { dataConverter } from '../../payload-codec/data-converter.ts';
import { readCodecKeys } from '../../payload-codec/keys.ts';
import {
  authorizationTaskQueue,
  authorizationWorkflowId,
  authorizationWorkflowType,
  changed,
  checkNow,
  decide,
} from '../../workflows/authorization/messages.ts';
import * as claims from '../../workflows/claim/messages.ts';
import {
  eligibilityBatchWorkflowId,
  eligibilityBatchWorkflowType,
  eligibilityTaskQueue,
} from '../../workflows/eligibility-batch/messages.ts';
import {
  messageChanged,
  messageTaskQueue,
  messageWorkflowId,
  messageWorkflowType,
} from '../../workflows/message/messages.ts';
import * as filing from '../../workflows/note-filing/messages.ts';
import {
  slotChanged,
  waitlistTaskQueue,
  waitlistWorkflowId,
  waitlistWorkflowType,
} from '../../workflows/waitlist-offer/messages.ts';
import type { ServerConfig } from '../config.ts';
import type { WaitingActivity } from '../steps/tables.ts';

/** `later`: Temporal or the worker is away, nothing is known; deliver again under the same id. */
export type Delivery =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'later' };

export interface Workflows {
  /** Makes sure that a workflow follows the authorization and looks at it again. */
  track(clinic: string, authorization: string): Promise<void>;
  /** Asks the payer now. False where no workflow follows the authorization. */
  checkNow(clinic: string, authorization: string): Promise<boolean>;
  /** Makes sure that a workflow carries out a batch of coverage checks; one that ran to its end stays ended. */
  startEligibilityBatch(clinic: string, batch: string): Promise<void>;
  /** Makes sure that a workflow follows the claim and looks at it again. */
  trackClaim(clinic: string, claim: string): Promise<void>;
  /** Tells the claim's workflow what was heard; one that has ended begins anew. */
  tellClaim(clinic: string, claim: string, heard: claims.Heard): Promise<void>;
  /** Asks the payer now. False where no workflow follows the claim. */
  checkClaimNow(clinic: string, claim: string): Promise<boolean>;
  takeClaimBack(clinic: string, claim: string, wish: VoidWish): Promise<Delivery>;
  /** Makes sure that a workflow follows the message and looks at it again. */
  trackMessage(clinic: string, message: string): Promise<void>;
  /** Makes sure that a workflow follows the freed slot and looks at it again. */
  trackSlot(clinic: string, slot: string): Promise<void>;
  /** Makes sure that a workflow files this version of the note and looks at it again. */
  trackFiling(of: filing.FilingRef): Promise<void>;
  decide(workflowId: string, updateId: string, decision: AuthorizationDecision): Promise<Delivery>;
  decideClaim(workflowId: string, updateId: string, decision: ClaimDecision): Promise<Delivery>;
  /** Completes the activity that waits. `gone`: it waits no longer. Throws where Temporal is away. */
  completeStep(activity: WaitingActivity, answers: readonly StepAnswer[]): Promise<'told' | 'gone'>;
  /** Ends the attempt so that the step is asked again after the seconds. */
  endAttempt(activity: WaitingActivity, code: string, retryAfterSeconds: number): Promise<'told' | 'gone'>;
  close(): Promise<void>;
}

/** How long a person waits for the workflow's word before the delivery goes on without them. */
const patienceMs = 8_000;
/** The longest pause before a call is tried again; a server that stops waits for it. */
const longestPauseMs = 1_000;

/** gRPC status NOT_FOUND. */
const grpcNotFound = 5;

/** Connects when first used: the server serves its console also while Temporal is away. */
export function connectWorkflows(config: Pick<ServerConfig, 'temporal' | 'keyringFile'>): Workflows {
  let isStopping = false;
  const usual = defaultGrpcRetryOptions();
  const retrying = makeGrpcRetryInterceptor({
    delayFunction: (attempt, status) => Math.min(longestPauseMs, usual.delayFunction(attempt, status)),
    retryableDecider: (attempt, status) => !isStopping && usual.retryableDecider(attempt, status),
  });
  const connection = Connection.lazy({ address: config.temporal.address, interceptors: [retrying] });
  const client = new Client({
    connection,
    namespace: config.temporal.namespace,
    identity: 'gait-server',
    dataConverter: dataConverter(readCodecKeys(config.keyringFile)),
  });
  /** Each with its own end: a signal shared by all would remember every call ever made. */
  const underWay = new Map<Promise<unknown>, AbortController>();
  const within = async <T>(work: () => Promise<T>): Promise<T> => {
    const end = new AbortController();
    const call = connection.withAbortSignal(end.signal, () => connection.withDeadline(Date.now() + patienceMs, work));
    underWay.set(call, end);
    try {
      return await call;
    } finally {
      underWay.delete(call);
    }
  };

  const tell = async (work: () => Promise<void>): Promise<'told' | 'gone'> => {
    try {
      await within(work);
      return 'told';
    } catch (error) {
      if (error instanceof ActivityNotFoundError) return 'gone';
      throw error;
    }
  };

  const signalled = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await within(work);
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  };

  const delivered = async (work: () => Promise<unknown>): Promise<Delivery> => {
    try {
      await within(work);
      return { kind: 'accepted' };
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) return { kind: 'refused', reason: reasonOf(error) };
      const isGone =
        error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && Number(error.code) === grpcNotFound);
      return isGone ? { kind: 'refused', reason: 'The flow that waited for it has ended.' } : { kind: 'later' };
    }
  };

  return {
    async track(clinic, authorization) {
      await within(() =>
        client.workflow.signalWithStart(authorizationWorkflowType, {
          workflowId: authorizationWorkflowId(clinic, authorization),
          taskQueue: authorizationTaskQueue,
          args: [{ clinic, authorization }],
          signal: changed,
          signalArgs: [],
        }),
      );
    },
    checkNow: (clinic, authorization) =>
      signalled(() => client.workflow.getHandle(authorizationWorkflowId(clinic, authorization)).signal(checkNow)),
    async trackClaim(clinic, claim) {
      await within(() =>
        client.workflow.signalWithStart(claims.claimWorkflowType, {
          ...claimStart(clinic, claim),
          signal: claims.changed,
          signalArgs: [],
        }),
      );
    },
    async tellClaim(clinic, claim, heard) {
      await within(() =>
        client.workflow.signalWithStart(claims.claimWorkflowType, {
          ...claimStart(clinic, claim),
          signal: claims.heard,
          signalArgs: [heard],
        }),
      );
    },
    checkClaimNow: (clinic, claim) =>
      signalled(() => client.workflow.getHandle(claims.claimWorkflowId(clinic, claim)).signal(claims.checkNow)),
    takeClaimBack: (clinic, claim, wish) =>
      delivered(() =>
        client.workflow
          .getHandle(claims.claimWorkflowId(clinic, claim))
          .executeUpdate(claims.takeBack, { updateId: wish.id, args: [wish] }),
      ),
    async startEligibilityBatch(clinic, batch) {
      try {
        await within(() =>
          client.workflow.start(eligibilityBatchWorkflowType, {
            workflowId: eligibilityBatchWorkflowId(clinic, batch),
            taskQueue: eligibilityTaskQueue,
            args: [{ clinic, batch }],
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
          }),
        );
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
    async trackMessage(clinic, message) {
      await within(() =>
        client.workflow.signalWithStart(messageWorkflowType, {
          workflowId: messageWorkflowId(clinic, message),
          taskQueue: messageTaskQueue,
          args: [{ clinic, message }],
          signal: messageChanged,
          signalArgs: [],
        }),
      );
    },
    async trackSlot(clinic, slot) {
      await within(() =>
        client.workflow.signalWithStart(waitlistWorkflowType, {
          workflowId: waitlistWorkflowId(clinic, slot),
          taskQueue: waitlistTaskQueue,
          args: [{ clinic, slot }],
          signal: slotChanged,
          signalArgs: [],
        }),
      );
    },
    async trackFiling(of) {
      await within(() =>
        client.workflow.signalWithStart(filing.noteFilingWorkflowType, {
          workflowId: filing.noteFilingWorkflowId(of),
          taskQueue: filing.noteFilingTaskQueue,
          args: [of],
          signal: filing.filingChanged,
          signalArgs: [],
        }),
      );
    },
    decide: (workflowId, updateId, decision) =>
      delivered(() => client.workflow.getHandle(workflowId).executeUpdate(decide, { updateId, args: [decision] })),
    decideClaim: (workflowId, updateId, decision) =>
      delivered(() =>
        client.workflow.getHandle(workflowId).executeUpdate(claims.decide, { updateId, args: [decision] }),
      ),
    completeStep: ({ workflowId, activityId }, answers) =>
      tell(() => client.activity.complete({ workflowId, activityId }, answers)),
    endAttempt: ({ workflowId, activityId }, code, retryAfterSeconds) =>
      tell(() =>
        client.activity.fail(
          { workflowId, activityId },
          ApplicationFailure.create({
            message: 'The step is not answered yet.',
            type: code,
            category: ApplicationFailureCategory.BENIGN,
            nextRetryDelay: `${retryAfterSeconds}s`,
          }),
        ),
      ),
    async close() {
      // A call that is tried again on a closed connection would end the process.
      isStopping = true;
      for (const end of underWay.values()) end.abort();
      await Promise.allSettled(underWay.keys());
      await connection.close();
    },
  };
}

function claimStart(clinic: string, claim: string) {
  return {
    workflowId: claims.claimWorkflowId(clinic, claim),
    taskQueue: claims.claimTaskQueue,
    args: [{ clinic, claim }],
  };
}

/** The validator's own sentence; it holds no PHI, being made of codes and states. */
function reasonOf(error: WorkflowUpdateFailedError): string {
  const { cause } = error;
  return cause instanceof ApplicationFailure && cause.message !== ''
    ? cause.message
    : 'The flow refused this decision.';
}
