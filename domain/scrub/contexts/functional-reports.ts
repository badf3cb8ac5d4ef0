// The context `functionalReport`: each day of service beside the functional limitation codes reported on it and in the episode.
import type { CaseLine, ScrubCase } from '../case.ts';
import { reportingPeriod } from '../chart/progress.ts';
import { defineContext } from '../context.ts';
import { progressDue } from './progress-reports.ts';

export const functionalReportContext = defineContext({
  name: 'functionalReport',
  about: 'a day of service with the functional limitation codes (G8978 and its like) on it',
  facts: {
    day: { type: 'date', about: 'the day of service' },
    reported: { type: 'truth', about: 'whether the claim has such a code on the day' },
    codes: { type: 'list', about: 'those codes' },
    withoutSeverity: { type: 'list', about: 'those without a severity modifier (CH to CN)' },
    reportingDay: {
      type: 'truth',
      about:
        'whether the day ends or begins a reporting interval: evaluation, progress report, discharge; null: not told',
    },
    reportedBefore: { type: 'truth', about: 'whether the chart shows such a code up to the day; null: not told' },
    payerAsks: {
      type: 'truth',
      about: "whether the payer still asks for them, as its profile tells; null: it doesn't",
    },
  },
  items: (scrubbed) =>
    scrubbed.days.map(({ day, lines }) => {
      const { reference, profile } = scrubbed;
      const { codes, severityModifiers } = reference.functionalReporting;
      const reports = lines.filter(({ code }) => code !== null && codes.includes(code));
      const named = (those: readonly CaseLine[]) => [...new Set(those.flatMap(({ code }) => code ?? []))];
      return {
        line: reports[0]?.index ?? null,
        on: day,
        facts: {
          day,
          reported: reports.length > 0,
          codes: named(reports),
          withoutSeverity: named(
            reports.filter(({ modifiers }) => !modifiers.some((one) => severityModifiers.includes(one))),
          ),
          reportingDay: reportingDay(scrubbed, day, lines),
          reportedBefore: reportedBefore(scrubbed, day),
          payerAsks: profile.functionalReporting?.required ?? null,
        },
      };
    }),
});

/** At the outset, on the day a progress report is due or written, and at discharge (Pub 100-02 ch. 15 §220.4.A). */
function reportingDay(scrubbed: ScrubCase, day: string, lines: readonly CaseLine[]): boolean | null {
  const { reference, treatmentDays, chart } = scrubbed;
  if (lines.some(({ code }) => code !== null && reference.functionalReporting.evaluationCodes.includes(code)))
    return true;
  if (treatmentDays === null) return null;
  const due = progressDue(scrubbed, day);
  const period = reportingPeriod(treatmentDays, day, {
    everyDays: due?.everyTreatmentDays ?? Infinity,
    delayedDays: due?.delayedCalendarDays ?? 0,
    planStart: chart?.planOfCare?.start ?? null,
  });
  if (period === null) return null;
  if (period.note?.day === day || (due !== null && period.days >= due.everyTreatmentDays)) return true;
  return period.whole ? period.days === 1 && period.begins === chart?.planOfCare?.start : null;
}

function reportedBefore({ treatmentDays, reference }: ScrubCase, day: string): boolean | null {
  const upTo = treatmentDays?.filter((one) => one.day <= day) ?? null;
  if (upTo === null) return null;
  const told = upTo.flatMap(({ interventions }) => interventions ?? []);
  if (told.some(({ code }) => reference.functionalReporting.codes.includes(code))) return true;
  return upTo.some(({ interventions }) => interventions === null) ? null : false;
}
