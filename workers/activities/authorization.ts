// The activities of an authorization's workflow: thin calls of the server, which does and records everything.

import { ApplicationFailure, activityInfo, cancellationSignal } from '@temporalio/activity';
import type { Assessment } from '../../domain/authorization/assessment.ts';
import type {
  AuthorizationActivities,
  CarriedOut,
  CarryOutInput,
  ServerCommand,
} from '../../workflows/authorization/activities.ts';
import { failure, field } from '../gait-server.ts';
import type { GaitServer } from '../gait-server.ts';
import { askStep } from './ask-step.ts';

/** The activities over one server. `stepDeadlineSeconds` shortens the time a flow may take for one delivery. */
export function authorizationActivities(dependencies: {
  readonly server: GaitServer;
  readonly stepDeadlineSeconds?: number | null;
}): AuthorizationActivities {
  const { server, stepDeadlineSeconds = null } = dependencies;
  const within = (seconds: number): number => Math.min(seconds, stepDeadlineSeconds ?? seconds);
  return {
    async carryOut(input) {
      const results: CarriedOut[] = [];
      for (const command of input.commands) results.push(await carryOutOne(server, input, command));
      return results;
    },
    askStep: ({ item, structure, deadlineSeconds, ...question }) =>
      askStep(
        server,
        { ...question, items: [{ item, structure }], deadlineSeconds: within(deadlineSeconds) },
        activityInfo(),
      ),
  };
}

const nothing: CarriedOut = { assessment: null, workItem: null, code: null };

async function carryOutOne(server: GaitServer, input: CarryOutInput, command: ServerCommand): Promise<CarriedOut> {
  try {
    return await tell((path, body) => server.post(`/v1/worker/${path}`, body, cancellationSignal()), input, command);
  } catch (error) {
    if (error instanceof ApplicationFailure && error.nonRetryable && error.type)
      return { ...nothing, code: error.type };
    throw error;
  }
}

async function tell(
  post: (path: string, body: object) => Promise<unknown>,
  { clinic, authorization, workflowId }: CarryOutInput,
  command: ServerCommand,
): Promise<CarriedOut> {
  switch (command.type) {
    case 'assess': {
      const answer = await post('authorizations/assess', { clinic, authorization });
      return { ...nothing, assessment: assessmentIn(field(answer, 'assessment') ?? answer) };
    }
    case 'apply': {
      const answer = await post('authorizations/apply', { clinic, authorization, event: command.event });
      return { ...nothing, assessment: assessmentIn(field(answer, 'assessment')) };
    }
    case 'openItem': {
      const { key, kind, dueAt, context } = command;
      const workflow = { id: workflowId };
      const answer = await post('work-items/open', {
        clinic,
        key,
        kind,
        subject: authorization,
        workflow,
        dueAt,
        context,
      });
      const workItem = field(answer, 'workItem');
      if (typeof workItem !== 'string') throw failure('internal.bug');
      return { ...nothing, workItem };
    }
    case 'closeItem':
      await post('work-items/close', { clinic, workItem: command.workItem, reason: command.reason });
      return nothing;
    case 'remindItem':
      await post('work-items/remind', { clinic, workItem: command.workItem });
      return nothing;
    case 'escalateItem':
      await post('work-items/escalate', { clinic, workItem: command.workItem, role: command.role });
      return nothing;
  }
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
