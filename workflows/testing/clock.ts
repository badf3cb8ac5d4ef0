// The time-skipping server's clock beside activities that are asked again: it stands still while a failed attempt is told.

import { setTimeout as sleep } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

/** As long as the server needs to take a failure down, in milliseconds of real time. */
const tellingMs = 200;

const tellings = new Set<Promise<unknown>>();

/** Waits until no failed attempt is being told any more: a call that meets the end of its server is tried again after it. */
export async function allTold(): Promise<void> {
  await Promise.all(tellings);
}

/**
 * The activities, with the clock held for a moment where one fails. Running on, it skips the pause before the next attempt and
 * hands that out before the worker has closed the failed one; both bear the same token, so the worker drops the new one, and
 * the server waits for it in real time.
 */
export function onSteadyClock<T extends object>(environment: TestWorkflowEnvironment, activities: T): T {
  const clock = environment.supportsTimeSkipping ? environment.connection.testService : undefined;
  if (clock === undefined) return activities;
  const steady = async (work: () => unknown): Promise<unknown> => {
    try {
      return await work();
    } catch (error) {
      await clock.lockTimeSkipping({});
      const telling = sleep(tellingMs)
        .then(() => clock.unlockTimeSkipping({}))
        .catch(() => undefined)
        .finally(() => tellings.delete(telling));
      tellings.add(telling);
      throw error;
    }
  };
  return new Proxy(activities, {
    get(target, name, receiver) {
      const activity: unknown = Reflect.get(target, name, receiver);
      if (typeof activity !== 'function') return activity;
      return (...input: unknown[]) => steady(() => Reflect.apply(activity, target, input));
    },
  });
}
