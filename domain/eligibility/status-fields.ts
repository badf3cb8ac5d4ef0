// What the statements say about the coverage itself: active on the day of the visit, from when to when, which plan, therapy covered.
import type { AnswerDate, Benefit } from './answer.ts';
import type { Statements } from './choice.ts';
import { choose, derived, withValue } from './choice.ts';
import type { DatedPart } from './coverage-dates.ts';
import { excludes, spanOf } from './coverage-dates.ts';
import type { PersonCoverage } from './coverages.ts';
import { isInactive, isStatus } from './coverages.ts';
import { addDays, daysBetween } from '../calendar.ts';
import type { Field, FieldSet, Known } from './fields.ts';
import { isKnown, unknown } from './fields.ts';
import type { Grade } from './grade.ts';
import { grade } from './grade.ts';

type StatusFields = Pick<FieldSet, 'active' | 'planName' | 'begins' | 'ends' | 'therapyCovered'>;

/** What the answer tells besides the statements of one coverage. */
export interface PersonDates {
  /** Dates of the person's whole coverage. */
  readonly dates: readonly AnswerDate[];
  readonly serviceDate: string;
  /** The day of the answer: payers echo it, it is no beginning. */
  readonly answeredOn: string | null;
}

export interface StatusAndYear {
  readonly fields: StatusFields;
  /** The day after a coverage of twelve months; null where none is told. */
  readonly yearEnds: Known<string> | null;
}

export function statusFields(coverage: PersonCoverage, statements: Statements, person: PersonDates): StatusAndYear {
  const { serviceDate } = person;
  const statuses = current(coverage.statements.filter(isStatus), serviceDate);
  const own = { ...statements, own: statuses, shared: coverage.shared.filter(isStatus) };
  const begins = boundary(statuses, person, own, 'from');
  const ends = boundary(statuses, person, own, 'to');
  const stated = statedStatus(own, statuses);
  const active = onDay(stated, begins, ends, serviceDate);
  return {
    fields: {
      active,
      planName: planNameOf(coverage, statuses, own),
      begins,
      ends,
      therapyCovered: therapyCovered(statements),
    },
    yearEnds: yearEnds(begins, ends),
  };
}

/** Of several periods of one coverage the one of the day; all of them where none is. */
function current(statuses: readonly Benefit[], day: string): readonly Benefit[] {
  const left = statuses.filter(({ dates }) => !excludes(dates, day));
  return left.length === 0 ? statuses : left;
}

/** EB01 1 to 5 active, 6 to 8 not; 5, 7 and 8 are still being looked into. A status of other services only tells less. */
function statedStatus(statements: Statements, statuses: readonly Benefit[]): Field<boolean> {
  const found = choose(statements, (statement) => {
    const value = !isInactive(statement);
    const isPending = ['5', '7', '8'].includes(statement.code);
    return isPending ? { value, note: 'payer is still looking into it' } : { value };
  });
  if (isKnown(found) || found.contradiction !== undefined) return found;
  const other = statuses.find((status) => grade(status, statements.service, statements.wider) === null);
  if (other === undefined || statuses.some((status) => isInactive(status) !== isInactive(other))) return found;
  return {
    value: !isInactive(other),
    source: other.source,
    asOf: statements.asOf,
    confidence: 'low',
    why: `payer answered service type ${other.serviceTypes.join(', ')} only`,
  };
}

/** Dates weigh more than a status: coverage that ended before the visit, or begins after it, is not active that day. */
function onDay(stated: Field<boolean>, begins: Field<string>, ends: Field<string>, day: string): Field<boolean> {
  if (isKnown(ends) && ends.value < day)
    return { ...withValue(ends, false), why: `coverage ended on ${ends.value}, before ${day}` };
  if (isKnown(begins) && begins.value > day)
    return { ...withValue(begins, false), why: `coverage begins on ${begins.value}, after ${day}` };
  return stated;
}

