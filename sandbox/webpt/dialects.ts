// How two clinics export the same things from WebPT: labels, date formats, encodings and habits differ.
import type { ClinicAuthorization, ClinicPatient, ClinicVisit } from '../clinic/model.ts';
import { authorizationWords, namedMonth as monthNamed, slashes as slashed } from '../reports/writing.ts';

interface Column<Row> {
  readonly label: string;
  readonly value: (row: Row) => string | number | null;
}

interface Report<Row> {
  readonly fileName: (today: string) => string;
  /** Lines above the header. */
  readonly title: (today: string) => readonly string[];
  readonly columns: readonly Column<Row>[];
}

export interface Dialect {
  readonly id: string;
  /** The connector profile that reads it. */
  readonly profile: string;
  readonly encoding: 'utf-8 with mark' | 'windows-1252';
  readonly patients: Report<ClinicPatient>;
  readonly authorizations: Report<ClinicAuthorization>;
  readonly appointments: Report<ClinicVisit>;
}

type DateWriter = (date: string | null) => string | null;

const slashes: DateWriter = (date) => (date === null ? null : slashed(date));

const namedMonth: DateWriter = (date) => (date === null ? null : monthNamed(date));

function halfDay(time: string): string {
  const [hour = '0', minute = '00'] = time.split(':');
  const half = Number(hour) < 12 ? 'AM' : 'PM';
  return `${Number(hour) % 12 === 0 ? 12 : Number(hour) % 12}:${minute} ${half}`;
}

function yesNo(value: boolean | null): string | null {
  if (value === null) return null;
  return value ? 'Yes' : 'No';
}

const procedures = (row: ClinicPatient): string | null =>
  row.planOfCare?.procedures
    .map(({ code, unitsPerVisit }) => (unitsPerVisit === null ? code : `${code}x${unitsPerVisit}`))
    .join('; ') ?? null;

const measures = (row: ClinicPatient, write: DateWriter): string =>
  row.clinical.outcomeMeasures
    .map(({ measure, score, date }) => `${measure} ${score} on ${write(date) ?? ''}`)
    .join('; ');

const capital = (word: string | null): string | null =>
  word === null ? null : word.charAt(0).toUpperCase() + word.slice(1);

const visitWords = { booked: 'Scheduled', arrived: 'Checked Out', cancelled: 'Cancelled', missed: 'No Show' } as const;

