// The fortnight on Temporal's time-skipping server: the real workflows with their timers, their activities over the clinic in memory.
// Every so often an activity does its work and dies before it says so, and the worker is replaced: its successor replays.
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker, WorkflowBundle } from '@temporalio/worker';
import type { MessageActivities } from '../../workflows/message/activities.ts';
import { messageChanged, messageWorkflowId, messageWorkflowType } from '../../workflows/message/messages.ts';
import { testClient, testWorker } from '../../workflows/testing/bench.ts';
import type { WaitlistActivities } from '../../workflows/waitlist-offer/activities.ts';
import { slotChanged, waitlistWorkflowId, waitlistWorkflowType } from '../../workflows/waitlist-offer/messages.ts';
import type { Account } from './account.ts';
import { MemoryClinic } from './memory-clinic.ts';
import type { Message } from './memory-messages.ts';
import type { Slot } from './memory-slots.ts';
import { happens } from './story.ts';
import type { Story } from './story.ts';
import { Timeline } from './timeline.ts';

const clinicId = 'cl_1';
const taskQueue = 'fortnight';
const minuteMs = 60_000;
const longestStepMs = 6 * 60 * minuteMs;
const daysToEnd = 4;
const diesPercent = 3;

export interface Timed {
  readonly account: Account;
  /** Activities that died after their work. */
  readonly died: number;
  readonly workers: number;
  readonly workflows: number;
}

/** @param workers how many workers follow each other */
export async function playOnTimers(
  environment: TestWorkflowEnvironment,
  bundle: WorkflowBundle,
  story: Story,
  workers: number,
): Promise<Timed> {
  const time = new Timeline(Date.parse(story.from));
  const client = testClient(environment);
  const telling = new Set<Promise<unknown>>();
  const started = new Set<string>();
  let died = 0;
  let calls = 0;

  const tell = (workflowId: string, told: Promise<unknown>): void => {
    started.add(workflowId);
    telling.add(told);
    void told.finally(() => telling.delete(told)).catch(() => undefined);
  };
  const clinic = new MemoryClinic(story, time, {
    message: ({ ref, ending }: Message) => {
      if (ending !== null) return;
      const workflowId = messageWorkflowId(clinicId, ref);
      const args: [{ clinic: string; message: string }] = [{ clinic: clinicId, message: ref }];
      const start = { workflowId, taskQueue, args, signal: messageChanged };
      tell(workflowId, client.workflow.signalWithStart(messageWorkflowType, start));
    },
    slot: ({ ref }: Slot) => {
      const workflowId = waitlistWorkflowId(clinicId, ref);
      const args: [{ clinic: string; slot: string }] = [{ clinic: clinicId, slot: ref }];
      const start = { workflowId, taskQueue, args, signal: slotChanged };
      tell(workflowId, client.workflow.signalWithStart(waitlistWorkflowType, start));
    },
  });

  /** What is due has happened before anything is decided; then, now and then, nobody hears what was decided. */
  const at = async <T>(work: () => T): Promise<T> => {
    time.runUntil(await environment.currentTimeMs());
    const result = work();
    calls += 1;
    if (happens(story, `dies/${calls}`, diesPercent)) {
      died += 1;
      const category = ApplicationFailureCategory.BENIGN;
      throw ApplicationFailure.create({ message: 'the worker died after its work', category });
    }
    return result;
  };
  const activities: MessageActivities & WaitlistActivities = {
    nextMove: ({ message }) => at(() => clinic.messages.next(message)),
    askStep: ({ item, structure }) =>
      at(() => {
        clinic.messages.send(item, structure.channel);
        return [{ item, outcome: 'sent' }];
      }),
    settle: () => Promise.resolve(),
    moveSlot: ({ slot }) => at(() => clinic.slots.move(slot)),
  };

  const end = Date.parse(story.to) + daysToEnd * 24 * 60 * minuteMs;
  const until = async (moment: number): Promise<void> => {
    for (let now = await environment.currentTimeMs(); now < moment; now = await environment.currentTimeMs()) {
      time.runUntil(now);
      await Promise.all(telling);
      const next = Math.min(time.next ?? moment, now + longestStepMs, moment);
      await environment.sleep(Math.max(minuteMs, next - now));
    }
    time.runUntil(await environment.currentTimeMs());
    await Promise.all(telling);
  };

  await environment.sleep(Math.max(0, Date.parse(story.from) - (await environment.currentTimeMs())));
  clinic.begin();
  const [from, share] = [Date.parse(story.from), (Date.parse(story.to) - Date.parse(story.from)) / workers];
  for (let number = 1; number <= workers; number += 1) {
    // The time-skipping server goes on offering a task to a dead worker that had its workflow in memory: none is kept there.
    const options = { cachedWorkflows: 0 };
    const worker: Worker = await testWorker(environment, bundle, { activities }, taskQueue, options);
    await worker.runUntil(() => until(number === workers ? end : from + number * share));
  }
  return { account: clinic.account(), died, workers, workflows: started.size };
}
