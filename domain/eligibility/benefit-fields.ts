// What the statements say about what a visit costs and how many there may be: money, limits, benefit year, authorization.
import type { Benefit } from './answer.ts';
import type { Reading, Statements } from './choice.ts';
import { choose, derived, statementOf, withValue } from './choice.ts';
import type { BenefitYear, Field, FieldSet, Frequency, Known, LimitPeriod } from './fields.ts';
import { isKnown, isSame, unknown } from './fields.ts';
import { planServiceType } from './grade.ts';

/** EB06 of a whole: what it is counted over, the usual first. */
const wholePeriods: Readonly<Record<string, { readonly period: LimitPeriod; readonly rank: number }>> = {
  '23': { period: 'calendarYear', rank: 0 },
  '22': { period: 'serviceYear', rank: 0 },
  '25': { period: 'contract', rank: 2 },
  '26': { period: 'episode', rank: 3 },
  '32': { period: 'lifetime', rank: 4 },
};
const unstatedRank = 1;
/** EB06 24: year to date; 29 and 33: remaining, remaining of a lifetime. */
const usedPeriods = ['24'];
const leftPeriods = ['29', '33'];
/** EB06 or none: by the visit; by the day, which for therapy is the same. */
const visitPeriods = [null, '27', '7'];

type Part = 'whole' | 'used' | 'left';

/** Which part of a limit or of a deductible a period code speaks of; null where it is neither. */
function partOf(period: string | null): { readonly part: Part; readonly rank: number } | null {
  if (period === null) return { part: 'whole', rank: unstatedRank };
  const whole = wholePeriods[period];
  if (whole !== undefined) return { part: 'whole', rank: whole.rank };
  if (usedPeriods.includes(period)) return { part: 'used', rank: 0 };
  return leftPeriods.includes(period) ? { part: 'left', rank: 0 } : null;
}

type Parts<Value> = Readonly<Record<Part, Field<Value>>>;

interface PartReading<Value> extends Omit<Reading<Value>, 'rank'> {
  readonly period: string | null;
  /** 0 for the level wanted, 1 for none. */
  readonly level?: number;
}

/** The three parts as stated, and those that follow from the other two. A triple that does not add up leaves what is left unknown. */
function partsOf<Value extends number | 'unlimited'>(
  statements: Statements,
  read: (statement: Benefit) => PartReading<Value> | null,
): Parts<Value | number> {
  const stated = (part: Part): Field<Value | number> =>
    choose<Value | number>(statements, (statement) => {
      const reading = read(statement);
      const found = reading === null ? null : partOf(reading.period);
      if (reading === null || found?.part !== part) return null;
      const { level = 0, period: _period, ...rest } = reading;
      return { ...rest, rank: found.rank * 2 + level };
    });
  const [whole, used, left] = [stated('whole'), stated('used'), stated('left')];
  if (isKnown(whole) && whole.value === 'unlimited') return { whole, used, left: isKnown(left) ? left : whole };
  const [total, spent, rest] = [numeric(whole), numeric(used), numeric(left)];
  if (total !== null && spent !== null && rest !== null) {
    const addsUp = total.value - spent.value === rest.value || total.confidence !== rest.confidence;
    return { whole, used, left: addsUp ? left : disagreement(total, spent, rest) };
  }
  if (total !== null && spent === null && rest !== null && fits(total, rest))
    return { whole, left, used: derived(total.value - rest.value, 'the whole less what is left', total, rest) };
  if (total !== null && spent !== null && rest === null && fits(total, spent))
    return { whole, used, left: derived(total.value - spent.value, 'the whole less what was used', total, spent) };
  return { whole, used, left };
}

function numeric(field: Field<number | 'unlimited'>): Known<number> | null {
  if (!isKnown(field)) return null;
  const { value } = field;
  return value === 'unlimited' ? null : withValue(field, value);
}

/** Parts of one whole: equally exact, and none larger than the whole. */
function fits(whole: Known<number>, part: Known<number>): boolean {
  return whole.confidence === part.confidence && part.value <= whole.value;
}

function disagreement(whole: Known<number>, used: Known<number>, left: Known<number>) {
  const contradiction = [whole.source, used.source, left.source];
  return { ...unknown(`${contradiction.join(', ')} do not add up`), contradiction };
}

type Level = 'individual' | 'family';

/** EB02: an amount of no level is taken for the individual's where no other is told, and less surely. */
function levelOf({ level }: Benefit, wanted: Level): { level: number; note?: string } | null {
  if (wanted === 'family') return level === 'FAM' ? { level: 0 } : null;
  if (level === 'IND') return { level: 0 };
  return level === null ? { level: 1, note: 'payer did not say individual or family' } : null;
}

