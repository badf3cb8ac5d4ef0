// What the chart has of both ways to certify a plan of care (42 CFR 424.24(c)): a signature, or an order and the plan's transmission.
import { daysBetween } from '../../calendar.ts';
import type { ScrubChart } from '../chart-schema.ts';
import type { TreatmentDay } from './treatment-days.ts';

type PlanOfCare = NonNullable<ScrubChart['planOfCare']>;

export interface Certification {
  readonly start: string | null;
  readonly end: string | null;
  /** Days from the initial treatment to the physician's dated signature; null: not signed, or not told. */
  readonly signedAfterDays: number | null;
  /** Whether there is a dated signature; null: the chart does not tell. */
  readonly signed: boolean | null;
  readonly orderOnFile: boolean | null;
  readonly transmitted: boolean | null;
  readonly transmittedAfterDays: number | null;
  /** Whether the plan follows an earlier one of the same episode: then only a signature certifies it. */
  readonly recertification: boolean | null;
}

/** What the chart tells of its plan; null: it has none to tell of. A date that is null is not there, one that is absent is not told. */
export function certificationOf(chart: ScrubChart | null, days: readonly TreatmentDay[] | null): Certification | null {
  const plan = chart?.planOfCare ?? null;
  if (plan === null) return null;
  const start = plan.start ?? null;
  return {
    start,
    end: plan.end ?? null,
    signed: isThere(plan.certifiedOn),
    signedAfterDays: daysAfter(start, plan.certifiedOn),
    orderOnFile: plan.orderOnFile ?? null,
    transmitted: isThere(plan.transmittedOn),
    transmittedAfterDays: daysAfter(start, plan.transmittedOn),
    recertification: followsAnother(plan, days),
  };
}

function isThere(day: string | null | undefined): boolean | null {
  return day === undefined ? null : day !== null;
}

function daysAfter(start: string | null, day: string | null | undefined): number | null {
  return typeof day === 'string' && start !== null ? daysBetween(start, day) : null;
}

function followsAnother({ start }: PlanOfCare, days: readonly TreatmentDay[] | null): boolean | null {
  if (start === undefined || start === null || days === null) return null;
  return days.some(({ day, visits }) => day <= start && visits.some(({ note }) => note?.kind === 'recertification'));
}
