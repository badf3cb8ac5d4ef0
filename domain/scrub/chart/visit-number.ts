// Which visit of an authorization a day is, counted from the chart's visits and from what the PT system counts as used.
import type { ScrubChart } from '../chart-schema.ts';
import type { TreatmentDay } from './treatment-days.ts';

export type ChartAuthorization = NonNullable<ScrubChart['authorizations']>[number];

/** The letters and digits of an authorization number: payers and staff space and hyphenate it differently. */
function bare(number: string): string {
  return number.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/** The authorizations of a number, the one that covers the day first. */
export function authorizationOf(
  authorizations: readonly ChartAuthorization[],
  number: string,
  day: string,
): ChartAuthorization | null {
  const same = authorizations.filter((one) => typeof one.number === 'string' && bare(one.number) === bare(number));
  return same.find((one) => coversDay(one, day) === true) ?? same[0] ?? null;
}

/** Whether a day lies within an authorization; null: it tells too little of its days. */
export function coversDay({ from, to }: ChartAuthorization, day: string): boolean | null {
  if (typeof from === 'string' && day < from) return false;
  if (typeof to === 'string' && day > to) return false;
  return typeof from === 'string' && typeof to === 'string' ? true : null;
}

export interface VisitNumber {
  /** The number of the day's visit at least. */
  readonly least: number;
  /** What it is if none of the visits in the chart is among those the PT system counts; equal where the chart shows them all. */
  readonly most: number;
}

/**
 * Which visit a day is. `visitsUsed` may count visits the chart does not show, and may count the day's own or not: where
 * that decides, both numbers are told.
 * @returns null where neither the chart's visits nor a count of used ones is known
 */
export function visitNumber(
  authorization: ChartAuthorization,
  days: readonly TreatmentDay[] | null,
  on: string,
): VisitNumber | null {
  const used = authorization.visitsUsed ?? null;
  if (days === null && used === null) return null;
  const within = (days ?? []).filter(({ day }) => coversDay(authorization, day) !== false);
  const upTo = within.filter(({ day }) => day <= on).length;
  const shown = within.some(({ day }) => day === on) ? upTo : upTo + 1;
  if (used === null || shown >= used) return { least: shown, most: shown };
  const after = within.length - upTo;
  return { least: Math.max(shown, used - after), most: Math.max(shown, used - after + 1) };
}
