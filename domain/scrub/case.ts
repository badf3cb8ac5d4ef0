// One claim with everything it is checked against, and what several contexts ask of it.
import type { BillingTables } from '../billing-tables/tables.ts';
import type { ClaimLine } from '../claim/line-schema.ts';
import type { Claim } from '../claim/schema.ts';
import type { LineOfBusiness } from '../payer/lines-of-business.ts';
import type { ScrubChart } from './chart-schema.ts';
import type { FilingCode, ModifierGroups } from './reference-schema.ts';
import type { ScrubProfile } from './profile-schema.ts';

/** Small tables of the rules' own (rules/scrub/tables). */
export interface ScrubReference {
  readonly filingCodes: readonly FilingCode[];
  readonly modifiers: ModifierGroups;
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

export interface ScrubCase extends ScrubInput {
  readonly payerId: string | null;
  /** null: neither the profile nor the chart nor the claim tells. */
  readonly lineOfBusiness: LineOfBusiness | null;
  /** Where the service was given, as the profile or the claim's addresses tell. */
  readonly state: string | null;
  readonly lines: readonly CaseLine[];
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
  const days = lines.flatMap(({ on }) => on ?? []).sort();
  return {
    ...input,
    payerId: profile.payer?.id ?? claim.payer.id ?? chart?.payer?.id ?? null,
    lineOfBusiness: profile.payer?.lineOfBusiness ?? chartBusiness(chart) ?? filedBusiness(claim, reference),
    state: profile.payer?.state ?? claim.facility?.address?.state ?? claim.billingProvider.address?.state ?? null,
    lines,
    on: days[0] ?? null,
  };
}

function chartBusiness(chart: ScrubChart | null): LineOfBusiness | null {
  const told = chart?.payer?.lineOfBusiness ?? null;
  return told === 'unknown' ? null : told;
}

function filedBusiness({ filingCode }: Claim, { filingCodes }: ScrubReference): LineOfBusiness | null {
  return filingCodes.find(({ code }) => code === filingCode)?.lineOfBusiness ?? null;
}
