// The draft of a request, filled from the chart, and the names of what the chart could not fill.
import { addDays, dayNumber } from '../calendar.ts';
import type { Chart, PlanOfCare } from '../chart/schema.ts';
import type { PayerPolicy } from '../payer/schema.ts';
import type { Assessment } from './assessment.ts';
import { realNumber } from './number.ts';
import type { AuthorizationRequest } from './request-schema.ts';
import type { Authorization, Period, RequestKind } from './schema.ts';
import { isApproved } from './slots.ts';

/** X12 service type and place of service of outpatient physical therapy in the clinic's office. */
const serviceTypeCode = 'PT';
const placeOfService = '11';

/** A field of the request that is missing; `path` is dotted as in the schema. */
export interface MissingElement {
  readonly path: string;
  readonly label: string;
}

/**
 * Fills a request from the chart. What the chart does not hold stays null and is named by `missingElements`.
 *
 * The new dates do not overlap what is already covered: they begin on the day after the previous approval ends, or, if
 * its visits or units are used up before, with the first visit it does not cover. They end with the plan of care, and
 * the visits asked for are the plan's frequency over that time.
 *
 * @param kind `appeal` repeats what was asked for in the period concerned; the person adds the reasons
 */
export function draftRequest(
  chart: Chart,
  authorization: Authorization,
  assessment: Assessment,
  kind: RequestKind = assessment.need === 'renewal' ? 'renewal' : 'initial',
): AuthorizationRequest {
  const appealed =
    kind === 'appeal' ? authorization.periods.find((period) => period.sequence === assessment.period) : undefined;
  const span = appealed === undefined ? plannedSpan(chart, authorization, assessment) : askedBefore(appealed);
  const { patient, coverage } = chart;
  return {
    kind,
    period: assessment.period,
    patient: { name: { ...patient.name }, birthDate: patient.birthDate, gender: patient.gender },
    coverage: {
      payerId: coverage.payer,
      payerName: coverage.payerName,
      memberId: coverage.memberId,
      groupNumber: coverage.groupNumber,
      planName: coverage.planName,
    },
    provider: { ...chart.provider },
    renderingProvider: chart.renderingProvider,
    referringProvider: chart.referringProvider,
    service: {
      serviceTypeCode,
      placeOfService,
      ...span,
      frequency: frequencyInWords(chart.planOfCare, span.from, span.to),
      procedures: (chart.planOfCare?.procedures ?? []).map((procedure) => ({
        code: procedure.code,
        units: multiply(procedure.unitsPerVisit, span.visits),
      })),
      diagnoses: chart.diagnoses.map(({ code }) => ({ code })),
    },
    clinical: {
      ...chart.clinical,
      outcomeMeasures: chart.clinical.outcomeMeasures.map((measure) => ({ ...measure })),
      ...(kind === 'appeal' ? { appealReason: null } : {}),
    },
    previousAuthorizationNumber: realNumber(chart.authorizationNumber),
  };
}

interface Span {
  from: string | null;
  to: string | null;
  visits: number | null;
  units: number | null;
}

function askedBefore(period: Period): Span {
  return { from: period.from, to: period.to, visits: period.requested.visits, units: period.requested.units };
}

function plannedSpan(chart: Chart, authorization: Authorization, assessment: Assessment): Span {
  const plan = chart.planOfCare;
  const from = firstDay(plan, authorization, assessment);
  const to = lastDay(plan, from);
  if (from === null || to === null) return { from, to: null, visits: null, units: null };
  const weeks = weeksIn(from, to);
  const visits = multiply(plan?.visitsPerWeek ?? null, weeks);
  const previous = lastApproved(authorization);
  // Units are asked for only where the payer counted in units before.
  const inUnits = previous !== null && previous.approved.units !== null;
  const unitsPerVisit = plan?.procedures.reduce<number | null>(
    (total, { unitsPerVisit: units }) => (total === null || units === null ? null : total + units),
    0,
  );
  return { from, to, visits, units: inUnits && unitsPerVisit ? multiply(unitsPerVisit, visits) : null };
}

function firstDay(plan: PlanOfCare | null, authorization: Authorization, assessment: Assessment): string | null {
  const { projection } = assessment;
  const uncovered = projection.firstUncoveredVisit?.date ?? null;
  const previous = lastApproved(authorization);
  if (projection.state !== 'noApproval' && previous !== null) {
    const byDate = projection.limitedBy === 'endDate' || projection.limitedBy === null;
    const dayAfter = previous.to === null ? null : addDays(previous.to, 1);
    return byDate ? (dayAfter ?? uncovered) : (uncovered ?? dayAfter);
  }
  return uncovered ?? plan?.from ?? null;
}

