// What a payer answered about coverage, in the terms of the 271 (005010X279A1), whatever wire it came over. It is PHI.

/** Where a part of an answer stood: `EB*C segment 23` in X12, `benefitsInformation[3]` in JSON. Never a value of it. */
export type Source = string;

/** A date or a period as the payer gave it; `qualifier` is the X12 date qualifier (DTP01: 291 plan, 307 eligibility, 346 plan begin …). */
export interface AnswerDate {
  readonly qualifier: string;
  /** `YYYY-MM-DD`; null where the payer left it out. */
  readonly from: string | null;
  /** The end of a period; null for a single day and for an open end. */
  readonly to: string | null;
  readonly source: Source;
}

/** How often or how many (HSD): `quantity` of `unit` (VS visits, HS hours …) per `periods` times `period` (X12 time period code). */
export interface Delivery {
  readonly unit: string | null;
  readonly quantity: number | null;
  readonly frequency: number | null;
  readonly frequencyPeriod: string | null;
  readonly periods: number | null;
  readonly period: string | null;
}

/** Who else is named (NM1): `role` is the X12 entity code (1P provider, PR payer, IL insured, SEP secondary payer, TTP third party …). */
export interface RelatedEntity {
  readonly role: string;
  readonly name: string | null;
  readonly id: { readonly qualifier: string; readonly value: string } | null;
  /** X12 contact qualifiers: TE telephone, UR web page, EM e-mail, FX fax. */
  readonly contacts: readonly { readonly kind: string; readonly value: string }[];
  readonly source: Source;
}

/** One statement (EB). Codes are X12's own; what the payer left out is null, and a code nobody knows is kept as it came. */
export interface Benefit {
  /** EB01: 1 active, 6 inactive, A coinsurance, B copayment, C deductible, F limitation, G out of pocket, I not covered … */
  readonly code: string;
  /** EB02: IND individual, FAM family, EMP, ESP, CHD … */
  readonly level: string | null;
  /** EB03; empty where the statement is about no service type in particular. */
  readonly serviceTypes: readonly string[];
  /** EB04. */
  readonly insuranceType: string | null;
  /** EB05, the payer's own words for the plan. */
  readonly planName: string | null;
  /** EB06: 22 service year, 23 calendar year, 24 year to date, 26 episode, 27 visit, 29 remaining, 32 lifetime … */
  readonly period: string | null;
  readonly amountCents: number | null;
  /** EB08 as a fraction: 0.2 for twenty percent. */
  readonly percent: number | null;
  /** EB09: VS visits, P6 services, HS hours, MN months, QA quantity approved … */
  readonly quantityKind: string | null;
  readonly quantity: number | null;
  /** EB11. */
  readonly authorization: 'Y' | 'N' | 'U' | null;
  /** EB12: Y in the plan's network, N outside, W the same for both, U unknown. */
  readonly network: 'Y' | 'N' | 'U' | 'W' | null;
  readonly procedure: { readonly code: string; readonly modifiers: readonly string[] } | null;
  readonly dates: readonly AnswerDate[];
  /** REF: G1 authorization number, 9F referral number, 1L group, 18 plan … */
  readonly references: readonly { readonly qualifier: string; readonly value: string }[];
  readonly deliveries: readonly Delivery[];
  /** Free text (MSG) and the payer's notes: shown to people, never decided on. */
  readonly messages: readonly string[];
  readonly entities: readonly RelatedEntity[];
  /** Places of service (III). */
  readonly places: readonly string[];
  readonly source: Source;
}

/** A statement that says nothing yet: what a wire leaves out stays unknown. */
export const blankBenefit: Omit<Benefit, 'code'> = {
  level: null,
  serviceTypes: [],
  insuranceType: null,
  planName: null,
  period: null,
  amountCents: null,
  percent: null,
  quantityKind: null,
  quantity: null,
  authorization: null,
  network: null,
  procedure: null,
  dates: [],
  references: [],
  deliveries: [],
  messages: [],
  entities: [],
  places: [],
  source: '',
};

/** A refusal (AAA). `at` tells whose data the payer did not accept. */
export interface Reject {
  readonly at: 'source' | 'receiver' | 'subscriber' | 'dependent';
  /** AAA03. */
  readonly code: string;
  /** AAA04, what the payer wants done. */
  readonly followUp: string | null;
  readonly source: Source;
}

/** What was answered about one person. */
export interface PersonAnswer {
  readonly role: 'subscriber' | 'dependent';
  /** Our trace number as it came back; null where it did not. */
  readonly trace: string | null;
  readonly name: { readonly given: string | null; readonly family: string | null };
  readonly memberId: string | null;
  readonly groupNumber: string | null;
  readonly planName: string | null;
  readonly birthDate: string | null;
  /** Dates that hold for the person's whole coverage (DTP in 2100C/D). */
  readonly dates: readonly AnswerDate[];
  readonly benefits: readonly Benefit[];
  readonly rejects: readonly Reject[];
  readonly source: Source;
}

export const answerWires = [
  'x12.271',
  'availity.coverage',
  'medicalNetwork.eligibility',
  'stedi.eligibilityCheck',
] as const;

export interface EligibilityAnswer {
  readonly wire: (typeof answerWires)[number];
  /** When the payer answered: an instant (ISO UTC) where it is known, else the payer's own clock without a zone (`2026-06-01T12:00`, `2026-06-01`); null where neither is. */
  readonly asOf: string | null;
  readonly payer: {
    readonly id: string | null;
    readonly name: string | null;
    readonly contacts: RelatedEntity['contacts'];
  };
  readonly people: readonly PersonAnswer[];
  /** Refusals of the whole question: the payer or the provider was not accepted. */
  readonly rejects: readonly Reject[];
}
