// What the server answers about data audits, and two records side by side as a work item lays them out.
import type { AuditFigures, SystemFigures } from '../domain/data-audit/figures.ts';
import type { ProtocolPart } from '../domain/data-audit/protocol.ts';
import type { Json, WorkItemPage } from './api.ts';

export interface AuditRun {
  readonly audit: string;
  readonly state: 'asked' | 'running' | 'done' | 'failed';
  readonly askedAt: string;
  readonly finishedAt: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly failure: string | null;
  readonly figures: AuditFigures | null;
}

export interface NamedSystem extends Omit<SystemFigures, 'fields'> {
  readonly name: string;
  readonly fields: readonly (SystemFigures['fields'][number] & { readonly words: string })[];
}

export interface FindingGroup {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly system: string;
  readonly systemName: string;
  readonly field: string | null;
  readonly fieldWords: string | null;
  readonly count: number;
  readonly words: string;
}

export interface PatientLink {
  readonly id: string;
  readonly patient: string;
  readonly standsFor: string;
  readonly at: string;
  readonly stayed: readonly { readonly what: string; readonly refs: readonly string[]; readonly why: string }[];
}

export interface DataAuditPage {
  readonly newest: AuditRun | null;
  readonly last: (AuditRun & { readonly systems: readonly NamedSystem[] }) | null;
  readonly groups: readonly FindingGroup[];
  readonly links: readonly PatientLink[];
  readonly protocol: readonly ProtocolPart[];
}

/** A record as a person reads it; `authorization` leads to its page. */
export interface ShownRecord {
  readonly ref: string;
  readonly name: string | null;
  readonly authorization: string | null;
}

export interface ShownFinding {
  readonly key: string;
  readonly severity: string;
  readonly subject: ShownRecord | null;
  readonly other: ShownRecord | null;
  readonly workItem: string | null;
  readonly isNew: boolean;
}

export interface ReconciledVisits {
  readonly patients: number;
  readonly agree: number;
  readonly items: Readonly<Record<'opened' | 'changed' | 'closed' | 'same' | 'accepted', number>>;
}

/** When visits are compared next without anybody asking, and what the last comparison found. */
export interface ReconciliationState {
  readonly nextAt: string | null;
  readonly isRunning: boolean;
  readonly last: {
    readonly finishedAt: string;
    readonly figures: (Omit<ReconciledVisits, 'disagreeing'> & { readonly disagreeing: number }) | null;
    readonly failure: string | null;
  } | null;
}

export interface PairDraft {
  readonly sources: Readonly<Record<'first' | 'second', { readonly system: string; readonly asOf: string | null }>>;
  readonly rows: readonly {
    readonly label: string;
    readonly first: string | null;
    readonly second: string | null;
    readonly words: string | null;
  }[];
  readonly conclusion: string;
  readonly weights: readonly {
    readonly words: string;
    readonly strangerBits: number;
    readonly householdBits: number;
  }[];
}

/** The two records of an item of the kind `patient.merge`; null where the page shows something else. */
export function pairDraftOf(page: Pick<WorkItemPage, 'draftKind' | 'draft'>): PairDraft | null {
  const { draftKind, draft } = page;
  return draftKind === 'patientPair' && isPairDraft(draft) ? draft : null;
}

function isPairDraft(draft: unknown): draft is PairDraft {
  if (typeof draft !== 'object' || draft === null) return false;
  return 'sources' in draft && 'rows' in draft && Array.isArray(draft.rows) && 'weights' in draft;
}

/** A pair draft as JSON, for whoever lays one out. */
export function pairAsJson(draft: PairDraft): Json {
  const { sources, rows, conclusion, weights } = draft;
  return {
    sources: { first: { ...sources.first }, second: { ...sources.second } },
    rows: rows.map((row) => ({ ...row })),
    conclusion,
    weights: weights.map((weight) => ({ ...weight })),
  };
}
