// What stands for the server's API in every workflow test: it remembers what it was asked and answers steps by a script.

import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { ItemCommand } from '../../domain/machine/items.ts';
import type { StepAnswer, StepName } from '../../domain/step/call.ts';
import type { WorkItemKind } from '../../domain/work-item/kinds.ts';

/** What the flow says to one delivery: an outcome, or `null`: not yet. */
export type Script = (delivery: number, activityId: string) => Omit<StepAnswer & { outcome: string }, 'item'> | null;

/** What a server remembers and how it answers, whatever record it keeps. `calls` lists every activity attempt in words. */
export interface Remembered {
  readonly calls: string[];
  readonly opened: { readonly record: string; readonly key: string; readonly workItem: string }[];
  readonly asked: string[];
  steps: Partial<Record<StepName, Script>>;
  /** Thrown instead of carrying anything out. */
  failure: ApplicationFailure | null;
}

/** A server that was asked nothing yet. */
export function nothingAsked(): Remembered {
  return { calls: [], opened: [], asked: [], steps: {}, failure: null };
}

/**
 * Carries out what is to be done about an item.
 * @returns the reference of the item it opens; null for everything else
 */
export function carryOutOnItem(fake: Remembered, record: string, command: ItemCommand<WorkItemKind>): string | null {
  switch (command.type) {
    case 'openItem': {
      fake.calls.push(`open ${command.kind}`);
      const known = fake.opened.find((one) => one.key === command.key);
      const workItem = known?.workItem ?? `wi_${fake.opened.length + 1}`;
      if (known === undefined) fake.opened.push({ record, key: command.key, workItem });
      return workItem;
    }
    case 'closeItem':
      fake.calls.push(`close ${command.workItem} ${command.reason}`);
      return null;
    case 'remindItem':
      fake.calls.push(`remind ${command.workItem}`);
      return null;
    case 'escalateItem':
      fake.calls.push(`escalate ${command.workItem} ${command.role}`);
      return null;
  }
}

/** One delivery to a flow that follows a script: it is answered, or asked again after its pause. */
export function answerOf(
  fake: Pick<Remembered, 'calls' | 'asked' | 'steps'>,
  input: { readonly step: StepName; readonly item: string; readonly retryAfterSeconds: number },
): Promise<readonly StepAnswer[]> {
  const { activityId, attempt } = activityInfo();
  fake.asked.push(activityId);
  fake.calls.push(`ask ${activityId} ${attempt}`);
  const answer = fake.steps[input.step]?.(attempt, activityId) ?? null;
  if (answer !== null) return Promise.resolve([{ item: input.item, ...answer }]);
  return Promise.reject(
    ApplicationFailure.create({
      message: 'step.lost',
      type: 'step.lost',
      category: ApplicationFailureCategory.BENIGN,
      nextRetryDelay: input.retryAfterSeconds * 1000,
    }),
  );
}
