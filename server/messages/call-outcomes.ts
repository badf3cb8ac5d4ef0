// What a named person's call to a patient brings about: the visit is confirmed, the patient wants no more messages, nobody was reached.
import type { Selectable } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { Trx } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import { mostCalls, openCall } from './call-list.ts';
import { writeConsent } from './consents.ts';
import { messageRow, updateMessage } from './needs.ts';
import type { MessageNeeds, MessageRow } from './needs.ts';

type DecisionRow = Selectable<WorkItemTables['work_item_decisions']>;

/** Half an hour before the visit nobody is asked to call once more. */
const leastMinutesToCall = 30;

export async function settleCall(needs: MessageNeeds, trx: Trx, item: WorkItemRow, row: DecisionRow): Promise<void> {
  const ref = item.context['message'];
  if (typeof ref !== 'string') return;
  const message = await messageRow(trx, item.clinic, ref, true);
  switch (row.decision) {
    case 'confirmed':
      await answered(needs, trx, message, 'yes', row);
      return;
    case 'cannotCome':
      await answered(needs, trx, message, 'no', row);
      return;
    case 'notReached':
      await callAgain(needs, trx, item, message);
      return;
    case 'wrongNumber':
    case 'wantsNone':
      await writeConsent(needs, trx, {
        clinic: item.clinic,
        patient: item.subject,
        state: 'revoked',
        categories: null,
        // At a wrong number nobody is written to; the e-mail may still be theirs.
        channels: row.decision === 'wrongNumber' ? ['text', 'voice'] : null,
        source: 'staff',
        by: personOf(item.clinic, row),
        evidence: row.reason,
      });
  }
}

/** As the audit names who decided. */
function personOf(clinic: string, { by_user: user }: DecisionRow): SessionPrincipal {
  return { kind: 'session', user, displayName: '', clinic, roles: [], session: '' };
}

/** What was said of one visit holds for that visit at that time and for no other. */
async function answered(
  needs: MessageNeeds,
  trx: Trx,
  message: MessageRow,
  answer: 'yes' | 'no',
  row: DecisionRow,
): Promise<void> {
  const { clinic, ref, about, about_at: startsAt, purpose, patient } = message;
  const visit =
    about === null
      ? undefined
      : await trx
          .selectFrom('appointments')
          .select(['status', 'starts_at'])
          .where('clinic', '=', clinic)
          .where('ref', '=', about)
          .executeTakeFirst();
  if (visit === undefined)
    throw new GaitError('state.conflict', 'This call is about no visit: nothing can be confirmed by it.', {
      where: 'decision',
      fix: 'Record that you reached them.',
    });
  if (visit.status === 'cancelled' || visit.starts_at?.getTime() !== startsAt?.getTime())
    throw new GaitError('state.conflict', 'The visit was moved or cancelled since this call was asked for.', {
      where: 'decision',
      fix: 'Record that you reached them; the new time is reminded of by itself.',
    });
  await updateMessage(needs, trx, message, { answer, answered_at: needs.now() }, { tell: true });
  await needs.audit.append(trx, {
    clinic,
    actor: row.by_user,
    action: 'message.answered',
    subject: ref,
    purpose,
    details: { patient, answer, by: 'telephone' },
  });
}

async function callAgain(needs: MessageNeeds, trx: Trx, item: WorkItemRow, message: MessageRow): Promise<void> {
  const before: unknown = item.context['attempt'];
  const attempt = (typeof before === 'number' ? before : 1) + 1;
  const left = (message.about_at?.getTime() ?? Infinity) - needs.now().getTime();
  if (attempt > mostCalls || left < leastMinutesToCall * 60_000) return;
  await openCall(needs, trx, message, attempt);
}
