// What a person's decision about a patient's words, or about words to a patient, brings about.
import type { Selectable } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import { messageLabel } from '../onboarding/welcome.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import { settleCall } from './call-outcomes.ts';
import { revoke } from './consents.ts';
import type { MessageNeeds } from './needs.ts';
import { queueMessage } from './queue.ts';
import { readItem } from './reply-item.ts';

type DecisionRow = Selectable<WorkItemTables['work_item_decisions']>;

/** In the transaction that settles the decision. */
export interface MessageDecisions {
  settle(trx: Trx, item: WorkItemRow, row: DecisionRow): Promise<void>;
}

/** A welcome that could not go out within so many days is of no use. */
const daysToWelcome = 3;

export function messageDecisions(needs: MessageNeeds): MessageDecisions {
  return {
    async settle(trx, item, row) {
      if (item.kind === 'patient.call') await settleCall(needs, trx, item, row);
      if (item.kind === 'patient.reply') await settleReply(needs, trx, item, row);
      if (item.kind === 'patient.welcome' && row.decision === 'send') await sendWelcome(needs, trx, item, row);
    },
  };
}

async function settleReply(needs: MessageNeeds, trx: Trx, item: WorkItemRow, { decision }: DecisionRow): Promise<void> {
  const read = await readItem(trx, item, needs.now());
  const patient = read?.patient ?? null;
  if (decision !== 'meansStop' || patient === null) return;
  const by = systemPrincipal('replies');
  await revoke(needs, trx, { clinic: item.clinic, patients: [patient], channel: 'text', source: 'staff', by });
}

/** Exactly the words of the revision that the person saw. */
async function sendWelcome(needs: MessageNeeds, trx: Trx, item: WorkItemRow, row: DecisionRow): Promise<void> {
  const { clinic, subject } = item;
  const revision = await trx
    .selectFrom('work_item_revisions')
    .select('record')
    .where('work_item', '=', item.id)
    .where('number', '=', row.revision)
    .executeTakeFirstOrThrow();
  const by = systemPrincipal('messages');
  const draft = await needs.vault.open(clinic, revision.record, { purpose: 'message.write', actor: by, trx });
  const ask = {
    patient: subject,
    purpose: 'patient.welcome',
    about: null,
    key: `patient.welcome/${subject}`,
    until: new Date(needs.now().getTime() + daysToWelcome * 86_400_000),
    callIfUnreached: true,
    words: wordsIn(draft['values']),
  } as const;
  await queueMessage(needs, trx, clinic, ask, by);
}

function wordsIn(values: unknown): string {
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  for (const one of list) {
    const entry: Readonly<Record<string, unknown>> = typeof one === 'object' && one !== null ? { ...one } : {};
    if (entry['label'] === messageLabel && typeof entry['value'] === 'string') return entry['value'];
  }
  throw new GaitError('internal.bug', 'A welcome has no words.', { where: 'draft' });
}
