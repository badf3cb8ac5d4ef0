// Which coverages a payer returned for a person, and which statements belong to each: every one of them, never only the first.
import type { Benefit, PersonAnswer } from './answer.ts';
import { excludes } from './coverage-dates.ts';
import { planServiceType } from './grade.ts';

/** One coverage: `statements` are surely about it; `shared` are about it or another one, the payer did not say which. */
export interface PersonCoverage {
  readonly insuranceType: string | null;
  readonly planName: string | null;
  readonly statements: readonly Benefit[];
  readonly shared: readonly Benefit[];
}

/** How a statement names its coverage: insurance type (EB04) and plan (EB05). */
interface Mark {
  readonly insuranceType: string | null;
  readonly planName: string | null;
}

interface Growing {
  mark: Mark;
  /** The plan as the payer first wrote it. */
  planName: string | null;
  order: number;
  /** The status statements that named it. */
  readonly statuses: Benefit[];
  readonly statements: Benefit[];
  readonly shared: Benefit[];
}

/** EB01 1 to 8 tell whether a coverage is active. */
export function isStatus({ code }: Benefit): boolean {
  return /^[1-8]$/.test(code);
}

/** EB01 6 to 8: not active, whatever the payer is still looking into. */
export function isInactive({ code }: Benefit): boolean {
  return /^[678]$/.test(code);
}

/** EB01 R names another payer; it is about none of this payer's coverages. */
export function isOtherPayer({ code }: Benefit): boolean {
  return code === 'R';
}

/**
 * The coverages in the order of the answer: those that a status statement (EB01 1 to 8) names by insurance type or plan, and
 * those of an insurance type that only other statements name. At least one, of no name, even for an empty answer.
 */
export function coveragesOf(person: PersonAnswer, serviceDate: string): PersonCoverage[] {
  const statements = person.benefits.filter((statement) => !isOtherPayer(statement));
  const coverages = named(statements.filter(isStatus));
  for (const statement of statements) {
    const { insuranceType } = statement;
    const fits = coverages.some(({ mark }) => agree(mark.insuranceType, insuranceType));
    if (!isStatus(statement) && insuranceType !== null && !fits)
      coverages.push(growing({ insuranceType, planName: null }, null, statements.length + coverages.length));
  }
  if (coverages.length === 0) coverages.push(growing({ insuranceType: null, planName: null }, null, 0));
  for (const statement of statements) {
    const owners = ownersOf(statement, coverages, serviceDate);
    const [only] = owners;
    if (owners.length === 1 && only !== undefined) only.statements.push(statement);
    else for (const owner of owners) owner.shared.push(statement);
  }
  return coverages
    .sort((one, other) => one.order - other.order)
    .map(({ mark, planName, statements: own, shared }) => ({
      insuranceType: mark.insuranceType,
      planName: planName ?? person.planName,
      statements: own,
      shared,
    }));
}

/** Marks that contradict each other are different coverages; the fullest marks first, so that `HM` joins `HM GOLD`. */
function named(statuses: readonly Benefit[]): Growing[] {
  const coverages: Growing[] = [];
  const order = new Map(statuses.map((statement, index) => [statement, index]));
  const fullest = [...statuses].sort((one, other) => fullness(markOf(other)) - fullness(markOf(one)));
  for (const statement of fullest) {
    const mark = markOf(statement);
    const alike = coverages.filter((coverage) => matches(coverage.mark, mark));
    const [only] = alike;
    const place = order.get(statement) ?? 0;
    if (only === undefined) {
      const coverage = growing(mark, statement.planName, place);
      coverage.statuses.push(statement);
      coverages.push(coverage);
    } else if (alike.length === 1) {
      only.mark = {
        insuranceType: only.mark.insuranceType ?? mark.insuranceType,
        planName: only.mark.planName ?? mark.planName,
      };
      only.planName ??= statement.planName;
      only.order = Math.min(only.order, place);
      only.statuses.push(statement);
    }
  }
  return coverages;
}

function growing(mark: Mark, planName: string | null, order: number): Growing {
  return { mark, planName, order, statuses: [], statements: [], shared: [] };
}

/** Whose a statement is: by what it names, then the coverages of that day, then those whose status is about the same service. */
function ownersOf(statement: Benefit, coverages: readonly Growing[], serviceDate: string): readonly Growing[] {
  const mark = markOf(statement);
  // EB05 of a statement that is no status is often a description; it names a plan where a status names the same.
  const namesPlan = coverages.some((coverage) => coverage.mark.planName === mark.planName);
  const own = isStatus(statement) || namesPlan ? mark : { ...mark, planName: null };
  const byName = narrowed(coverages, (coverage) => matches(coverage.mark, own));
  const byDay = narrowed(byName, (coverage) => isCurrent(coverage, serviceDate));
  return narrowed(byDay, (coverage) => isAboutSameService(coverage, statement));
}

function narrowed(coverages: readonly Growing[], test: (coverage: Growing) => boolean): readonly Growing[] {
  if (coverages.length < 2) return coverages;
  const left = coverages.filter(test);
  return left.length === 0 ? coverages : left;
}

function isCurrent({ statuses }: Growing, serviceDate: string): boolean {
  if (statuses.length === 0) return true;
  return statuses.some((status) => !isInactive(status) && !excludes(status.dates, serviceDate));
}

function isAboutSameService({ statuses }: Growing, { serviceTypes }: Benefit): boolean {
  if (serviceTypes.length === 0 || statuses.length === 0) return true;
  return statuses.some(
    (status) =>
      status.serviceTypes.length === 0 ||
      status.serviceTypes.some((type) => type === planServiceType || serviceTypes.includes(type)),
  );
}

function markOf({ insuranceType, planName }: Benefit): Mark {
  return { insuranceType, planName: planName === null ? null : planName.toUpperCase().replace(/\s+/g, ' ') };
}

function fullness({ insuranceType, planName }: Mark): number {
  return (insuranceType === null ? 0 : 1) + (planName === null ? 0 : 1);
}

function matches(one: Mark, other: Mark): boolean {
  return agree(one.insuranceType, other.insuranceType) && agree(one.planName, other.planName);
}

function agree(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}
