// How well a rule does, when a lower severity is proposed for it, and what a clinic's own severity makes of its findings. Pure.
import type { DemotionRow } from './demotion-schema.ts';
import type { ScrubFinding } from './finding.ts';
import { ruleSeverities } from './rule-schema.ts';

type Severity = ScrubFinding['severity'];

/** What became of one finding. */
export interface FindingFate {
  readonly overridden: boolean;
  readonly fixed: boolean;
  /** Its line was denied by the payer after it was found. */
  readonly denied: boolean;
}

/** `fired` = `fixed` + `overridden` + `open`; `deniedLater` counts those of the last two whose line was denied afterwards. */
export interface RuleFigures {
  readonly fired: number;
  readonly fixed: number;
  readonly overridden: number;
  readonly open: number;
  readonly deniedLater: number;
  /** Findings that came to something: fixed, overridden, or denied while open. */
  readonly judged: number;
  /** Share of these that were right: fixed, or denied later. Null: nothing came of any yet. */
  readonly precision: number | null;
}

export function figuresOf(fates: readonly FindingFate[]): RuleFigures {
  const count = (of: (fate: FindingFate) => boolean): number => fates.filter(of).length;
  const overridden = count((fate) => fate.overridden);
  const fixed = count((fate) => fate.fixed && !fate.overridden);
  const deniedOpen = count((fate) => fate.denied && !fate.fixed && !fate.overridden);
  const deniedLater = deniedOpen + count((fate) => fate.denied && fate.overridden);
  const judged = fixed + overridden + deniedOpen;
  return {
    fired: fates.length,
    fixed,
    overridden,
    open: fates.length - fixed - overridden,
    deniedLater,
    judged,
    precision: judged === 0 ? null : (fixed + deniedLater) / judged,
  };
}

export function demotionRowOn(rows: readonly DemotionRow[], day: string): DemotionRow | null {
  return rows.find(({ from, to }) => from <= day && (to === null || day <= to)) ?? null;
}

/** The severity that is proposed; null: none. A rule that only asks stays: no rule ever becomes silent. */
export function proposedSeverity(severity: Severity, figures: RuleFigures, row: DemotionRow | null): Severity | null {
  const { judged, precision } = figures;
  if (row === null || precision === null || judged < row.minimumJudged) return null;
  return precision * 100 < row.precisionBelowPercent ? severityBelow(severity) : null;
}

function severityBelow(severity: Severity): Severity | null {
  return ruleSeverities[ruleSeverities.indexOf(severity) + 1] ?? null;
}

/** What a clinic decided about a rule: by whom (a user's reference) and on which day. */
export interface ClinicSeverity {
  readonly severity: Severity;
  readonly by: string;
  readonly on: string;
}

/** The finding with the clinic's own severity, which may lower the rule's and never raise it; the finding says so. */
export function withClinicSeverity<Finding extends ScrubFinding>(
  finding: Finding,
  clinic: ClinicSeverity | undefined,
): Finding {
  if (clinic === undefined) return finding;
  const { severity, by, on } = clinic;
  if (ruleSeverities.indexOf(severity) <= ruleSeverities.indexOf(finding.severity)) return finding;
  return { ...finding, severity, lowered: { from: finding.severity, by, on } };
}
