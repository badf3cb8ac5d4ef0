// From the cells of a record to a patient, an authorization period or an appointment (notes, charges and outcomes: read-visit-rows.ts).
import { appointmentStatuses } from '../../domain/appointment/schema.ts';
import type { Clinician } from '../../domain/authorization/request-schema.ts';
import { requestKinds } from '../../domain/authorization/schema.ts';
import type { PlanOfCare, Chart } from '../../domain/chart/schema.ts';
import { genders } from '../../domain/patient/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import type { Cells } from '../csv/cells.ts';
import { readWallTime } from '../csv/dates.ts';
import type { Profile } from './profile.ts';
import { charge, note, outcome } from './read-visit-rows.ts';
import { recordKinds, reportedStatuses, therapistTold } from '../pt-records/rows.ts';
import type {
  AppointmentRow,
  AuthorizationRow,
  CoverageRow,
  PatientRow,
  RecordKind,
  RowsByKind,
} from '../pt-records/rows.ts';

/** Each kind of record may have a report of its own. */
export const reportKinds = recordKinds;
export type ReportKind = RecordKind;

/** What it takes to read a report: the profile, and the clinic's zone where the clocks of the export are others. */
export type Reading = Profile & { readonly clinicZone?: string };

/** What of it a row takes, wherever the row comes from. */
export type RowReading = Pick<Reading, 'dateFormats' | 'timeFormats' | 'words' | 'payers' | 'zone' | 'clinicZone'>;

/** What of a profile it takes to read a patient. */
export interface PatientWords extends Pick<Profile, 'dateFormats' | 'payers'> {
  readonly words: Pick<Profile['words'], 'gender' | 'relationship' | 'coverageOrder'>;
}

const relationships = ['self', 'spouse', 'child', 'other', 'unknown'] as const;
const orders = ['primary', 'secondary', 'tertiary'] as const;

/** Fields without which a report of this kind is no such report. */
export const neededColumns: Readonly<Record<ReportKind, readonly string[]>> = {
  patients: ['recordNumber'],
  authorizations: ['recordNumber', 'number', 'from', 'to', 'visitsApproved', 'status'],
  appointments: ['recordNumber', 'date', 'status'],
  notes: ['recordNumber', 'date'],
  charges: ['recordNumber', 'date', 'code'],
  outcomes: ['recordNumber', 'date', 'measure', 'score'],
};

/** The names of payers by their id; made once for each profile. */
const payerNames = new WeakMap<Profile['payers'], Readonly<Record<string, readonly string[]>>>();

function namesOf(payers: Profile['payers']): Readonly<Record<string, readonly string[]>> {
  const known = payerNames.get(payers);
  if (known !== undefined) return known;
  const names: Record<string, string[]> = {};
  for (const [name, id] of Object.entries(payers)) (names[id] ??= []).push(name);
  payerNames.set(payers, names);
  return names;
}

function payerId(cells: Cells, profile: Pick<Profile, 'payers'>, payerName: string | null): string | null {
  const names = namesOf(profile.payers);
  const direct = cells.text('payerId');
  if (direct !== null && Object.hasOwn(names, direct)) return direct;
  if (payerName === null) return null;
  return cells.named('payerName', names) ?? cells.fail('payerName', 'unknown payer', false);
}

/** Given and family name from their own columns, or from one "Family, Given". */
function personName(cells: Cells): Patient['name'] {
  const whole = cells.text('name');
  if (whole === null) return { given: cells.needed('given'), family: cells.needed('family') };
  const [family, given] = whole.split(',').map((part) => part.trim());
  if (!family || !given) cells.fail('name', 'not in the form expected', true);
  return { given: given ?? '', family: family ?? '' };
}

function clinician(cells: Cells, name: string, npi: string): Clinician | null {
  const text = cells.text(name);
  return text === null ? null : { name: text, npi: cells.text(npi) };
}

