// Why a service has so many units, in plain words for a biller.
import { minutesPerUnit, reaches, unitsOf } from './allocation.ts';
import type { Allocation } from './allocation.ts';
import type { UnitRule } from './rule-schema.ts';
import type { TimedService } from './services.ts';

/** The sentences about an allocation. @param allowed every allowed one, the chosen one first */
export function explain(rule: UnitRule, services: readonly TimedService[], allowed: readonly Allocation[]): string[] {
  const [chosen = []] = allowed;
  const pairs = services.map((service, at) => ({ service, units: chosen[at] ?? 0 }));
  if (rule === 'midpoint')
    return [
      ...pairs.map(({ service, units }) => alone(service, units)),
      'Minutes of different services are not added.',
    ];
  const others = pairs.filter(({ service }) => !service.pooled);
  return [
    ...pooled(services, chosen, allowed),
    ...others.map(({ service, units }) => `${alone(service, units)} It counts for itself.`),
  ];
}

function pooled(services: readonly TimedService[], chosen: Allocation, allowed: readonly Allocation[]): string[] {
  const pool = services.flatMap((service, at) => (service.pooled ? [{ service, at, units: chosen[at] ?? 0 }] : []));
  const perUnit = minutesPerUnit(pool.map(({ service }) => service));
  if (perUnit === null) return [];
  const total = pool.reduce((sum, { service }) => sum + service.minutes, 0);
  const units = unitsOf(total, perUnit);
  const sum = pool.map(({ service }) => `${service.code} ${service.minutes}`).join(' + ');
  const lines = [
    `${sum} = ${total} timed ${total === 1 ? 'minute' : 'minutes'}: ${units === 0 ? `fewer than ${reaches(perUnit)}, no unit` : `${unitWords(units)} (${span(units, perUnit)} minutes)`}.`,
  ];
  if (units === 0) return lines;
  const full = pool.filter(({ service }) => service.minutes >= perUnit);
  if (full.length > 0)
    lines.push(
      `Full ${perUnit} minutes first: ${full.map(({ service }) => `${service.code} ${unitWords(Math.floor(service.minutes / perUnit))}`).join(', ')}.`,
    );
  const more = pool.filter((one) => one.units > Math.floor(one.service.minutes / perUnit));
  const rest = ({ service }: (typeof pool)[number]) => service.minutes % perUnit;
  if (more.length > 0)
    lines.push(
      `${more.length === 1 ? 'One more unit goes' : `${more.length} more units go`} to the most minutes left: ${more.map((one) => `${one.service.code} (${rest(one)})`).join(', ')}.`,
    );
  const tied = pool.filter(({ at, units: own }) => allowed.some((other) => other[at] !== own));
  if (tied.length > 0)
    lines.push(
      `${tied.map(({ service }) => service.code).join(', ')} have the same minutes left, so that the rule leaves a choice: the one with more minutes is taken, then the lower code.`,
    );
  for (const { service, units: own } of pool)
    if (own === 0 && service.minutes > 0)
      lines.push(
        `${service.code} has no unit: the day's total allows ${unitWords(units)}. Its minutes are recorded all the same.`,
      );
  return lines;
}

function alone({ code, furtherCode, firstMinutes, furtherMinutes, minutes }: TimedService, units: number): string {
  const who = furtherCode === code ? code : `${code} with ${furtherCode}`;
  if (units === 0) return `${who}: ${minutes} minutes, fewer than ${reaches(firstMinutes)}: no unit.`;
  if (firstMinutes === furtherMinutes)
    return `${who}: ${minutes} minutes are ${unitWords(units)} (${span(units, firstMinutes)}).`;
  return `${who}: ${minutes} minutes are ${unitWords(units)} (the first of ${firstMinutes} minutes, further ones of ${furtherMinutes}).`;
}

/** The fewest and the most minutes of so many units. */
function span(units: number, perUnit: number): string {
  const least = (units - 1) * perUnit + reaches(perUnit);
  return `${least} to ${least + perUnit - 1}`;
}

function unitWords(units: number): string {
  return units === 1 ? '1 unit' : `${units} units`;
}
