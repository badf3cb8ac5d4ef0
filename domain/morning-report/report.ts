// The morning report: every open item in one list, what is lost first at the top, each line with its reason.
import { dayNumber, spokenDate, zoneReader } from '../calendar.ts';
import { workItemKinds } from '../work-item/kinds.ts';
import type { WorkItemKind } from '../work-item/kinds.ts';
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
  for (const line of lines) {
    byPriority[line.priority]++;
    byKind[line.kind] = (byKind[line.kind] ?? 0) + 1;
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
  };
}

/** Unknown comes last: it cannot be the first to be lost. */
function earlier(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/**
 * The report as plain text for paper. It holds references; a caller who may show names passes `subjectOf`.
 * @param subjectOf what stands for an authorization, for example a patient's name in a signed-in person's browser
 */
export function printMorningReport(
  report: MorningReport,
  clinicName: string,
  subjectOf: (authorization: string) => string = (authorization) => authorization,
): string {
  const day = dayNumber(report.date);
  const head = `${clinicName}: morning report, ${spokenDate(day, day)} ${report.date.slice(0, 4)}`;
  const { total, overdue, escalated, byPriority } = report.counts;
  const counts = `${total} ${total === 1 ? 'item' : 'items'}: ${byPriority[1]} urgent, ${overdue} overdue, ${escalated} escalated`;
  if (total === 0) return `${head}\nNothing needs a person this morning.\n`;
  const lines = report.lines.map((line, index) => {
    const subject = line.authorization === null ? '' : ` ${subjectOf(line.authorization)}`;
    const payer = line.payer === null ? '' : `, ${line.payer.name}`;
    return [
      `[ ] ${index + 1}. P${line.priority}${subject}${payer}: ${workItemKinds[line.kind].title} (${line.role})`,
      `       ${line.priorityReason}. ${line.reason}`,
    ].join('\n');
  });
  return `${[head, counts, '', ...lines].join('\n')}\n`;
}
