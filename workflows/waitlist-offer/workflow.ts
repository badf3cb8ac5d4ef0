// One freed slot: lets the server move it on, waits until an offer ends or something happens, until the visit begins or all is settled.

import {
  condition,
  continueAsNew,
  proxyActivities,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { callOptions } from '../calls.ts';
import { clinicAttribute } from '../message/messages.ts';
import type { WaitlistActivities } from './activities.ts';
import { slotChanged, slotWaits } from './messages.ts';
import type { SlotRef } from './messages.ts';

/** A slot that many are asked about has a long history: it goes on with a short one. */
const roundsPerRun = 100;

export async function waitlistOffer({ clinic, slot }: SlotRef): Promise<void> {
  const { firstExecutionRunId: firstRunId, workflowId } = workflowInfo();
  const context = { clinic, workflowId, firstRunId, urgent: true };
  const { moveSlot } = proxyActivities<WaitlistActivities>(callOptions(context, 'slot'));
  let changes = 0;
  let waitsUntil: string | null = null;
  setHandler(slotChanged, () => {
    changes += 1;
  });
  setHandler(slotWaits, () => ({ waitsUntil }));
  upsertSearchAttributes([{ key: clinicAttribute, value: clinic }]);
  for (let round = 0; ; round += 1) {
    if (round >= roundsPerRun || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof waitlistOffer>({ clinic, slot });
    const seen = changes;
    const move = await moveSlot({ clinic, slot });
    if (move.kind === 'over') return;
    waitsUntil = move.until;
    await condition(() => changes !== seen, Math.max(1000, Date.parse(move.until) - Date.now()));
    waitsUntil = null;
  }
}