function money(statements: Statements, code: string, wanted: Level): Parts<number> {
  return partsOf(statements, (statement) => {
    const level = levelOf(statement, wanted);
    const { amountCents, period } = statement;
    if (statement.code !== code || amountCents === null || level === null) return null;
    return { value: amountCents, period, isOfPlan: true, ...level };
  });
}

/** Limits in visits (EB09 VS), in units (P6) and in dollars are three things. EB01 H: no limit. */
function quantities(statements: Statements, kind: string, deliveryUnit: string): Parts<number | 'unlimited'> {
  return partsOf<number | 'unlimited'>(statements, (statement) => {
    const { code, quantityKind, quantity, period, deliveries, level } = statement;
    if (level === 'FAM') return null;
    if (code === 'H' && (quantityKind === kind || (quantityKind === null && kind === visits)))
      return { value: 'unlimited', period: null };
    if (code === 'F' && quantityKind === kind && quantity !== null) return { value: quantity, period };
    const delivery = deliveries.find(
      (one) => one.unit === deliveryUnit && one.quantity !== null && one.frequencyPeriod === null,
    );
    if (delivery === undefined || delivery.quantity === null || code === 'R') return null;
    return { value: delivery.quantity, period: delivery.period ?? period };
  });
}

const visits = 'VS';
const units = 'P6';
/** HSD01: visits and units. */
const deliveredVisits = 'VS';
const deliveredUnits = 'FL';

function dollars(statements: Statements): Parts<number> {
  return partsOf(statements, ({ code, amountCents, quantity, period }) =>
    code === 'F' && amountCents !== null && quantity === null ? { value: amountCents, period } : null,
  );
}

/** EB B, and EB A as a fraction. */
function copay({ code, amountCents, period }: Benefit): Reading<number> | null {
  if (code !== 'B' || amountCents === null || !visitPeriods.includes(period)) return null;
  return { value: amountCents };
}

function coinsurance({ code, percent }: Benefit): Reading<number> | null {
  return code === 'A' && percent !== null ? { value: percent } : null;
}

function frequencyOf({ deliveries, code, quantityKind, quantity, period }: Benefit): Reading<Frequency> | null {
  for (const { unit, quantity: total, frequency, frequencyPeriod } of deliveries) {
    const often = frequency ?? total;
    if (unit === deliveredVisits && frequencyPeriod !== null && often !== null)
      return { value: { quantity: often, count: 1, period: frequencyPeriod } };
  }
  // EB06 34 month, 35 week: a limit over so short a time is how often.
  const short = period === '34' ? 'MO' : period === '35' ? 'WK' : null;
  if (code !== 'F' || quantityKind !== visits || quantity === null || short === null) return null;
  return { value: { quantity, count: 1, period: short } };
}

/** EB11 of any statement about the service. */
function authorization({ authorization: code }: Benefit): Reading<boolean> | null {
  return code === 'Y' || code === 'N' ? { value: code === 'Y' } : null;
}

type BenefitFields = Omit<
  FieldSet,
  'active' | 'planName' | 'begins' | 'ends' | 'therapyCovered' | 'clinicInNetwork' | 'deductibleVisitsCount'
>;

