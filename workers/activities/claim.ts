// The activities of a claim's workflow: thin calls of the server, which does and records everything.

import type { ClaimPlan } from '../../domain/claim/plan.ts';
import type { CarriedOut, CarryOutInput, ClaimActivities, ServerCommand } from '../../workflows/claim/activities.ts';
import { failure, field } from '../gait-server.ts';
import { askOne, inOrder, tellOfItem } from './carry-out.ts';
import type { ActivityNeeds, Post } from './carry-out.ts';

/** The activities over one server. */
export function claimActivities(needs: ActivityNeeds): ClaimActivities {
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

const nothing: CarriedOut = { plan: null, workItem: null, code: null };

async function tell(
  post: Post,
  { clinic, claim, workflowId }: CarryOutInput,
  command: ServerCommand,
): Promise<CarriedOut> {
  switch (command.type) {
    case 'assess':
      return { ...nothing, plan: planIn(field(await post('claims/assess', { clinic, claim }), 'plan')) };
    case 'apply':
      await post('claims/apply', { clinic, claim, event: command.event });
      return nothing;
    case 'show':
      await post('claims/show', { clinic, claim, shown: command.shown });
      return nothing;
    default:
      return { ...nothing, workItem: await tellOfItem(post, { clinic, subject: claim, workflowId }, command) };
  }
}

/** The server made it from the same types; a shape it cannot have is our bug and tried again after a deployment. */
function planIn(value: unknown): ClaimPlan {
  if (!isPlan(value)) throw failure('internal.bug');
  return value;
}

function isPlan(value: unknown): value is ClaimPlan {
  return (
    typeof field(value, 'claim') === 'string' &&
    typeof field(value, 'payer') === 'string' &&
    typeof field(value, 'version') === 'number' &&
    typeof field(value, 'attempts') === 'object' &&
    typeof field(value, 'terms') === 'object'
  );
}
