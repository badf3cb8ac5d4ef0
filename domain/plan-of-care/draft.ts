// A treatment plan as a draft for the therapist: from diagnosis, findings, limits and a protocol; it decides nothing.
import { addDays } from '../calendar.ts';
import { inForceOn } from '../dated-rows.ts';
import { changeBetween } from '../measures/change.ts';
import type { Measure } from '../measures/schema.ts';
import { frequencyWithin } from './frequency.ts';
import type { Frequency, PlanLimits } from './frequency.ts';
import { rangeFound, standingIn } from './phase.ts';
import type { Findings, Judged } from './phase.ts';
import type { Protocol, ProtocolGoal, ProtocolIntervention } from './protocol-schema.ts';

export interface PlanCase {
  readonly protocol: Protocol;
  readonly findings: Findings;
  /** Limits of the patient by the words that protocols use: "non weight bearing", "osteoporosis". null: nobody has asked. */
  readonly patientLimits: readonly string[] | null;
  readonly limits: PlanLimits;
  /** `YYYY-MM-DD`, the first day of treatment under the plan. */
  readonly from: string;
  readonly measures: readonly Measure[];
}

/** A proposed goal; its words are the protocol's and the therapist's to change. */
export interface DraftGoal {
  readonly id: string;
  readonly term: 'short' | 'long';
  readonly words: string;
  readonly of: { readonly motion: string } | { readonly measure: string };
  /** null: not found at this session. */
  readonly baseline: number | null;
  /** null: it depends on a baseline or on a threshold that is not known. */
  readonly target: number | null;
  readonly unit: string;
  readonly due: string;
  /** Why baseline or target are open, or why the goal may be needless. */
  readonly remark: string | null;
}

export interface PlanDraft {
  readonly protocol: string;
  readonly version: number;
  readonly phase: string;
  /** What begins the next phase. */
  readonly advanceWhen: readonly Judged[];
  readonly interventions: readonly ProtocolIntervention[];
  readonly leftOut: readonly { readonly name: string; readonly because: string }[];
  readonly measures: readonly { readonly measure: string; readonly onTreatmentDays: readonly number[] }[];
  readonly goals: readonly DraftGoal[];
  readonly frequency: Frequency;
  readonly precautions: readonly string[];
  /** What a person must find out before the plan can be relied on. */
  readonly unknown: readonly string[];
  readonly source: string;
}

/** The protocol of the first diagnosis that has one, the longest beginning of a code first; null: the library has none. */
export function protocolFor(protocols: readonly Protocol[], diagnoses: readonly string[], on: string): Protocol | null {
  const inForce = inForceOn(protocols, on);
  for (const code of diagnoses) {
    const bare = code.toUpperCase().replaceAll('.', '');
    const fitting = inForce.flatMap((protocol) =>
      protocol.diagnoses
        .map((start) => start.replaceAll('.', ''))
        .filter((start) => bare.startsWith(start))
        .map((start) => ({ protocol, length: start.length })),
    );
    const [best] = fitting.sort(
      (one, other) => other.length - one.length || other.protocol.version - one.protocol.version,
    );
    if (best !== undefined) return best.protocol;
  }
  return null;
}

/** Drafts a plan; the same facts give the same draft. */
export function draftPlan(plan: PlanCase): PlanDraft {
  const { protocol, findings, limits, from } = plan;
  const { phase, next } = standingIn(protocol, findings);
  const frequency = frequencyWithin(protocol.frequency, from, limits);
  const leftOut = phase.interventions.flatMap(({ name, notWith }) => {
    const limit = notWith.find((one) => plan.patientLimits?.includes(one));
    return limit === undefined ? [] : [{ name, because: limit }];
  });
  const goals = protocol.goals.map((goal, at) => goalOf(goal, at, plan));
  const interventions = phase.interventions.filter(({ name }) => !leftOut.some((one) => one.name === name));
  return {
    protocol: protocol.id,
    version: protocol.version,
    phase: phase.name,
    advanceWhen: next,
    interventions,
    leftOut,
    measures: protocol.measures.map(({ measure, everyTreatmentDays }) => ({
      measure,
      onTreatmentDays: schedule(frequency.visits, everyTreatmentDays),
    })),
    goals,
    frequency,
    precautions: protocol.precautions,
    unknown: unknownOf(plan, frequency, goals, interventions),
    source: protocol.source,
  };
}

