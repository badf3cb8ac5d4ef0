// A patient's chart as its PT system knows it: every treatment with its minutes and note, the plan of care, authorizations, money spent.
import type { LineOfBusiness } from '../../../domain/payer/lines-of-business.ts';
import { addDays } from '../calendar.ts';
import type { Clinic, ClinicPatient } from '../model.ts';
import { everyPayer } from '../payers.ts';
import { therapists } from '../people.ts';
import { noteText } from './charges.ts';
import type { BillingChart, ChartVisit, Intervention } from './model.ts';

const linesOfBusiness: Readonly<Record<string, LineOfBusiness>> = {
  [everyPayer.medicareAdvantage.id]: 'medicareAdvantage',
  [everyPayer.medicaid.id]: 'medicaid',
  [everyPayer.medicarePartB.id]: 'medicare',
};

/** Code and units of a usual visit. Nothing in one programme is part of another service of it (NCCI, PT pairs). */
type Programme = readonly (readonly [code: string, units: number])[];
const programmes: readonly [Programme, ...Programme[]] = [
  [
    ['97110', 2],
    ['97140', 1],
  ],
  [
    ['97110', 2],
    ['97112', 1],
  ],
  [
    ['97110', 1],
    ['97112', 1],
    ['97140', 1],
  ],
  [
    ['97110', 2],
    ['97530', 1],
  ],
];

const untimed: readonly string[] = ['97161'];
/** A progress report on every ninth treatment day: before the tenth, whichever day the count begins on. */
const progressEvery = 9;
/** Dollars of a year beyond and far below any therapy threshold so far. */
const spentMuch = 290_000;
const spentLittle = 90_000;

export function isPartB(patient: ClinicPatient): boolean {
  return patient.coverage.payerId === everyPayer.medicarePartB.id;
}

function ordinal({ recordNumber }: ClinicPatient): number {
  return Number(/\d+/.exec(recordNumber)?.[0] ?? 0);
}

/** Whether the therapy of this patient went beyond the year's threshold: then each line needs KX. */
export function isBeyondThreshold(patient: ClinicPatient): boolean {
  return isPartB(patient) && ordinal(patient) % 3 === 0;
}

/** The services of one treatment. A timed unit is 15 to 16 minutes, so that every way of counting comes to the same units. */
function interventionsOf(patient: ClinicPatient, at: number, by: 'PT' | 'PTA'): Intervention[] {
  const programme = programmes[ordinal(patient) % programmes.length] ?? programmes[0];
  const services: Programme =
    at === 0
      ? [
          ['97161', 1],
          ['97110', 1],
        ]
      : programme;
  return services.map(([code, units], index) => ({
    code,
    minutes: untimed.includes(code) ? 30 : units * 15 + ((at + index) % 2),
    by,
    text: noteText(code, at),
  }));
}

function visitOf(patient: ClinicPatient, date: string, at: number): ChartVisit {
  const day = at + 1;
  const kind = at === 0 ? 'evaluation' : day % progressEvery === 0 ? 'progress' : 'daily';
  const isAssistant = isPartB(patient) && kind === 'daily' && at % 3 === 2;
  const credential = isAssistant ? 'PTA' : 'PT';
  const therapist = therapists.findIndex(({ name }) => name === patient.renderingProvider?.name) + 1;
  const interventions = interventionsOf(patient, at, credential);
  const minutes = interventions.reduce((sum, one) => sum + one.minutes, 0);
  const [first, last] = patient.clinical.outcomeMeasures;
  const begun = first?.score ?? 0;
  const gained = ((last?.score ?? begun) - begun) * Math.min(1, day / 27);
  return {
    date,
    clinician: { ref: isAssistant ? `assistant-${therapist}` : `therapist-${therapist}`, credential },
    totalMinutes: minutes + 8 + (at % 4),
    interventions,
    note: { kind, signedOn: date, credential },
    outcomes:
      first === undefined || kind === 'daily' ? [] : [{ measure: first.measure, score: Math.round(begun + gained) }],
  };
}

/** The earlier of a day after `date` and the day before today. */
function within(date: string, days: number, today: string): string {
  const day = addDays(date, days);
  const yesterday = addDays(today, -1);
  return day < yesterday ? day : yesterday < date ? date : yesterday;
}

/** The chart of one patient up to today, with nothing wrong in it. */
export function chartOf(clinic: Clinic, patient: ClinicPatient): BillingChart {
  const { today } = clinic;
  const dates = clinic.visits
    .filter(({ recordNumber, status }) => recordNumber === patient.recordNumber && status === 'arrived')
    .map(({ date }) => date);
  const { payerId, payerName } = patient.coverage;
  const [start = today] = dates;
  const signed = addDays(start, 6);
  return {
    patient: patient.recordNumber,
    payer: { id: payerId ?? payerName ?? '', lineOfBusiness: linesOfBusiness[payerId ?? ''] ?? 'commercial' },
    therapySpend: isPartB(patient)
      ? {
          year: Number(today.slice(0, 4)),
          allowedCents: isBeyondThreshold(patient) ? spentMuch : spentLittle,
          complete: true,
        }
      : null,
    authorizations: clinic.authorizations
      .filter(({ recordNumber, status }) => recordNumber === patient.recordNumber && status === 'approved')
      .map(({ number, from, to, approved, visitsUsed }) => ({
        number,
        from,
        to,
        visitsApproved: approved.visits,
        visitsUsed,
      })),
    planOfCare: {
      start,
      end: addDays(start, 89),
      orderOnFile: true,
      transmittedOn: within(start, 2, today),
      certifiedOn: signed < today ? signed : null,
    },
    visits: dates.map((date, at) => visitOf(patient, date, at)),
  };
}
