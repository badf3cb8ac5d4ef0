// The activities of an authorization's workflow: thin calls of the server, which does and records everything.

import type { Assessment } from '../../domain/authorization/assessment.ts';
import type {
  AuthorizationActivities,
  CarriedOut,
  CarryOutInput,
  ServerCommand,
} from '../../workflows/authorization/activities.ts';
import { failure, field } from '../gait-server.ts';
import { askOne, inOrder, tellOfItem } from './carry-out.ts';
import type { ActivityNeeds, Post } from './carry-out.ts';

/** The activities over one server. */
export function authorizationActivities(needs: ActivityNeeds): AuthorizationActivities {
  return {
    carryOut: (input) =>
      inOrder(
        needs,
        input.commands,
        (post, command) => tell(post, input, command),
        (code) => ({ ...nothing, code }),
      ),
    askStep: (input) => askOne(needs, input),
  };
}

const nothing: CarriedOut = { assessment: null, workItem: null, code: null };

async function tell(
  post: Post,
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
    default:
      return { ...nothing, workItem: await tellOfItem(post, { clinic, subject: authorization, workflowId }, command) };
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
