// What an authorization's workflow may ask the worker to do; the worker implements it, the workflow knows only these types.

import type { Assessment } from '../../domain/authorization/assessment.ts';
import type { AuthorizationEvent } from '../../domain/authorization/events.ts';
import type { AskStructure } from '../../domain/authorization/machine-state.ts';
import type { StepAnswer, StepName } from '../../domain/step/call.ts';

interface Subject {
  readonly clinic: string;
  readonly authorization: string;
}

interface ItemSubject {
  readonly clinic: string;
  readonly workItem: string;
}

export interface OpenWorkItemInput extends Subject {
  /** Idempotency key: the same key opens one item. */
  readonly key: string;
  readonly kind: string;
  readonly workflowId: string;
  readonly dueAt: string;
  readonly context: Readonly<Record<string, string | number | null>>;
}

export interface AskStepInput {
  readonly clinic: string;
  readonly step: StepName;
  readonly item: string;
  readonly structure: AskStructure;
  /** With workflow and activity id it makes the identity of the call, over retries and continued runs. */
  readonly firstRunId: string;
  /** How long a flow may take for one delivery. */
  readonly deadlineSeconds: number;
  /** The pause after a delivery that ended without an answer, where the server names none. */
  readonly retryAfterSeconds: number;
}

export interface AuthorizationActivities {
  /** What the authorization needs today. */
  assess(input: Subject): Promise<Assessment>;
  /** Stores an event, once per event id, and tells what the authorization needs then. */
  apply(input: Subject & { readonly event: AuthorizationEvent }): Promise<Assessment>;
  openWorkItem(input: OpenWorkItemInput): Promise<{ readonly workItem: string; readonly status: string }>;
  remindWorkItem(input: ItemSubject): Promise<void>;
  escalateWorkItem(input: ItemSubject & { readonly role: string }): Promise<void>;
  closeWorkItem(input: ItemSubject & { readonly reason: string }): Promise<void>;
  /**
   * Asks the clinic's flow about one item. Nothing waits in it: it ends by async completion, with the list of answers as result,
   * or fails retryably until there is one.
   */
  askStep(input: AskStepInput): Promise<readonly StepAnswer[]>;
}
