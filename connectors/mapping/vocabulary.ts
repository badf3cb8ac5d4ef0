// What columns of exports are called across PT systems, and what stands in them: by report, field and label.
import type { ReportKind } from '../reports/read-rows.ts';
import type { Shape } from './shapes.ts';

export interface FieldWords {
  /** Usual labels, the clearest first. */
  readonly labels: readonly string[];
  readonly shape: Shape;
  /** Of the profile's words, where a cell holds one of a few. */
  readonly words?:
    | 'authorizationStatus'
    | 'appointmentStatus'
    | 'requestKind'
    | 'gender'
    | 'relationship'
    | 'coverageOrder'
    | 'noteKind';
}

const of = (shape: Shape, ...labels: readonly string[]): FieldWords => ({ labels, shape });
const word = (words: NonNullable<FieldWords['words']>, ...labels: readonly string[]): FieldWords => ({
  labels,
  shape: 'word',
  words,
});

const recordNumber = of(
  'id',
  'Patient ID',
  'MRN',
  'Patient Number',
  'Account Number',
  'Chart Number',
  'Client ID',
  'Patient Account',
  'Medical Record Number',
);
const payerName = of(
  'text',
  'Insurance',
  'Payer',
  'Primary Insurance',
  'Insurance Company',
  'Carrier',
  'Payor',
  'Insurance Name',
);

const visitDay = of(
  'date',
  'Date of Service',
  'Visit Date',
  'Service Date',
  'Encounter Date',
  'Date',
  'Treatment Date',
);
const clinician = of('text', 'Therapist', 'Clinician', 'Provider', 'Author', 'Signed By', 'Treating Therapist');

