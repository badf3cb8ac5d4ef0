// What the console is told about claims: the board, one claim with what was found against it, denials, and how each rule does.
import { isWaiting } from '../domain/claim/machine-plan.ts';
import type { ClaimShown } from '../domain/claim/shown-schema.ts';
import type { Claim } from '../domain/claim/schema.ts';
import type { RuleFigures } from '../domain/scrub/demotion.ts';
import type { NotChecked, ScrubFinding } from '../domain/scrub/finding.ts';
import type { ProposedChange } from '../domain/scrub/proposed-change.ts';
import type { SuggestedCode, Suggestion } from '../domain/scrub/suggestions.ts';
import type { Person, TimelineEvent } from './api.ts';

interface ItemLink {
  readonly id: string;
  readonly kind: string;
}

/** Where the workflow that follows a claim has it; docs/claim-states.md. */
export interface ClaimLife {
  readonly state: ClaimShown['status'];
  readonly since: string;
  readonly dueBy: string | null;
  /** When it last left for the payer; null: it did not, as far as Gait knows. */
  readonly sentAt: string | null;
  readonly denial: ClaimShown['denial'];
  readonly hold: string | null;
}

const withPayerBesides: readonly ClaimLife['state'][] = ['denied', 'patientBalance', 'paymentPlan', 'closed'];

/** Whether the payer can have a claim that stands so, and be asked to forget it; the server has the last word. */
export function canBeTakenBack(state: ClaimLife['state']): boolean {
  return state !== 'held' && (isWaiting({ phase: state }) || withPayerBesides.includes(state));
}

interface ClaimFacts {
  readonly claimRef: string;
  readonly payer: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly chargeCents: number | null;
  readonly lines: number;
  readonly frequency: string;
  readonly importedAt: string;
  readonly patientName: string | null;
  /** Null: never checked. */
  readonly checkedAt: string | null;
  /** False where the claim was changed since it was checked. */
  readonly isChecked: boolean;
  readonly workItem: ItemLink | null;
  /** Null: nobody follows it. */
  readonly life: ClaimLife | null;
}

export interface ClaimLineOfBoard extends ClaimFacts {
  /** What it may still bring in; null: not known. */
  readonly atRiskCents: number | null;
  /** Findings that stand; null: none. */
  readonly findings: {
    readonly blocks: number;
    readonly warns: number;
    readonly asks: number;
    readonly overridden: number;
  } | null;
}

export interface ClaimList {
  readonly items: readonly ClaimLineOfBoard[];
  /** There are others besides. */
  readonly more: boolean;
}

export interface ClaimFinding extends ScrubFinding {
  readonly key: string;
  readonly foundAt: string | null;
  readonly overridden: { readonly at: string; readonly by: string; readonly reason: string | null } | null;
  /** What the line would become; null: the fix is not a plain change of a line. */
  readonly change: ProposedChange | null;
  /** Who gave the rule a lower severity in this clinic; null: nobody did. */
  readonly loweredBy: Person | null;
}

/** What a note has of a line's code. */
export interface Documented {
  readonly minutes: number | null;
  readonly by: string | null;
  readonly text: string | null;
  readonly elements: readonly {
    readonly words: string;
    readonly kind: 'service' | 'detail' | 'against';
    readonly isTold: boolean;
  }[];
}

export interface SuggestedLine extends SuggestedCode {
  readonly change: ProposedChange | null;
}

interface CodeInWords {
  readonly code: string;
  readonly meaning: string | null;
  readonly fix?: string | null;
}

export interface KeptStatus {
  readonly at: string;
  readonly operation: string;
  readonly isSentBack: boolean;
  readonly statuses: readonly {
    readonly category: CodeInWords;
    readonly status: CodeInWords;
    readonly entity: string | null;
    readonly effectiveOn: string | null;
    readonly paidCents: number | null;
  }[];
}

export interface ClaimPage extends ClaimFacts {
  readonly claim: Claim;
  readonly findings: readonly ClaimFinding[];
  readonly notChecked: readonly NotChecked[];
  readonly suggestions: readonly (Omit<Suggestion, 'codes'> & { readonly codes: readonly SuggestedLine[] })[];
  /** For each line of the claim, in order. */
  readonly documented: readonly (readonly Documented[])[];
  readonly hasChart: boolean;
  readonly statuses: readonly KeptStatus[];
  readonly timeline: readonly TimelineEvent[];
}

export interface DenialLine {
  readonly claimRef: string;
  readonly patientName: string | null;
  readonly payer: string;
  readonly from: string | null;
  readonly chargeCents: number | null;
  readonly state: ClaimShown['status'];
  readonly since: string;
  readonly class: string;
  readonly whatToDo: string;
  readonly group: string;
  readonly reason: CodeInWords;
  readonly remarks: readonly CodeInWords[];
  readonly deniedCents: number;
  /** Null: nobody told Gait. */
  readonly decideBy: string | null;
  readonly workItem: ItemLink | null;
}

export type RuleDecision = 'lower' | 'keep' | 'restore';

/** How the findings of one rule fared. */
export interface RuleRecord extends RuleFigures {
  readonly rule: string;
  readonly variant: string | null;
  readonly ownSeverity: ScrubFinding['severity'] | null;
  readonly severity: ScrubFinding['severity'] | null;
  readonly lowered: boolean;
  readonly sinceDecided: RuleFigures;
  /** A lower severity; null: none is proposed. */
  readonly proposed: ScrubFinding['severity'] | null;
  readonly decided: {
    readonly decision: RuleDecision;
    readonly on: string;
    readonly by: Person;
    readonly reason: string | null;
  } | null;
}

export interface RuleRecords {
  /** Null: nobody set one. */
  readonly threshold: {
    readonly windowDays: number;
    readonly minimumJudged: number;
    readonly precisionBelowPercent: number;
  } | null;
  readonly items: readonly RuleRecord[];
}
