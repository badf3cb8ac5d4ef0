// One message to a patient: asks the server what to do, waits as long as it says, lets the clinic's flow send it, until it is over.

import {
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Channel } from '../../domain/outreach/words.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import { askStepOf, callOptions, codeOf } from '../calls.ts';
import type { MessageActivities } from './activities.ts';
import { clinicAttribute, messageChanged, messageState } from './messages.ts';
import type { MessageInput } from './messages.ts';

/** A message that waits and is asked about that often has a long history: it goes on with a short one. */
const roundsPerRun = 40;

export async function message({ clinic, message: ref, asked: before = 0 }: MessageInput): Promise<void> {
  const { firstExecutionRunId: firstRunId, workflowId } = workflowInfo();
  const context = { clinic, workflowId, firstRunId, urgent: false };
  const { nextMove, settle } = proxyActivities<Omit<MessageActivities, 'askStep'>>(callOptions(context, 'message'));
  const of = { clinic, message: ref };
  let asked = before;
  let changes = 0;
  let waitsUntil: string | null = null;
  setHandler(messageChanged, () => {
    changes += 1;
  });
  setHandler(messageState, () => ({ asked, waitsUntil }));
  upsertSearchAttributes([{ key: clinicAttribute, value: clinic }]);

  for (let round = 0; ; round += 1) {
    if (round >= roundsPerRun || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof message>({ ...of, asked });
    const seen = changes;
    const move = await nextMove(of);
    if (move.kind === 'over') return;
    if (move.kind === 'wait') {
      waitsUntil = move.until;
      await condition(() => changes !== seen, Math.max(1000, Date.parse(move.until) - Date.now()));
      waitsUntil = null;
    } else {
      asked += 1;
      await settle({ ...of, channel: move.channel, ...(await ask(move.channel)) });
    }
  }

  /** The flow's answer, or the code of what kept it from answering. */
  async function ask(channel: Channel): Promise<{ answer: StepAnswer | null; code: string | null }> {
    const question = {
      id: `message.send/${asked}`,
      purpose: 'send',
      step: 'message.send',
      item: ref,
      structure: { channel },
    } as const;
    try {
      return {
        answer: await askStepOf(context, question, { summary: `send by ${channel}`, patience: '2h' }),
        code: null,
      };
    } catch (error) {
      if (isCancellation(error)) throw error;
      return { answer: null, code: codeOf(error) };
    }
  }
}
