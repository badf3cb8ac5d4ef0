// By itself each night: what has become overdue is laid before a person, and what is there by now is taken off the list again.
import type { DueItem, DueKind } from '../../domain/documentation-due/item.ts';
import { nextNight } from '../../domain/reconciliation/nightly.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { drawSample } from '../note-audits/audits.ts';
import type { AuditNeeds } from '../note-audits/audits.ts';
import type { WorkItems } from '../work-items/items.ts';
import { dueList } from './list.ts';
import type { DueLine, DueNeeds } from './list.ts';

export interface DueNightNeeds extends DueNeeds, AuditNeeds {
  readonly workItems: WorkItems;
}

/** After midnight: what was due the day before is overdue by then. */
const nightlyAt = '00:30';
const tryAgainMinutes = 30;
const kinds = ['documentation.overdue', 'documentation.certification'] as const;
/** Every missing note of a patient is one item: they are written in one go. */
const together: readonly DueKind[] = ['note', 'signature'];

export interface DueRound {
  readonly overdue: number;
  readonly opened: number;
  readonly closed: number;
}

/** Opens an item for each overdue document and closes those of documents that are no longer so; the same facts open nothing twice. */
export async function lookOverDocuments(needs: DueNightNeeds, clinic: string, by: Principal): Promise<DueRound> {
  const { db, workItems } = needs;
  const { items } = await dueList(needs, clinic);
  const overdue = items.filter(({ state }) => state === 'overdue');
  const groups = Map.groupBy(overdue, keyOf);
  const actor = systemPrincipal('documentation-due', by);
  let opened = 0;
  for (const [key, lines] of groups) {
    const [first] = lines;
    if (first === undefined) continue;
    const { created } = await workItems.open(
      {
        clinic,
        key,
        kind: isCertification(first) ? 'documentation.certification' : 'documentation.overdue',
        subject: first.patient,
        workflow: null,
        dueAt: first.due === null ? null : `${first.due}T12:00:00.000Z`,
        context: { due: key, kind: first.kind, about: first.about, count: lines.length },
        reason: reasonOf(lines),
      },
      actor,
    );
    if (created) opened += 1;
  }
  const open = await db
    .selectFrom('work_items')
    .select(['id', 'context'])
    .where('clinic', '=', clinic)
    .where('kind', 'in', kinds)
    .where('status', '=', 'open')
    .execute();
  let closed = 0;
  for (const { id, context } of open) {
    const key = context['due'];
    if (typeof key !== 'string' || groups.has(key)) continue;
    await workItems.close(clinic, id, 'documentation.notOverdue', actor);
    closed += 1;
  }
  return { overdue: overdue.length, opened, closed };
}

function isCertification({ kind }: Pick<DueItem, 'kind'>): boolean {
  return kind === 'certification' || kind === 'recertification';
}

function keyOf({ patient, kind, about }: DueLine): string {
  return together.includes(kind)
    ? `documentation.overdue/${patient}/${kind}`
    : `documentation.overdue/${patient}/${kind}/${about ?? 'unknown'}`;
}

function reasonOf(lines: readonly DueLine[]): string {
  const [first] = lines;
  if (first === undefined) return '';
  return lines.length === 1 ? first.words : `${first.words}; and ${lines.length - 1} more of this patient`;
}

/** One round: every clinic whose night has come. One that failed is tried again half an hour later. */
export async function lookOverDocumentsDue(needs: DueNightNeeds, signal: AbortSignal): Promise<void> {
  const { db, now, policies } = needs;
  const clinics = await db
    .selectFrom('clinics as c')
    .leftJoin('documentation_turns as t', 't.clinic', 'c.id')
    .select(['c.id', 't.due_at'])
    .where('c.shredded_at', 'is', null)
    .execute();
  for (const { id: clinic, due_at: dueAt } of clinics) {
    if (signal.aborted) return;
    if (dueAt !== null && dueAt > now()) continue;
    const { zone } = await policies.today(db, clinic, now());
    const next = new Date(nextNight(nightlyAt, zone, now().toISOString()));
    if (dueAt === null) {
      // A clinic that is new has its first night before it.
      await db
        .insertInto('documentation_turns')
        .values({ clinic, due_at: next })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      continue;
    }
    const taken = await db
      .updateTable('documentation_turns')
      .set({ due_at: next })
      .where('clinic', '=', clinic)
      .where('due_at', '=', dueAt)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) continue;
    try {
      const by = systemPrincipal('documentation-due');
      await lookOverDocuments(needs, clinic, by);
      await drawSample(needs, clinic, (await policies.today(db, clinic, now())).date, by);
    } catch (error) {
      const again = new Date(now().getTime() + tryAgainMinutes * 60_000);
      await db.updateTable('documentation_turns').set({ due_at: again }).where('clinic', '=', clinic).execute();
      throw error;
    }
  }
}
