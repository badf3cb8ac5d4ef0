// What the activities of every followed record do alike: commands one after the other, and work items opened and followed.

import { ApplicationFailure, activityInfo, cancellationSignal } from '@temporalio/activity';
import type { StepAnswer } from '../../domain/step/call.ts';
import type { AskStepInput } from '../../workflows/calls.ts';
import { failure, field } from '../gait-server.ts';
import type { GaitServer } from '../gait-server.ts';
import { askStep } from './ask-step.ts';

export interface ActivityNeeds {
  readonly server: GaitServer;
  /** Shortens the time a flow may take for one delivery. */
  readonly stepDeadlineSeconds?: number | null;
}

/** One POST to the server's part for workers. */
export type Post = (path: string, body: object) => Promise<unknown>;

/** A command about a work item of a record. */
export type ItemCommand =
  | {
      readonly type: 'openItem';
      readonly key: string;
      readonly kind: string;
      readonly dueAt: string;
      readonly context: object;
    }
  | { readonly type: 'closeItem'; readonly workItem: string; readonly reason: string }
  | { readonly type: 'remindItem'; readonly workItem: string }
  | { readonly type: 'escalateItem'; readonly workItem: string; readonly role: string };

/** Each in its order; a refusal for good is the command's own result, a failure that may pass fails the whole. */
export async function inOrder<Command, Result>(
  { server }: ActivityNeeds,
  commands: readonly Command[],
  tell: (post: Post, command: Command) => Promise<Result>,
  refused: (code: string) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  const post: Post = (path, body) => server.post(`/v1/worker/${path}`, body, cancellationSignal());
  for (const command of commands) {
    try {
      results.push(await tell(post, command));
    } catch (error) {
      if (!(error instanceof ApplicationFailure && error.nonRetryable && error.type)) throw error;
      results.push(refused(error.type));
    }
  }
  return results;
}

/** Returns the reference of an item that was opened, else null. */
export async function tellOfItem(
  post: Post,
  { clinic, subject, workflowId }: { readonly clinic: string; readonly subject: string; readonly workflowId: string },
  command: ItemCommand,
): Promise<string | null> {
  switch (command.type) {
    case 'openItem': {
      const { key, kind, dueAt, context } = command;
      const workflow = { id: workflowId };
      const answer = await post('work-items/open', { clinic, key, kind, subject, workflow, dueAt, context });
      const workItem = field(answer, 'workItem');
      if (typeof workItem !== 'string') throw failure('internal.bug');
      return workItem;
    }
    case 'closeItem':
      await post('work-items/close', { clinic, workItem: command.workItem, reason: command.reason });
      return null;
    case 'remindItem':
      await post('work-items/remind', { clinic, workItem: command.workItem });
      return null;
    case 'escalateItem':
      await post('work-items/escalate', { clinic, workItem: command.workItem, role: command.role });
      return null;
  }
}

/** Asks the clinic's flow about one item. */
export function askOne(
  { server, stepDeadlineSeconds = null }: ActivityNeeds,
  { item, structure, deadlineSeconds, ...question }: AskStepInput<object>,
): Promise<readonly StepAnswer[]> {
  const within = Math.min(deadlineSeconds, stepDeadlineSeconds ?? deadlineSeconds);
  return askStep(server, { ...question, items: [{ item, structure }], deadlineSeconds: within }, activityInfo());
}
