// Defects of the plan, of the authorization or of the course of treatment: they concern other claims of the patient too.
import { addDays } from '../calendar.ts';
import { changeVisit, daysAgo, isMedicare, onChart, payerOf } from './changes.ts';
import type { Billed, Kind } from './changes.ts';
import type { ChartVisit } from './model.ts';

const isAuthorized = ({ chart }: Billed): boolean => chart.authorizations.length === 1;

export const ofPatients: readonly Kind[] = [
  {
    rule: 'authorization.current',
    count: 3,
    isAlone: true,
    fits: isAuthorized,
    plant: (one) =>
      onChart(one, {
        authorizations: one.chart.authorizations.map((each) => ({ ...each, to: addDays(one.visit.date, -3) })),
      }),
  },
  {
    rule: 'authorization.visits',
    count: 2,
    isAlone: true,
    fits: isAuthorized,
    plant: (one) =>
      onChart(one, {
        authorizations: one.chart.authorizations.map((each) => ({
          ...each,
          visitsApproved: Math.max(1, (each.visitsUsed ?? 0) - 2),
        })),
      }),
  },
  {
    rule: 'plan.certified',
    count: 3,
    isAlone: true,
    fits: (one) => isMedicare(one) && one.chart.visits.length > 14,
    plant: (one) =>
      onChart(one, {
        planOfCare: { ...one.chart.planOfCare, orderOnFile: false, transmittedOn: null, certifiedOn: null },
      }),
  },
  {
    rule: 'progress.tenth-day',
    count: 3,
    isAlone: true,
    fits: (one) => isMedicare(one) && one.chart.visits.length >= 12,
    plant: (one) => onChart(one, { visits: one.chart.visits.map(withoutReport) }),
  },
  {
    rule: 'progress.author',
    count: 2,
    isAlone: true,
    fits: (one) => isMedicare(one) && one.visit.note.kind === 'progress',
    plant: (one) => ({
      claim: one.claim,
      chart: changeVisit(one.chart, one.visit.date, (visit) => ({
        ...visit,
        note: { ...visit.note, credential: 'PTA' },
      })),
      line: null,
    }),
  },
  {
    rule: 'outcome.measure',
    count: 2,
    isAlone: true,
    fits: (one) => payerOf(one) === 'medicareAdvantage' && one.visit.note.kind === 'progress',
    plant: (one) => ({
      claim: one.claim,
      chart: changeVisit(one.chart, one.visit.date, (visit) => ({ ...visit, outcomes: [] })),
      line: null,
    }),
  },
  { rule: 'timely-filing', count: 3, isAlone: true, fits: isMedicare, plant: (one) => daysAgo(one, 400) },
];

function withoutReport(visit: ChartVisit): ChartVisit {
  return visit.note.kind === 'progress' ? { ...visit, note: { ...visit.note, kind: 'daily' }, outcomes: [] } : visit;
}
