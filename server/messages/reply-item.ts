// Lays what a patient wrote before the front desk, with what it answers and the number to call.
import { localTime } from '../../domain/zoned-time.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import { clinicOf } from './needs.ts';
import type { MessageNeeds, MessageRow } from './needs.ts';

/** Somebody who wrote waits for an answer the same working day. */
const hoursToRead = 4;

export interface ReplyItem {
  readonly clinic: string;
  /** The reply, or the message whose page was used. */
  readonly reply: string;
  readonly patient: string | null;
  readonly answered: MessageRow | null;
  readonly reason: string;
  readonly text?: string;
  readonly from?: string;
}

export async function openReply(needs: MessageNeeds, trx: Trx, of: ReplyItem): Promise<void> {
  const { clinic, reply, patient, answered, reason, text, from } = of;
  const now = needs.now();
  const due = new Date(now.getTime() + hoursToRead * 3_600_000);
  const about = answered?.about_at ?? null;
  const { zone } = await clinicOf(trx, clinic);
  const when = about === null ? '' : ` (visit of ${localTime(about, zone).replace('T', ' ')})`;
  const values = [
    ...(text === undefined ? [] : [{ label: 'They wrote', value: text }]),
    ...(from === undefined ? [] : [{ label: 'From', value: from }]),
  ];
  const { workItem } = await needs.workItems.open(
    {
      clinic,
      key: `patient.reply/${reply}`,
      kind: 'patient.reply',
      subject: patient ?? reply,
      workflow: null,
      dueAt: (about !== null && about > now && about < due ? about : due).toISOString(),
      context: { reply, message: answered?.ref ?? null, about: answered?.about ?? null },
      reason: `${reason}${when}`,
      draft: { system: 'Message', values },
    },
    systemPrincipal('replies'),
    trx,
  );
  await trx.updateTable('message_replies').set({ work_item: workItem }).where('ref', '=', reply).execute();
}

/** A person has read it: what it kept back goes on, or ends where it meant stop. In the transaction that settles the decision. */
export async function readItem(
  trx: Trx,
  item: { readonly id: string; readonly clinic: string },
  at: Date,
): Promise<{ readonly patient: string | null; readonly reply: string } | null> {
  const row = await trx
    .updateTable('message_replies')
    .set({ read_at: at })
    .where('clinic', '=', item.clinic)
    .where('work_item', '=', item.id)
    .returning(['ref', 'patient'])
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.patient !== null)
    await trx
      .updateTable('messages')
      .set((eb) => ({ changes: eb('changes', '+', 1), updated_at: at }))
      .where('clinic', '=', item.clinic)
      .where('patient', '=', row.patient)
      .where('state', '=', 'open')
      .execute();
  return { patient: row.patient, reply: row.ref };
}
