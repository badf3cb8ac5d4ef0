// What the clinic is still owed, by age, and how many days of its charges that is. Pure.
import { addDays, daysBetween } from '../calendar.ts';
import type { CaseFacts } from './facts.ts';
import type { ReceivablesRow } from './rules-schema.ts';
import { centSum } from './sums.ts';
import type { CentSum } from './sums.ts';

/** Days since service, both included; `toDays` null: and more; both null: nobody knows the day of service. */
export interface AgeBand {
  readonly fromDays: number | null;
  readonly toDays: number | null;
  readonly open: CentSum;
}

/** As of one day, whatever span is looked at. */
export interface Receivables {
  /** Open at insurance; null where no open case tells it. */
  readonly open: CentSum;
  readonly byAge: readonly AgeBand[];
  /** Of open cases whose payers have decided: what patients owe, and what of it is under a plan. */
  readonly patients: CentSum;
  readonly underPlan: CentSum;
  /** Given up by a named person, of the cases a workflow follows. */
  readonly writtenOff: CentSum;
  readonly averageDailyChargeCents: number | null;
  /** What is open and what patients owe over the average daily charge; null: something of it is not known. */
  readonly daysInReceivables: number | null;
}

/** @param row null: nobody set how they are counted */
export function receivables(cases: readonly CaseFacts[], row: ReceivablesRow | null, today: string): Receivables {
  const atInsurance = cases.filter(({ isClosed }) => !isClosed).map((one) => ({ one, cents: openOf(one) }));
  const standing = atInsurance.filter(({ cents }) => cents !== 0);
  // Where every open case tells that nothing is open at insurance, that is what is known.
  const open = centSum((standing.length === 0 ? atInsurance : standing).map(({ cents }) => cents));
  const owing = cases.filter(isOwing);
  const patients = centSum(owing.map(owedOf));
  const average = averageCharge(cases, row, today);
  return {
    open,
    byAge: row === null ? [] : bands(standing, row.ageBands, today),
    patients,
    underPlan: centSum(owing.filter((one) => one.owing === 'plan').map(owedOf)),
    writtenOff: centSum(cases.flatMap(({ writtenOff }) => (writtenOff === null ? [] : [writtenOff.cents]))),
    averageDailyChargeCents: average === null ? null : Math.round(average),
    daysInReceivables: daysOf(open, patients, average),
  };
}

/** Books that contradict themselves tell no amount; what was paid too much is not owed. */
function openOf({ books }: CaseFacts): number | null {
  if (books.standing === 'contradictory' || books.openCents === null) return null;
  return Math.max(0, books.openCents);
}

function isOwing({ isClosed, owing, books }: CaseFacts): boolean {
  return !isClosed && (owing !== null || (books.patientBalanceCents ?? 0) > 0);
}

function owedOf({ books }: CaseFacts): number | null {
  return books.patientBalanceCents === null ? null : Math.max(0, books.patientBalanceCents);
}

function bands(
  standing: readonly { readonly one: CaseFacts; readonly cents: number | null }[],
  ends: readonly number[],
  today: string,
): AgeBand[] {
  const aged = standing.map(({ one, cents }) => ({ cents, days: ageOf(one, today) }));
  const band = (fromDays: number, toDays: number | null): AgeBand => ({
    fromDays,
    toDays,
    open: centSum(
      aged.flatMap(({ cents, days }) =>
        days !== null && days >= fromDays && (toDays === null || days <= toDays) ? [cents] : [],
      ),
    ),
  });
  const starts = [0, ...ends.map((end) => end + 1)];
  const undated = aged.filter(({ days }) => days === null).map(({ cents }) => cents);
  return [
    ...starts.map((start, index) => band(start, ends[index] ?? null)),
    ...(undated.length === 0 ? [] : [{ fromDays: null, toDays: null, open: centSum(undated) }]),
  ];
}

/** A day of service that is yet to come is no age. */
function ageOf({ serviceOn }: CaseFacts, today: string): number | null {
  return serviceOn === null ? null : Math.max(0, daysBetween(serviceOn, today));
}

/** Of the whole window: where the books begin within it, or a charge of it is not known, nobody can tell. */
function averageCharge(cases: readonly CaseFacts[], row: ReceivablesRow | null, today: string): number | null {
  if (row === null) return null;
  const since = addDays(today, 1 - row.chargeDays);
  const days = cases.flatMap(({ serviceOn }) => serviceOn ?? []);
  if (days.length < cases.length || !days.some((day) => day <= since)) return null;
  const charges = cases
    .filter(({ serviceOn }) => serviceOn !== null && serviceOn >= since && serviceOn <= today)
    .map(({ books }) => books.chargeCents);
  const { known, unknownFor } = centSum(charges);
  return known === null || unknownFor > 0 ? null : known / row.chargeDays;
}

function daysOf(open: CentSum, patients: CentSum, average: number | null): number | null {
  if (average === null || average <= 0 || open.unknownFor + patients.unknownFor > 0) return null;
  if (open.known === null && patients.known === null) return null;
  return Number((((open.known ?? 0) + (patients.known ?? 0)) / average).toFixed(1));
}
