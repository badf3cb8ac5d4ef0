// Chooses what a payer's statements say about one field: the most exact one, unknown where equally exact ones contradict each other.
import type { Benefit } from './answer.ts';
import type { Field, Known } from './fields.ts';
import { isKnown, isSame, unknown } from './fields.ts';
import { grade, gradeOfPlan, lower } from './grade.ts';
import type { Grade } from './grade.ts';

/** EB12: Y inside, N outside the plan's network. */
export type Side = 'Y' | 'N';

/** What a statement says about a field. `rank`: 0 is the most exact; `note` is why it is less exact, and lowers the confidence. */
export interface Reading<Value> {
  readonly value: Value;
  readonly rank?: number;
  readonly note?: string;
  /** It is of the plan, whatever the service: said of the plan as a whole it is as good as said of a wider service. */
  readonly isOfPlan?: boolean;
}

/** What is chosen from. `shared`: statements of which the payer did not say whether they are of this coverage. */
export interface Statements {
  readonly own: readonly Benefit[];
  readonly shared: readonly Benefit[];
  /** How many coverages the payer returned. */
  readonly coverages: number;
  readonly service: string;
  readonly wider: readonly string[];
  /** Types that tell what a visit costs, besides the wider ones. */
  readonly costTypes: readonly string[];
  /** Where the clinic treats (III): a statement for other places is not about it. */
  readonly places: readonly string[];
  readonly side: Side;
  readonly asOf: string | null;
  /** The payer answered the service itself somewhere in this coverage. */
  readonly answersService: boolean;
  /** Why a field that nobody speaks of is unknown. */
  readonly absent: string;
}

interface Ranked<Value> {
  readonly benefit: Benefit;
  readonly grade: Grade;
  readonly reading: Reading<Value>;
  readonly rank: number;
}

/** The field as the statements tell it. */
export function choose<Value>(
  statements: Statements,
  read: (statement: Benefit) => Reading<Value> | null,
): Field<Value> {
  const own = ranked(statements.own, statements, read);
  if (own.length > 0) return best(own, statements);
  const [shared] = ranked(statements.shared, statements, read);
  if (shared === undefined) return unknown(statements.absent);
  const { source } = shared.benefit;
  return unknown(`stated at ${source} without saying which of the ${statements.coverages} coverages it is of`);
}

/** The statement a field was read from. */
export function statementOf(statements: Statements, field: Field<unknown>): Benefit | null {
  if (!isKnown(field)) return null;
  return statements.own.find(({ source }) => source === field.source) ?? null;
}

/** Another value that the same statement tells. */
export function withValue<Value>({ source, asOf, confidence, why }: Known<unknown>, value: Value): Known<Value> {
  return { value, source, asOf, confidence, why };
}

/** A value worked out of two others, as sure as the less sure one. */
export function derived<Value>(value: Value, how: string, one: Known<unknown>, other: Known<unknown>): Known<Value> {
  return {
    value,
    source: one.source === other.source ? one.source : `${one.source} and ${other.source}`,
    asOf: one.asOf,
    confidence: lower(one.confidence, other.confidence),
    why: `${how}; ${one.confidence === lower(one.confidence, other.confidence) ? one.why : other.why}`,
  };
}

function best<Value>(candidates: readonly Ranked<Value>[], { asOf }: Statements): Field<Value> {
  const least = Math.min(...candidates.map(({ rank }) => rank));
  const equal = candidates.filter(({ rank }) => rank === least);
  const [first] = equal;
  if (first === undefined) return unknown('nothing was stated');
  const other = equal.find(({ reading }) => !isSame(reading.value, first.reading.value));
  if (other !== undefined) {
    const sources = [first.benefit.source, other.benefit.source];
    return { ...unknown(`${sources.join(' and ')} say different things`), contradiction: sources };
  }
  const { note } = first.reading;
  const { confidence, why } = first.grade;
  return {
    value: first.reading.value,
    source: first.benefit.source,
    asOf,
    confidence: note === undefined ? confidence : lower(confidence, 'medium'),
    why: note === undefined ? why : `${why}; ${note}`,
  };
}

function ranked<Value>(
  all: readonly Benefit[],
  statements: Statements,
  read: (statement: Benefit) => Reading<Value> | null,
): Ranked<Value>[] {
  const { service, wider, places, side } = statements;
  return all.flatMap((benefit): Ranked<Value>[] => {
    const found = grade(benefit, service, wider);
    const isElsewhere = benefit.places.length > 0 && !benefit.places.some((place) => places.includes(place));
    const isOtherSide = benefit.network === (side === 'Y' ? 'N' : 'Y');
    // A statement about one procedure says nothing about a visit.
    if (found === null || isElsewhere || isOtherSide || benefit.procedure !== null) return [];
    const reading = read(benefit);
    if (reading === null) return [];
    const steps = [
      ['high', 'medium', 'low'].indexOf(found.confidence),
      benefit.places.length > 0 ? 0 : 1,
      benefit.network === side ? 0 : 1,
      reading.rank ?? 0,
    ];
    const own = reading.isOfPlan === true ? gradeOfPlan(found, statements) : found;
    return [{ benefit, grade: own, reading, rank: steps.reduce((rank, step) => rank * 10 + step, 0) }];
  });
}
