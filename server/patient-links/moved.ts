// What a merge moved and what it left, as its row keeps them: references by table, so that it can be put back.

/** Two records: the one that goes answers as the one that stays. */
export interface Merge {
  readonly clinic: string;
  readonly stays: string;
  readonly goes: string;
}

/** Tables whose rows name a patient and may simply go along, with what makes two rows one. */
export const visitTables = ['appointments', 'visit_notes', 'visit_charges', 'outcome_scores'] as const;
export type VisitTable = (typeof visitTables)[number];

/** Further tables whose rows name a patient. */
export type OwnTable = 'eligibility_checks' | 'scrub_charts' | 'patient_records';

/** Where everything stood: references by table, so that it can be put back. */
export interface Moved {
  readonly rows: Readonly<Record<VisitTable | OwnTable, readonly string[]>>;
  /** What systems call the record that went: from now on its rows are about the one that stays. `source` is hex. */
  readonly numbers: readonly { readonly connection: string; readonly source: string }[];
  /** Authorizations that changed sides, with whose they were. */
  readonly authorizations: readonly { readonly ref: string; readonly was: string; readonly to: string }[];
  /** What `patients` said of both before. */
  readonly before: Readonly<Record<'goes' | 'stays', PatientFields>>;
}

export interface PatientFields {
  readonly coverage: string | null;
  readonly payer: string | null;
  readonly chart: string | null;
}

/** Something that was left with the record that went, and why. */
export interface Stayed {
  readonly what: VisitTable | 'coverage' | 'chart' | 'scrub_charts' | 'patient_records';
  readonly refs: readonly string[];
  /** `both`: the one that stays has the same; `otherPayer`: the two are insured elsewhere. */
  readonly why: 'both' | 'otherPayer';
}
