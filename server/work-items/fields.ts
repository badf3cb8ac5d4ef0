// The fields a person sees of a draft: their names, their kinds of input, which are needed and which are copied by hand.
import { answerStatuses } from '../../domain/authorization/answer-schema.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { genders } from '../../domain/patient/schema.ts';
import { labelOf } from '../../domain/authorization/request.ts';
import type { DraftKind, WorkItemKind } from '../../domain/work-item/kinds.ts';

export interface DraftField {
  readonly path: string;
  readonly label: string;
  readonly type: 'text' | 'longText' | 'date' | 'integer' | 'list' | 'structured';
  readonly required: boolean;
  /** The value is laid out to be copied into a portal or read over the phone. */
  readonly copyReady: boolean;
  readonly options?: readonly string[];
}

type Row = readonly [path: string, label: string, type: DraftField['type'], options?: readonly string[]];

const requestRows: readonly Row[] = [
  ['patient.name.family', 'Last name', 'text'],
  ['patient.name.given', 'First name', 'text'],
  ['patient.birthDate', 'Date of birth', 'date'],
  ['patient.gender', 'Gender', 'text', genders],
  ['coverage.payerName', 'Payer', 'text'],
  ['coverage.memberId', 'Member id', 'text'],
  ['coverage.groupNumber', 'Group number', 'text'],
  ['coverage.planName', 'Plan', 'text'],
  ['provider.organizationName', 'Clinic', 'text'],
  ['provider.npi', "Clinic's NPI", 'text'],
  ['provider.taxId', "Clinic's tax id", 'text'],
  ['renderingProvider.name', 'Treating therapist', 'text'],
  ['renderingProvider.npi', "Treating therapist's NPI", 'text'],
  ['referringProvider.name', 'Referring provider', 'text'],
  ['referringProvider.npi', "Referring provider's NPI", 'text'],
  ['service.from', 'From', 'date'],
  ['service.to', 'To', 'date'],
  ['service.visits', 'Visits', 'integer'],
  ['service.units', 'Units', 'integer'],
  ['service.frequency', 'Frequency', 'text'],
  ['service.procedures', 'Procedures', 'structured'],
  ['service.diagnoses', 'Diagnoses', 'list'],
  ['clinical.appealReason', 'Reason for the appeal', 'longText'],
  ['clinical.evaluationDate', 'Date of the evaluation', 'date'],
  ['clinical.limitations', 'Functional limitations', 'longText'],
  ['clinical.goals', 'Goals', 'longText'],
  ['clinical.progress', 'Progress', 'longText'],
  ['clinical.outcomeMeasures', 'Outcome measures', 'structured'],
  ['previousAuthorizationNumber', 'Previous authorization number', 'text'],
];

const answerRows: readonly Row[] = [
  ['status', 'Answer', 'text', answerStatuses],
  ['number', 'Authorization number', 'text'],
  ['visitsApproved', 'Visits approved', 'integer'],
  ['unitsApproved', 'Units approved', 'integer'],
  ['from', 'From', 'date'],
  ['to', 'To', 'date'],
  ['reasonCodes', 'Reason codes', 'list'],
  ['reasonText', "Payer's reason", 'longText'],
];

const claimRows: readonly Row[] = [
  ['patient.name.family', 'Last name', 'text'],
  ['patient.name.given', 'First name', 'text'],
  ['patient.birthDate', 'Date of birth', 'date'],
  ['patient.relationship', 'Relationship to the insured', 'text'],
  ['coverage.subscriber', 'Insured', 'text'],
  ['coverage.payerName', 'Payer', 'text'],
  ['coverage.payerId', 'Payer id', 'text'],
  ['coverage.memberId', 'Member id', 'text'],
  ['coverage.groupNumber', 'Group number', 'text'],
  ['coverage.order', 'Which payer this is', 'text'],
  ['coverage.otherPayers', 'Other payers', 'list'],
  ['provider.organizationName', 'Clinic', 'text'],
  ['provider.npi', "Clinic's NPI", 'text'],
  ['provider.taxId', "Clinic's tax id", 'text'],
  ['renderingProvider.name', 'Treating therapist', 'text'],
  ['renderingProvider.npi', "Treating therapist's NPI", 'text'],
  ['referringProvider.name', 'Referring provider', 'text'],
  ['referringProvider.npi', "Referring provider's NPI", 'text'],
  ['claim.number', 'Claim number', 'text'],
  ['claim.frequency', 'Frequency (1 original, 7 replacement, 8 void)', 'text'],
  ['claim.originalNumber', "Payer's number of the claim it replaces", 'text'],
  ['claim.placeOfService', 'Place of service', 'text'],
  ['claim.authorizationNumber', 'Authorization number', 'text'],
  ['claim.diagnoses', 'Diagnoses', 'list'],
  ['claim.lines', 'Lines', 'list'],
  ['claim.notes', 'Notes', 'list'],
  ['claim.charge', 'Charge', 'text'],
  ['claim.unread', 'In the file, but not read', 'list'],
];

const paymentRows: readonly Row[] = [
  ['payment.payer', 'Payer', 'text'],
  ['payment.number', 'Check or transfer', 'text'],
  ['payment.method', 'Method', 'text'],
  ['payment.amount', 'Amount', 'text'],
  ['payment.on', 'Paid on', 'date'],
];

