// The facts a work item lays before a person, each with where it comes from.
import { authorizationRequired, checkPlan } from '../../domain/authorization/requirement.ts';
import { planOfCareSchema } from '../../domain/chart/schema.ts';
import type { PlanOfCare } from '../../domain/chart/schema.ts';
import { policyWarnings } from '../../domain/payer/policy.ts';
import type { WorkItemKind } from '../../domain/work-item/kinds.ts';
import type { AuthorizationFacts } from '../authorizations/facts.ts';
import type { Validator } from '../http/validation.ts';
import type { VaultRecord } from '../vault/vault.ts';

export interface Evidence {
  readonly label: string;
  readonly value: string | number | null;
  readonly source: string | null;
}

/** What was used of an approval that does not count, or is unknown, is not known either. */
function usedOf({ approved, used }: { readonly approved: number | null; readonly used: number | null }): number | null {
  return approved === null ? null : used;
}

/** The facts behind an item, each with where it comes from. Unknown is shown as null, never as a guess. */
export function evidenceOf({ assessment, policy, authorization, presentPayer }: AuthorizationFacts): Evidence[] {
  const { projection } = assessment;
  const uncovered = projection.firstUncoveredVisit;
  const number =
    uncovered === null || uncovered.number === null || uncovered.of === null
      ? ''
      : `, visit ${uncovered.number} of ${uncovered.of}`;
  return [
    { label: 'Why now', value: assessment.reason, source: 'Projection' },
    { label: 'Visits approved', value: projection.visits.approved, source: 'Authorization report and payer answers' },
    { label: 'Visits used', value: usedOf(projection.visits), source: 'Schedule' },
    { label: 'Visits booked', value: projection.visits.booked, source: 'Schedule' },
    ...(projection.units.approved === null
      ? []
      : [
          {
            label: 'Units approved',
            value: projection.units.approved,
            source: 'Authorization report and payer answers',
          },
          { label: 'Units used', value: usedOf(projection.units), source: 'Schedule' },
          { label: 'Units booked', value: projection.units.booked, source: 'Schedule' },
        ]),
    { label: 'Runs out on', value: projection.runsOutOn, source: 'Projection' },
    {
      label: 'First uncovered visit',
      value: uncovered === null ? null : `${uncovered.date}${number}`,
      source: 'Projection',
    },
    { label: 'Act by', value: assessment.actBy, source: 'Projection' },
    {
      label: "Payer's turnaround",
      value: `${projection.turnaround.days} days`,
      source: projection.turnaround.citation ?? "Clinic's horizon",
    },
    { label: 'Payer rule', value: policy.rule?.id ?? null, source: policy.rule?.source ?? null },
    ...policyWarnings(policy).map((warning) => ({ label: 'Note', value: warning, source: 'Payer rules' })),
    ...(authorization.coverageChangedOn === null
      ? []
      : [{ label: 'Coverage changed on', value: authorization.coverageChangedOn, source: 'Patient report' }]),
    ...(assessment.need === 'held'
      ? [
          { label: 'Payer so far', value: policy.name, source: 'Authorization' },
          { label: 'Present payer', value: presentPayer, source: 'Patient report' },
        ]
      : []),
  ];
}

/** True where a person answers the payer's reasons: a denial, a partial approval, an appeal against either. */
export function answersThePayer(kind: WorkItemKind, requestKind: unknown): boolean {
  return kind === 'authorization.denied' || kind === 'authorization.partial' || requestKind === 'appeal';
}

/**
 * Why the payer decided as it did, in its own words.
 * @param answer the whole answer; undefined where none was recorded or imported
 */
export function payersWords(
  { policy }: Pick<AuthorizationFacts, 'policy'>,
  answer: VaultRecord | undefined,
): Evidence[] {
  const said = answer?.['reasonText'];
  const text = typeof said === 'string' && said.trim() !== '' ? said : null;
  const codes: readonly unknown[] = Array.isArray(answer?.['reasonCodes']) ? answer['reasonCodes'] : [];
  const label = "Payer's reason";
  const source = "Payer's answer";
  const reason =
    text !== null
      ? { label, value: text, source }
      : codes.length > 0 || policy.denialReasonCitation === null
        ? { label, value: 'none given', source }
        : { label, value: 'none given; this payer must give one', source: policy.denialReasonCitation };
  return [reason, ...(codes.length === 0 ? [] : [{ label: 'Reason codes', value: codes.join(', '), source }])];
}

/**
 * What the payer's rule says of the plan of care, and where the plan and what is approved do not fit each other; a plan that is
 * not known is said to be unknown.
 */
export function planEvidence(
  validator: Validator,
  { authorization, policy }: Pick<AuthorizationFacts, 'authorization' | 'policy'>,
  planned: unknown,
): Evidence[] {
  const plan = isPlan(validator, planned) ? planned : null;
  const rule = { label: 'Requirement', value: authorizationRequired(policy, plan).reason, source: 'Payer rule' };
  const source = 'Plan of care and approvals';
  if (plan === null) return [rule, { label: 'Plan of care', value: null, source }];
  const findings = checkPlan(plan, authorization).map(({ message }) => message);
  const words = findings.length === 0 ? ['Fits what is approved'] : findings;
  return [rule, ...words.map((value) => ({ label: 'Plan of care', value, source }))];
}

function isPlan(validator: Validator, plan: unknown): plan is PlanOfCare {
  try {
    validator.check(planOfCareSchema, plan, 'plan');
    return true;
  } catch {
    return false;
  }
}