function address(cells: Cells): Patient['address'] {
  const [line, city, state, postalCode] = [
    cells.text('addressLine'),
    cells.text('city'),
    cells.text('state'),
    cells.text('postalCode'),
  ];
  return line === null || city === null || state === null || postalCode === null
    ? null
    : { line, city, state, postalCode };
}

/** Procedures as "97110x2; 97140": a code and, after an x, its units a visit. */
function procedures(cells: Cells): PlanOfCare['procedures'] {
  return cells.list('procedures').flatMap((part) => {
    const found = /^([0-9A-Z]{5})(?:\s*[xX×]\s*([1-9]\d?))?$/.exec(part);
    if (!found?.[1]) {
      cells.fail('procedures', 'not in the form expected', false);
      return [];
    }
    return [{ code: found[1], unitsPerVisit: found[2] === undefined ? null : Number(found[2]) }];
  });
}

function planOfCare(cells: Cells): PlanOfCare | null {
  const from = cells.date('planFrom');
  if (from === null) return null;
  return {
    from,
    to: cells.date('planTo'),
    visitsPerWeek: cells.positive('visitsPerWeek'),
    weeks: cells.positive('weeks'),
    procedures: procedures(cells),
  };
}

/** Outcome measures as "LEFS 41 on 11/12/2026; NPRS 6 on 11/12/2026". */
function outcomeMeasures(cells: Cells, profile: Pick<Profile, 'dateFormats'>): Chart['clinical']['outcomeMeasures'] {
  return cells.list('outcomeMeasures').flatMap((part) => {
    const found = /^(.+?)\s+(-?\d+(?:\.\d+)?)\s*%?\s+on\s+(.+)$/.exec(part);
    const date = found?.[3] === undefined ? null : (readWallTime(found[3], profile.dateFormats)?.date ?? null);
    if (!found?.[1] || date === null) {
      cells.fail('outcomeMeasures', 'not in the form expected', false);
      return [];
    }
    return [{ measure: found[1], score: Number(found[2]), date }];
  });
}

/** Null where the report has no column for who pays; a column with an empty cell says that something is missing. */
function coverage(cells: Cells, profile: PatientWords): CoverageRow | null {
  if (!cells.has('payerName')) return null;
  const payerName = cells.needed('payerName');
  return {
    payerId: payerId(cells, profile, payerName),
    payerName,
    memberId: cells.text('memberId'),
    groupNumber: cells.text('groupNumber'),
    planName: cells.text('planName'),
    relationship: cells.word('relationship', relationships, profile.words.relationship) ?? 'unknown',
    order: cells.word('coverageOrder', orders, profile.words.coverageOrder, true) ?? 'primary',
    from: cells.date('coverageFrom'),
    to: cells.date('coverageTo'),
  };
}

/** One row of a list of patients. */
export function readPatient(cells: Cells, profile: PatientWords): PatientRow {
  return {
    recordNumber: cells.needed('recordNumber'),
    name: personName(cells),
    birthDate: cells.date('birthDate'),
    gender: cells.word('gender', genders, profile.words.gender) ?? 'unknown',
    contact: { phone: cells.text('phone'), email: cells.text('email') },
    address: address(cells),
    coverage: coverage(cells, profile),
    referringProvider: clinician(cells, 'referringName', 'referringNpi'),
    renderingProvider: clinician(cells, 'renderingName', 'renderingNpi'),
    diagnoses: cells.list('diagnoses').map((code) => ({ code })),
    planOfCare: planOfCare(cells),
    clinical: {
      evaluationDate: cells.date('evaluationDate'),
      limitations: cells.text('limitations'),
      goals: cells.text('goals'),
      progress: cells.text('progress'),
      outcomeMeasures: outcomeMeasures(cells, profile),
    },
    authorizationRequired: cells.yesNo('authorizationRequired'),
  };
}

function weekLimit(cells: Cells): AuthorizationRow['weekLimit'] {
  const visits = cells.positive('weekLimitVisits');
  const weeks = cells.positive('weekLimitWeeks');
  return visits === null || weeks === null ? null : { visits, weeks };
}

