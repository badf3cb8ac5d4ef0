// The billing of the synthetic clinic's last weeks: a hundred and fifty claims, sixty without a fault, the others each with one or two.
import { addDays } from '../calendar.ts';
import { generateClinic } from '../generate.ts';
import type { ClinicOptions } from '../generate.ts';
import type { Clinic, ClinicPatient, Condition } from '../model.ts';
import { chartOf, isPartB } from './charts.ts';
import { claimOf } from './claims.ts';
import { kinds, pairs } from './defects.ts';
import type { Billed, Kind } from './changes.ts';
import type { BilledClaim, Billing, BillingChart, ChartVisit, Defect } from './model.ts';

/** So many whom Medicare Part B insures are among the patients who are billed. */
export const medicarePatients = 36;
export const billedClaims = 150;

/** Claims are made for visits of so many days before today. */
const billedDays = 42;

/** Patients whose authorization is sound until today. */
const sound: readonly Condition[] = ['covered', 'visitsBeforeDate', 'byDate', 'weekLimit', 'gap', 'missingElement'];

/** The same options always give the same claims. Throws an Error with one sentence for a wrong date. */
export function generateBilling({ seed, today, canary }: ClinicOptions): Billing {
  return billingOf(generateClinic({ seed, today, canary, medicare: medicarePatients }), canary);
}

/** The claims of one clinic, each patient's own charts beside them. */
export function billingOf(clinic: Clinic, canary: string | null): Billing {
  const book = new Book(clinic, canary);
  for (const kind of kinds.filter(({ isAlone }) => isAlone)) book.plant(kind.count, [kind]);
  for (const names of pairs)
    book.plant(
      1,
      kinds.filter(({ rule }) => names.includes(rule)),
    );
  for (const kind of kinds.filter(({ isAlone }) => !isAlone)) book.plant(kind.count, [kind]);
  book.fill(billedClaims);
  return book.billing();
}

interface Candidate {
  readonly patient: ClinicPatient;
  readonly visit: ChartVisit;
}

/** What is billed so far, and the visits that are not. */
class Book {
  readonly #clinic: Clinic;
  readonly #canary: string | null;
  readonly #charts = new Map<string, BillingChart>();
  readonly #claims: BilledClaim[] = [];
  #open: Candidate[];

  constructor(clinic: Clinic, canary: string | null) {
    this.#clinic = clinic;
    this.#canary = canary;
    const patients = clinic.patients.filter(
      (one) => isPartB(one) || sound.includes(clinic.conditions[one.recordNumber] ?? 'denied'),
    );
    const since = addDays(clinic.today, -billedDays);
    for (const one of patients) this.#charts.set(one.recordNumber, chartOf(clinic, one));
    const lists = patients.map((patient) =>
      this.#chart(patient)
        .visits.filter(({ date }) => date >= since)
        .reverse()
        .map((visit) => ({ patient, visit })),
    );
    // The last visit of each, then the one before it of each: every patient is billed about as often.
    const longest = Math.max(0, ...lists.map(({ length }) => length));
    this.#open = Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
  }

  /** Makes `count` claims, each wrong in all of `wrong`. Throws an Error where no visit fits. */
  plant(count: number, wrong: readonly Kind[]): void {
    const isAlone = wrong.some((kind) => kind.isAlone);
    for (let at = 0; at < count; at += 1) {
      const found = this.#open.find(
        (one) => !(isAlone && this.#isBilled(one.patient)) && wrong.every((kind) => kind.fits(this.#billed(one))),
      );
      if (found === undefined)
        throw new Error(`No visit fits a claim that is wrong in ${wrong.map(({ rule }) => rule).join(' and ')}.`);
      this.#bill(found, wrong, at);
      if (isAlone) this.#close(found.patient);
    }
  }

  /** Bills further visits, without a fault, until there are `count` claims. */
  fill(count: number): void {
    for (const one of this.#open.slice(0, count - this.#claims.length)) this.#bill(one, [], 0);
  }

  billing(): Billing {
    const claims = this.#claims.toSorted((a, b) => (number(a) < number(b) ? -1 : 1));
    const billed = new Set(claims.map(({ recordNumber }) => recordNumber));
    const charts = [...this.#charts.values()].filter(({ patient }) => billed.has(patient));
    const canary = this.#canary;
    return { today: this.#clinic.today, claims, charts: charts.map((chart) => marked(chart, canary)) };
  }

  #bill(one: Candidate, wrong: readonly Kind[], at: number): void {
    const { recordNumber } = one.patient;
    let billed = this.#billed(one);
    const defects: Defect[] = [];
    for (const kind of wrong) {
      const { claim, chart, line } = kind.plant(billed, at);
      billed = { claim, chart, visit: chart.visits.find(({ date }) => date === billed.visit.date) ?? billed.visit };
      defects.push({ rule: kind.rule, line });
    }
    this.#charts.set(recordNumber, billed.chart);
    this.#claims.push({ recordNumber, claim: billed.claim, defects });
    this.#open = this.#open.filter((other) => other !== one);
  }

  #billed({ patient, visit }: Candidate): Billed {
    const chart = this.#chart(patient);
    const now = chart.visits.find(({ date }) => date === visit.date) ?? visit;
    const appointment = this.#clinic.visits.find(
      ({ recordNumber, date }) => recordNumber === patient.recordNumber && date === visit.date,
    );
    const mark = this.#canary === null ? '' : `-${this.#canary}`;
    return {
      claim: claimOf(patient, chart, now, `DC${appointment?.appointmentId ?? ''}${mark}`),
      chart,
      visit: now,
    };
  }

  #chart({ recordNumber }: ClinicPatient): BillingChart {
    const chart = this.#charts.get(recordNumber);
    if (chart === undefined) throw new Error('The clinic has no such patient.');
    return chart;
  }

  #isBilled({ recordNumber }: ClinicPatient): boolean {
    return this.#claims.some((claim) => claim.recordNumber === recordNumber);
  }

  #close({ recordNumber }: ClinicPatient): void {
    this.#open = this.#open.filter(({ patient }) => patient.recordNumber !== recordNumber);
  }
}

/** The chart with the mark in every text; the clinic's own numbers bear it already. */
function marked(chart: BillingChart, canary: string | null): BillingChart {
  if (canary === null) return chart;
  const visits = chart.visits.map((visit) => ({
    ...visit,
    interventions: visit.interventions.map((one) => ({
      ...one,
      text: one.text === null ? null : `${one.text} ${canary}`,
    })),
  }));
  return { ...chart, visits };
}

function number({ claim }: BilledClaim): string {
  return claim.patientControlNumber ?? '';
}