/** @param yearEnds the last day of a coverage that lasts twelve months, which ends its service year; null where none is told */
export function benefitFields(
  statements: Statements,
  serviceDate: string,
  yearEnds: Known<string> | null,
): BenefitFields {
  const costs = { ...statements, wider: [...statements.wider, ...statements.costTypes] };
  const [deductible, deductibleFamily] = [money(statements, 'C', 'individual'), money(statements, 'C', 'family')];
  const [pocket, pocketFamily] = [money(statements, 'G', 'individual'), money(statements, 'G', 'family')];
  const visitParts = quantities(statements, visits, deliveredVisits);
  const unitParts = quantities(statements, units, deliveredUnits);
  const dollarParts = dollars(statements);
  const limits = [visitParts.whole, unitParts.whole, dollarParts.whole];
  const benefitYear = yearOf(statements, [...limits, deductible.whole, pocket.whole]);
  return {
    copayCents: choose(costs, copay),
    coinsurance: choose(costs, coinsurance),
    deductibleCents: deductible.whole,
    deductibleMetCents: deductible.used,
    deductibleLeftCents: nothingLeftOfNothing(deductible),
    deductibleFamilyCents: deductibleFamily.whole,
    deductibleFamilyMetCents: deductibleFamily.used,
    deductibleFamilyLeftCents: nothingLeftOfNothing(deductibleFamily),
    outOfPocketCents: pocket.whole,
    outOfPocketMetCents: pocket.used,
    outOfPocketLeftCents: pocket.left,
    outOfPocketFamilyCents: pocketFamily.whole,
    outOfPocketFamilyMetCents: pocketFamily.used,
    outOfPocketFamilyLeftCents: pocketFamily.left,
    visitsAllowed: visitParts.whole,
    visitsUsed: counted(visitParts.used),
    visitsLeft: visitParts.left,
    visitsPeriod: periodOf(statements, visitParts.whole),
    visitFrequency: choose(statements, frequencyOf),
    unitsAllowed: unitParts.whole,
    unitsUsed: counted(unitParts.used),
    unitsLeft: unitParts.left,
    dollarCapCents: dollarParts.whole,
    dollarUsedCents: dollarParts.used,
    dollarLeftCents: dollarParts.left,
    benefitYear,
    benefitYearResets: resetsOn(benefitYear, serviceDate, yearEnds),
    pooledWith: pooledWith(statements, limits),
    authorizationRequired: choose(statements, authorization),
    referralRequired: unknown('a 271 has no element that tells'),
  };
}

function counted(field: Field<number | 'unlimited'>): Field<number> {
  return numeric(field) ?? (isKnown(field) ? unknown('there is no limit to count toward') : field);
}

/** Of a deductible of 0 nothing is left, whatever else was told. */
function nothingLeftOfNothing({ whole, left }: Parts<number>): Field<number> {
  if (isKnown(left) || !isKnown(whole) || whole.value !== 0) return left;
  return { ...withValue(whole, 0), why: `there is no deductible; ${whole.why}` };
}

function periodOf(statements: Statements, whole: Field<number | 'unlimited'>): Field<LimitPeriod> {
  const statement = statementOf(statements, whole);
  if (!isKnown(whole) || statement === null || whole.value === 'unlimited') return unknown(statements.absent);
  const code = statement.period ?? statement.deliveries.find(({ period }) => period !== null)?.period ?? null;
  const found = code === null ? undefined : wholePeriods[code];
  if (found === undefined) return unknown(`no period stands at ${whole.source}`);
  return withValue(whole, found.period);
}

/** The benefit year by which the limits and the deductible are counted (EB06 23 calendar, 22 service year). */
function yearOf(statements: Statements, wholes: readonly Field<number | 'unlimited'>[]): Field<BenefitYear> {
  const years = wholes.flatMap((whole): Known<BenefitYear>[] => {
    const period = periodOf(statements, whole);
    if (!isKnown(period)) return [];
    const { value } = period;
    return value === 'calendarYear' || value === 'serviceYear' ? [withValue(period, value)] : [];
  });
  const [first] = years;
  if (first === undefined) return unknown(statements.absent);
  const other = years.find(({ value }) => !isSame(value, first.value));
  if (other === undefined) return first;
  const contradiction = [first.source, other.source];
  return { ...unknown(`${contradiction.join(' and ')} count over different years`), contradiction };
}

function resetsOn(year: Field<BenefitYear>, serviceDate: string, yearEnds: Known<string> | null): Field<string> {
  if (!isKnown(year)) return unknown('the kind of benefit year is unknown');
  if (year.value === 'calendarYear') {
    const next = String(Number(serviceDate.slice(0, 4)) + 1).padStart(4, '0');
    return { ...withValue(year, `${next}-01-01`), why: `a calendar year; ${year.why}` };
  }
  if (yearEnds === null) return unknown('the payer did not state when its year begins');
  return derived(yearEnds.value, 'the coverage lasts twelve months', yearEnds, year);
}

/** Only what one statement says of several services; that is one pool, or the same limit for each, so it is not quite sure. */
function pooledWith(statements: Statements, limits: readonly Field<number | 'unlimited'>[]): Field<readonly string[]> {
  for (const limit of limits) {
    const statement = statementOf(statements, limit);
    if (!isKnown(limit) || limit.value === 'unlimited' || statement === null) continue;
    const { service } = statements;
    const types = statement.serviceTypes.filter((type) => type !== service && type !== planServiceType);
    if (types.length === 0 || !statement.serviceTypes.includes(service)) continue;
    const { source, asOf } = limit;
    const why = `one limit is stated for service types ${statement.serviceTypes.join(', ')}`;
    return { value: types, source, asOf, confidence: 'medium', why };
  }
  return unknown('the payer did not state whether other services count toward the limit');
}
