// The context `outcomeMeasure`: each treatment day of the claim beside the outcome measures taken, as often as the payer wants them.
import type { ScrubCase } from '../case.ts';
import type { ChartVisit, TreatmentDay } from '../chart/treatment-days.ts';
import { defineContext } from '../context.ts';

export const outcomeMeasureContext = defineContext({
  name: 'outcomeMeasure',
  about:
    'a treatment day of the claim, beside the outcome measures of the chart; none where the chart has no visit of the day',
  facts: {
    day: { type: 'date', about: 'the day of service' },
    noteKind: {
      type: 'text',
      about:
        'evaluation, progress, recertification or discharge where the payer wants a measure with such a note, else other',
    },
    measuredToday: { type: 'truth', about: 'whether a measure the payer takes was taken on the day; null: not told' },
    every: { type: 'number', about: 'the payer wants one every so many treatment days; null: not known' },
    daysWithout: {
      type: 'number',
      about: 'treatment days since the last measure, the day itself counted; null: the chart does not show all of them',
    },
    wanted: { type: 'list', about: "the measures the payer takes, in the profile's words; empty: any" },
  },
  items: (scrubbed) => {
    const { treatmentDays, profile } = scrubbed;
    if (treatmentDays === null) return [];
    const wanted = profile.outcomeMeasures?.measures ?? [];
    return scrubbed.days.flatMap(({ day }) => {
      const upTo = treatmentDays.filter((one) => one.day <= day);
      const last = upTo.at(-1);
      if (last?.day !== day) return [];
      const before = upTo.findLastIndex((one) => measured(one, wanted) === true);
      return {
        line: null,
        on: day,
        facts: {
          day,
          noteKind: noteKind(last, scrubbed),
          measuredToday: measured(last, wanted),
          every: profile.outcomeMeasures?.everyTreatmentDays ?? null,
          daysWithout: daysWithout(upTo, before, scrubbed),
          wanted,
        },
      };
    });
  },
});

/** @param before where the last day with a measure stands; -1 where there is none */
function daysWithout(upTo: readonly TreatmentDay[], before: number, { profile, chart }: ScrubCase): number | null {
  const wanted = profile.outcomeMeasures?.measures ?? [];
  if (upTo.slice(before + 1).some((one) => measured(one, wanted) === null)) return null;
  const days = upTo.length - 1 - before;
  const every = profile.outcomeMeasures?.everyTreatmentDays ?? null;
  const [first] = upTo;
  const whole = before !== -1 || first?.day === chart?.planOfCare?.start;
  return whole || (every !== null && days >= every) ? days : null;
}

/** Whether a measure was taken on a day; null: one of its visits does not tell, and no other has one. */
function measured({ visits }: TreatmentDay, wanted: readonly string[]): boolean | null {
  const told = visits.map((visit) => measuredAt(visit, wanted));
  if (told.includes(true)) return true;
  return told.includes(null) ? null : false;
}

function measuredAt({ outcomes }: ChartVisit, wanted: readonly string[]): boolean | null {
  if (outcomes === undefined || outcomes === null) return null;
  return outcomes.some(
    ({ measure, score }) =>
      score !== null && (wanted.length === 0 || wanted.some((one) => one.toUpperCase() === measure.toUpperCase())),
  );
}

/** null: the payer's wish is not known, or a note of the day does not tell its kind. */
function noteKind({ visits }: TreatmentDay, { profile }: ScrubCase): string | null {
  const wanting: readonly string[] | null = profile.outcomeMeasures?.withNotes ?? null;
  if (wanting === null) return null;
  const kinds = visits.map(({ note }) => note?.kind ?? null);
  return kinds.find((kind) => kind !== null && wanting.includes(kind)) ?? (kinds.includes(null) ? null : 'other');
}
