// The context `progressReport`: each treatment day of the claim in its reporting period, and who wrote the report.
import type { ScrubCase } from '../case.ts';
import { reportingPeriod } from '../chart/progress.ts';
import { defineContext } from '../context.ts';

export const progressReportContext = defineContext({
  name: 'progressReport',
  about: 'a treatment day of the claim, in its reporting period; none where the chart has no visit of the day',
  facts: {
    day: { type: 'date', about: 'the day of service' },
    dueFrom: {
      type: 'text',
      about: 'payer where its profile has a rule of its own, else lineOfBusiness; null: neither is known',
    },
    dueBy: {
      type: 'number',
      about: 'the treatment day of a period by which the payer wants a report; null: not known',
    },
    periodBegins: { type: 'date', about: 'the first day of the period that the chart shows' },
    treatmentDay: {
      type: 'number',
      about:
        'which treatment day of the period it is, at least where a report is there; null: the chart shows too little',
    },
    reported: { type: 'truth', about: "whether a clinician's report of the period is there in time" },
    noteOn: { type: 'date', about: 'the day of the last progress note of the period; null: there is none' },
    author: {
      type: 'text',
      about: 'who wrote that note: clinician, assistant, none where there is no note; null: not told',
    },
  },
  items: (scrubbed) => {
    const { chart, treatmentDays } = scrubbed;
    if (treatmentDays === null) return [];
    return scrubbed.days.flatMap(({ day }) => {
      const due = progressDue(scrubbed, day);
      const period = reportingPeriod(treatmentDays, day, {
        everyDays: due?.everyTreatmentDays ?? Infinity,
        delayedDays: due?.delayedCalendarDays ?? 0,
        planStart: chart?.planOfCare?.start ?? null,
      });
      if (period === null) return [];
      const { begins, days, whole, reported, note } = period;
      return {
        line: null,
        on: day,
        facts: {
          day,
          dueFrom: due?.from ?? null,
          dueBy: due?.everyTreatmentDays ?? null,
          periodBegins: begins,
          // Where the period began earlier than the chart shows, it has at least these days: enough if a report is due by then.
          treatmentDay: whole || reported || (due !== null && days >= due.everyTreatmentDays) ? days : null,
          reported,
          noteOn: note?.day ?? null,
          author: note === null ? 'none' : note.author,
        },
      };
    });
  },
});

interface ProgressDue {
  readonly from: 'payer' | 'lineOfBusiness';
  readonly everyTreatmentDays: number;
  readonly delayedCalendarDays: number;
}

/** The payer's own rule where its profile has one, else that of its line of business; null: neither is known. */
export function progressDue({ profile, reference, lineOfBusiness }: ScrubCase, day: string): ProgressDue | null {
  const own = profile.progressReport;
  if (own !== undefined) return { from: 'payer', everyTreatmentDays: own.everyTreatmentDays, delayedCalendarDays: 0 };
  const row = reference.progressReports.find(
    ({ linesOfBusiness, effective: { from, to } }) =>
      linesOfBusiness.some((one) => one === lineOfBusiness) &&
      (from === null || from <= day) &&
      (to === null || day <= to),
  );
  if (row === undefined) return null;
  const { everyTreatmentDays, delayedCalendarDays } = row;
  return { from: 'lineOfBusiness', everyTreatmentDays, delayedCalendarDays };
}
