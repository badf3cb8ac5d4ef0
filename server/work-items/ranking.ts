// How urgent an open item is and why it is there, as of today: both follow from the authorization's facts and age with them.
import { dateInZone } from '../../domain/calendar.ts';
import { requestKinds } from '../../domain/authorization/schema.ts';
import type { WorkItemKind } from '../../domain/work-item/kinds.ts';
import { isAboutAuthorization, isAuthorizationKind, isWorkItemKind } from '../../domain/work-item/kinds.ts';
import { rank } from '../../domain/work-item/priority.ts';
import type { Ranking } from '../../domain/work-item/priority.ts';
import { reasonFor } from '../../domain/work-item/reason.ts';
import type { AuthorizationFacts } from '../authorizations/facts.ts';
import type { Trx } from '../database/tables.ts';

/** What an item is, as far as its urgency and its reason depend on it. */
export interface RankedItem {
  readonly kind: WorkItemKind;
  readonly subject: string;
  readonly dueAt: string | null;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Ranks an item by what is lost first. */
export function rankOf(
  facts: AuthorizationFacts | null,
  item: Pick<RankedItem, 'kind' | 'subject' | 'dueAt'>,
  at: Date,
): Ranking {
  const zone = facts?.today.zone ?? 'UTC';
  const today = facts?.today.date ?? dateInZone(at.toISOString(), zone);
  const dueOn = item.dueAt === null ? null : dateInZone(item.dueAt, zone);
  const stake = {
    kind: item.kind,
    lossOn: facts?.assessment.projection.firstUncoveredVisit?.date ?? null,
    // A payer is called before the visit: the day the item is due.
    actBy: facts?.assessment.actBy ?? (isAboutAuthorization(item) ? null : dueOn),
    dueOn,
  };
  return rank(stake, { date: today });
}

/** Why the item is there, in one sentence without a name. */
export async function reasonOf(trx: Trx, item: RankedItem, facts: AuthorizationFacts | null): Promise<string> {
  const { kind, context } = item;
  if (kind === 'flow.task') return 'A flow of the clinic asks for it';
  if (!isAuthorizationKind(kind) || facts === null) {
    return `No published flow answers the step ${item.subject}; what waits for it goes on when one is published`;
  }
  const { authorization, appointments, assessment, today, policy, presentPayer } = facts;
  const period = typeof context['period'] === 'number' ? context['period'] : null;
  const attention =
    typeof context['attention'] === 'string' ? context['attention'].split(' ').filter((code) => code !== '') : null;
  return reasonFor(kind, {
    authorization,
    appointments,
    assessment,
    period,
    requestKind: requestKinds.find((one) => one === context['requestKind']) ?? null,
    attempt: typeof context['attempt'] === 'number' ? context['attempt'] : null,
    notSentBy: typeof context['notSentBy'] === 'string' ? context['notSentBy'] : null,
    reasonCodes: attention ?? (await newestReasonCodes(trx, authorization.clinic, authorization.ref, period)),
    attention: attention !== null,
    payer: policy.name,
    presentPayer,
    today: today.date,
  });
}

/** The codes of the payer's newest answer about a period; of any where the period is not named. */
async function newestReasonCodes(
  trx: Trx,
  clinic: string,
  authorization: string,
  period: number | null,
): Promise<string[]> {
  const rows = await trx
    .selectFrom('authorization_events')
    .select('detail')
    .where('clinic', '=', clinic)
    .where('authorization_ref', '=', authorization)
    .where('event', '=', 'answered')
    .orderBy('seq', 'desc')
    .execute();
  const detail = rows.find((row) => period === null || row.detail['period'] === period)?.detail;
  const answer = detail?.['answer'];
  if (typeof answer !== 'object' || answer === null || !('reasonCodes' in answer)) return [];
  return Array.isArray(answer.reasonCodes) ? answer.reasonCodes.filter((code) => typeof code === 'string') : [];
}

/** Lays today's priority and reason onto the open items about one authorization; a flow's own reason stays its own. */
export async function refreshOpenItems(trx: Trx, facts: AuthorizationFacts, at: Date): Promise<void> {
  const rows = await trx
    .selectFrom('work_items')
    .select(['id', 'kind', 'subject', 'due_at', 'context', 'reason', 'priority', 'priority_reason'])
    .where('clinic', '=', facts.authorization.clinic)
    .where('subject', '=', facts.authorization.ref)
    .where('status', '=', 'open')
    .orderBy('id')
    .execute();
  for (const row of rows) {
    if (!isWorkItemKind(row.kind)) continue;
    const { kind, subject, context } = row;
    const item = { kind, subject, context, dueAt: row.due_at?.toISOString() ?? null };
    const { priority, reason: priorityReason } = rankOf(facts, item, at);
    const reason = context['openedBy'] === 'flow' ? row.reason : await reasonOf(trx, item, facts);
    if (reason === row.reason && priority === row.priority && priorityReason === row.priority_reason) continue;
    await trx
      .updateTable('work_items')
      .set({ reason, priority, priority_reason: priorityReason })
      .where('id', '=', row.id)
      .execute();
  }
}
