// Stands for the server's API in workflow tests: it remembers what it was asked and answers steps by a script.

import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Assessment } from '../../../domain/authorization/assessment.ts';
import type { AuthorizationEvent } from '../../../domain/authorization/events.ts';
import { assessmentOf } from '../../../domain/authorization/testing/assessments.ts';
import type { StepAnswer, StepName } from '../../../domain/step/call.ts';
import type { AuthorizationActivities, OpenWorkItemInput } from '../activities.ts';

/** What the flow says to one delivery: an outcome, or `null`: not yet. */
export type Script = (delivery: number, activityId: string) => Omit<StepAnswer & { outcome: string }, 'item'> | null;

/** A server of one authorization. `calls` lists every activity attempt in words. */
export interface FakeServer {
  readonly activities: AuthorizationActivities;
  readonly calls: string[];
  readonly events: AuthorizationEvent[];
  readonly opened: (OpenWorkItemInput & { readonly workItem: string })[];
  readonly asked: string[];
  assessment: Assessment;
  /** What the server would say after an event; changes `assessment`. */
  onEvent: (event: AuthorizationEvent) => void;
  steps: Partial<Record<StepName, Script>>;
  failAssess: ApplicationFailure | null;
}

/** A fresh server. `prefix` keeps the references of several servers apart. */
export function fakeServer(prefix = 'wi_'): FakeServer {
  const fake: FakeServer = {
    assessment: assessmentOf({ need: 'renewal', actBy: '2027-03-01' }),
    onEvent: () => undefined,
    steps: {},
    failAssess: null,
    calls: [],
    events: [],
    opened: [],
    asked: [],
    activities: {
      assess: () => {
        fake.calls.push('assess');
        if (fake.failAssess !== null) return Promise.reject(fake.failAssess);
        return Promise.resolve(fake.assessment);
      },
      apply: ({ event }) => {
        fake.calls.push(`apply ${event.type}`);
        if (!fake.events.some((one) => one.id === event.id)) fake.events.push(event);
        fake.onEvent(event);
        return Promise.resolve(fake.assessment);
      },
      openWorkItem: (input) => {
        fake.calls.push(`open ${input.kind}`);
        const known = fake.opened.find((one) => one.key === input.key);
        const workItem = known?.workItem ?? `${prefix}${fake.opened.length + 1}`;
        if (known === undefined) fake.opened.push({ ...input, workItem });
        return Promise.resolve({ workItem, status: 'open' });
      },
      remindWorkItem: ({ workItem }) => {
        fake.calls.push(`remind ${workItem}`);
        return Promise.resolve();
      },
      escalateWorkItem: ({ workItem, role }) => {
        fake.calls.push(`escalate ${workItem} ${role}`);
        return Promise.resolve();
      },
      closeWorkItem: ({ workItem, reason }) => {
        fake.calls.push(`close ${workItem} ${reason}`);
        return Promise.resolve();
      },
      askStep: (input) => {
        const { activityId, attempt } = activityInfo();
        fake.asked.push(activityId);
        fake.calls.push(`ask ${activityId} ${attempt}`);
        const answer = fake.steps[input.step]?.(attempt, activityId) ?? null;
        if (answer !== null) return Promise.resolve([{ item: input.item, ...answer }]);
        return Promise.reject(
          ApplicationFailure.create({
            message: 'step.lost',
            type: 'step.lost',
            category: ApplicationFailureCategory.BENIGN,
            nextRetryDelay: input.retryAfterSeconds * 1000,
          }),
        );
      },
    },
  };
  return fake;
}
