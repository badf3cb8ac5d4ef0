// What a value in a clause is about: the nearest words before it, else behind it in the clause, else those of the clause before.
import type { Atom } from './atoms.ts';
import type { Fact } from './facts.ts';

export interface Context {
  side: string | null;
  part: string | null;
  motion: string | null;
  mode: string | null;
  muscle: string | null;
  when: string | null;
  measure: string | null;
  topic: string | null;
  names: readonly Fact[] | null;
  code: number | null;
  /** Index of the goal whose words are quoted. */
  goal: number | null;
}

export function emptyContext(): Context {
  return {
    side: null,
    part: null,
    motion: null,
    mode: null,
    muscle: null,
    when: null,
    measure: null,
    topic: null,
    names: null,
    code: null,
    goal: null,
  };
}

const goalRoot = '/episode/goals/';

/** Takes an atom into the context it belongs to; false if it is of no kind that gives one. */
export function take(context: Context, atom: Atom): boolean {
  switch (atom.what) {
    case 'side':
      context.side = atom.word;
      return true;
    case 'part':
      context.part = atom.word;
      return true;
    case 'motion':
      context.motion = atom.word;
      return true;
    case 'mode':
      context.mode = atom.word;
      return true;
    case 'muscle':
      context.muscle = atom.word;
      return true;
    case 'when':
      context.when = atom.word;
      return true;
    case 'measure':
      context.measure = atom.word;
      return true;
    case 'topic':
      context.topic = atom.word;
      return true;
    case 'name':
      context.names = atom.facts;
      return true;
    case 'code':
      context.code = atom.number;
      return true;
    case 'symptom':
      if (atom.word === 'pain') context.topic = 'pain';
      return true;
    case 'quote':
      if (atom.word.startsWith(goalRoot)) context.goal = Number.parseInt(atom.word.slice(goalRoot.length), 10);
      return true;
    default:
      return false;
  }
}

const bits: Readonly<Partial<Record<Atom['what'], number>>> = {
  side: 1,
  part: 2,
  motion: 4,
  mode: 8,
  muscle: 16,
  when: 32,
  measure: 64,
  topic: 128,
  symptom: 128,
  name: 256,
  code: 512,
  quote: 1024,
};

/** Takes the first atom of each kind between two places; false if a kind stands there twice. */
export function takeAll(context: Context, atoms: readonly Atom[], from: number, to: number): boolean {
  let taken = 0;
  let isPlain = true;
  for (let at = to - 1; at >= from; at--) {
    const each = atoms[at];
    if (each === undefined || !take(context, each)) continue;
    const bit = bits[each.what] ?? 0;
    if ((taken & bit) !== 0) isPlain = false;
    taken |= bit;
  }
  return isPlain;
}

/** Whether a clause names something of its own, so that it takes nothing over from the one before. */
function hasHead({ part, measure, names }: Context): boolean {
  return part !== null || measure !== null || names !== null;
}

/**
 * The context that holds at a place of a clause.
 * @param here what stands before the place in the clause
 * @param first the first of each kind in the clause, for what stands only behind
 * @param inherited the context of the clause before
 */
export function resolve(here: Context, first: Context, inherited: Context): Context {
  return inherit(merge(here, first), inherited);
}

/** What a clause says of its own, and in it what it takes over from the clause before; `local` itself is filled up. */
export function inherit(local: Context, inherited: Context): Context {
  if (hasHead(local)) {
    local.topic ??= topicKept(inherited.topic);
    local.goal ??= inherited.goal;
    return local;
  }
  // A motion or a muscle of its own takes the place of the other one before it.
  const isOwnMotion = local.motion !== null || local.muscle !== null;
  fill(local, inherited);
  if (isOwnMotion) return local;
  local.motion = inherited.motion;
  local.muscle = inherited.muscle;
  return local;
}

/** All but motion and muscle, where there is nothing yet. */
function fill(local: Context, inherited: Context): void {
  local.side ??= inherited.side;
  local.part ??= inherited.part;
  local.mode ??= inherited.mode;
  local.when ??= inherited.when;
  local.measure ??= inherited.measure;
  local.topic ??= inherited.topic;
  local.names ??= inherited.names;
  local.code ??= inherited.code;
  local.goal ??= inherited.goal;
}

/** "Strength: hip 4/5, knee 5/5": what kind of measurement it is outlasts the joint. */
function topicKept(topic: string | null): string | null {
  return topic === 'strength' || topic === 'motion' || topic === 'pain' || topic === 'goal' ? topic : null;
}

function merge(one: Context, other: Context): Context {
  return {
    side: one.side ?? other.side,
    part: one.part ?? other.part,
    motion: one.motion ?? other.motion,
    mode: one.mode ?? other.mode,
    muscle: one.muscle ?? other.muscle,
    when: one.when ?? other.when,
    measure: one.measure ?? other.measure,
    topic: one.topic ?? other.topic,
    names: one.names ?? other.names,
    code: one.code ?? other.code,
    goal: one.goal ?? other.goal,
  };
}
