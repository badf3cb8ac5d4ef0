// One claim with everything it is checked against, and what several contexts ask of it.
import type { BillingTables } from '../billing-tables/tables.ts';
import type { ClaimLine } from '../claim/line-schema.ts';
import type { Claim } from '../claim/schema.ts';
import type { LineOfBusiness } from '../payer/lines-of-business.ts';
import type { AssistantRule, UnitRuleRow } from '../units/rule-schema.ts';
import type { DocumentationElements } from './chart/documentation.ts';
import { treatmentDays } from './chart/treatment-days.ts';
import type { TreatmentDay } from './chart/treatment-days.ts';
import type { ScrubChart } from './chart-schema.ts';
import type { FilingCode, FunctionalReporting, ModifierGroups, ProgressReportPeriod } from './reference-schema.ts';
import type { ScrubProfile } from './profile-schema.ts';

/** Small tables of the rules' own (rules/scrub/tables). */
export interface ScrubReference {
  readonly filingCodes: readonly FilingCode[];
  readonly modifiers: ModifierGroups;
  readonly progressReports: readonly ProgressReportPeriod[];
  readonly functionalReporting: FunctionalReporting;
  readonly unitRules: readonly UnitRuleRow[];
  readonly assistantRules: readonly AssistantRule[];
  readonly documentation: DocumentationElements;
}

export interface ScrubInput {
  readonly claim: Claim;
  /** null: there is none at hand. */
  readonly chart: ScrubChart | null;
  readonly profile: ScrubProfile;
  readonly tables: BillingTables;
  readonly reference: ScrubReference;
  /** The day on which the claim is checked. */
  readonly asOf: string;
}

export interface CaseLine {
  /** Counted from 0, as findings count. */
  readonly index: number;
  readonly line: ClaimLine;
  /** null: the line names no HCPCS or CPT code. */
  readonly code: string | null;
  readonly modifiers: readonly string[];
  /** The day of service; the first of several. */
  readonly on: string | null;
}

export interface ClaimDay {
  readonly day: string;
  readonly lines: readonly CaseLine[];
  /** What the chart has of the day; null: no visit, or it does not tell its visits. */
  readonly treated: TreatmentDay | null;
}

export interface ScrubCase extends ScrubInput {
  readonly payerId: string | null;
  /** null: neither the profile nor the chart nor the claim tells. */
  readonly lineOfBusiness: LineOfBusiness | null;
  /** Where the service was given, as the profile or the claim's addresses tell. */
  readonly state: string | null;
  readonly lines: readonly CaseLine[];
  /** The days of service in order, each with its lines; a line of several days stands on its first. */
  readonly days: readonly ClaimDay[];
  /** The visits of the chart by day; null: it does not tell them. */
  readonly treatmentDays: readonly TreatmentDay[] | null;
  /** The first day of service of the claim. */
  readonly on: string | null;
}

/** The profile goes before the chart, the chart before the claim. */
export function caseOf(input: ScrubInput): ScrubCase {
  const { claim, chart, profile, reference } = input;
  const lines = claim.lines.map((line, index): CaseLine => {
    const { procedure, from } = line;
    return {
      index,
      line,
      code: procedure?.qualifier === 'HC' ? procedure.code : null,
      modifiers: procedure?.modifiers ?? [],
      on: from,
    };
  });
  const treated = treatmentDays(chart);
  const days = lines.flatMap(({ on }) => on ?? []).sort();
  return {
    ...input,
    payerId: profile.payer?.id ?? claim.payer.id ?? chart?.payer?.id ?? null,
    lineOfBusiness: profile.payer?.lineOfBusiness ?? chartBusiness(chart) ?? filedBusiness(claim, reference),
    state: profile.payer?.state ?? claim.facility?.address?.state ?? claim.billingProvider.address?.state ?? null,
    lines,
    days: claimDays(lines, treated),
    treatmentDays: treated,
    on: days[0] ?? null,
  };
}

function claimDays(lines: readonly CaseLine[], treated: readonly TreatmentDay[] | null): ClaimDay[] {
  const byDay = new Map<string, CaseLine[]>();
  for (const line of lines) {
    if (line.on === null) continue;
    const same = byDay.get(line.on);
    if (same === undefined) byDay.set(line.on, [line]);
    else same.push(line);
  }
  return [...byDay]
    .map(([day, those]) => ({ day, lines: those, treated: treated?.find((one) => one.day === day) ?? null }))
    .sort((one, other) => (one.day < other.day ? -1 : 1));
}

function chartBusiness(chart: ScrubChart | null): LineOfBusiness | null {
  const told = chart?.payer?.lineOfBusiness ?? null;
  return told === 'unknown' ? null : told;
}

function filedBusiness({ filingCode }: Claim, { filingCodes }: ScrubReference): LineOfBusiness | null {
  return filingCodes.find(({ code }) => code === filingCode)?.lineOfBusiness ?? null;
}
