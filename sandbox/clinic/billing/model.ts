// What the synthetic clinic bills: claims, the charts behind them, and which of the claims were made wrong, and how.
import type { Claim } from '../../../domain/claim/schema.ts';
import type { LineOfBusiness } from '../../../domain/payer/lines-of-business.ts';

/** What a claim was made wrong in: the rule that must find it, and the line it stands on. */
export interface Defect {
  readonly rule: string;
  /** An index in `lines` of the claim; null where it concerns the whole claim. */
  readonly line: number | null;
}

export interface BilledClaim {
  readonly recordNumber: string;
  readonly claim: Claim;
  /** Empty: no rule has anything to find. */
  readonly defects: readonly Defect[];
}

export interface Intervention {
  readonly code: string;
  readonly minutes: number;
  readonly by: 'PT' | 'PTA';
  readonly text: string | null;
}

export interface ChartVisit {
  readonly date: string;
  readonly clinician: { readonly ref: string; readonly credential: 'PT' | 'PTA' };
  readonly totalMinutes: number;
  readonly interventions: readonly Intervention[];
  readonly note: {
    readonly kind: 'daily' | 'evaluation' | 'progress';
    readonly signedOn: string;
    readonly credential: 'PT' | 'PTA';
  };
  readonly outcomes: readonly { readonly measure: string; readonly score: number }[];
}

/** A chart as `scrubChartSchema` takes it (domain/scrub), with all that this clinic knows of a patient. */
export interface BillingChart {
  /** The PT system's own number of the patient: whoever imports the chart puts a reference in its place. */
  readonly patient: string;
  readonly payer: { readonly id: string; readonly lineOfBusiness: LineOfBusiness };
  readonly therapySpend: { readonly year: number; readonly allowedCents: number; readonly complete: boolean } | null;
  readonly authorizations: readonly {
    readonly number: string | null;
    readonly from: string | null;
    readonly to: string | null;
    readonly visitsApproved: number | null;
    readonly visitsUsed: number | null;
  }[];
  readonly planOfCare: {
    readonly start: string;
    readonly end: string;
    readonly orderOnFile: boolean;
    readonly transmittedOn: string | null;
    readonly certifiedOn: string | null;
  };
  readonly visits: readonly ChartVisit[];
}

export interface Billing {
  readonly today: string;
  readonly claims: readonly BilledClaim[];
  /** One chart for each patient of whom there is a claim. */
  readonly charts: readonly BillingChart[];
}