/** The last day of the plan, if it still lies ahead; a plan that is over must be renewed before anybody asks. */
function lastDay(plan: PlanOfCare | null, from: string | null): string | null {
  if (plan === null || from === null) return null;
  const end = plan.to ?? (plan.weeks === null ? null : addDays(plan.from, plan.weeks * 7 - 1));
  return end === null || end < from ? null : end;
}

function lastApproved(authorization: Authorization): Period | null {
  return authorization.periods.reduce<Period | null>(
    (last, period) =>
      isApproved(period) && (last === null || (period.to ?? '9999') >= (last.to ?? '9999')) ? period : last,
    null,
  );
}

/** A week that has begun is asked for whole. */
function weeksIn(from: string, to: string): number {
  return Math.ceil((dayNumber(to) - dayNumber(from) + 1) / 7);
}

function multiply(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a * b;
}

function frequencyInWords(plan: PlanOfCare | null, from: string | null, to: string | null): string | null {
  if (plan === null || plan.visitsPerWeek === null || from === null || to === null) return null;
  const weeks = weeksIn(from, to);
  return `${plan.visitsPerWeek} a week for ${weeks} ${weeks === 1 ? 'week' : 'weeks'}`;
}

/** What no payer can do without, in the order in which staff would look for it. */
const alwaysRequired = [
  'patient.birthDate',
  'coverage.memberId',
  'provider.npi',
  'service.from',
  'service.to',
  'service.visits',
  'service.procedures',
  'service.diagnoses',
] as const;

/** What a person calls a field. */
const labels: Readonly<Record<string, string>> = {
  'patient.birthDate': 'date of birth',
  'patient.gender': 'gender',
  'coverage.memberId': 'member id',
  'coverage.groupNumber': 'group number',
  'coverage.planName': 'plan name',
  'provider.npi': "clinic's NPI",
  'provider.taxId': "clinic's tax id",
  renderingProvider: 'treating therapist',
  'renderingProvider.npi': "treating therapist's NPI",
  referringProvider: 'referring provider',
  'referringProvider.npi': "referring provider's NPI",
  'service.from': 'first day of service',
  'service.to': 'last day of service (a current plan of care)',
  'service.visits': 'number of visits (frequency in the plan of care)',
  'service.units': 'number of units',
  'service.frequency': 'frequency',
  'service.procedures': 'procedure codes',
  'service.diagnoses': 'diagnosis codes',
  'clinical.appealReason': 'reason for the appeal',
  'clinical.evaluationDate': 'date of the evaluation',
  'clinical.limitations': 'functional limitations',
  'clinical.goals': 'goals',
  'clinical.progress': 'progress since the last request',
  'clinical.outcomeMeasures': 'outcome measures',
  previousAuthorizationNumber: 'previous authorization number',
};

/** The name of a request's field for a person; the last part of the path where it has none. */
export function labelOf(path: string): string {
  return labels[path] ?? path.split('.').at(-1) ?? path;
}

/** Who can fill a field: the clinical words are the therapist's, the rest is known at the front desk. */
export function ownerOf(path: string): 'therapist' | 'frontDesk' {
  return path === 'clinical' || path.startsWith('clinical.') ? 'therapist' : 'frontDesk';
}

/** The paths that must not stay empty: an appeal's reason, what this payer asks for, in its order, then what every payer needs. */
export function wantedElements(policy: Pick<PayerPolicy, 'requiredElements'>, kind: RequestKind | null): string[] {
  const reason = kind === 'appeal' ? ['clinical.appealReason'] : [];
  return [...new Set<string>([...reason, ...policy.requiredElements, ...alwaysRequired])];
}

/**
 * Names what is missing in a request: first what this payer asks for, in the payer's order, then what every payer needs.
 * The first one is the single element to name to staff.
 * @returns an empty list if the request may be approved
 */
export function missingElements(
  request: AuthorizationRequest,
  policy: Pick<PayerPolicy, 'requiredElements'>,
): MissingElement[] {
  const missing = wantedElements(policy, request.kind)
    .filter((path) => isMissing(valueAt(request, path)))
    .map((path) => ({ path, label: labelOf(path) }));
  const { from, to } = request.service;
  if (from !== null && to !== null && to < from) {
    missing.push({ path: 'service.to', label: 'last day of service that is not before the first' });
  }
  return missing;
}

function isMissing(value: unknown): boolean {
  if (value === null || value === undefined || value === 'unknown') return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

/** An unknown path leads to undefined: a payer rule that names a field the request lacks is a missing element too. */
function valueAt(value: unknown, path: string): unknown {
  let at: unknown = value;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}
