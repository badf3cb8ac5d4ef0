// The synthetic clinic as several systems hold it at once, and the truth about who is who that none of them knows.
import type { ClinicAuthorization, ClinicCoverage, ClinicPatient, ClinicVisit } from '../model.ts';

export const systemNames = ['webpt', 'clinicient', 'raintree', 'prompt', 'breezyNotes', 'therabill', 'jane'] as const;
export type SystemName = (typeof systemNames)[number];

export const systemKinds = ['patients', 'authorizations', 'appointments', 'notes', 'charges', 'outcomes'] as const;
export type SystemKind = (typeof systemKinds)[number];

/** A patient as one system has them, in its spelling; `coverage` is null in a system that knows of no payer. */
export type SystemPatient = Omit<ClinicPatient, 'coverage'> & { readonly coverage: ClinicCoverage | null };

export interface SystemNote {
  readonly noteId: string;
  readonly recordNumber: string;
  /** The day of the visit. */
  readonly date: string;
  readonly kind: 'evaluation' | 'daily' | 'progress';
  readonly signedOn: string | null;
  readonly clinicianName: string | null;
  readonly credential: string | null;
}

export interface SystemCharge {
  readonly chargeId: string;
  readonly recordNumber: string;
  readonly date: string;
  readonly code: string;
  readonly modifiers: readonly string[];
  readonly units: number;
  readonly chargeCents: number;
}

export interface SystemOutcome {
  readonly recordNumber: string;
  readonly measure: string;
  readonly score: number;
  readonly date: string;
}

export interface SystemRows {
  readonly patients: SystemPatient;
  readonly authorizations: ClinicAuthorization;
  readonly appointments: ClinicVisit;
  readonly notes: SystemNote;
  readonly charges: SystemCharge;
  readonly outcomes: SystemOutcome;
}

/** A row nobody can use, as its system would export it: `row` with the text of one field replaced. */
export type BadRow = {
  readonly [Kind in SystemKind]: {
    readonly kind: Kind;
    readonly row: SystemRows[Kind];
    readonly field: string;
    readonly cell: string;
    /** As a reader of the export should tell it. */
    readonly reason: 'empty' | 'not a date' | 'unknown word' | 'not a whole number' | 'not a number';
  };
}[SystemKind];

/** What one system holds. Rows of a kind it does not keep are none. Dates and times are the clinic's wall clock. */
export type SystemRecords = { readonly [Kind in SystemKind]: readonly SystemRows[Kind][] } & {
  readonly system: SystemName;
  readonly bad: readonly BadRow[];
};

export interface RecordOf {
  readonly system: SystemName;
  readonly recordNumber: string;
}

/** How the second record of one person in one system came to differ from the first. */
export const duplicateCauses = ['nickname', 'typo', 'swappedNames', 'marriedName', 'withoutBirthDate'] as const;
export type DuplicateCause = (typeof duplicateCauses)[number];

export const conflictFields = ['birthDate', 'phone', 'memberId'] as const;
export type ConflictField = (typeof conflictFields)[number];

export const visitDisagreements = [
  /** The patient came; there is neither note nor charge. */
  'visitWithoutNote',
  /** Note and charges of a day for which no schedule knows a visit. */
  'noteWithoutVisit',
  /** The patient came and a note was written; nothing was charged. */
  'noteWithoutCharge',
  /** The patient came and it was charged; there is no note. */
  'chargeWithoutNote',
  /** Everything is there, but the note is not signed. */
  'noteUnsigned',
  /** The authorization counts visits that nobody made. */
  'authorizationMiscounts',
] as const;
export type VisitDisagreement = (typeof visitDisagreements)[number];

/** Which records are one person, and everything that was planted on purpose. */
export interface Truth {
  /** Everybody, with each record of theirs; two of one system are duplicates. `person` is a name of no system. */
  readonly people: readonly { readonly person: string; readonly records: readonly RecordOf[] }[];
  readonly duplicates: readonly {
    readonly person: string;
    readonly system: SystemName;
    readonly recordNumbers: readonly [string, string];
    readonly cause: DuplicateCause;
  }[];
  /** Two people who look like one: a parent and a child of one name, and twins. They must not be merged. */
  readonly lookalikes: readonly { readonly people: readonly [string, string]; readonly cause: 'namesake' | 'twin' }[];
  /** One system says something else of a person than all others do. */
  readonly conflicts: readonly {
    readonly person: string;
    readonly field: ConflictField;
    readonly wrong: RecordOf;
    readonly others: readonly RecordOf[];
  }[];
  readonly badRows: readonly {
    readonly system: SystemName;
    readonly kind: SystemKind;
    readonly reason: BadRow['reason'];
  }[];
  readonly visits: readonly {
    readonly person: string;
    /** Null where no one visit is meant. */
    readonly date: string | null;
    readonly disagreement: VisitDisagreement;
  }[];
}

export interface SameClinic {
  readonly today: string;
  readonly systems: Readonly<Partial<Record<SystemName, SystemRecords>>>;
  readonly truth: Truth;
}
