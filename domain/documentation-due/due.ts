// The due list of an episode: notes and signatures, progress report, certification and the next one, discharge summary.
import { addDays } from '../calendar.ts';
import { ruleOn } from '../dated-rows.ts';
import { treatmentDays } from '../scrub/chart/treatment-days.ts';
import type { ChartVisit } from '../scrub/chart/treatment-days.ts';
import { certificationsDue } from './certification.ts';
import type { DueEpisode, DueFacts, DueItem, DueRules } from './item.ts';
import { progressReportDue } from './progress-report.ts';
import { stateBy } from './state.ts';

const order = { overdue: 0, soon: 1, unknown: 2, later: 3 } as const;

/**
 * What is due in an episode, the most pressing first.
 * @param today `YYYY-MM-DD` in the clinic's zone
 * @throws GaitError `input.invalid` where no clinic rule is in force today
 */
export function documentationDue(
  { chart, booked, endedOn }: DueEpisode,
  rules: DueRules,
  today: string,
): readonly DueItem[] {
  const all = treatmentDays(chart);
  const clinic = ruleOn(rules.clinic, today, 'documentation');
  if (all === null) return [chartUnknown()];
  const days = all.filter(({ day }) => day <= today);
  const ahead = booked === null ? null : [...new Set(booked)].filter((day) => day > today).sort();
  const facts: DueFacts = { today, chart, days, ahead, endedOn, clinic, rules };
  const items = [
    ...days.flatMap(({ day, visits }) => visits.flatMap((visit) => noteDue(facts, day, visit))),
    endedOn === null ? progressReportDue(facts) : dischargeDue(facts, endedOn),
    ...certificationsDue(facts),
  ].filter((item) => item !== null);
  return items.sort(
    (one, other) => order[one.state] - order[other.state] || ((one.due ?? '9999') < (other.due ?? '9999') ? -1 : 1),
  );
}

function noteDue(facts: DueFacts, day: string, { note }: ChartVisit): DueItem[] {
  const due = addDays(day, facts.clinic.signWithinDays);
  const { id: rule, source } = facts.clinic;
  const base = { about: day, due, treatmentDays: null, state: stateBy(facts, due), rule, source } as const;
  if (note === undefined) return [];
  if (note === null) return [{ ...base, kind: 'note', words: `The visit of ${day} has no note` }];
  if (note.signedOn !== null) return [];
  return [{ ...base, kind: 'signature', words: `The ${note.kind ?? 'visit'} note of ${day} is not signed` }];
}

function dischargeDue(facts: DueFacts, endedOn: string): DueItem | null {
  const last = facts.days.at(-1)?.day ?? null;
  const written = facts.days.some(
    ({ day, visits }) => visits.some(({ note }) => note?.kind === 'discharge') && day === last,
  );
  if (last === null || written) return null;
  const due = addDays(endedOn, facts.clinic.dischargeWithinDays);
  return {
    kind: 'dischargeSummary',
    about: endedOn,
    due,
    treatmentDays: null,
    state: stateBy(facts, due),
    words: `The episode ended on ${endedOn} and has no discharge summary; due by ${due}`,
    rule: facts.clinic.id,
    source: facts.clinic.source,
  };
}

function chartUnknown(): DueItem {
  return {
    kind: 'note',
    about: null,
    due: null,
    treatmentDays: null,
    state: 'unknown',
    words: 'The chart does not tell its visits: nothing can be said to be due',
    rule: null,
    source: null,
  };
}