/** At the first treatment day, then every so many, and at the last. */
function schedule(visits: number, every: number): number[] {
  const days = Array.from({ length: Math.floor(visits / every) }, (_, at) => (at + 1) * every);
  return [...new Set([1, ...days, visits])]
    .filter((day) => day >= 1 && day <= Math.max(1, visits))
    .sort((a, b) => a - b);
}

function goalOf(goal: ProtocolGoal, at: number, plan: PlanCase): DraftGoal {
  const { protocol, findings, measures, from } = plan;
  const base = { id: `goal_${at + 1}`, term: goal.term, words: goal.words, due: addDays(from, goal.weeks * 7) };
  if (goal.of === 'range') {
    const baseline = rangeFound(findings, protocol.part, goal.key);
    const target = goal.value === 'important' ? null : goal.value;
    return {
      ...base,
      of: { motion: goal.key },
      baseline,
      target,
      unit: 'degrees',
      remark: remarkOf(baseline, target, true),
    };
  }
  const measure = measures.find((one) => one.measure === goal.key);
  const baseline = baselineOf(goal, findings);
  const target = measure === undefined ? null : targetOf(goal, measure, baseline, protocol.population);
  const unit = measure?.unit ?? 'points';
  const higher = measure?.better !== 'lower';
  return { ...base, of: { measure: goal.key }, baseline, target, unit, remark: remarkOf(baseline, target, higher) };
}

function baselineOf({ key, of }: ProtocolGoal, { session }: Findings): number | null {
  const scores = session.measures.filter(({ measure }) => measure === key).map(({ score }) => score);
  const pains = session.pain.filter(({ when }) => when === 'before').map(({ score }) => score);
  const said = scores.length === 0 && of === 'pain' ? pains : scores;
  return said.length === 1 ? (said[0] ?? null) : null;
}

/** The baseline and a change worth having, within the measure's range; null where either is not known. */
function targetOf(
  goal: ProtocolGoal,
  measure: Measure,
  baseline: number | null,
  population: string | null,
): number | null {
  if (goal.value !== 'important') return goal.value;
  if (baseline === null) return null;
  const here = { date: '2000-01-01', score: baseline };
  const { important, detectable } = changeBetween(measure, here, here, population);
  const least = Math.max(important?.value ?? 0, detectable?.value ?? 0);
  if (important === null || least === 0) return null;
  const whole = Math.ceil(least);
  const target = measure.better === 'higher' ? baseline + whole : baseline - whole;
  return Math.min(measure.range.most, Math.max(measure.range.least, Math.round(target * 10) / 10));
}

function remarkOf(baseline: number | null, target: number | null, higher: boolean): string | null {
  if (baseline === null) return 'Not measured at this session: measure it, then set the target';
  if (target === null) return 'No published change to aim at: set the target';
  const reached = higher ? baseline >= target : baseline <= target;
  return reached ? 'Reached already: choose another goal' : null;
}

function unknownOf(
  { patientLimits, findings, protocol }: PlanCase,
  { bounds }: Frequency,
  goals: readonly DraftGoal[],
  interventions: readonly ProtocolIntervention[],
): string[] {
  const risky = interventions.filter(({ notWith }) => notWith.length > 0);
  return [
    ...bounds.filter(({ state }) => state === 'unknown').map(({ words }) => words),
    ...(patientLimits === null && risky.length > 0
      ? [`Whether the patient has limits is not known; ${risky.map(({ name }) => name).join(', ')} depend on them`]
      : []),
    ...(protocol.isSided && findings.side === null ? ['The side is not known'] : []),
    ...goals.filter(({ baseline }) => baseline === null).map(({ words }) => `No baseline: ${words}`),
  ];
}
