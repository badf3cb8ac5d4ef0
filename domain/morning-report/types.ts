// The shapes of the morning report: one list, what is lost first at the top, structure only.
import type { Role, WorkItemKind } from '../work-item/kinds.ts';

/** An open work item with the facts that rank it. */
export interface ReportInput {
  readonly workItem: string;
  readonly kind: WorkItemKind;
  readonly role: Role;
  /** Authorization reference; null for an item about something else. */
  readonly authorization: string | null;
  readonly payer: { readonly id: string; readonly name: string } | null;
  readonly reason: string;
  /** Date of the first visit that would be lost. */
  readonly lossOn: string | null;
  readonly actBy: string | null;
  readonly dueAt: string | null;
  readonly openedAt: string;
  readonly escalated: boolean;
  readonly reminded: boolean;
}

export interface ReportLine {
  readonly workItem: string;
  readonly kind: WorkItemKind;
  readonly role: Role;
  readonly authorization: string | null;
  readonly payer: { readonly id: string; readonly name: string } | null;
  readonly priority: Priority;
  readonly priorityReason: string;
  readonly reason: string;
  readonly lossOn: string | null;
  readonly actBy: string | null;
  readonly dueAt: string | null;
  readonly escalated: boolean;
  readonly reminded: boolean;
}

/** 1 is lost first. */
export type Priority = 1 | 2 | 3 | 4 | 5;

export interface MorningReport {
  /** `YYYY-MM-DD` in the clinic's zone. */
  readonly date: string;
  readonly lines: readonly ReportLine[];
  readonly counts: {
    readonly total: number;
    readonly overdue: number;
    readonly escalated: number;
    readonly byPriority: Readonly<Record<Priority, number>>;
    readonly byKind: Readonly<Partial<Record<WorkItemKind, number>>>;
    readonly byRole: Readonly<Partial<Record<Role, number>>>;
  };
}
