// One batch of coverage checks: a sliding window over chunks, each asked until it is settled or time is up, then delivered.

import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { ActivityOptions } from '@temporalio/workflow';
import type { StepAnswer } from '../../domain/step/call.ts';
import type { AskChunkInput, EligibilityActivities } from './activities.ts';
import { batchState, clinicAttribute } from './messages.ts';
import type { BatchPlan, BatchState, Chunk, EligibilityBatchInput } from './messages.ts';

/** Chunks on their way at the same time, over all payers. */
const windowSize = 8;
/** After so many chunks a batch continues as new, so that its history stays short. */
const chunksPerRun = 100;
/** One delivery to a flow, and the activity's limit a little later. */
const deliverySeconds = 180;
const deliveryLimit = '210s';
const pauseSeconds = 60;
/** While chunks wait to be asked, what is answered is delivered after so long. */
const deliverAfter = '5m';
/** Results wait this long for a flow that takes them; they stay in the console whatever happens. */
const deliverWithin = '24h';

/** Ends when every check is settled, by the payer or as a named exception, and what can be delivered is. */
export async function eligibilityBatch(input: EligibilityBatchInput): Promise<void> {
  const { clinic, batch } = input;
  const { firstExecutionRunId: firstRunId } = workflowInfo();
  const ref = { clinic, batch };
  const priority = { fairnessKey: clinic, priorityKey: 4 };
  const server = proxyActivities<Omit<EligibilityActivities, 'askChunk'>>({
    startToCloseTimeout: '60s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
    priority,
  });
  let plan: BatchPlan = { chunks: [], atOnce: {}, until: '' };
  const running = new Map<number, Chunk>();
  let settled = 0;
  let delivered = 0;
  setHandler(
    batchState,
    (): BatchState => ({ chunks: plan.chunks.length, settled, delivered, asking: [...running.keys()] }),
  );

  upsertSearchAttributes([{ key: clinicAttribute, value: clinic }]);
  plan = await server.planBatch(ref);
  const until = input.until ?? plan.until;
  const from = input.nextChunk ?? 0;
  const mine = plan.chunks.filter(({ chunk }) => chunk >= from && chunk < from + chunksPerRun);

  const deliveries: Promise<void>[] = [];
  const waiting = [...mine];
  const failures: unknown[] = [];
  try {
    while (waiting.length > 0 || running.size > 0) {
      const next = waiting.findIndex(mayStart);
      if (next === -1) {
        const before = running.size;
        await condition(() => running.size < before);
        if (failures.length > 0) throw failures[0];
        continue;
      }
      const [chunk] = waiting.splice(next, 1);
      if (chunk !== undefined) void start(chunk);
    }
    await Promise.all(deliveries);
  } catch (error) {
    // A batch that is cancelled still says of every check what became of it.
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => server.closeBatch(ref));
    throw error;
  }
  const last = from + chunksPerRun;
  if (plan.chunks.some(({ chunk }) => chunk >= last))
    await continueAsNew<typeof eligibilityBatch>({ clinic, batch, nextChunk: last, until });
  await server.closeBatch(ref);

  function mayStart({ payer }: Chunk): boolean {
    if (running.size >= windowSize) return false;
    return [...running.values()].filter((one) => one.payer === payer).length < (plan.atOnce[payer] ?? 1);
  }

  async function start(chunk: Chunk): Promise<void> {
    running.set(chunk.chunk, chunk);
    try {
      await settle(chunk.chunk);
      settled += 1;
      deliveries.push(deliver(chunk.chunk));
    } catch (error) {
      failures.push(error);
    } finally {
      running.delete(chunk.chunk);
    }
  }

  /** Asks what is open of a chunk, again and again until nothing is or time is up. */
  async function settle(chunk: number): Promise<void> {
    for (let round = 1; ; round += 1) {
      const left = Date.parse(until) - Date.now();
      const answers =
        left <= 0 ? [] : await ask({ chunk, step: 'eligibility.check', round }, { scheduleToCloseTimeout: left });
      const code = 'code' in answers ? answers.code : null;
      const isOver = left <= 0 || code !== null;
      const state = await server.settleChunk({
        ...ref,
        chunk,
        step: 'eligibility.check',
        answers: 'code' in answers ? [] : answers,
        giveUp: isOver ? (code ?? 'vendor.unavailable') : null,
      });
      if (state.open === 0 || isOver) return;
      await sleep(Math.min(state.retryAfterSeconds * 1000, Math.max(1000, Date.parse(until) - Date.now())), {
        summary: `chunk ${chunk}: ${state.open} open`,
      });
    }
  }

  async function deliver(chunk: number): Promise<void> {
    // Questions first: a payer's answer is waited for, a delivery is not. But nobody's delivery waits for a payer that is away.
    const isAsked = (): boolean => waiting.length === 0 && running.size === 0;
    if (!isAsked()) await condition(isAsked, deliverAfter);
    const answers = await ask(
      { chunk, step: 'eligibility.deliver', round: 1 },
      { scheduleToCloseTimeout: deliverWithin },
    );
    const said = 'code' in answers ? { answers: [], giveUp: answers.code } : { answers, giveUp: null };
    const { open } = await server.settleChunk({ ...ref, chunk, step: 'eligibility.deliver', ...said });
    if (open === 0) delivered += 1;
  }

  /** The flow's answers, or the code of what kept it from answering for good. The activity's id is the question's identity. */
  async function ask(
    { chunk, step, round }: { chunk: number; step: AskChunkInput['step']; round: number },
    patience: Pick<ActivityOptions, 'scheduleToCloseTimeout'>,
  ): Promise<readonly StepAnswer[] | { readonly code: string }> {
    const { askChunk } = proxyActivities<Pick<EligibilityActivities, 'askChunk'>>({
      ...patience,
      activityId: `${step}/${chunk}/${round}`,
      startToCloseTimeout: deliveryLimit,
      retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '10m' },
      priority,
      summary: `${step}: chunk ${chunk}, round ${round}`,
    });
    try {
      return await askChunk({
        ...ref,
        chunk,
        step,
        firstRunId,
        deadlineSeconds: deliverySeconds,
        retryAfterSeconds: pauseSeconds,
      });
    } catch (error) {
      if (isCancellation(error)) throw error;
      const cause = error instanceof ActivityFailure ? error.cause : error;
      return { code: cause instanceof ApplicationFailure && cause.type ? cause.type : 'step.lost' };
    }
  }
}
