// What a workflow asks a step: the call, its items and the activity that waits.
import type { StepName } from '../../domain/step/call.ts';
import type { StepItem, WaitingActivity } from './tables.ts';

/** A workflow's question. `deadline` is an ISO instant; `attempt` the activity's own count. */
export interface StepQuestion {
  readonly clinic: string;
  readonly call: string;
  readonly attempt: number;
  readonly step: StepName;
  readonly items: readonly StepItem[];
  readonly deadline: string;
  readonly activity: WaitingActivity;
}
