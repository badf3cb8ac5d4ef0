// What a PT system tells, row by row and in one shape whatever the way it came: near the domain's, without references.
import { periodStatuses } from '../../domain/authorization/schema.ts';
import type { PeriodStatus, Quantity, RequestKind } from '../../domain/authorization/schema.ts';
import type { Clinician } from '../../domain/authorization/request-schema.ts';
import type { AppointmentStatus } from '../../domain/appointment/schema.ts';
import type { PlanOfCare, Chart } from '../../domain/chart/schema.ts';
import type { Coverage } from '../../domain/coverage/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import type { Problem } from '../csv/problems.ts';

/** `payerId` is Gait's, from the clinic's list of names; null for a payer it does not list. */
export type CoverageRow = Pick<
  Coverage,
  'payerName' | 'memberId' | 'groupNumber' | 'planName' | 'relationship' | 'order' | 'from' | 'to'
> & { readonly payerId: string | null };

/** `recordNumber` is the system's own patient number; it joins the rows of one system, and says nothing in another. */
export interface PatientRow {
  readonly recordNumber: string;
  readonly name: Patient['name'];
  readonly birthDate: string | null;
  readonly gender: Patient['gender'];
  readonly contact: Patient['contact'];
  readonly address: Patient['address'];
  /** Null where the system tells of none: whoever pays is known from elsewhere, or not known. */
  readonly coverage: CoverageRow | null;
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

/** Who treats: the system's own number, which holds there only, and the name as it writes it; not both are always told. */
export type TherapistTold =
  | { readonly id: string; readonly name: string | null }
  | { readonly id: string | null; readonly name: string };

/** Who treats, where, and for how long; null is what the system does not tell. */
export interface VisitPlace {
  readonly therapist: TherapistTold | null;
  readonly room: string | null;
  readonly location: string | null;
  readonly minutes: number | null;
}

/** Of a visit of which none of it is told. */
export const placeUntold: VisitPlace = { therapist: null, room: null, location: null, minutes: null };

/** Nothing where neither number nor name is told. */
export function therapistTold(id: string | null, name: string | null): TherapistTold | null {
  if (id !== null) return { id, name };
  return name === null ? null : { id, name };
}

/** `time` is the clinic's wall clock (HH:MM); `startsAt` the same instant in UTC. */
export interface AppointmentRow extends VisitPlace {
  readonly appointmentId: string | null;
  readonly recordNumber: string;
  readonly date: string;
  readonly time: string | null;
  readonly startsAt: string | null;
  readonly status: AppointmentStatus;
  readonly type: string | null;
  readonly units: number | null;
}

export const noteKinds = ['evaluation', 'daily', 'progress', 'recertification', 'discharge', 'other'] as const;

/** A note exists, for this visit and signed or not. What it says stays in the system that holds it. */
export interface NoteRow {
  readonly noteId: string | null;
  readonly recordNumber: string;
  /** The day of the visit. */
  readonly date: string;
  readonly kind: (typeof noteKinds)[number];
  readonly signedOn: string | null;
  readonly clinicianName: string | null;
  readonly credential: string | null;
}

/** One line charged for a visit; `chargeCents` is null where the system tells no amount. */
export interface ChargeRow {
  readonly chargeId: string | null;
  readonly recordNumber: string;
  readonly date: string;
  readonly code: string;
  readonly modifiers: readonly string[];
  readonly units: number | null;
  readonly chargeCents: number | null;
}

/** A score of an outcome measure, as a history brings many of. */
export interface OutcomeRow {
  readonly recordNumber: string;
  readonly measure: string;
  readonly score: number;
  readonly date: string;
}

export interface RowsByKind {
  readonly patients: PatientRow;
  readonly authorizations: AuthorizationRow;
  readonly appointments: AppointmentRow;
  readonly notes: NoteRow;
  readonly charges: ChargeRow;
  readonly outcomes: OutcomeRow;
}

export type RecordKind = keyof RowsByKind;

/** In the order they are stored: whoever is told of later was told of before. */
export const recordKinds = [
  'patients',
  'authorizations',
  'appointments',
  'notes',
  'charges',
  'outcomes',
] as const satisfies readonly RecordKind[];

/** Rows of one kind that came together. */
export interface RowsOf<Kind extends RecordKind> {
  readonly kind: Kind;
  readonly rows: readonly RowsByKind[Kind][];
  readonly problems: readonly Problem[];
  /** Rows that said again what an earlier one had said. */
  readonly duplicates: number;
}

/** A record that the system deleted, or merged into another. It is told to a person and never deleted here. */
export interface Gone {
  readonly of: 'patient' | 'appointment';
  /** The record number of a patient, the appointment id of an appointment. */
  readonly id: string;
  /** The record number of the patient it became part of. */
  readonly mergedInto: string | null;
}
