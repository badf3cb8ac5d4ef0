// One signed note: lets the clinic's flow file it where the charts are kept, waits through outages and for people, until it is there.

import {
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { StepAnswer } from '../../domain/step/call.ts';
import { askStepOf, callOptions, codeOf } from '../calls.ts';
import { clinicAttribute } from '../message/messages.ts';
import type { NoteFilingActivities } from './activities.ts';
import { filingChanged, filingState } from './messages.ts';
import type { NextFiling, NoteFilingInput } from './messages.ts';

/** A note that waits long for its system has a long history: it goes on with a short one. */
const roundsPerRun = 40;

export async function noteFiling({ clinic, note, version, asked: before = 0 }: NoteFilingInput): Promise<void> {
  const { firstExecutionRunId: firstRunId, workflowId } = workflowInfo();
  const context = { clinic, workflowId, firstRunId, urgent: true };
  const { nextFiling, settleFiling } = proxyActivities<Omit<NoteFilingActivities, 'askStep'>>(
    callOptions(context, 'filing of a note'),
  );
  const of = { clinic, note, version };
  let asked = before;
  let changes = 0;
  let waitsUntil: string | null = null;
  setHandler(filingChanged, () => {
    changes += 1;
  });
  setHandler(filingState, () => ({ asked, waitsUntil }));
  upsertSearchAttributes([{ key: clinicAttribute, value: clinic }]);

  for (let round = 0; ; round += 1) {
    if (round >= roundsPerRun || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof noteFiling>({ ...of, asked });
    const seen = changes;
    const move = await nextFiling(of);
    if (move.kind === 'over') return;
    if (move.kind === 'wait') {
      waitsUntil = move.until;
      await condition(() => changes !== seen, Math.max(1000, Date.parse(move.until) - Date.now()));
      waitsUntil = null;
    } else {
      asked += 1;
      await settleFiling({ ...of, ...(await ask(move)) });
    }
  }

  /** The flow's answer, or the code of what kept it from answering. */
  async function ask({
    approval,
    effectKey,
  }: Extract<NextFiling, { kind: 'file' }>): Promise<{ answer: StepAnswer | null; code: string | null }> {
    const question = {
      id: `note.file/${asked}`,
      purpose: 'send',
      step: 'note.file',
      item: note,
      structure: { approval, effectKey },
    } as const;
    try {
      return { answer: await askStepOf(context, question, { summary: 'file a note', patience: '2h' }), code: null };
    } catch (error) {
      if (isCancellation(error)) throw error;
      return { answer: null, code: codeOf(error) };
    }
  }
}
