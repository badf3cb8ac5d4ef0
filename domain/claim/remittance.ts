// What a payer says it paid, in the terms of the 835 (005010X221A1). It is PHI. Null is what the payer left out.
import type { Adjustment } from './line-schema.ts';

export interface RemittanceId {
  readonly qualifier: string | null;
  readonly value: string | null;
}

export interface RemittanceReference extends RemittanceId {
  readonly source: string;
}

export interface RemittanceDate {
  /** DTM01: 405 production, 472 service, 150 and 151 its beginning and end, 050 received, 036 coverage expires … */
  readonly qualifier: string | null;
  readonly date: string | null;
  readonly source: string;
}

/** AMT: B6 allowed, AU coverage, I interest, T … */
export interface RemittanceAmount {
  readonly qualifier: string | null;
  readonly cents: number | null;
}

/** QTY: CA covered days, ZK and others federal categories … */
export interface RemittanceQuantity {
  readonly qualifier: string | null;
  readonly quantity: number | null;
}

export interface RemittanceContact {
  /** PER01: CX claims, BL technical, IC web site. */
  readonly role: string | null;
  readonly name: string | null;
  /** TE telephone, EX extension, FX fax, EM e-mail, UR web page. */
  readonly numbers: readonly RemittanceId[];
}

/** Payer (N1*PR) or payee (N1*PE). */
export interface RemittanceParty {
  readonly name: string | null;
  readonly id: RemittanceId | null;
  readonly address: {
    readonly line: string | null;
    readonly line2: string | null;
    readonly city: string | null;
    readonly state: string | null;
    readonly postalCode: string | null;
    readonly country: string | null;
  } | null;
  readonly references: readonly RemittanceReference[];
  readonly contacts: readonly RemittanceContact[];
  readonly source: string;
}

/** Anyone named in a claim (NM1): QC patient, IL insured, 74 insured as the payer has it, 82 rendering provider, TT passed on to, PR payer … */
export interface RemittanceName {
  readonly role: string | null;
  readonly kind: 'person' | 'organization' | null;
  readonly family: string | null;
  readonly given: string | null;
  readonly id: RemittanceId | null;
  readonly source: string;
}

export interface RemittanceProcedure extends RemittanceId {
  readonly modifiers: readonly string[];
}

/** A part of a charge that was not paid, with the segment (CAS) it stands in. */
export interface RemittanceAdjustment extends Adjustment {
  readonly source: string;
}

/** One service line (SVC). */
export interface RemittanceLine {
  /** What was decided on (SVC01), and what was billed where that was something else (SVC06). */
  readonly procedure: RemittanceProcedure | null;
  readonly submittedProcedure: RemittanceProcedure | null;
  readonly revenueCode: string | null;
  readonly chargeCents: number | null;
  readonly paidCents: number | null;
  /** Units paid (SVC05), and billed where that was another number (SVC07). */
  readonly units: number | null;
  readonly submittedUnits: number | null;
  /** REF*6R, ours. */
  readonly controlNumber: string | null;
  readonly dates: readonly RemittanceDate[];
  readonly adjustments: readonly RemittanceAdjustment[];
  readonly references: readonly RemittanceReference[];
  readonly amounts: readonly RemittanceAmount[];
  readonly quantities: readonly RemittanceQuantity[];
  /** LQ: codes of the list named by the qualifier, HE remark codes. */
  readonly remarks: readonly RemittanceId[];
  readonly source: string;
}

/** One claim (CLP). */
export interface RemittanceClaim {
  /** CLP01, which is CLM01 of the claim. */
  readonly patientControlNumber: string | null;
  /** CLP02: 1, 2, 3 processed as first, second, third payer, 4 denied, 22 reversal … */
  readonly status: string | null;
  readonly chargeCents: number | null;
  readonly paidCents: number | null;
  readonly patientResponsibilityCents: number | null;
  /** CLP06, as in SBR09: 12 PPO, HM HMO, MB Medicare Part B … */
  readonly filingCode: string | null;
  readonly payerClaimNumber: string | null;
  readonly facilityCode: string | null;
  readonly frequency: string | null;
  readonly names: readonly RemittanceName[];
  readonly adjustments: readonly RemittanceAdjustment[];
  /** Remark codes of the claim (MIA, MOA). */
  readonly remarks: readonly string[];
  readonly dates: readonly RemittanceDate[];
  readonly references: readonly RemittanceReference[];
  readonly contacts: readonly RemittanceContact[];
  readonly amounts: readonly RemittanceAmount[];
  readonly quantities: readonly RemittanceQuantity[];
  readonly lines: readonly RemittanceLine[];
  readonly source: string;
}

/** Money that belongs to no claim (PLB). Positive takes from the payment, negative adds to it. */
export interface ProviderAdjustment {
  readonly providerId: string | null;
  readonly fiscalPeriodEnd: string | null;
  /** PLB03-1: WO overpayment recovery, FB forwarding balance, L6 interest … */
  readonly reason: string | null;
  /** PLB03-2, often the claim it is about. */
  readonly reference: string | null;
  readonly amountCents: number | null;
  readonly source: string;
}

/** An earlier payment taken back, and the claim that takes its place; indexes in `claims`. Null where the file holds no such claim. */
export interface Reversal {
  readonly reversed: number;
  readonly corrected: number | null;
}

/** One payment of one payer to one payee. */
export interface Remittance {
  readonly payment: {
    /** BPR01: I with this remittance, H information only, D and U the parts apart … */
    readonly handling: string | null;
    readonly amountCents: number | null;
    /** BPR03: C to the provider, D from the provider. */
    readonly direction: string | null;
    /** BPR04: ACH, CHK, NON no payment … */
    readonly method: string | null;
    readonly on: string | null;
    /** TRN02: number of the check or transfer. */
    readonly trace: string | null;
    readonly originator: string | null;
  };
  readonly currency: string | null;
  readonly producedOn: string | null;
  readonly dates: readonly RemittanceDate[];
  readonly references: readonly RemittanceReference[];
  readonly payer: RemittanceParty | null;
  readonly payee: RemittanceParty | null;
  readonly claims: readonly RemittanceClaim[];
  readonly reversals: readonly Reversal[];
  readonly adjustments: readonly ProviderAdjustment[];
}