/** Fields of each report as `read-rows` knows them. */
export const vocabulary: Readonly<Record<ReportKind, Readonly<Record<string, FieldWords>>>> = {
  patients: {
    recordNumber,
    name: of('name', 'Patient Name', 'Name', 'Patient', 'Client Name', 'Full Name'),
    given: of('text', 'First Name', 'Given Name', 'Patient First Name', 'Legal First Name'),
    family: of('text', 'Last Name', 'Family Name', 'Surname', 'Patient Last Name', 'Legal Last Name'),
    birthDate: of('date', 'Date of Birth', 'DOB', 'Birth Date', 'Birthday', 'Birthdate'),
    gender: word('gender', 'Gender', 'Sex', 'Legal Sex', 'Sex at Birth'),
    phone: of('phone', 'Phone', 'Primary Phone', 'Mobile Phone', 'Cell Phone', 'Home Phone', 'Phone Number'),
    email: of('email', 'Email', 'E-mail', 'Email Address'),
    addressLine: of('text', 'Address', 'Street', 'Address 1', 'Street Address', 'Address Line 1'),
    city: of('text', 'City', 'Town'),
    state: of('state', 'State', 'State Code', 'Province'),
    postalCode: of('postalCode', 'Zip', 'Zip Code', 'Postal Code'),
    payerName,
    coverageOrder: word('coverageOrder', 'Insurance Order', 'Coverage Order', 'Insurance Priority', 'Insurance Rank'),
    memberId: of('id', 'Member ID', 'Policy #', 'Subscriber ID', 'Policy Number', 'Insurance ID', 'Member Number'),
    groupNumber: of('id', 'Group #', 'Group Number', 'Group ID'),
    planName: of('text', 'Plan', 'Plan Name', 'Insurance Plan'),
    relationship: word(
      'relationship',
      'Relationship to Insured',
      'Relationship',
      'Relation to Subscriber',
      'Patient Relationship',
    ),
    coverageFrom: of('date', 'Insurance Effective Date', 'Coverage Start', 'Policy Effective Date', 'Coverage From'),
    coverageTo: of('date', 'Insurance Termination Date', 'Coverage End', 'Policy End Date', 'Coverage To'),
    referringName: of(
      'text',
      'Referring Physician',
      'Referring Provider',
      'Referral Source',
      'Referred By',
      'Referring Doctor',
    ),
    referringNpi: of('npi', 'Referring NPI', 'Referring Provider NPI', 'Referring Physician NPI'),
    renderingName: of(
      'text',
      'Therapist',
      'Provider',
      'Clinician',
      'Treating Therapist',
      'Primary Therapist',
      'Staff Member',
    ),
    renderingNpi: of('npi', 'Therapist NPI', 'Provider NPI', 'Rendering NPI'),
    diagnoses: of(
      'diagnoses',
      'Diagnosis Codes',
      'ICD-10',
      'Diagnosis',
      'ICD-10 Codes',
      'Dx Codes',
      'Treatment Diagnosis',
    ),
    evaluationDate: of('date', 'Initial Evaluation Date', 'Evaluation Date', 'Eval Date', 'IE Date'),
    planFrom: of('date', 'POC Start', 'Plan of Care Start', 'POC From', 'Certification From'),
    planTo: of('date', 'POC End', 'Plan of Care End', 'POC To', 'Certification To', 'POC Expiration'),
    visitsPerWeek: of('count', 'Frequency (visits/week)', 'Visits per Week', 'Frequency'),
    weeks: of('count', 'Duration (weeks)', 'Weeks', 'Duration'),
    procedures: of('procedures', 'Planned CPT', 'CPT Codes', 'Planned Procedures', 'Procedure Codes'),
    limitations: of('text', 'Functional Limitations', 'Limitations'),
    goals: of('text', 'Goals', 'Treatment Goals'),
    progress: of('text', 'Progress', 'Progress Note'),
    outcomeMeasures: of('text', 'Outcome Measures', 'Outcome Scores'),
    authorizationRequired: of('yesNo', 'Auth Required', 'Authorization Required', 'Needs Authorization'),
  },
  authorizations: {
    recordNumber,
    number: of(
      'id',
      'Authorization #',
      'Auth Number',
      'Authorization Number',
      'Prior Auth Number',
      'Auth ID',
      'Referral Number',
    ),
    payerName,
    kind: word('requestKind', 'Auth Type', 'Request Type', 'Authorization Type'),
    status: word('authorizationStatus', 'Status', 'Auth Status', 'Authorization Status', 'Request Status'),
    from: of('date', 'Effective Date', 'Start Date', 'Auth Start Date', 'Valid From', 'From Date', 'Begin Date'),
    to: of('date', 'Expiration Date', 'End Date', 'Auth End Date', 'Valid To', 'Expires', 'Through Date'),
    visitsRequested: of('count', 'Visits Requested', 'Requested Visits'),
    visitsApproved: of(
      'count',
      'Visits Authorized',
      'Authorized Visits',
      'Approved Visits',
      'Visits Approved',
      'Total Visits',
      'Visits Allowed',
    ),
    visitsUsed: of('count', 'Visits Used', 'Used Visits', 'Visits Completed', 'Visits to Date'),
    unitsRequested: of('count', 'Units Requested', 'Requested Units'),
    unitsApproved: of('count', 'Units Authorized', 'Authorized Units', 'Approved Units', 'Units Approved'),
    weekLimitVisits: of('count', 'Max Visits/Week', 'Visits per Week Limit', 'Weekly Visit Limit'),
    weekLimitWeeks: of('count', 'Weeks', 'Number of Weeks', 'Week Limit'),
    maxGapDays: of('count', 'Max Gap (days)', 'Maximum Gap Days'),
    submittedOn: of('date', 'Date Submitted', 'Submitted On', 'Request Date', 'Date Requested'),
    decidedOn: of('date', 'Date Decided', 'Decision Date', 'Date Approved', 'Determination Date'),
    reason: of('text', 'Denial Reason', 'Reason', 'Decision Reason'),
  },
  appointments: {
    recordNumber,
    appointmentId: of('id', 'Appointment ID', 'Appt ID', 'Visit ID', 'Booking ID', 'Appointment Number'),
    date: of(
      'date',
      'Appointment Date',
      'Date',
      'Visit Date',
      'Date of Service',
      'Start',
      'Appointment Start',
      'Scheduled Date',
    ),
    time: of('time', 'Start Time', 'Start', 'Time', 'Appointment Time', 'Scheduled Time', 'Visit Time'),
    status: word('appointmentStatus', 'Status', 'Appointment Status', 'Visit Status', 'Arrival Status', 'Attendance'),
    type: of('text', 'Appointment Type', 'Visit Type', 'Type', 'Treatment Name', 'Service'),
    units: of('count', 'Units', 'Units Billed', 'Total Units'),
    therapist: of('text', 'Therapist', 'Provider', 'Treating Therapist', 'Appointment Provider', 'Resource'),
    therapistId: of('id', 'Therapist ID', 'Provider ID', 'Resource ID'),
    room: of('text', 'Room', 'Treatment Room', 'Exam Room'),
    location: of('text', 'Location', 'Clinic Location', 'Facility', 'Site'),
    minutes: of('count', 'Duration', 'Duration (min)', 'Minutes', 'Length', 'Appointment Length'),
  },
  notes: {
    recordNumber,
    noteId: of('id', 'Note ID', 'Document ID', 'Note Number', 'Chart Note ID'),
    date: visitDay,
    kind: word('noteKind', 'Note Type', 'Document Type', 'Note Kind', 'Type of Note', 'Encounter Type', 'Type'),
    signedOn: of('date', 'Signed On', 'Date Signed', 'Signed Date', 'Finalized On', 'Date Finalized', 'Completed On'),
    clinicianName: clinician,
    credential: of('text', 'Credential', 'Credentials', 'Therapist Credential', 'License Type', 'Discipline'),
  },
  charges: {
    recordNumber,
    chargeId: of('id', 'Charge ID', 'Charge Number', 'Line ID', 'Transaction ID'),
    date: visitDay,
    code: of('procedures', 'CPT Code', 'Procedure Code', 'CPT', 'Code', 'HCPCS', 'Charge Code'),
    modifiers: of('text', 'Modifiers', 'Modifier', 'Mods'),
    modifier1: of('text', 'Modifier 1', 'Mod 1'),
    modifier2: of('text', 'Modifier 2', 'Mod 2'),
    modifier3: of('text', 'Modifier 3', 'Mod 3'),
    modifier4: of('text', 'Modifier 4', 'Mod 4'),
    units: of('count', 'Units', 'Units Billed', 'Charge Units', 'Quantity', 'Qty'),
    amount: of('amount', 'Charge Amount', 'Amount', 'Charge', 'Billed Amount', 'Total Charge', 'Fee'),
  },
  outcomes: {
    recordNumber,
    measure: of('text', 'Outcome Measure', 'Measure', 'Outcome Tool', 'Test', 'Instrument', 'Questionnaire'),
    score: of('number', 'Score', 'Result', 'Outcome Score', 'Value', 'Total Score'),
    date: of(
      'date',
      'Date',
      'Date Taken',
      'Assessment Date',
      'Test Date',
      'Date Completed',
      'Completed On',
      'Measured On',
    ),
  },
};

/** Short forms in labels, to the words they stand for. */
export const shortForms: Readonly<Record<string, string>> = {
  dob: 'date of birth',
  dos: 'date of service',
  pt: 'patient',
  pat: 'patient',
  appt: 'appointment',
  auth: 'authorization',
  ins: 'insurance',
  no: 'number',
  num: 'number',
  '#': 'number',
  acct: 'account',
  eff: 'effective',
  exp: 'expiration',
  prov: 'provider',
  ph: 'phone',
  tel: 'phone',
  addr: 'address',
  st: 'street',
  req: 'requested',
  appr: 'approved',
  dx: 'diagnosis',
  poc: 'plan of care',
  eval: 'evaluation',
  ref: 'referring',
  freq: 'frequency',
  thru: 'through',
};
