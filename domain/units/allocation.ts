// Units of timed services: by CMS's rule over the day's total, or by the midpoint of each service.
import { GaitError } from '../errors.ts';
import type { UnitRule } from './rule-schema.ts';
import type { TimedService } from './services.ts';

/** Units of each service, in the order of the services. */
export type Allocation = readonly number[];

/** The minutes that reach a unit: more than half of it. 8 of 15. */
export function reaches(minutesPerUnit: number): number {
  return Math.floor(minutesPerUnit / 2) + 1;
}

/** Units of so many minutes where a unit is reached by more than half of its own minutes: 8 to 22 are one, 23 to 37 two. */
export function unitsOf(minutes: number, firstMinutes: number, furtherMinutes: number = firstMinutes): number {
  if (minutes < reaches(firstMinutes)) return 0;
  const beyond = minutes - firstMinutes + furtherMinutes - reaches(furtherMinutes);
  return 1 + Math.max(0, Math.floor(beyond / furtherMinutes));
}

/**
 * Every allocation the rule allows, the chosen one first: where the rule leaves a choice, the service with more minutes gets
 * the unit, then the one with the lower code.
 * @param services in ascending order of their codes
 */
export function allocations(rule: UnitRule, services: readonly TimedService[]): readonly Allocation[] {
  const alone = services.map(({ minutes, firstMinutes, furtherMinutes }) =>
    unitsOf(minutes, firstMinutes, furtherMinutes),
  );
  if (rule === 'midpoint') return [alone];
  const pool = services.flatMap((service, index) => (service.pooled ? [{ ...service, index }] : []));
  return pooledUnits(pool).map((units) => {
    const all = [...alone];
    pool.forEach(({ index }, at) => (all[index] = units[at] ?? 0));
    return all;
  });
}

/** What is left of a service behind its full units. */
interface Rest {
  readonly at: number;
  readonly minutes: number;
  readonly rest: number;
}

/**
 * CMS Pub 100-04 ch. 5 §20.2.C: the day's total tells the units; each full 15 minutes of a service is one of them, and the
 * others go to the services with the most minutes left.
 */
function pooledUnits(services: readonly TimedService[]): readonly Allocation[] {
  const perUnit = minutesPerUnit(services);
  if (perUnit === null) return [[]];
  const total = services.reduce((sum, { minutes }) => sum + minutes, 0);
  const full = services.map(({ minutes }) => Math.floor(minutes / perUnit));
  const left = unitsOf(total, perUnit) - full.reduce((sum, units) => sum + units, 0);
  const rests = services.map(({ minutes }, at): Rest => ({ at, minutes, rest: minutes % perUnit }));
  // The services come in ascending order of their codes and sorting keeps it, so that the lower code is the first of equals.
  rests.sort((one, other) => other.rest - one.rest || other.minutes - one.minutes);
  const last = rests[left - 1]?.rest;
  if (last === undefined) return [full];
  const sure = rests.filter(({ rest }) => rest > last);
  const tied = rests.filter(({ rest }) => rest === last);
  return choices(tied, left - sure.length).map((chosen) => {
    const units = [...full];
    for (const { at } of [...sure, ...chosen]) units[at] = (units[at] ?? 0) + 1;
    return units;
  });
}

/** The minutes of a unit that all pooled services share; null: there is none. */
export function minutesPerUnit(services: readonly TimedService[]): number | null {
  const [first] = services;
  if (first === undefined) return null;
  const even = services.every((service) =>
    [service.firstMinutes, service.furtherMinutes].every((minutes) => minutes === first.firstMinutes),
  );
  if (!even) throw new GaitError('internal.bug', 'Services of different units stand in one pool.');
  return first.firstMinutes;
}

/** Every way to take `count` of a list, the first ones first. */
function choices<Item>(items: readonly Item[], count: number): Item[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, index) => choices(items.slice(index + 1), count - 1).map((more) => [item, ...more]));
}
