// A write that a PT system takes from nobody but a person: values to copy, field by field, in that system's labels, words and formats.
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { amountOf } from '../../domain/x12/money.ts';
import type { PhiLabel } from '../../domain/phi/labels.ts';
import { written, writtenTime } from '../csv/dates.ts';
import type { AppointmentRow, ChargeRow, CoverageRow, NoteRow, PatientRow } from './rows.ts';

/** A value ready to copy; `null`: nothing is known, leave the field as it is. `phi` names what the value identifies. */
export interface CopyReadyField {
  readonly label: string;
  readonly value: string | null;
  readonly phi: PhiLabel | null;
}

/** The outcome is always a work item: the system has no way in for a program. */
export interface CopyReady {
  readonly outcome: 'workItem';
  readonly fields: readonly CopyReadyField[];
}

/** What is to be written; a field that is absent is not spoken of. */
interface Resources {
  readonly patient: Partial<
    Pick<PatientRow, 'recordNumber' | 'name' | 'birthDate' | 'gender' | 'contact' | 'address' | 'diagnoses'>
  > & {
    readonly coverage?: Partial<CoverageRow> | null;
    readonly referringProvider?: PatientRow['referringProvider'];
  };
  readonly appointment: Partial<Omit<AppointmentRow, 'startsAt' | 'units'>> & {
    readonly clinicianName?: string | null;
  };
  readonly authorization: AuthorizationAnswer;
  readonly note: Partial<NoteRow> & { readonly text?: string | null };
  readonly charge: Partial<ChargeRow>;
}

export type CopyResource = keyof Resources;
export type CopyRecord<Resource extends CopyResource> = Resources[Resource];

/** What can be asked of whom. */
export interface CopyOperations {
  readonly patient: 'create' | 'update';
  readonly appointment: 'create' | 'update';
  readonly authorization: 'record';
  readonly note: 'create';
  readonly charge: 'create';
}

type Words = Readonly<Record<string, readonly string[] | undefined>>;

/** How the system writes; the first format and the first word of a list are taken. */
export interface CopyWriting {
  readonly dateFormats: readonly string[];
  readonly timeFormats?: readonly string[];
  readonly words: {
    readonly authorizationStatus?: Words;
    readonly appointmentStatus?: Words;
    readonly gender?: Words;
    readonly relationship?: Words;
    readonly coverageOrder?: Words;
    readonly noteKind?: Words | undefined;
    readonly credential?: Words | undefined;
  };
}

type Group = Readonly<Record<string, string>>;

/** What fields are called in the system's forms: those of an authorization, and of the others what is known. */
export interface CopyLabels {
  readonly number: string;
  readonly from: string;
  readonly to: string;
  readonly visits: string;
  readonly units: string;
  readonly status: string;
  readonly patient?: Group;
  readonly appointment?: Group;
  readonly note?: Group;
  readonly charge?: Group;
}

/** Undefined: the record does not speak of it. */
type Value = string | null | undefined;

interface Field<Of> {
  readonly name: string;
  /** In plain English, where the system's own label is not known. */
  readonly label: string;
  readonly phi: PhiLabel | null;
  readonly value: (record: Of, writing: CopyWriting) => Value;
}

const field = <Of>(name: string, label: string, phi: PhiLabel | null, value: Field<Of>['value']): Field<Of> => ({
  name,
  label,
  phi,
  value,
});

const day = (date: Value, { dateFormats }: CopyWriting): Value =>
  date === undefined ? undefined : written(date, dateFormats[0]);

const clock = (time: Value, { timeFormats }: CopyWriting): Value =>
  time === undefined ? undefined : writtenTime(time, timeFormats?.[0]);

const count = (value: number | null | undefined): Value =>
  value === null || value === undefined ? value : String(value);

const amount = (cents: number | null | undefined): Value =>
  cents === null || cents === undefined ? cents : dollars(cents);

