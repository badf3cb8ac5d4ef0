// A series as flows and work items read it: references, days and hours, why what is missing found no place.
import type { Db } from '../database/tables.ts';
import type { Evidence } from '../work-items/evidence.ts';
import { seriesRow, visitsOfSeries } from './proposals.ts';

/** Structure of a series: nothing names a person. Throws `reference.unknown`. */
export async function shownSeries(db: Db, clinic: string, ref: string) {
  const row = await seriesRow(db, clinic, ref);
  const visits = await visitsOfSeries(db, ref);
  return {
    series: ref,
    patient: row.patient,
    state: row.state,
    workItem: row.work_item,
    rule: row.rule,
    points: row.points,
    bound: row.bound,
    gap: row.gap,
    visits: visits.map(({ ref: visit, therapist, room, starts_at: at, minutes, state, notes, appointment }) => ({
      visit,
      therapist,
      room,
      startsAt: at.toISOString(),
      minutes,
      state,
      notes,
      appointment,
    })),
    unplaced: row.unplaced.map(({ week, wanted, missing, reasons }) => ({ week, wanted, missing, reasons })),
  };
}

/** What staff weigh before they accept a proposal. */
export async function seriesEvidence(db: Db, clinic: string, ref: unknown): Promise<Evidence[]> {
  if (typeof ref !== 'string') return [];
  const { visits, unplaced, gap, rule, state } = await shownSeries(db, clinic, ref);
  const standing = visits.filter((one) => one.state !== 'removed' && one.state !== 'released');
  return [
    { label: 'State', value: state, source: 'Gait' },
    ...standing.map(({ startsAt, minutes, notes }, index) => ({
      label: `Visit ${index + 1}`,
      value: [`${startsAt}, ${minutes} minutes`, ...notes].join('; '),
      source: 'Proposal',
    })),
    ...unplaced.map(({ week, missing, reasons }) => ({
      label: `No place in the week of ${week}`,
      value: `${missing}: ${reasons.map(({ words }) => words).join('; ')}`,
      source: 'Proposal',
    })),
    { label: 'Could be better by at most', value: `${(gap * 100).toFixed(1)} %`, source: `Rule ${rule}` },
  ];
}
