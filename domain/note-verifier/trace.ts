// Looks for the fact behind a value: the same number in the same unit, about the same side, joint, motion, exercise and time.
import type { Context } from './context.ts';
import type { Evidence } from './evidence.ts';
import { codeHash } from './scan.ts';
import { ofEpisode, ofKind } from './facts.ts';
import type { Fact, Facts, Unit } from './facts.ts';

export interface Times {
  readonly isNowAllowed: boolean;
  /** Indices of the earlier sessions that may stand behind it. */
  readonly earlier: readonly number[];
  /** Whether a goal's baseline or target may. */
  readonly isGoalAllowed: boolean;
}

export interface Claim {
  readonly value: number;
  readonly unit: Unit;
  readonly context: Context;
  readonly times: Times;
}

const sameTime: readonly Unit[] = ['sec', 'hold'];
const ofDose: readonly Unit[] = ['sets', 'reps', 'hold', 'lb', 'kg', 'level', 'min', 'sec'];
const scores: readonly Unit[] = ['points', 'percent', 'sec', 'm', 'of10'];
const anything: readonly Unit[] = [
  'deg',
  'of10',
  'grade',
  ...ofDose,
  'total',
  'timed',
  'ft',
  'm',
  'points',
  'percent',
  'perWeek',
  'weeks',
  'days',
  'visit',
  'plain',
];

/** The units under which a value may be on record. */
function unitsOf({ unit, context }: Claim): readonly Unit[] {
  const { motion, muscle, topic, measure, when, names } = context;
  switch (unit) {
    case 'sec':
    case 'hold':
      return sameTime;
    case 'min':
      return topic === 'total'
        ? ['total']
        : topic === 'timed'
          ? ['timed']
          : names === null
            ? ['min', 'total', 'timed']
            : ['min'];
    case 'plain':
      if (measure !== null) return scores;
      if (names !== null) return ofDose;
      if (muscle !== null || topic === 'strength') return ['grade'];
      if (motion !== null || topic === 'motion') return ['deg'];
      if (when !== null || topic === 'pain') return ['of10'];
      if (topic === 'total') return ['total'];
      if (topic === 'timed') return ['timed'];
      return anything;
    default:
      return [unit];
  }
}

/** The facts that bear a claim; none: nothing on record does. */
export function support(evidence: Evidence, claim: Claim): Fact[] {
  const found: Fact[] = [];
  const { times, context } = claim;
  if (claim.unit === 'min' && context.code !== null && context.names === null) {
    if (evidence.minutesOf(context.code) !== claim.value) return found;
    for (const fact of ofKind(evidence.current, 'intervention'))
      if (fact.code !== null && codeHash(fact.code) === context.code) found.push(fact);
    return found;
  }
  const units = unitsOf(claim);
  if (times.isNowAllowed) gather(evidence.current, units, claim, found);
  gather(evidence.episode, units, claim, found);
  for (const at of times.earlier) gather(evidence.earlier(at), units, claim, found);
  return found;
}

function gather({ byUnit }: Facts, units: readonly Unit[], claim: Claim, found: Fact[]): void {
  for (const unit of units) {
    const valued = byUnit.get(unit);
    if (valued === undefined) continue;
    const value = unit === 'grade' && claim.unit === 'plain' ? claim.value * 10 : claim.value;
    for (const each of valued)
      if (each.value === value && agrees(each.fact, claim) && !found.includes(each.fact)) found.push(each.fact);
  }
}

/** The joint motion that a muscle's strength is tested by: the common clinical shorthand. */
const muscleTests: Readonly<Record<string, string>> = {
  quadriceps: 'knee extension',
  hamstrings: 'knee flexion',
  'gluteus medius': 'hip abduction',
  'gluteus maximus': 'hip extension',
  deltoid: 'shoulder abduction',
  biceps: 'elbow flexion',
  triceps: 'elbow extension',
  'tibialis anterior': 'ankle dorsiflexion',
  gastrocnemius: 'ankle plantar flexion',
};

function agreesAboutMuscle(fact: Fact, { muscle, motion }: Context): boolean {
  if (muscle === null)
    return (
      motion === null ||
      fact.motion === motion ||
      (fact.motion === null && fact.muscle !== null && muscleTests[fact.muscle] === `${fact.part} ${motion}`)
    );
  if (fact.muscle !== null)
    return fact.muscle === muscle || fact.muscle.startsWith(muscle) || muscle.startsWith(fact.muscle);
  return muscleTests[muscle] === `${fact.part} ${fact.motion}`;
}

/** Whether a fact is about what the words around a value are about. */
export function agrees(fact: Fact, { context, times }: Pick<Claim, 'context' | 'times'>): boolean {
  switch (fact.kind) {
    case 'goal':
      return (
        (times.isGoalAllowed || fact.at !== ofEpisode) &&
        (fact.when === null ||
          (context.topic !== 'target' && context.topic !== 'baseline') ||
          context.topic === fact.when) &&
        (context.measure === null || fact.measure === context.measure) &&
        (context.motion === null || fact.motion === context.motion) &&
        agreesAboutPlace(fact, context)
      );
    case 'pain':
      return (
        context.measure === null &&
        (context.when === null || fact.when === context.when) &&
        agreesAboutPlace(fact, context)
      );
    case 'motion':
      return (
        (context.motion === null || fact.motion === context.motion) &&
        (context.mode === null || fact.mode === null || fact.mode === context.mode) &&
        agreesAboutPlace(fact, context)
      );
    case 'strength':
      return agreesAboutMuscle(fact, context) && agreesAboutPlace(fact, context);
    case 'measure':
      return context.measure === null || fact.measure === context.measure;
    case 'intervention':
      return (
        context.measure === null &&
        isNamed(fact, context) &&
        (context.code === null || fact.code === null || codeHash(fact.code) === context.code) &&
        (context.side === null || fact.side === context.side)
      );
    case 'balance':
      return (
        context.measure === null && isNamed(fact, context) && (context.side === null || fact.side === context.side)
      );
    case 'gait':
      return context.measure === null && (context.names === null || context.topic === 'gait');
    case 'test':
      return isNamed(fact, context) && (context.side === null || fact.side === context.side);
    case 'activity':
      return isNamed(fact, context);
    default:
      return true;
  }
}

function isNamed(fact: Fact, { names }: Context): boolean {
  return names === null || names.includes(fact);
}

/** Of the spine and the trunk a side is the direction of turning and bending; bending forward and back has none. */
const midline: ReadonlySet<string> = new Set([
  'cervical spine',
  'thoracic spine',
  'lumbar spine',
  'trunk',
  'head',
  'jaw',
  'pelvis',
]);

export function agreesAboutPlace(fact: Fact, { side, part }: Context): boolean {
  if (part !== null && fact.part !== part) return false;
  if (side === null || fact.side === side) return true;
  return fact.side === null && fact.part !== null && midline.has(fact.part) && hasNoDirection(fact);
}

function hasNoDirection({ kind, motion }: Fact): boolean {
  return kind === 'motion' && (motion === 'flexion' || motion === 'extension');
}
