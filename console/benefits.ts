// What the console is told about coverage checks: lists, one check with its summaries, batches, and the sheet of a call.
import type { FieldName } from '../domain/eligibility/fields.ts';
import type { BenefitSummary } from '../domain/eligibility/summary-schema.ts';

export type CheckFilter = 'all' | 'answered' | 'exception' | 'waiting';
export type CheckState = 'open' | 'pending' | 'answered' | 'rejected' | 'failed' | 'byPhone';

/** The values of one coverage that hold for this clinic; null: nobody said. */
export type SummaryStructure = Readonly<Partial<Record<FieldName, unknown>>> & {
  readonly summary: string;
  /** "1 of 2". */
  readonly coverage: string;
  readonly flags: readonly string[];
};

interface CheckFacts {
  readonly check: string;
  readonly patient: string;
  readonly payer: { readonly id: string; readonly name: string };
  readonly serviceDate: string;
  readonly reasons: readonly string[];
  readonly state: CheckState;
  readonly code: string | null;
  readonly askedAt: string | null;
  readonly settledAt: string | null;
  readonly deliveredAt: string | null;
}

/** The open item of a check: what a person has to do about it. */
export interface CheckItem {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly dueAt: string | null;
}

export interface CheckLine extends CheckFacts {
  readonly patientName: string | null;
  readonly workItem: CheckItem | null;
  readonly summaries: readonly SummaryStructure[];
}

export interface KeptSummary {
  readonly ref: string;
  readonly at: string;
  /** Null where the vault no longer holds it. */
  readonly summary: BenefitSummary | null;
}

interface PersonName {
  readonly given?: string | null;
  readonly family?: string | null;
}

export interface CheckPage extends Omit<CheckFacts, 'patient'> {
  readonly patient: { readonly ref: string; readonly name: PersonName | null; readonly birthDate: string | null };
  readonly coverage: {
    readonly memberId: string | null;
    readonly groupNumber: string | null;
    readonly planName: string | null;
    readonly order: string | null;
  };
  readonly summaries: readonly KeptSummary[];
  /** The answer before this one, to compare with. */
  readonly before: readonly KeptSummary[];
  readonly workItem: CheckItem | null;
}

export interface CheckBatch {
  readonly batch: string;
  readonly kind: string;
  readonly day: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** How many checks came to which state. */
  readonly checks: Readonly<Partial<Record<CheckState, number>>>;
}

/** Codes that stand in a summary, in Gait's own words. */
export interface CodeWords {
  readonly serviceTypes: Readonly<Record<string, string>>;
  readonly contacts: Readonly<Record<string, string>>;
  readonly periods: Readonly<Record<string, string>>;
  /** Service types with which a limit may be shared. */
  readonly mayShareLimit: readonly string[];
}

/** What the server laid into the item for the caller. */
export interface CallDraft {
  readonly check: string;
  readonly payer: { readonly id: string; readonly name: string | null };
  readonly patient: { readonly name: PersonName | null; readonly birthDate: string | null };
  readonly coverage: { readonly memberId: string | null; readonly groupNumber: string | null };
  readonly provider: {
    readonly organizationName: string | null;
    readonly npi: string | null;
    readonly taxId: string | null;
  };
  readonly serviceDate: string;
  readonly coverages: readonly (Pick<BenefitSummary, 'contacts' | 'flags' | 'rejects' | 'messages'> & {
    readonly summary: string | null;
    readonly questions: BenefitSummary['callScript'];
  })[];
}

/** The sheet of an item that asks for a call; null where it holds none. */
export function callDraftOf(page: { readonly draftKind: string | null; readonly draft: unknown }): CallDraft | null {
  const { draftKind, draft } = page;
  return draftKind === 'benefitsCall' && isCallDraft(draft) ? draft : null;
}

function isCallDraft(draft: unknown): draft is CallDraft {
  return (
    typeof draft === 'object' &&
    draft !== null &&
    'check' in draft &&
    'patient' in draft &&
    'coverages' in draft &&
    Array.isArray(draft.coverages)
  );
}

/** "Doe, Jane"; null where no part of the name is known. */
export function nameInWords(name: PersonName | null): string | null {
  const parts = [name?.family, name?.given].filter((part) => part);
  return parts.length === 0 ? null : parts.join(', ');
}
