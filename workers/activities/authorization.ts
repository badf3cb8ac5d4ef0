// The activities of an authorization's workflow: thin calls of the server, which does and records everything.

import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { Assessment } from '../../domain/authorization/assessment.ts';
import type { AuthorizationActivities } from '../../workflows/authorization/activities.ts';
import { failure, field } from '../gait-server.ts';
import type { GaitServer } from '../gait-server.ts';
import { askStep } from './ask-step.ts';

/** The activities over one server. `stepDeadlineSeconds` shortens the time a flow may take for one delivery. */
export function createActivities(dependencies: {
  readonly server: GaitServer;
  readonly stepDeadlineSeconds?: number | null;
}): AuthorizationActivities {
  const { server, stepDeadlineSeconds = null } = dependencies;
  const within = (seconds: number): number => Math.min(seconds, stepDeadlineSeconds ?? seconds);
  const post = (path: string, body: object): Promise<unknown> => server.post(path, body, cancellationSignal());
  return {
    async assess({ clinic, authorization }) {
      const answer = await post('/v1/worker/authorizations/assess', { clinic, authorization });
      return assessmentIn(field(answer, 'assessment') ?? answer);
    },
    async apply({ clinic, authorization, event }) {
      const answer = await post('/v1/worker/authorizations/apply', { clinic, authorization, event });
      return assessmentIn(field(answer, 'assessment'));
    },
    async openWorkItem({ clinic, authorization, key, kind, workflowId, dueAt, context }) {
      const body = { clinic, key, kind, subject: authorization, workflow: { id: workflowId }, dueAt, context };
      const answer = await post('/v1/worker/work-items/open', body);
      const workItem = field(answer, 'workItem');
      const status = field(answer, 'status');
      if (typeof workItem !== 'string' || typeof status !== 'string') throw failure('internal.bug');
      return { workItem, status };
    },
    async remindWorkItem(input) {
      await post('/v1/worker/work-items/remind', input);
    },
    async escalateWorkItem(input) {
      await post('/v1/worker/work-items/escalate', input);
    },
    async closeWorkItem(input) {
      await post('/v1/worker/work-items/close', input);
    },
    askStep: (input) => askStep(server, { ...input, deadlineSeconds: within(input.deadlineSeconds) }, activityInfo()),
  };
}

/** The server made it from the same types; a shape it cannot have is our bug and tried again after a deployment. */
function assessmentIn(value: unknown): Assessment {
  if (!isAssessment(value)) throw failure('internal.bug');
  return value;
}

function isAssessment(value: unknown): value is Assessment {
  const period = field(value, 'period');
  return (
    typeof field(value, 'need') === 'string' &&
    typeof field(value, 'payer') === 'string' &&
    typeof period === 'number' &&
    typeof field(value, 'policy') === 'object' &&
    typeof field(value, 'projection') === 'object'
  );
}