export const standard: Dialect = {
  id: 'standard',
  profile: 'webpt-standard',
  encoding: 'utf-8 with mark',
  patients: {
    fileName: (today) => `Patients_${today}.csv`,
    title: () => [],
    columns: [
      { label: 'Patient ID', value: (row) => row.recordNumber },
      { label: 'Last Name', value: (row) => row.name.family },
      { label: 'First Name', value: (row) => row.name.given },
      { label: 'Date of Birth', value: (row) => slashes(row.birthDate) },
      { label: 'Gender', value: (row) => capital(row.gender) },
      { label: 'Phone', value: (row) => row.contact.phone },
      { label: 'Email', value: (row) => row.contact.email },
      { label: 'Address', value: (row) => row.address?.line ?? null },
      { label: 'City', value: (row) => row.address?.city ?? null },
      { label: 'State', value: (row) => row.address?.state ?? null },
      { label: 'Zip', value: (row) => row.address?.postalCode ?? null },
      { label: 'Insurance', value: (row) => row.coverage.payerName },
      { label: 'Insurance Order', value: (row) => capital(row.coverage.order) },
      { label: 'Policy #', value: (row) => row.coverage.memberId },
      { label: 'Group #', value: (row) => row.coverage.groupNumber },
      { label: 'Plan', value: (row) => row.coverage.planName },
      { label: 'Relationship to Insured', value: (row) => capital(row.coverage.relationship) },
      { label: 'Insurance Effective Date', value: (row) => slashes(row.coverage.from) },
      { label: 'Insurance Termination Date', value: (row) => slashes(row.coverage.to) },
      { label: 'Referring Physician', value: (row) => row.referringProvider?.name ?? null },
      { label: 'Referring NPI', value: (row) => row.referringProvider?.npi ?? null },
      { label: 'Therapist', value: (row) => row.renderingProvider?.name ?? null },
      { label: 'Therapist NPI', value: (row) => row.renderingProvider?.npi ?? null },
      { label: 'Diagnosis Codes', value: (row) => row.diagnoses.map(({ code }) => code).join('; ') },
      { label: 'Initial Evaluation Date', value: (row) => slashes(row.clinical.evaluationDate) },
      { label: 'POC Start', value: (row) => slashes(row.planOfCare?.from ?? null) },
      { label: 'POC End', value: (row) => slashes(row.planOfCare?.to ?? null) },
      { label: 'Frequency (visits/week)', value: (row) => row.planOfCare?.visitsPerWeek ?? null },
      { label: 'Duration (weeks)', value: (row) => row.planOfCare?.weeks ?? null },
      { label: 'Planned CPT', value: procedures },
      { label: 'Functional Limitations', value: (row) => row.clinical.limitations },
      { label: 'Goals', value: (row) => row.clinical.goals },
      { label: 'Progress', value: (row) => row.clinical.progress },
      { label: 'Outcome Measures', value: (row) => measures(row, slashes) },
      { label: 'Auth Required', value: (row) => yesNo(row.authorizationRequired) },
      { label: 'Case Status', value: () => 'Active' },
    ],
  },
  authorizations: {
    fileName: (today) => `Authorizations_${today}.csv`,
    title: () => [],
    columns: [
      { label: 'Patient ID', value: (row) => row.recordNumber },
      { label: 'Insurance', value: (row) => row.payerName },
      { label: 'Auth Type', value: (row) => capital(row.kind) },
      { label: 'Authorization #', value: (row) => row.number },
      { label: 'Status', value: (row) => authorizationWords[row.status] },
      { label: 'Effective Date', value: (row) => slashes(row.from) },
      { label: 'Expiration Date', value: (row) => slashes(row.to) },
      { label: 'Visits Requested', value: (row) => row.requested.visits },
      { label: 'Visits Authorized', value: (row) => row.approved.visits },
      { label: 'Visits Used', value: (row) => row.visitsUsed },
      { label: 'Units Requested', value: (row) => row.requested.units },
      { label: 'Units Authorized', value: (row) => row.approved.units },
      { label: 'Max Visits/Week', value: (row) => row.weekLimit?.visits ?? null },
      { label: 'Weeks', value: (row) => row.weekLimit?.weeks ?? null },
      { label: 'Max Gap (days)', value: (row) => row.maxGapDays },
      { label: 'Date Submitted', value: (row) => slashes(row.submittedOn) },
      { label: 'Date Decided', value: (row) => slashes(row.decidedOn) },
      { label: 'Denial Reason', value: (row) => row.reason },
    ],
  },
  appointments: {
    fileName: (today) => `Schedule_${today}.csv`,
    title: () => [],
    columns: [
      { label: 'Appointment ID', value: (row) => row.appointmentId },
      { label: 'Appointment Date', value: (row) => slashes(row.date) },
      { label: 'Start Time', value: (row) => halfDay(row.time) },
      { label: 'Patient ID', value: (row) => row.recordNumber },
      { label: 'Appointment Type', value: (row) => row.type },
      { label: 'Status', value: (row) => visitWords[row.status] },
      { label: 'Units', value: (row) => row.units },
      { label: 'Therapist', value: (row) => row.therapist.name },
      { label: 'Room', value: (row) => row.room },
      { label: 'Duration (min)', value: (row) => row.minutes },
    ],
  },
};

const titled = (name: string) => (today: string) => [
  `${name} - All Sites`,
  `Data as of ${namedMonth(today) ?? ''}`,
  '',
];

