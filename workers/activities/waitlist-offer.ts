// The activity of a freed slot's workflow: a thin call of the server, which moves and records everything.

import { cancellationSignal } from '@temporalio/activity';
import type { WaitlistActivities } from '../../workflows/waitlist-offer/activities.ts';
import type { SlotMove } from '../../workflows/waitlist-offer/messages.ts';
import { failure, field } from '../gait-server.ts';
import type { ActivityNeeds } from './carry-out.ts';

/** The activities over one server. */
export function waitlistActivities(needs: ActivityNeeds): WaitlistActivities {
  return {
    moveSlot: async (input) => moveIn(await needs.server.post('/v1/worker/waitlist/next', input, cancellationSignal())),
  };
}

/** The server made it from the same types; a shape it cannot have is our bug and tried again after a deployment. */
function moveIn(value: unknown): SlotMove {
  const [kind, until] = [field(value, 'kind'), field(value, 'until')];
  if (kind === 'over') return { kind };
  if (kind === 'wait' && typeof until === 'string') return { kind, until };
  throw failure('internal.bug');
}
