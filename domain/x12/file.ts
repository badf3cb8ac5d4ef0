// What an X12 file holds, as it is told: interchanges, functional groups, transaction sets, acknowledgments and findings.
import type { Finding } from './findings.ts';

/** A transaction set, ST to SE. What only its missing header would tell is null. */
export interface Transaction {
  readonly type: string | null;
  /** ST03; where that is empty, the version of the group (GS08). */
  readonly version: string | null;
  readonly control: string | null;
  readonly segments: number;
}

/** A functional group, GS to GE. */
export interface Group {
  readonly code: string | null;
  readonly control: string | null;
  readonly version: string | null;
  readonly transactions: readonly Transaction[];
}

/** An interchange, ISA to IEA. */
export interface Interchange {
  readonly control: string | null;
  /** Qualifier and id, `ZZ:CLINIC`. */
  readonly sender: string | null;
  readonly receiver: string | null;
  readonly version: string | null;
  readonly delimiters: {
    readonly element: string;
    readonly component: string | null;
    readonly repetition: string | null;
    readonly segment: string;
  };
  readonly groups: readonly Group[];
}

/** An interchange acknowledgment (TA1): the interchange it is about, accepted or not, and why. */
export interface InterchangeAcknowledgment {
  readonly control: string;
  readonly code: string;
  readonly note: string;
}

export interface X12File {
  /** Every segment, envelopes included. */
  readonly segments: number;
  readonly interchanges: readonly Interchange[];
  readonly ta1: readonly InterchangeAcknowledgment[];
  readonly findings: readonly Finding[];
}
