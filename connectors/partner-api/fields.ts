// The fields a profile may name for each kind of record, and those without which a record says nothing.
import type { RecordKind } from '../pt-records/rows.ts';

interface KindFields {
  readonly known: readonly string[];
  /** One of each group must be there. */
  readonly needed: readonly (readonly string[])[];
}

const number = ['recordNumber'];
const moment = ['date', 'startsAt'];

export const kindFields: Readonly<Record<RecordKind, KindFields>> = {
  patients: {
    known: [
      ...number, 'name', 'given', 'family', 'birthDate', 'gender', 'phone', 'email', 'addressLine', 'city', 'state',
      'postalCode', 'payerName', 'payerId', 'memberId', 'groupNumber', 'planName', 'relationship', 'coverageOrder',
      'coverageFrom', 'coverageTo', 'referringName', 'referringNpi', 'renderingName', 'renderingNpi', 'diagnoses',
      'planFrom', 'planTo', 'visitsPerWeek', 'weeks', 'procedures', 'evaluationDate', 'limitations', 'goals', 'progress',
      'outcomeMeasures', 'authorizationRequired',
    ], // prettier-ignore
    needed: [number, ['name', 'family'], ['name', 'given']],
  },
  authorizations: {
    known: [
      ...number, 'number', 'payerName', 'payerId', 'kind', 'status', 'from', 'to', 'visitsRequested', 'unitsRequested',
      'visitsApproved', 'unitsApproved', 'visitsUsed', 'weekLimitVisits', 'weekLimitWeeks', 'maxGapDays', 'submittedOn',
      'decidedOn', 'reason',
    ], // prettier-ignore
    needed: [number, ['number'], ['from'], ['to'], ['status']],
  },
  appointments: {
    known: [
      ...number, ...moment, 'time', 'appointmentId', 'status', 'type', 'units', 'therapist', 'therapistId', 'room',
      'location', 'minutes',
    ], // prettier-ignore
    needed: [number, moment, ['status']],
  },
  notes: {
    known: [...number, ...moment, 'noteId', 'kind', 'signedOn', 'clinicianName', 'credential'],
    needed: [number, moment],
  },
  charges: {
    known: [
      ...number,
      ...moment,
      'chargeId',
      'code',
      'modifiers',
      'modifier1',
      'modifier2',
      'modifier3',
      'modifier4',
      'units',
      'amount',
    ],
    needed: [number, moment, ['code']],
  },
  outcomes: { known: [...number, ...moment, 'measure', 'score'], needed: [number, moment, ['measure'], ['score']] },
};

/** Fields that are calendar dates: an API may write one as midnight of that day. */
export const dateFields: ReadonlySet<string> = new Set([
  'birthDate', 'coverageFrom', 'coverageTo', 'planFrom', 'planTo', 'evaluationDate', 'from', 'to', 'submittedOn',
  'decidedOn', 'date', 'signedOn',
]); // prettier-ignore
