// The synthetic clinic through the eyes of a partner's API: own numbers, family names in capitals, American dates, a clock on the wall.
import type { Clinic, ClinicAuthorization, ClinicPatient, ClinicVisit } from '../clinic/model.ts';
import { pickOf } from '../rest/ids.ts';

type Json = Readonly<Record<string, unknown>>;

/** What goes over the wire, and when it was changed. */
export interface PartnerRecord {
  readonly id: string;
  readonly changedAt: string;
  readonly wire: Json;
}

export const partnerNumber = (recordNumber: string): string => `RT-${recordNumber.replace(/^PT/, '')}`;
export const partnerVisit = (appointment: string): string => `V${appointment}`;

function slashes(date: string | null): string | null {
  const [year, month, day] = date?.split('-') ?? [];
  return date === null ? null : `${month}/${day}/${year}`;
}

function halfDay(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return `${hours % 12 === 0 ? 12 : hours % 12}:${String(minutes).padStart(2, '0')} ${hours < 12 ? 'AM' : 'PM'}`;
}

function dashed(phone: string | null): string | null {
  const digits = phone?.replace(/\D/g, '') ?? '';
  return digits.length === 10 ? `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}` : phone;
}

function patient(one: ClinicPatient): Json {
  const { coverage } = one;
  return {
    patientNumber: partnerNumber(one.recordNumber),
    demographics: {
      fullName: `${one.name.family.toUpperCase()}, ${one.name.given}`,
      birth: slashes(one.birthDate),
      sex: { female: 'F', male: 'M', other: 'X', unknown: 'U' }[one.gender],
      phones: [dashed(one.contact.phone)],
      email: one.contact.email,
      home: one.address,
    },
    insurance: {
      carrier: coverage.payerName,
      subscriberId: coverage.memberId,
      group: coverage.groupNumber,
      rank: '1',
      effective: slashes(coverage.from),
    },
    dx: one.diagnoses.map(({ code }) => code),
    recordState: 'active',
  };
}

const visitStates = { booked: 'Scheduled', arrived: 'Checked Out', cancelled: 'Cancelled', missed: 'No Show' } as const;

function visit(one: ClinicVisit): Json {
  return {
    visit: partnerVisit(one.appointmentId),
    patientNumber: partnerNumber(one.recordNumber),
    day: slashes(one.date),
    clock: halfDay(one.time),
    state: visitStates[one.status],
    kind: one.type,
    units: one.units,
    with: one.therapist,
    room: one.room,
    length: one.minutes,
    recordState: 'active',
  };
}

const periodStates = {
  requested: 'Submitted', pended: 'Pending', approved: 'Approved', partlyApproved: 'Partial', denied: 'Denied',
  cancelled: 'Void',
} as const; // prettier-ignore

function period(one: ClinicAuthorization): Json {
  return {
    patientNumber: partnerNumber(one.recordNumber),
    authNumber: one.number,
    carrier: one.payerName,
    request: one.kind,
    state: periodStates[one.status],
    start: slashes(one.from),
    end: slashes(one.to),
    counts: {
      asked: one.requested.visits,
      granted: one.approved.visits,
      grantedUnits: one.approved.units,
      used: one.visitsUsed,
    },
    reason: one.reason,
  };
}

function isPast(one: ClinicVisit): boolean {
  return one.status === 'arrived';
}

export interface PartnerRecords {
  readonly patients: readonly PartnerRecord[];
  readonly authorizations: readonly PartnerRecord[];
  readonly appointments: readonly PartnerRecord[];
  readonly notes: readonly PartnerRecord[];
  readonly charges: readonly PartnerRecord[];
  readonly scores: readonly PartnerRecord[];
}

/** Everything was changed last a day before the clinic's today. */
export function partnerRecords(clinic: Clinic): PartnerRecords {
  const changedAt = new Date(Date.parse(`${clinic.today}T00:00:00Z`) - 86_400_000).toISOString();
  const kept = (id: string, wire: Json): PartnerRecord => ({ id, changedAt, wire });
  const past = clinic.visits.filter(isPast);
  return {
    patients: clinic.patients.map((one) => kept(partnerNumber(one.recordNumber), patient(one))),
    authorizations: clinic.authorizations.map((one, index) => kept(`A${index}`, period(one))),
    appointments: clinic.visits.map((one) => kept(partnerVisit(one.appointmentId), visit(one))),
    notes: past.map((one) =>
      kept(`N${one.appointmentId}`, {
        note: `N${one.appointmentId}`,
        patientNumber: partnerNumber(one.recordNumber),
        day: slashes(one.date),
        noteType:
          one.type === 'PT Initial Evaluation' ? 'Eval' : one.type === 'PT Progress Note' ? 'Progress' : 'Daily',
        signed: pickOf(`note/${one.appointmentId}`, 20) === 0 ? null : `${one.date}T00:00:00Z`,
        author: { name: 'Dana Quill', credential: 'PT' },
      }),
    ),
    charges: past.map((one) =>
      kept(`C${one.appointmentId}`, {
        line: `C${one.appointmentId}`,
        patientNumber: partnerNumber(one.recordNumber),
        day: slashes(one.date),
        cpt: '97110',
        mods: ['GP'],
        units: one.units,
        price: '$85.50',
      }),
    ),
    scores: clinic.patients.flatMap((one) =>
      one.clinical.outcomeMeasures.map(({ measure, score, date }, index) =>
        kept(`S${one.recordNumber}-${index}`, {
          patientNumber: partnerNumber(one.recordNumber),
          tool: measure,
          points: score,
          day: slashes(date),
        }),
      ),
    ),
  };
}
