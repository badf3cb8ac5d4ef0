// The activities of the workflow that files a note: thin calls of the server, which decides and records everything.

import { cancellationSignal } from '@temporalio/activity';
import type { NoteFilingActivities } from '../../workflows/note-filing/activities.ts';
import type { NextFiling } from '../../workflows/note-filing/messages.ts';
import { failure, field } from '../gait-server.ts';
import { askOne } from './carry-out.ts';
import type { ActivityNeeds } from './carry-out.ts';

/** The activities over one server. */
export function noteFilingActivities(needs: ActivityNeeds): NoteFilingActivities {
  const post = (path: string, body: object): Promise<unknown> =>
    needs.server.post(`/v1/worker/note-filings/${path}`, body, cancellationSignal());
  return {
    nextFiling: async (input) => moveIn(await post('next', input)),
    askStep: (input) => askOne(needs, input),
    async settleFiling(input) {
      await post('settle', input);
    },
  };
}

/** The server made it from the same types; a shape it cannot have is our bug and tried again after a deployment. */
function moveIn(value: unknown): NextFiling {
  const [kind, until] = [field(value, 'kind'), field(value, 'until')];
  const [approval, effectKey] = [field(value, 'approval'), field(value, 'effectKey')];
  if (kind === 'over') return { kind };
  if (kind === 'wait' && typeof until === 'string') return { kind, until };
  if (kind === 'file' && typeof approval === 'string' && typeof effectKey === 'string')
    return { kind, approval, effectKey };
  throw failure('internal.bug');
}
