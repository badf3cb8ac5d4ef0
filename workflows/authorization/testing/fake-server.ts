// Stands for the server's API in workflow tests: it remembers what it was asked and answers steps by a script.

import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Assessment } from '../../../domain/authorization/assessment.ts';
import type { AuthorizationEvent } from '../../../domain/authorization/events.ts';
import { assessmentOf } from '../../../domain/authorization/testing/assessments.ts';
import type { StepAnswer, StepName } from '../../../domain/step/call.ts';
import type { AuthorizationActivities, CarriedOut, ServerCommand } from '../activities.ts';

/** What the flow says to one delivery: an outcome, or `null`: not yet. */
export type Script = (delivery: number, activityId: string) => Omit<StepAnswer & { outcome: string }, 'item'> | null;

/** A server of one authorization. `calls` lists every activity attempt in words. */
export interface FakeServer {
  readonly activities: AuthorizationActivities;
  readonly calls: string[];
  readonly events: AuthorizationEvent[];
  readonly opened: { readonly authorization: string; readonly key: string; readonly workItem: string }[];
  readonly asked: string[];
  assessment: Assessment;
  /** What the server would say after an event; changes `assessment`. */
  onEvent: (event: AuthorizationEvent) => void;
  steps: Partial<Record<StepName, Script>>;
  /** Thrown instead of carrying anything out. */
  failure: ApplicationFailure | null;
}

/** A fresh server. `prefix` keeps the references of several servers apart. */
export function fakeServer(prefix = 'wi_'): FakeServer {
  const carryOut = (authorization: string, command: ServerCommand): CarriedOut => {
    const result = { assessment: null, workItem: null, code: null };
    switch (command.type) {
      case 'assess':
        fake.calls.push('assess');
        return { ...result, assessment: fake.assessment };
      case 'apply':
        fake.calls.push(`apply ${command.event.type}`);
        if (!fake.events.some((one) => one.id === command.event.id)) fake.events.push(command.event);
        fake.onEvent(command.event);
        return { ...result, assessment: fake.assessment };
      case 'openItem': {
        fake.calls.push(`open ${command.kind}`);
        const known = fake.opened.find((one) => one.key === command.key);
        const workItem = known?.workItem ?? `${prefix}${fake.opened.length + 1}`;
        if (known === undefined) fake.opened.push({ authorization, key: command.key, workItem });
        return { ...result, workItem };
      }
      case 'closeItem':
        fake.calls.push(`close ${command.workItem} ${command.reason}`);
        return result;
      case 'remindItem':
        fake.calls.push(`remind ${command.workItem}`);
        return result;
      case 'escalateItem':
        fake.calls.push(`escalate ${command.workItem} ${command.role}`);
        return result;
    }
  };
  const fake: FakeServer = {
    assessment: assessmentOf({ need: 'renewal', actBy: '2027-03-01' }),
    onEvent: () => undefined,
    steps: {},
    failure: null,
    calls: [],
    events: [],
    opened: [],
    asked: [],
    activities: {
      carryOut: ({ authorization, commands }) =>
        fake.failure === null
          ? Promise.resolve(commands.map((command) => carryOut(authorization, command)))
          : Promise.reject(fake.failure),
      askStep: (input) => answerOf(fake, input),
    },
  };
  return fake;
}

/** One delivery to a flow that follows a script: it is answered, or asked again after its pause. */
export function answerOf(
  fake: {
    readonly calls: string[];
    readonly asked: string[];
    readonly steps: Partial<Record<StepName, Script>>;
  },
  input: { readonly step: StepName; readonly item: string; readonly retryAfterSeconds: number },
): Promise<readonly StepAnswer[]> {
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
}
