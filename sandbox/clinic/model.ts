// The synthetic clinic: what its PT system knows of patients, authorizations and visits.
import type { AppointmentStatus } from '../../domain/appointment/schema.ts';
import type { Clinician } from '../../domain/authorization/request-schema.ts';
import type { PeriodStatus, Quantity, RequestKind } from '../../domain/authorization/schema.ts';
import type { Chart, PlanOfCare } from '../../domain/chart/schema.ts';
import type { Coverage } from '../../domain/coverage/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';

/** The state of a patient's authorization that the generator sets out to make. */
export const conditions = [
  'visitsBeforeDate',
  'byDate',
  'byUnits',
  'weekLimit',
  'gap',
  'pendingPastTurnaround',
  'partlyApproved',
  'placeholderZeros',
  'placeholderTbd',
  'numberMissing',
  'denied',
  'changedCoverage',
  'initialNeeded',
  'missingElement',
  'ended',
  'notRequired',
  'covered',
] as const;
export type Condition = (typeof conditions)[number];

export type ClinicCoverage = Pick<
  Coverage,
  'payerName' | 'memberId' | 'groupNumber' | 'planName' | 'relationship' | 'order' | 'from' | 'to'
> & { readonly payerId: string | null };

export interface ClinicPatient {
  readonly recordNumber: string;
  readonly name: Patient['name'];
  readonly birthDate: string | null;
  readonly gender: Patient['gender'];
  readonly contact: Patient['contact'];
  readonly address: Patient['address'];
  readonly coverage: ClinicCoverage;
  readonly referringProvider: Clinician | null;
  readonly renderingProvider: Clinician | null;
  readonly diagnoses: Chart['diagnoses'];
  readonly planOfCare: PlanOfCare | null;
  readonly clinical: Chart['clinical'];
  readonly authorizationRequired: boolean | null;
  /** Further coverages, each a row of its own in the export. */
  readonly further: readonly ClinicCoverage[];
}

export interface ClinicAuthorization {
  readonly recordNumber: string;
  readonly number: string | null;
  readonly payerName: string | null;
  readonly payerId: string | null;
  readonly kind: RequestKind | null;
  readonly status: Exclude<PeriodStatus, 'superseded'>;
  readonly from: string | null;
  readonly to: string | null;
  readonly requested: Quantity;
  readonly approved: Quantity;
  readonly visitsUsed: number | null;
  readonly weekLimit: { readonly visits: number; readonly weeks: number } | null;
  readonly maxGapDays: number | null;
  readonly submittedOn: string | null;
  readonly decidedOn: string | null;
  readonly reason: string | null;
}

export interface ClinicVisit {
  readonly appointmentId: string;
  readonly recordNumber: string;
  readonly date: string;
  /** The clinic's wall clock, HH:MM. */
  readonly time: string;
  readonly status: AppointmentStatus;
  readonly type: string;
  readonly units: number | null;
  readonly therapist: { readonly id: null; readonly name: string };
  readonly room: string;
  /** There is one site, and no system names it. */
  readonly location: null;
  readonly minutes: number;
}

export interface Clinic {
  readonly today: string;
  readonly patients: readonly ClinicPatient[];
  readonly authorizations: readonly ClinicAuthorization[];
  readonly visits: readonly ClinicVisit[];
  /** What each patient was made for, by record number. */
  readonly conditions: Readonly<Record<string, Condition>>;
}
