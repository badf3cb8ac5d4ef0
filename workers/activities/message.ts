// The activities of a message's workflow: thin calls of the server, which decides and records everything.

import { cancellationSignal } from '@temporalio/activity';
import { channels } from '../../domain/outreach/words.ts';
import type { MessageActivities } from '../../workflows/message/activities.ts';
import type { NextMove } from '../../workflows/message/messages.ts';
import { failure, field } from '../gait-server.ts';
import { askOne } from './carry-out.ts';
import type { ActivityNeeds } from './carry-out.ts';

/** The activities over one server. */
export function messageActivities(needs: ActivityNeeds): MessageActivities {
  const post = (path: string, body: object): Promise<unknown> =>
    needs.server.post(`/v1/worker/messages/${path}`, body, cancellationSignal());
  return {
    nextMove: async (input) => moveIn(await post('next', input)),
    askStep: (input) => askOne(needs, input),
    async settle(input) {
      await post('settle', input);
    },
  };
}

/** The server made it from the same types; a shape it cannot have is our bug and tried again after a deployment. */
function moveIn(value: unknown): NextMove {
  const kind = field(value, 'kind');
  const channel = channels.find((one) => one === field(value, 'channel'));
  const until = field(value, 'until');
  if (kind === 'over') return { kind };
  if (kind === 'wait' && typeof until === 'string') return { kind, until };
  if (kind === 'send' && channel !== undefined) return { kind, channel };
  throw failure('internal.bug');
}
