// The chart by treatment day: several visits of one calendar day are one (42 CFR 424.24; Pub 100-02 ch. 15 §220.3.D; Pub 100-04 ch. 5 §20.2).
import type { ScrubChart } from '../chart-schema.ts';

export type ChartVisit = NonNullable<ScrubChart['visits']>[number];
export type Intervention = NonNullable<ChartVisit['interventions']>[number];
export type VisitNote = NonNullable<ChartVisit['note']>;

export interface TreatmentDay {
  readonly day: string;
  readonly visits: readonly ChartVisit[];
  /** Of all visits of the day; null: of one of them it is not told what was done. */
  readonly interventions: readonly Intervention[] | null;
}

/** The days of the chart in order; null: the chart does not tell its visits. The order of visits in it does not matter. */
export function treatmentDays(chart: ScrubChart | null): readonly TreatmentDay[] | null {
  const visits = chart?.visits ?? null;
  if (visits === null) return null;
  const byDay = new Map<string, ChartVisit[]>();
  for (const visit of visits) {
    const same = byDay.get(visit.date);
    if (same === undefined) byDay.set(visit.date, [visit]);
    else same.push(visit);
  }
  return [...byDay]
    .map(([day, those]) => ({ day, visits: those, interventions: interventionsOf(those) }))
    .sort((one, other) => (one.day < other.day ? -1 : 1));
}

function interventionsOf(visits: readonly ChartVisit[]): Intervention[] | null {
  const all: Intervention[] = [];
  for (const { interventions } of visits) {
    if (interventions === undefined || interventions === null) return null;
    all.push(...interventions);
  }
  return all;
}

/** The sum of what is told; null where there is nothing to add up or one of them is not told. */
export function sumOrNull(values: readonly (number | null | undefined)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null || value === undefined) return null;
    sum += value;
  }
  return values.length === 0 ? null : sum;
}