/** Dates, counts and status are essential where the cell is filled: a misread limit is worse than a missing row. */
function authorization(cells: Cells, profile: RowReading): AuthorizationRow {
  const payerName = cells.text('payerName');
  const status = cells.word('status', reportedStatuses, profile.words.authorizationStatus, true);
  if (status === null && !cells.rejected) cells.fail('status', 'empty', true);
  return {
    recordNumber: cells.needed('recordNumber'),
    number: cells.text('number'),
    payerName,
    payerId: payerId(cells, profile, payerName),
    kind: cells.word('kind', requestKinds, profile.words.requestKind),
    status: status ?? 'requested',
    from: cells.date('from', true),
    to: cells.date('to', true),
    requested: { visits: cells.count('visitsRequested'), units: cells.count('unitsRequested') },
    approved: { visits: cells.count('visitsApproved', true), units: cells.count('unitsApproved', true) },
    visitsUsed: cells.count('visitsUsed'),
    weekLimit: weekLimit(cells),
    maxGapDays: cells.positive('maxGapDays'),
    submittedOn: cells.date('submittedOn'),
    decidedOn: cells.date('decidedOn'),
    reason: cells.text('reason'),
  };
}

/** When a visit begins: as the clinic's clocks show it, and the instant. An export may have clocks of another zone. */
function visitTime(cells: Cells, { zone, clinicZone }: RowReading): Pick<AppointmentRow, 'date' | 'time' | 'startsAt'> {
  const date = cells.text('date') === null ? cells.fail('date', 'empty', true) : cells.date('date', true);
  const time = cells.time('time', 'date');
  if (date === null || time === null || zone === undefined) return { date: date ?? '', time, startsAt: null };
  const startsAt = cells.instant(date, time, zone);
  if (startsAt === null) {
    cells.fail('time', 'time does not exist on that day', false);
    return { date, time, startsAt };
  }
  if (clinicZone === undefined || clinicZone === zone) return { date, time, startsAt };
  return cells.shownAt(startsAt, clinicZone) ?? { date, time, startsAt };
}

function appointment(cells: Cells, profile: RowReading): AppointmentRow {
  const { date, time, startsAt } = visitTime(cells, profile);
  const status = cells.word('status', appointmentStatuses, profile.words.appointmentStatus, true);
  if (cells.text('status') === null) cells.fail('status', 'empty', true);
  return {
    appointmentId: cells.text('appointmentId'),
    recordNumber: cells.needed('recordNumber'),
    date,
    time,
    startsAt,
    status: status ?? 'booked',
    type: cells.text('type'),
    units: cells.count('units'),
    therapist: therapistTold(cells.text('therapistId'), cells.text('therapist')),
    room: cells.text('room'),
    location: cells.text('location'),
    minutes: cells.positive('minutes'),
  };
}

type Readers = { readonly [Kind in ReportKind]: (cells: Cells, profile: RowReading) => RowsByKind[Kind] };

/** Reads a row of each kind; whether it may be used is `cells.rejected`, to be asked afterwards. */
export const readers: Readers = {
  patients: readPatient,
  authorizations: authorization,
  appointments: appointment,
  notes: note,
  charges: charge,
  outcomes: outcome,
};

/** What makes two rows rows about the same thing; `null` when nothing does. */
export const keys: { readonly [Kind in ReportKind]: (row: RowsByKind[Kind]) => string | null } = {
  patients: (row) => `${row.recordNumber}/${row.coverage?.order ?? 'none'}`,
  authorizations: () => null,
  appointments: (row) => row.appointmentId,
  notes: (row) => row.noteId,
  charges: (row) => row.chargeId,
  // Before and after a treatment of one day are two scores.
  outcomes: () => null,
};

/** A charge without a number of its own may stand twice for one visit and mean two. */
export const mayRepeat: Readonly<Record<ReportKind, boolean>> = {
  patients: false,
  authorizations: false,
  appointments: false,
  notes: false,
  charges: true,
  outcomes: false,
};
