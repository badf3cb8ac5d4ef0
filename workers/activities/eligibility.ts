// The activities of an eligibility batch: thin calls of the server, which knows the checks and keeps what is answered.

import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { BatchRef, EligibilityActivities } from '../../workflows/eligibility-batch/activities.ts';
import type { BatchPlan, Chunk, ChunkState } from '../../workflows/eligibility-batch/messages.ts';
import { failure, field } from '../gait-server.ts';
import type { GaitServer } from '../gait-server.ts';
import { askStep } from './ask-step.ts';

/** The activities over one server. `stepDeadlineSeconds` shortens the time a flow may take for one delivery. */
export function eligibilityActivities(dependencies: {
  readonly server: GaitServer;
  readonly stepDeadlineSeconds?: number | null;
}): EligibilityActivities {
  const { server, stepDeadlineSeconds = null } = dependencies;
  const post = (path: string, body: object): Promise<unknown> =>
    server.post(`/v1/worker/eligibility/${path}`, body, cancellationSignal());
  return {
    planBatch: async (input) => planIn(await post('plan', input)),
    async askChunk({ batch, chunk, ...question }) {
      const { clinic, step } = question;
      const items = itemsIn(field(await post('items', { clinic, batch, chunk, step }), 'items'));
      if (items.length === 0) return [];
      const deadlineSeconds = Math.min(question.deadlineSeconds, stepDeadlineSeconds ?? question.deadlineSeconds);
      return askStep(server, { ...question, items, deadlineSeconds }, activityInfo());
    },
    settleChunk: async (input) => stateIn(await post('settle', input)),
    async closeBatch(input: BatchRef) {
      await post('close', input);
    },
  };
}

function planIn(value: unknown): BatchPlan {
  const [chunks, atOnce, until] = [field(value, 'chunks'), field(value, 'atOnce'), field(value, 'until')];
  if (!Array.isArray(chunks) || typeof until !== 'string' || !isCounts(atOnce)) throw failure('internal.bug');
  return { chunks: chunks.map(chunkIn), atOnce, until };
}

function chunkIn(value: unknown): Chunk {
  const [chunk, payer, checks] = [field(value, 'chunk'), field(value, 'payer'), field(value, 'checks')];
  if (typeof chunk !== 'number' || typeof payer !== 'string' || typeof checks !== 'number')
    throw failure('internal.bug');
  return { chunk, payer, checks };
}

function isCounts(value: unknown): value is Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((count) => typeof count === 'number');
}

function itemsIn(value: unknown): { item: string; structure: object }[] {
  if (!Array.isArray(value)) throw failure('internal.bug');
  return value.map((one: unknown) => {
    const [item, structure] = [field(one, 'item'), field(one, 'structure')];
    if (typeof item !== 'string' || typeof structure !== 'object' || structure === null) throw failure('internal.bug');
    return { item, structure };
  });
}

function stateIn(value: unknown): ChunkState {
  const [open, retryAfterSeconds] = [field(value, 'open'), field(value, 'retryAfterSeconds')];
  if (typeof open !== 'number' || typeof retryAfterSeconds !== 'number') throw failure('internal.bug');
  return { open, retryAfterSeconds };
}
