// What it takes to write the reports of a system: its labels and their order, its words, its formats, the form of its files.
import type { ClinicAuthorization, ClinicPatient, ClinicVisit } from '../clinic/model.ts';
import type { SystemKind, SystemName, SystemNote } from '../clinic/systems/model.ts';

export type TextEncoding = 'utf-8' | 'utf-8 with mark' | 'utf-16le' | 'windows-1252';

/** Field and label of a column, in the order of the report. */
export type Columns = readonly (readonly [field: string, label: string])[];

export interface SystemDialect {
  readonly system: SystemName;
  /** The connector's profile that reads it. */
  readonly profile: string;
  readonly form:
    | { readonly kind: 'csv'; readonly encoding: TextEncoding }
    | { readonly kind: 'workbook'; readonly sheet: string };
  /** Of its clocks; the clinic's are elsewhere. */
  readonly zone: string;
  /** Lines above the header. */
  readonly title: (name: string, today: string) => readonly string[];
  /** What the reports are called there. */
  readonly names: Readonly<Record<SystemKind, string>>;
  readonly fileName: (name: string, today: string) => string;
  readonly date: (date: string) => string;
  /** The cell of a visit's day; where there is no column for the time it holds both. */
  readonly moment: (date: string, time: string) => string;
  readonly clock: (time: string) => string;
  readonly words: {
    readonly authorizationStatus: Readonly<Record<ClinicAuthorization['status'], string>>;
    readonly appointmentStatus: Readonly<Record<ClinicVisit['status'], string>>;
    readonly noteKind: Readonly<Record<SystemNote['kind'], string>>;
    readonly gender: Readonly<Record<ClinicPatient['gender'], string>>;
  };
  readonly columns: Readonly<Partial<Record<SystemKind, Columns>>>;
}
