// What the console is told about claims: the board, one claim with what was found against it, and how each rule does.
import type { Claim } from '../domain/claim/schema.ts';
import type { NotChecked, ScrubFinding } from '../domain/scrub/finding.ts';
import type { ScrubChart } from '../domain/scrub/chart-schema.ts';

export type ClaimFilter = 'all' | 'blocked' | 'findings' | 'clean';

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
  readonly workItem: { readonly id: string; readonly kind: string } | null;
}

export interface ClaimLineOfBoard extends ClaimFacts {
  /** Findings that stand; null: none. */
  readonly findings: {
    readonly blocks: number;
    readonly warns: number;
    readonly asks: number;
    readonly overridden: number;
  } | null;
}

export interface ClaimFinding extends ScrubFinding {
  readonly key: string;
  readonly foundAt: string | null;
  readonly overridden: { readonly at: string; readonly by: string; readonly reason: string | null } | null;
}

export interface ClaimPage extends ClaimFacts {
  readonly claim: Claim;
  readonly findings: readonly ClaimFinding[];
  readonly notChecked: readonly NotChecked[];
  /** What the chart says of the days of the claim. */
  readonly visits: NonNullable<ScrubChart['visits']>;
}

/** What became of the findings of one rule. */
export interface RuleRecord {
  readonly rule: string;
  readonly variant: string | null;
  readonly severity: ScrubFinding['severity'];
  readonly fired: number;
  readonly fixed: number;
  readonly overridden: number;
  readonly open: number;
}

const severityWords: Record<ScrubFinding['severity'], string> = {
  blocks: 'must be fixed',
  warns: 'look before it goes',
  asks: 'needs an answer',
};

export function severityInWords(severity: ScrubFinding['severity']): string {
  return severityWords[severity];
}

const marks: Record<ScrubFinding['severity'], string> = { blocks: 'danger', warns: 'warn', asks: 'accent' };

export function severityMark(severity: ScrubFinding['severity']): string {
  return marks[severity];
}

/** "2 must be fixed · 1 needs an answer"; "clean" where nothing stands. */
export function standingInWords(findings: ClaimLineOfBoard['findings']): string {
  if (findings === null) return 'clean';
  const { blocks, warns, asks, overridden } = findings;
  const parts = [
    blocks === 0 ? null : `${blocks} must be fixed`,
    warns === 0 ? null : `${warns} to look at`,
    asks === 0 ? null : `${asks} to answer`,
    overridden === 0 ? null : `${overridden} overridden`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'clean' : parts.join(' · ');
}