const remittanceClaimRows: readonly Row[] = [
  ...paymentRows,
  ['patient.family', 'Last name', 'text'],
  ['patient.given', 'First name', 'text'],
  ['patient.memberId', 'Member id', 'text'],
  ['claim.number', 'Claim number', 'text'],
  ['claim.payerNumber', "Payer's number of the claim", 'text'],
  ['claim.status', 'Status', 'text'],
  ['claim.charge', 'Charge', 'text'],
  ['claim.paid', 'Paid', 'text'],
  ['claim.patientOwes', 'The patient owes', 'text'],
  ['claim.days', 'Days of service', 'list'],
  ['claim.adjustments', 'Adjustments', 'list'],
  ['claim.lines', 'Lines', 'list'],
  ['here.candidates', 'Claims', 'list'],
];

const remittanceRows: readonly Row[] = [
  ...paymentRows,
  ['found.findings', 'What is wrong', 'list'],
  ['found.claims', 'Claims', 'list'],
];

const claimPacketRows: readonly Row[] = [
  ['letter', 'Letter', 'longText'],
  ['letterSources', 'Where its sentences come from', 'list'],
  ...claimRows,
];

const statementRows: readonly Row[] = [
  ['patient.family', 'Last name', 'text'],
  ['patient.given', 'First name', 'text'],
  ['claim.number', 'Claim number', 'text'],
  ['claim.payer', 'Payer', 'text'],
  ['claim.days', 'Days of service', 'list'],
  ['books.charge', 'Charge', 'text'],
  ['books.paid', 'Insurance paid', 'text'],
  ['books.adjusted', 'Adjusted', 'text'],
  ['books.patientShare', "The patient's share", 'text'],
  ['books.patientPaid', 'Paid before', 'text'],
  ['books.patientOwes', 'The patient owes', 'text'],
];

const numberRows: readonly Row[] = [['number', 'Authorization number', 'text']];

const reviewRows: readonly Row[] = [
  ['patient.family', 'Last name', 'text'],
  ['patient.given', 'First name', 'text'],
  ['patient.birthDate', 'Date of birth', 'date'],
  ['patient.phone', 'Phone', 'text'],
  ['patient.email', 'E-mail', 'text'],
  ['patient.address', 'Address', 'text'],
  ['coverage.payerName', 'Payer', 'text'],
  ['coverage.memberId', 'Member id', 'text'],
  ['coverage.groupNumber', 'Group number', 'text'],
  ['coverage.planName', 'Plan', 'text'],
  ['missing', 'Missing', 'list'],
];

const conflictRows: readonly Row[] = [
  ['field', 'What differs', 'text'],
  ['holds.value', 'Holds now', 'text'],
  ['holds.source', 'Follows', 'text'],
  ['says.value', 'Says otherwise', 'text'],
  ['says.source', 'Said by', 'text'],
  ['says.asOf', 'Said on', 'text'],
];

const bookRows: readonly Row[] = [
  ['days', 'What disagrees', 'list'],
  ['counts', 'What each system counts', 'list'],
];

const rowsOf: Readonly<Record<DraftKind, readonly Row[]>> = {
  none: [],
  benefitsCall: [],
  authorizationRequest: requestRows,
  authorizationAnswer: answerRows,
  authorizationNumber: numberRows,
  claim: claimRows,
  remittanceClaim: remittanceClaimRows,
  remittance: remittanceRows,
  claimPacket: claimPacketRows,
  statement: statementRows,
  patientReview: reviewRows,
  patientConflict: conflictRows,
  valuesToEnter: [['system', 'System', 'text']],
  // Laid out side by side, not field by field.
  patientPair: [],
  visitBooks: bookRows,
};

/**
 * The fields of a draft in the order a person reads them.
 * @param required paths that must not stay empty
 * @param copyReady whether the person copies the values by hand
 */
export function fieldsFor(kind: DraftKind, required: readonly string[], copyReady: boolean): DraftField[] {
  const rows =
    kind === 'authorizationRequest'
      ? requestRows.filter(([path]) => path !== 'clinical.appealReason' || required.includes(path))
      : rowsOf[kind];
  const fields = rows.map(
    ([path, label, type, options]): DraftField => ({
      path,
      label,
      type,
      required: required.includes(path),
      copyReady,
      ...(options === undefined ? {} : { options }),
    }),
  );
  if (kind !== 'authorizationRequest') return fields;
  const known = new Set(rows.map(([path]) => path));
  const more = required.filter((path) => !known.has(path) && ![...known].some((one) => one.startsWith(`${path}.`)));
  return [
    ...fields,
    ...more.map((path): DraftField => ({ path, label: labelOf(path), type: 'text', required: true, copyReady })),
  ];
}

/** What was approved is sent as approved: only a request and an appeal still under review are edited, of an appeal its letter. */
export function isEditable(kind: WorkItemKind, path: string): boolean {
  return kind === 'authorization.request' || (kind === 'claim.appeal' && path === 'letter');
}

/** Codes typed one to a line become diagnoses again. */
export function normalizedRequest(draft: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { service } = draft;
  if (!isObject(service) || !Array.isArray(service['diagnoses'])) return draft;
  const diagnoses = service['diagnoses'].map((one: unknown) =>
    typeof one === 'string' ? { code: one.trim().toUpperCase() } : one,
  );
  return { ...draft, service: { ...service, diagnoses } };
}

/** The paths, down to the parts of a group (`clinical.goals`), at which two drafts differ. */
export function changedPaths(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  prefix = '',
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [old, now] = [before[key], after[key]];
    if (isObject(old) && isObject(now)) return changedPaths(old, now, `${prefix}${key}.`);
    return canonicalJson(old ?? null) === canonicalJson(now ?? null) ? [] : [`${prefix}${key}`];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