export const multisite: Dialect = {
  id: 'multisite',
  profile: 'webpt-multisite',
  encoding: 'windows-1252',
  patients: {
    fileName: (today) => `EXPORT_PT_DEMOGRAPHICS_${today.replaceAll('-', '')}.csv`,
    title: titled('Patient Demographics'),
    columns: [
      { label: 'Chart No.', value: (row) => row.recordNumber },
      { label: 'Patient', value: (row) => `${row.name.family}, ${row.name.given}` },
      { label: 'Birthdate', value: (row) => namedMonth(row.birthDate) },
      { label: 'Sex', value: (row) => ({ female: 'F', male: 'M', other: 'X', unknown: 'U' })[row.gender] },
      { label: 'Cell', value: (row) => row.contact.phone },
      { label: 'E-Mail', value: (row) => row.contact.email },
      { label: 'Street', value: (row) => row.address?.line ?? null },
      { label: 'Town', value: (row) => row.address?.city ?? null },
      { label: 'St.', value: (row) => row.address?.state ?? null },
      { label: 'ZIP', value: (row) => row.address?.postalCode ?? null },
      { label: 'Ins. Rank', value: (row) => ({ primary: 1, secondary: 2, tertiary: 3 })[row.coverage.order] },
      { label: 'Ins. Company', value: (row) => row.coverage.payerName },
      { label: 'Ins. ID No.', value: (row) => row.coverage.memberId },
      { label: 'Ins. Group', value: (row) => row.coverage.groupNumber },
      { label: 'Ins. Plan', value: (row) => row.coverage.planName },
      { label: 'Relation', value: (row) => row.coverage.relationship.toUpperCase() },
      { label: 'Ins. From', value: (row) => namedMonth(row.coverage.from) },
      { label: 'Ins. Thru', value: (row) => namedMonth(row.coverage.to) },
      { label: 'Ref. Provider', value: (row) => row.referringProvider?.name ?? null },
      { label: 'Ref. NPI', value: (row) => row.referringProvider?.npi ?? null },
      { label: 'PT', value: (row) => row.renderingProvider?.name ?? null },
      { label: 'PT NPI', value: (row) => row.renderingProvider?.npi ?? null },
      { label: 'Dx', value: (row) => row.diagnoses.map(({ code }) => code).join('|') },
      { label: 'IE Date', value: (row) => namedMonth(row.clinical.evaluationDate) },
      { label: 'Cert From', value: (row) => namedMonth(row.planOfCare?.from ?? null) },
      { label: 'Cert Thru', value: (row) => namedMonth(row.planOfCare?.to ?? null) },
      { label: 'x/wk', value: (row) => row.planOfCare?.visitsPerWeek ?? null },
      { label: 'wks', value: (row) => row.planOfCare?.weeks ?? null },
      { label: 'CPT Plan', value: procedures },
      { label: 'Limitations', value: (row) => row.clinical.limitations },
      { label: 'LTG/STG', value: (row) => row.clinical.goals },
      { label: 'Progress Summary', value: (row) => row.clinical.progress },
      { label: 'OMT', value: (row) => measures(row, namedMonth) },
      { label: 'Auth?', value: (row) => yesNo(row.authorizationRequired)?.charAt(0) ?? null },
    ],
  },
  authorizations: {
    fileName: (today) => `EXPORT_AUTH_${today.replaceAll('-', '')}.csv`,
    title: titled('Authorizations'),
    columns: [
      { label: 'Auth No.', value: (row) => row.number },
      { label: 'Chart No.', value: (row) => row.recordNumber },
      { label: 'Ins. Company', value: (row) => row.payerName },
      { label: 'Request', value: (row) => (row.kind === 'renewal' ? 'Continued Care' : capital(row.kind)) },
      { label: 'Auth Status', value: (row) => authorizationWords[row.status].toUpperCase() },
      { label: 'Auth From', value: (row) => namedMonth(row.from) },
      { label: 'Auth Thru', value: (row) => namedMonth(row.to) },
      { label: 'Req. Visits', value: (row) => row.requested.visits },
      { label: 'Auth. Visits', value: (row) => row.approved.visits },
      { label: 'Visits To Date', value: (row) => row.visitsUsed },
      { label: 'Req. Units', value: (row) => row.requested.units },
      { label: 'Auth. Units', value: (row) => row.approved.units },
      { label: 'Per Week Max', value: (row) => row.weekLimit?.visits ?? null },
      { label: 'For Weeks', value: (row) => row.weekLimit?.weeks ?? null },
      { label: 'Gap Days', value: (row) => row.maxGapDays },
      { label: 'Sent On', value: (row) => namedMonth(row.submittedOn) },
      { label: 'Decision On', value: (row) => namedMonth(row.decidedOn) },
      { label: 'Payer Remark', value: (row) => row.reason },
    ],
  },
  appointments: {
    fileName: (today) => `EXPORT_APPT_${today.replaceAll('-', '')}.csv`,
    title: titled('Appointments'),
    columns: [
      { label: 'Appt No.', value: (row) => row.appointmentId },
      { label: 'Date/Time', value: (row) => `${namedMonth(row.date) ?? ''} ${row.time}` },
      { label: 'Chart No.', value: (row) => row.recordNumber },
      { label: 'Visit Type', value: (row) => row.type },
      { label: 'Appt Status', value: (row) => visitWords[row.status].toUpperCase() },
      { label: 'Units', value: (row) => row.units },
      { label: 'PT', value: (row) => row.therapist.name },
      { label: 'Room', value: (row) => row.room },
      { label: 'Minutes', value: (row) => row.minutes },
    ],
  },
};

export const dialects = { standard, multisite } as const;
export type DialectId = keyof typeof dialects;
