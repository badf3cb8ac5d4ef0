// The morning report: every open item in one list, what is lost first at the top, each line with its reason.
import { zoneReader } from '../calendar.ts';
import type { Role, WorkItemKind } from '../work-item/kinds.ts';
import { rank } from '../work-item/priority.ts';
import type { MorningReport, Priority, ReportInput, ReportLine } from './types.ts';

/**
 * Makes the report of one day. Sorted by priority, then by the visit lost first, the day to act by, the due time and the
 * time it was opened; the work item's id decides the rest, so that the same items always give the same list.
 * @param today the day of the report and the clinic's zone, by which due times become days
 */
export function morningReport(
  items: readonly ReportInput[],
  today: { readonly date: string; readonly zone: string },
): MorningReport {
  const dayOf = zoneReader(today.zone);
  const ranked = items
    .map((item) => {
      const dueOn = item.dueAt === null ? null : dayOf(item.dueAt);
      return { item, line: lineOf(item, dueOn, today), overdue: dueOn !== null && dueOn < today.date };
    })
    .sort(
      (a, b) =>
        a.line.priority - b.line.priority ||
        earlier(a.line.lossOn, b.line.lossOn) ||
        earlier(a.line.actBy, b.line.actBy) ||
        earlier(a.line.dueAt, b.line.dueAt) ||
        earlier(a.item.openedAt, b.item.openedAt) ||
        earlier(a.line.workItem, b.line.workItem),
    );
  const lines = ranked.map(({ line }) => line);
  const byPriority: Record<Priority, number> = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  const byKind: Partial<Record<WorkItemKind, number>> = {};
  const byRole: Partial<Record<Role, number>> = {};
  for (const line of lines) {
    byPriority[line.priority]++;
    byKind[line.kind] = (byKind[line.kind] ?? 0) + 1;
    byRole[line.role] = (byRole[line.role] ?? 0) + 1;
  }
  return {
    date: today.date,
    lines,
    counts: {
      total: lines.length,
      overdue: ranked.filter(({ overdue }) => overdue).length,
      escalated: lines.filter((line) => line.escalated).length,
      byPriority,
      byKind,
      byRole,
    },
  };
}

function lineOf(item: ReportInput, dueOn: string | null, today: { readonly date: string }): ReportLine {
  const { priority, reason: priorityReason } = rank(
    { lossOn: item.lossOn, actBy: item.actBy, dueOn, kind: item.kind },
    today,
  );
  return {
    workItem: item.workItem,
    kind: item.kind,
    role: item.role,
    authorization: item.authorization,
    payer: item.payer,
    priority,
    priorityReason,
    reason: item.reason,
    lossOn: item.lossOn,
    actBy: item.actBy,
    dueAt: item.dueAt,
    escalated: item.escalated,
    reminded: item.reminded,
  };
}

/** Unknown comes last: it cannot be the first to be lost. */
function earlier(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