function boundary(
  statuses: readonly Benefit[],
  { dates, serviceDate, answeredOn }: PersonDates,
  statements: Statements,
  end: 'from' | 'to',
): Field<string> {
  const ignore = [serviceDate, answeredOn];
  const parts = statuses.flatMap((status) => {
    const part = spanOf(status.dates, ignore, serviceDate)[end];
    return part === null ? [] : [{ part, status }];
  });
  const [first] = parts;
  if (first !== undefined) {
    const other = parts.find(({ part }) => part.date !== first.part.date);
    if (other !== undefined) {
      const contradiction = [first.part.source, other.part.source];
      return { ...unknown(`${contradiction.join(' and ')} say different things`), contradiction };
    }
    const { confidence, why } = gradeOfCoverage(first.status, statements);
    return dated(first.part, statements.asOf, confidence, why);
  }
  const whole = spanOf(dates, ignore, serviceDate)[end];
  if (whole === null) return unknown(statements.absent);
  return dated(whole, statements.asOf, 'high', "payer states it for the person's whole coverage");
}

function dated(
  part: DatedPart,
  asOf: string | null,
  confidence: Known<string>['confidence'],
  why: string,
): Known<string> {
  const { date: value, source, isSingleDay } = part;
  if (!isSingleDay) return { value, source, asOf, confidence, why };
  return { value, source, asOf, confidence: 'low', why: 'payer gave a single day, read as the first' };
}

/** What is of the coverage and of no service: as sure as the payer's answer about the service. */
function gradeOfCoverage(status: Benefit, statements: Statements): Grade {
  const found = grade(status, statements.service, statements.wider);
  if (statements.answersService)
    return { confidence: 'high', why: found?.confidence === 'high' ? found.why : 'payer states it for the coverage' };
  return found ?? { confidence: 'low', why: `payer answered service type ${status.serviceTypes.join(', ')} only` };
}

function planNameOf({ planName }: PersonCoverage, statuses: readonly Benefit[], statements: Statements): Field<string> {
  const { absent, asOf } = statements;
  if (planName === null) return unknown(absent);
  const status = statuses.find((one) => one.planName !== null);
  if (status === undefined)
    return { value: planName, source: 'plan of the person', asOf, confidence: 'high', why: 'payer names the plan' };
  const { confidence, why } = gradeOfCoverage(status, statements);
  return { value: planName, source: status.source, asOf, confidence, why };
}

/** EB01 1 to 5 of the service: covered; I and 6 to 8: not. Benefits of the service say so less directly, the whole plan says nothing of it. */
function therapyCovered(statements: Statements): Field<boolean> {
  const plain = choose(statements, (statement) => {
    if (!isAboutService(statement, statements)) return null;
    if (statement.code === 'I') return { value: false };
    return isStatus(statement) ? { value: !isInactive(statement) } : null;
  });
  if (isKnown(plain) || plain.contradiction !== undefined) return plain;
  const benefit = choose(statements, (statement) =>
    ['A', 'B', 'F', 'H'].includes(statement.code) && statement.serviceTypes.includes(statements.service)
      ? { value: true, note: 'benefits are stated for the service, not that it is covered' }
      : null,
  );
  if (isKnown(benefit)) return benefit;
  const isPlanOnly = statements.own.some(
    (statement) => grade(statement, statements.service, statements.wider) !== null,
  );
  return isPlanOnly ? unknown(`payer did not name service type ${statements.service}`) : plain;
}

function isAboutService(statement: Benefit, { service, wider }: Statements): boolean {
  const found = grade(statement, service, wider);
  // Not covered as a whole is not covered; covered as a whole says nothing of one service.
  return found !== null && (found.confidence !== 'low' || statement.code === 'I' || isInactive(statement));
}

/** A coverage of twelve months ends its own benefit year. */
function yearEnds(begins: Field<string>, ends: Field<string>): Known<string> | null {
  if (!isKnown(begins) || !isKnown(ends)) return null;
  const days = daysBetween(begins.value, ends.value) + 1;
  if (days < 365 || days > 366) return null;
  return derived(addDays(ends.value, 1), 'the day after the coverage ends', begins, ends);
}
