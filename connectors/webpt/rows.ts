// What a WebPT report says, row by row, once a profile has mapped its columns: shapes near the domain's, without references.
import { periodStatuses } from '../../domain/authorization/schema.ts';
import type { PeriodStatus, Quantity, RequestKind } from '../../domain/authorization/schema.ts';
import type { Clinician } from '../../domain/authorization/request-schema.ts';
import type { AppointmentStatus } from '../../domain/appointment/schema.ts';
import type { PlanOfCare, Chart } from '../../domain/chart/schema.ts';
import type { Coverage } from '../../domain/coverage/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import type { Problem } from '../csv/problems.ts';

/** `recordNumber` is WebPT's own patient number; it joins the three reports. */
export interface PatientRow {
  readonly recordNumber: string;
  readonly name: Patient['name'];
  readonly birthDate: string | null;
  readonly gender: Patient['gender'];
  readonly contact: Patient['contact'];
  readonly address: Patient['address'];
  /** `payerId` is Gait's, from the profile's list of names; `null` for a payer it does not list. */
  readonly coverage: Pick<
    Coverage,
    'payerName' | 'memberId' | 'groupNumber' | 'planName' | 'relationship' | 'order' | 'from' | 'to'
  > & {
    readonly payerId: string | null;
  };
  readonly referringProvider: Clinician | null;
  readonly renderingProvider: Clinician | null;
  readonly diagnoses: Chart['diagnoses'];
  readonly planOfCare: PlanOfCare | null;
  readonly clinical: Chart['clinical'];
  readonly authorizationRequired: boolean | null;
}

/** What a PT system can say of a period: that one is superseded only Gait knows. */
export const reportedStatuses = periodStatuses.filter(
  (status): status is Exclude<PeriodStatus, 'superseded'> => status !== 'superseded',
);

/** One authorization period. `number` is as typed ("0000" included); counts not in the report are `null`, never 0. */
export interface AuthorizationRow {
  readonly recordNumber: string;
  readonly number: string | null;
  readonly payerName: string | null;
  readonly payerId: string | null;
  readonly kind: RequestKind | null;
  readonly status: (typeof reportedStatuses)[number];
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

/** `time` is the clinic's wall clock (HH:MM); `startsAt` the same instant in UTC. */
export interface AppointmentRow {
  readonly appointmentId: string | null;
  readonly recordNumber: string;
  readonly date: string;
  readonly time: string | null;
  readonly startsAt: string | null;
  readonly status: AppointmentStatus;
  readonly type: string | null;
  readonly units: number | null;
}

export interface RowsByKind {
  readonly patients: PatientRow;
  readonly authorizations: AuthorizationRow;
  readonly appointments: AppointmentRow;
}

export type ReportKind = keyof RowsByKind;

export interface ParsedReport<Kind extends ReportKind> {
  readonly kind: Kind;
  readonly rows: readonly RowsByKind[Kind][];
  readonly problems: readonly Problem[];
  /** Rows that said again what an earlier one had said. */
  readonly duplicates: number;
}
