// At intake and after the evaluation: is an authorization required at all, and does the plan of care fit the one there is?
import { addDays, dayNumber } from '../calendar.ts';
import type { PlanOfCare } from '../chart/schema.ts';
import type { PayerPolicy } from '../payer/schema.ts';
import type { Authorization } from './schema.ts';
import { countsAsApproved } from './slots.ts';

/** `required` null: unknown, and a person must find out; `fromVisit` is the first visit that needs one. */
export interface RequirementAnswer {
  readonly required: boolean | null;
  readonly fromVisit: number | null;
  readonly reason: string;
}

/** The visits a plan of care foresees, or null if it does not tell frequency and length. */
export function plannedVisits(plan: PlanOfCare): number | null {
  if (plan.visitsPerWeek === null) return null;
  if (plan.weeks !== null) return plan.visitsPerWeek * plan.weeks;
  if (plan.to === null) return null;
  return plan.visitsPerWeek * Math.ceil((dayNumber(plan.to) - dayNumber(plan.from) + 1) / 7);
}

/**
 * Says whether this payer wants an authorization for this plan of care. Unknown is an answer: it becomes a work item.
 * @param plan null before the evaluation
 */
export function authorizationRequired(
  policy: Pick<PayerPolicy, 'authorizationRequired' | 'freeVisits'>,
  plan: PlanOfCare | null,
): RequirementAnswer {
  switch (policy.authorizationRequired) {
    case 'yes':
      return { required: true, fromVisit: 1, reason: 'This payer requires an authorization from the first visit' };
    case 'no':
      return { required: false, fromVisit: null, reason: 'This payer requires no authorization' };
    case 'unknown':
      return {
        required: null,
        fromVisit: null,
        reason: 'Whether this payer requires an authorization is unknown; ask the payer',
      };
    case 'afterVisits':
      return afterVisits(policy.freeVisits, plan);
  }
}

/**
 * What is known of the requirement before a plan of care is at hand: what the PT system says comes first; a request or an
 * approval on file shows that one is wanted; else the payer's rule, free visits held against the visits there are.
 * @param visits how many visits were made or are booked
 */
export function requirementKnown(
  reported: boolean | null,
  policy: Pick<PayerPolicy, 'authorizationRequired' | 'freeVisits'>,
  of: { readonly periods: number; readonly visits: number },
): boolean | null {
  if (reported !== null) return reported;
  if (of.periods > 0) return true;
  switch (policy.authorizationRequired) {
    case 'yes':
      return true;
    case 'no':
      return false;
    case 'unknown':
      return null;
    case 'afterVisits':
      return policy.freeVisits === null ? null : of.visits > policy.freeVisits;
  }
}

function afterVisits(freeVisits: number | null, plan: PlanOfCare | null): RequirementAnswer {
  if (freeVisits === null) {
    return {
      required: null,
      fromVisit: null,
      reason: 'How many visits this payer leaves free is unknown; ask the payer',
    };
  }
  const planned = plan === null ? null : plannedVisits(plan);
  const fromVisit = freeVisits + 1;
  if (planned === null) {
    return {
      required: null,
      fromVisit,
      reason: `This payer requires an authorization from visit ${fromVisit}; how many visits are planned is unknown`,
    };
  }
  return planned > freeVisits
    ? {
        required: true,
        fromVisit,
        reason: `This payer requires an authorization from visit ${fromVisit}; ${planned} visits are planned`,
      }
    : {
        required: false,
        fromVisit: null,
        reason: `This payer leaves ${freeVisits} visits free; ${planned} are planned`,
      };
}

/** A way in which the plan of care and the authorization do not fit; `facts` are what was compared. */
export interface PlanFinding {
  readonly code: 'plan.visits' | 'plan.end' | 'plan.frequency' | 'plan.begin' | 'plan.unknown';
  readonly message: string;
  readonly facts: Readonly<Record<string, string | number | null>>;
}

/**
 * Compares the plan of care with what is approved from its first day on. What is unknown on either side is a finding of
 * its own, not a match.
 * @returns an empty list if the plan fits
 */
export function checkPlan(plan: PlanOfCare, authorization: Authorization): PlanFinding[] {
  if (authorization.requiredByPayer === false) return [];
  const periods = authorization.periods.filter(
    (period) => countsAsApproved(period, authorization) && (period.to === null || period.to >= plan.from),
  );
  if (periods.length === 0) {
    return [
      { code: 'plan.begin', message: 'Nothing is approved for this plan of care', facts: { planFrom: plan.from } },
    ];
  }
  const findings: PlanFinding[] = [];
  const planned = plannedVisits(plan);
  const approved = periods.reduce<number | null>(
    (total, { approved: { visits } }) => (total === null || visits === null ? null : total + visits),
    0,
  );
  const planEnd = plan.to ?? (plan.weeks === null ? null : addDays(plan.from, plan.weeks * 7 - 1));
  const begins = periods.reduce((first, { from }) => (from !== null && from < first ? from : first), '9999-12-31');
  const openBegin = periods.some(({ from }) => from === null);
  const ends = periods.reduce((last, { to }) => (to !== null && to > last ? to : last), '0000-01-01');
  const openEnd = periods.some(({ to }) => to === null);
  const perWeek = Math.min(...periods.map(({ weekLimit }) => weekLimit?.visits ?? Infinity));

  if (planned === null || approved === null) {
    findings.push({
      code: 'plan.unknown',
      message: planned === null ? 'How many visits are planned is unknown' : 'How many visits are approved is unknown',
      facts: { planned, approved },
    });
  } else if (planned > approved) {
    findings.push({
      code: 'plan.visits',
      message: `The plan foresees ${planned} visits, ${approved} are approved`,
      facts: { planned, approved },
    });
  }
  if (!openBegin && plan.from < begins) {
    findings.push({
      code: 'plan.begin',
      message: `The plan begins ${plan.from}, the approval ${begins}`,
      facts: { planFrom: plan.from, approvedFrom: begins },
    });
  }
  if (planEnd !== null && !openEnd && planEnd > ends) {
    findings.push({
      code: 'plan.end',
      message: `The plan runs to ${planEnd}, the approval to ${ends}`,
      facts: { planTo: planEnd, approvedTo: ends },
    });
  }
  if (plan.visitsPerWeek !== null && plan.visitsPerWeek > perWeek) {
    findings.push({
      code: 'plan.frequency',
      message: `The plan foresees ${plan.visitsPerWeek} visits a week, ${perWeek} are approved`,
      facts: { planned: plan.visitsPerWeek, approved: perWeek },
    });
  }
  return findings;
}