function dollars(cents: number): string {
  const [whole = '0', fraction = ''] = amountOf(cents).split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** The system's first word for a value of ours; without one the value itself, as a word. */
function word(value: Value, words: Words | undefined): Value {
  if (value === null || value === undefined) return value;
  const plain = value.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return words?.[value]?.[0] ?? `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
}

const list = (parts: readonly string[] | undefined): Value =>
  parts === undefined ? undefined : parts.length === 0 ? null : parts.join(', ');

type PatientRecord = Resources['patient'];
const ofCoverage =
  (read: (coverage: Partial<CoverageRow>, writing: CopyWriting) => Value): Field<PatientRecord>['value'] =>
  ({ coverage }, writing) =>
    coverage === undefined || coverage === null ? undefined : read(coverage, writing);

const patient: readonly Field<PatientRecord>[] = [
  field('recordNumber', 'Record number', 'recordNumber', ({ recordNumber }) => recordNumber),
  field('family', 'Last name', 'name', ({ name }) => name?.family),
  field('given', 'First name', 'name', ({ name }) => name?.given),
  field('birthDate', 'Date of birth', 'birthDate', ({ birthDate }, writing) => day(birthDate, writing)),
  field('gender', 'Gender', null, ({ gender }, { words }) => word(gender, words.gender)),
  field('phone', 'Phone', 'contact', ({ contact }) => contact?.phone),
  field('email', 'Email', 'contact', ({ contact }) => contact?.email),
  field('addressLine', 'Address', 'address', ({ address }) => (address === null ? null : address?.line)),
  field('city', 'City', 'address', ({ address }) => (address === null ? null : address?.city)),
  field('state', 'State', 'address', ({ address }) => (address === null ? null : address?.state)),
  field('postalCode', 'Zip', 'address', ({ address }) => (address === null ? null : address?.postalCode)),
  field(
    'payerName',
    'Insurance',
    'coverage',
    ofCoverage(({ payerName }) => payerName),
  ),
  field(
    'coverageOrder',
    'Insurance order',
    null,
    ofCoverage(({ order }, { words }) => word(order, words.coverageOrder)),
  ),
  field(
    'memberId',
    'Member ID',
    'memberId',
    ofCoverage(({ memberId }) => memberId),
  ),
  field(
    'groupNumber',
    'Group number',
    'coverage',
    ofCoverage(({ groupNumber }) => groupNumber),
  ),
  field(
    'planName',
    'Plan',
    'coverage',
    ofCoverage(({ planName }) => planName),
  ),
  field(
    'relationship',
    'Relationship to insured',
    null,
    ofCoverage(({ relationship }, { words }) => word(relationship, words.relationship)),
  ),
  field(
    'coverageFrom',
    'Insurance effective date',
    null,
    ofCoverage(({ from }, writing) => day(from, writing)),
  ),
  field(
    'coverageTo',
    'Insurance termination date',
    null,
    ofCoverage(({ to }, writing) => day(to, writing)),
  ),
  field('referringName', 'Referring provider', null, ({ referringProvider }) =>
    referringProvider === null ? null : referringProvider?.name,
  ),
  field('referringNpi', 'Referring NPI', null, ({ referringProvider }) =>
    referringProvider === null ? null : referringProvider?.npi,
  ),
  field('diagnoses', 'Diagnosis codes', 'diagnosis', ({ diagnoses }) => list(diagnoses?.map(({ code }) => code))),
];

const appointment: readonly Field<Resources['appointment']>[] = [
  field('appointmentId', 'Appointment number', 'recordNumber', ({ appointmentId }) => appointmentId),
  field('recordNumber', 'Record number', 'recordNumber', ({ recordNumber }) => recordNumber),
  field('date', 'Date', null, ({ date }, writing) => day(date, writing)),
  field('time', 'Start time', 'visitTime', ({ time }, writing) => clock(time, writing)),
  field('status', 'Status', null, ({ status }, { words }) => word(status, words.appointmentStatus)),
  field('type', 'Appointment type', null, ({ type }) => type),
  field('clinicianName', 'Therapist', null, ({ clinicianName }) => clinicianName),
];

/** A payer's answer. The order is that in which such forms ask. */
const authorization: readonly Field<AuthorizationAnswer>[] = [
  field('number', 'Authorization number', 'recordNumber', ({ number }) => number),
  field('status', 'Status', null, ({ status }, { words }) => words.authorizationStatus?.[status]?.[0] ?? null),
  field('from', 'Effective date', null, ({ from }, writing) => day(from, writing)),
  field('to', 'Expiration date', null, ({ to }, writing) => day(to, writing)),
  field('visits', 'Visits authorized', null, ({ visitsApproved }) => count(visitsApproved)),
  field('units', 'Units authorized', null, ({ unitsApproved }) => count(unitsApproved)),
];

const note: readonly Field<Resources['note']>[] = [
  field('recordNumber', 'Record number', 'recordNumber', ({ recordNumber }) => recordNumber),
  field('date', 'Date of visit', null, ({ date }, writing) => day(date, writing)),
  field('kind', 'Kind of note', null, ({ kind }, { words }) => word(kind, words.noteKind)),
  field('clinicianName', 'Therapist', null, ({ clinicianName }) => clinicianName),
  field('credential', 'Credential', null, ({ credential }, { words }) =>
    credential === undefined || credential === null ? credential : (words.credential?.[credential]?.[0] ?? credential),
  ),
  field('text', 'Text', 'clinicalText', ({ text }) => text),
];

const charge: readonly Field<Resources['charge']>[] = [
  field('recordNumber', 'Record number', 'recordNumber', ({ recordNumber }) => recordNumber),
  field('date', 'Date of service', null, ({ date }, writing) => day(date, writing)),
  field('code', 'Procedure code', null, ({ code }) => code),
  field('modifiers', 'Modifiers', null, ({ modifiers }) => list(modifiers)),
  field('units', 'Units', null, ({ units }) => count(units)),
  field('amount', 'Charge', 'payment', ({ chargeCents }) => amount(chargeCents)),
];

const forms: { readonly [Resource in CopyResource]: readonly Field<Resources[Resource]>[] } = {
  patient,
  appointment,
  authorization,
  note,
  charge,
};

function labelsOf(resource: CopyResource, labels: CopyLabels | null): Group {
  if (labels === null) return {};
  const { number, from, to, visits, units, status } = labels;
  return resource === 'authorization' ? { number, from, to, visits, units, status } : (labels[resource] ?? {});
}

/**
 * The values of one write. What the record does not speak of is left out; of something new also what is empty.
 * @param labels of the system's forms; null: nothing is known of them
 */
export function copyReady<Resource extends CopyResource>(
  resource: Resource,
  operation: CopyOperations[Resource],
  record: CopyRecord<Resource>,
  labels: CopyLabels | null,
  writing: CopyWriting,
): CopyReady {
  const own = labelsOf(resource, labels);
  const fields = forms[resource].flatMap(({ name, label, phi, value }): CopyReadyField[] => {
    const text = value(record, writing);
    if (text === undefined || (text === null && operation === 'create')) return [];
    return [{ label: own[name] ?? label, value: text, phi }];
  });
  return { outcome: 'workItem', fields };
}
