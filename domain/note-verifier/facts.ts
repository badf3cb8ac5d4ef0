// A fact of the record with what it is about and its values: what a text is held against.
import type { Session } from '../session/schema.ts';

export type FactKind =
  | 'report'
  | 'pain'
  | 'motion'
  | 'strength'
  | 'test'
  | 'gait'
  | 'balance'
  | 'activity'
  | 'measure'
  | 'intervention'
  | 'homeProgram'
  | 'goal'
  | 'session'
  | 'episode';

export type Unit =
  | 'deg'
  | 'of10'
  | 'grade'
  | 'sets'
  | 'reps'
  | 'hold'
  | 'lb'
  | 'kg'
  | 'level'
  | 'min'
  | 'total'
  | 'timed'
  | 'sec'
  | 'ft'
  | 'm'
  | 'points'
  | 'percent'
  | 'perWeek'
  | 'weeks'
  | 'days'
  | 'visit'
  | 'plain';

/** When a fact was recorded: -1 in this session, from 0 in an earlier one, -2 in the episode. */
export const now = -1;
export const ofEpisode = -2;

export interface Fact {
  readonly kind: FactKind;
  readonly pointer: string;
  readonly at: number;
  readonly side: string | null;
  readonly part: string | null;
  readonly motion: string | null;
  readonly mode: string | null;
  readonly muscle: string | null;
  readonly when: string | null;
  readonly measure: string | null;
  /** Its name in the record: of an intervention, test, activity. */
  readonly name: string | null;
  /** Closed words of it: assistance, device, band, response, progression, result, state, done, symptom. */
  readonly words: Readonly<Record<string, string | null>>;
  readonly skills: readonly string[];
  readonly code: string | null;
  readonly carried: boolean;
  /** Whether it has a dose, so that its name alone does not tell of it. */
  readonly hasDose: boolean;
  /** Whether nothing is recorded of it but that it exists. */
  readonly isEmpty: boolean;
}

export interface Valued {
  readonly fact: Fact;
  readonly value: number;
}

export interface Facts {
  readonly all: readonly Fact[];
  readonly byUnit: ReadonlyMap<Unit, readonly Valued[]>;
  readonly byKind: ReadonlyMap<FactKind, readonly Fact[]>;
}

const noFacts: readonly Fact[] = [];
const noValues: readonly Valued[] = [];

/** The facts of one kind. */
export function ofKind({ byKind }: Facts, kind: FactKind): readonly Fact[] {
  return byKind.get(kind) ?? noFacts;
}

/** The values in one unit. */
export function ofUnit({ byUnit }: Facts, unit: Unit): readonly Valued[] {
  return byUnit.get(unit) ?? noValues;
}

export type Made = { -readonly [Field in keyof Fact]: Fact[Field] };

const noWords = {};
const noSkills: readonly string[] = [];

/** A fact of which nothing but its kind is known yet; always the same shape, for thousands are made. */
export function blank(kind: FactKind, pointer: string, at: number, carried?: boolean): Made {
  return {
    kind,
    pointer,
    at,
    side: null,
    part: null,
    motion: null,
    mode: null,
    muscle: null,
    when: null,
    measure: null,
    name: null,
    words: noWords,
    skills: noSkills,
    code: null,
    carried: carried === true,
    hasDose: false,
    isEmpty: false,
  };
}

/** Facts in the making. */
export class Collector implements Facts {
  readonly all: Fact[] = [];
  readonly byUnit = new Map<Unit, Valued[]>();
  readonly byKind = new Map<FactKind, Fact[]>();

  add(fact: Made): void {
    this.all.push(fact);
    const list = this.byKind.get(fact.kind);
    if (list === undefined) this.byKind.set(fact.kind, [fact]);
    else list.push(fact);
  }

  /** A fact that is nothing without its value. */
  addValued(fact: Made, unit: Unit, value: number | null): void {
    fact.isEmpty = value === null;
    this.add(fact);
    this.value(fact, unit, value);
  }

  value(fact: Fact, unit: Unit, value: number | null): void {
    if (value === null) return;
    const list = this.byUnit.get(unit);
    if (list === undefined) this.byUnit.set(unit, [{ fact, value }]);
    else list.push({ fact, value });
  }
}

/** The units a score may be told in: the index scores are points out of a hundred, and so percent. */
export const measureUnits: Readonly<Record<Session['measures'][number]['measure'], readonly Unit[]>> = {
  lefs: ['points'],
  odi: ['percent', 'points'],
  ndi: ['percent', 'points'],
  quickdash: ['points', 'percent'],
  psfs: ['points', 'of10'],
  tug: ['sec'],
  'six-minute-walk': ['m'],
  berg: ['points'],
  nprs: ['points', 'of10'],
};
