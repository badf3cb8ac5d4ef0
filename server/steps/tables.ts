// The tables of steps: which flow answers which step, and every call with its deliveries and answers.
import type { StepAnswer, StepAttempt } from '../../domain/step/call.ts';
import type { Instant, Json, JsonOrNull } from '../database/columns.ts';

/** One thing a step asks about: a reference and structure. */
export interface StepItem {
  readonly item: string;
  readonly structure: Readonly<Record<string, unknown>>;
}

/** The Temporal activity that waits for the answer. */
export interface WaitingActivity {
  readonly workflowId: string;
  readonly runId: string;
  readonly activityId: string;
}

/** What Temporal must be told about a call: its answers, or that it is to be asked again. */
export type Completion =
  | { readonly kind: 'answered' }
  | { readonly kind: 'again'; readonly code: string; readonly retryAfterSeconds: number };

export interface StepTables {
  step_flows: {
    listener: string;
    clinic: string;
    step: string;
    flow: string;
    flow_name: string;
    url: string;
    test: boolean;
    registered_at: Instant;
    removed_at: Instant | null;
  };
  step_calls: {
    clinic: string;
    call: string;
    step: string;
    state: string;
    items: Json<readonly StepItem[]>;
    attempts: Json<readonly StepAttempt[]>;
    answers: JsonOrNull<readonly StepAnswer[]>;
    activity: Json<WaitingActivity>;
    completion: JsonOrNull<Completion>;
    completion_tried_at: Instant | null;
    test: boolean;
    created_at: Instant;
    updated_at: Instant;
  };
}
