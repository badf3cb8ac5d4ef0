// What a kept visit leaves in this system: an encounter, the note on it, the services charged; and the scores of each patient.
import { addDays } from '../clinic/calendar.ts';
import type { Clinic, ClinicVisit } from '../clinic/model.ts';
import { chargeOf } from '../clinic/billing/charges.ts';
import { ownNumber, patientId, practitionerId, recordNumberSystem } from './ids.ts';
import type { Seeded, ServerTime } from './ids.ts';

const cpt = 'http://www.ama-assn.org/go/cpt';
const loinc = 'http://loinc.org';
/** A progress report on every ninth treatment day. */
const progressEvery = 9;

/** This system's titles of documents; the visit note has a code of its own. */
const documents = {
  evaluation: { coding: [{ system: loinc, code: '18735-1' }], text: 'PT INITIAL EVAL' },
  progress: { text: 'PROGRESS REPORT' },
  daily: { coding: [{ system: loinc, code: '28579-1' }] },
} as const;

export type NoteKind = keyof typeof documents;

/** Of the visits a patient kept, the first is the evaluation and every ninth a progress report. */
export function noteKindOf(clinic: Clinic, visit: ClinicVisit): NoteKind {
  const kept = clinic.visits.filter(
    ({ recordNumber, status }) => recordNumber === visit.recordNumber && status === 'arrived',
  );
  const at = kept.findIndex(({ appointmentId }) => appointmentId === visit.appointmentId);
  return at === 0 ? 'evaluation' : (at + 1) % progressEvery === 0 ? 'progress' : 'daily';
}

/** Notes of the last day are drafts. */
export function isSigned(clinic: Clinic, visit: ClinicVisit): boolean {
  return visit.date < addDays(clinic.today, -1);
}

export function chargesOf(clinic: Clinic, visit: ClinicVisit, serverTime: ServerTime): readonly Seeded[] {
  const patient = clinic.patients.find((one) => one.recordNumber === visit.recordNumber);
  if (visit.status !== 'arrived' || patient === undefined) return [];
  const subject = { reference: `Patient/${patientId(clinic, visit.recordNumber)}` };
  const therapist = { reference: `Practitioner/${practitionerId(patient.renderingProvider?.name)}` };
  const period = { start: serverTime(visit.date, visit.time), end: serverTime(visit.date, visit.time, 45) };
  const encounter = `rt-e${visit.appointmentId}`;
  const kind = noteKindOf(clinic, visit);
  return [
    {
      resourceType: 'Encounter',
      id: encounter,
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      type: [documents[kind]],
      subject,
      participant: [{ individual: therapist }],
      period,
    },
    {
      resourceType: 'DocumentReference',
      id: `rt-n${visit.appointmentId}`,
      status: 'current',
      docStatus: isSigned(clinic, visit) ? 'final' : 'preliminary',
      type: documents[kind],
      subject,
      // Written the evening of the visit, when it is the next day in Greenwich.
      date: serverTime(visit.date, '21:30'),
      author: [therapist],
      content: [{ attachment: { contentType: 'text/plain', url: `Binary/rt-n${visit.appointmentId}` } }],
      context: { encounter: [{ reference: `Encounter/${encounter}` }] },
    },
    ...(patient.planOfCare?.procedures ?? []).map(({ code, unitsPerVisit }, at) => ({
      resourceType: 'ChargeItem',
      id: `rt-x${visit.appointmentId}-${at + 1}`,
      status: 'billable',
      code: { coding: [{ system: cpt, code }] },
      subject,
      context: { reference: `Encounter/${encounter}` },
      occurrenceDateTime: period.start,
      ...(unitsPerVisit === null ? {} : { quantity: { value: unitsPerVisit } }),
      priceOverride: { value: chargeOf(code, unitsPerVisit ?? 1) / 100, currency: 'USD' },
    })),
  ];
}

/** One system writes the name of the measure, with a code only for some; its patients are told by their number too. */
export function scoresOf(clinic: Clinic): readonly Seeded[] {
  return clinic.patients.flatMap((patient) =>
    patient.clinical.outcomeMeasures.map(({ measure, score, date }, at) => ({
      resourceType: 'Observation',
      id: `${patientId(clinic, patient.recordNumber)}-s${at + 1}`,
      status: 'final',
      category: [{ coding: [{ code: 'survey' }] }],
      code: measure === 'ODI' ? { coding: [{ system: loinc, code: '97909-6' }] } : { text: `${measure} TOTAL SCORE` },
      subject: {
        reference: `Patient/${patientId(clinic, patient.recordNumber)}`,
        identifier: { system: recordNumberSystem, value: ownNumber(clinic, patient.recordNumber) },
      },
      effectiveDateTime: date,
      valueQuantity: { value: score, unit: '{score}' },
    })),
  );
}
