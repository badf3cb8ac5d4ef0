// What lists and pages show of work items: structure for flows, with names and drafts for a person who is signed in.
import { checkPlan } from '../../domain/authorization/requirement.ts';
import { planOfCareSchema } from '../../domain/chart/schema.ts';
import type { PlanOfCare } from '../../domain/chart/schema.ts';
import { missingElements } from '../../domain/authorization/request.ts';
import { authorizationRequestSchema } from '../../domain/authorization/request-schema.ts';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import { decisionsFor, workItemKinds } from '../../domain/work-item/kinds.ts';
import { policyWarnings } from '../../domain/payer/policy.ts';
import { authorizationRow, factsOfRow } from '../authorizations/facts.ts';
import type { AuthorizationFacts } from '../authorizations/facts.ts';
import { namesOf, timelineOf } from '../authorizations/views.ts';
import type { ViewNeeds } from '../authorizations/views.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { VaultRecord } from '../vault/vault.ts';
import { fieldsFor } from './fields.ts';
import { itemRow, kindOf } from './items.ts';
import type { WorkItemRow } from './items.ts';

export interface WorkItemViewNeeds extends ViewNeeds {
  readonly validator: Validator;
}

/** An item without anything that names a person. */
export function structureOfItem(row: WorkItemRow): Record<string, unknown> {
  return {
    id: row.id,
    workItem: row.id,
    kind: row.kind,
    role: row.role,
    status: row.status,
    priority: row.priority,
    priorityReason: row.priority_reason,
    title: row.title,
    reason: row.reason,
    subject: row.subject,
    payer: row.payer,
    dueAt: row.due_at?.toISOString() ?? null,
    openedAt: row.opened_at.toISOString(),
    remindedAt: row.reminded_at?.toISOString() ?? null,
    escalated: row.escalated_at !== null,
  };
}

/** Open (or other) items, most urgent first. `roles` null: every role's. */
export async function listItems(
  needs: Pick<ViewNeeds, 'db'>,
  clinic: string,
  filter: { status?: string; roles: readonly string[] | null; kind?: string; limit?: number },
): Promise<WorkItemRow[]> {
  let query = needs.db.selectFrom('work_items').selectAll().where('clinic', '=', clinic);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.roles !== null) query = query.where('role', 'in', [...filter.roles, 'nobody']);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  return query
    .orderBy('priority')
    .orderBy('due_at', (order) => order.asc().nullsLast())
    .orderBy('opened_at')
    .orderBy('id')
    .limit(filter.limit ?? 500)
    .execute();
}

/** The work list of a person, with names. */
export async function workList(
  needs: WorkItemViewNeeds,
  rows: readonly WorkItemRow[],
  clinic: string,
  by: SessionPrincipal,
): Promise<unknown[]> {
  const patientOf = await patientsOf(
    needs,
    clinic,
    rows.map((row) => row.subject),
  );
  const view = { purpose: 'worklist.review', action: 'worklist.viewed' };
  const names = await namesOf(
    needs.vault,
    clinic,
    [...patientOf.values()].map((one) => one.patient),
    by,
    view,
  );
  const today = await needs.policies.today(needs.db, clinic, needs.now());
  return Promise.all(
    rows.map(async (row) => {
      const about = patientOf.get(row.subject);
      const lineOfBusiness = row.payer === null ? null : needs.policies.lineOfBusiness(row.payer);
      const policy =
        row.payer === null || lineOfBusiness === null
          ? null
          : await needs.policies.policyFor(needs.db, clinic, { payer: row.payer, lineOfBusiness, on: today.date });
      return {
        ...structureOfItem(row),
        payer: policy === null ? null : { id: policy.payer, name: policy.name },
        ...(policy === null ? {} : { route: policy.route }),
        patientName: about === undefined ? null : (names.get(about.patient) ?? null),
      };
    }),
  );
}

async function patientsOf(
  needs: ViewNeeds,
  clinic: string,
  subjects: readonly string[],
): Promise<Map<string, { patient: string }>> {
  const refs = [...new Set(subjects)];
  if (refs.length === 0) return new Map();
  const rows = await needs.db
    .selectFrom('authorizations')
    .select(['ref', 'patient'])
    .where('clinic', '=', clinic)
    .where('ref', 'in', refs)
    .execute();
  return new Map(rows.map((row) => [row.ref, { patient: row.patient }]));
}

/** One item as its page shows it: the newest draft opened, its fields, the evidence, what is missing, what happened. */
export async function itemPage(
  needs: WorkItemViewNeeds,
  clinic: string,
  id: string,
  by: SessionPrincipal,
): Promise<unknown> {
  const { db, vault } = needs;
  const row = await itemRow(db, clinic, id);
  const kind = kindOf(row);
  const about =
    kind === 'flow.missing'
      ? null
      : await factsOfRow(needs, await authorizationRow(db, clinic, row.subject), needs.now());
  const revisions = await db
    .selectFrom('work_item_revisions as r')
    .leftJoin('users as u', 'u.id', 'r.by_whom')
    .select(['r.number', 'r.hash', 'r.record', 'r.at', 'u.id as user', 'u.display_name'])
    .where('r.work_item', '=', id)
    .orderBy('r.number')
    .execute();
  const first = revisions[0];
  const last = revisions.at(-1);
  const patient = about?.authorization.patient;
  const chart = kind === 'authorization.request' && about !== null ? await chartReference(needs, about) : undefined;
  const refs = [...new Set([first?.record, last?.record, patient, chart].filter((ref) => ref !== undefined))];
  const opened = await vault.openMany(clinic, refs, {
    purpose: 'workItem.review',
    actor: by,
    action: 'workItem.viewed',
  });
  const draft = last === undefined ? {} : (opened.get(last.record) ?? {});
  const draftKind = workItemKinds[kind].draft;
  const missing = draftKind === 'authorizationRequest' && about !== null ? missingIn(needs, draft, about) : null;
  const required = draftKind === 'authorizationRequest' ? (about?.policy.requiredElements ?? []) : [];
  const copied = kind === 'authorization.send' || kind === 'authorization.record';
  const [listed] = await workList(needs, [row], clinic, by);
  return {
    item: {
      ...asObject(listed),
      decisions: row.status === 'open' ? decisionsFor(kind) : [],
      decision: await decisionOf(needs, clinic, id, by),
    },
    revision:
      last === undefined
        ? null
        : {
            number: last.number,
            hash: last.hash,
            by:
              last.user === null || last.display_name === null
                ? 'Gait'
                : { id: last.user, displayName: last.display_name },
            at: last.at.toISOString(),
          },
    draft: draftKind === 'none' ? null : draft,
    firstDraft: draftKind === 'none' || first === undefined ? null : (opened.get(first.record) ?? null),
    draftKind: row.draft_kind,
    fields: fieldsFor(draftKind, required, copied),
    evidence:
      about === null
        ? [{ label: 'Step', value: row.subject, source: 'Gait' }]
        : [
            ...evidenceOf(about),
            ...(kind === 'authorization.request'
              ? planEvidence(needs, about, chart === undefined ? null : opened.get(chart)?.['planOfCare'])
              : []),
          ],
    missing,
    timeline: kind === 'flow.missing' ? [] : await timelineOf(db, clinic, row.subject),
  };
}

async function decisionOf(
  needs: WorkItemViewNeeds,
  clinic: string,
  id: string,
  by: SessionPrincipal,
): Promise<unknown> {
  const row = await needs.db
    .selectFrom('work_item_decisions as d')
    .innerJoin('users as u', 'u.id', 'd.by_user')
    .select(['d.decision', 'd.hash', 'd.at', 'd.reason', 'd.state', 'u.id', 'u.display_name'])
    .where('d.work_item', '=', id)
    .where('d.state', '<>', 'refused')
    .executeTakeFirst();
  if (row === undefined) return null;
  const opened =
    row.reason === null ? null : await needs.vault.open(clinic, row.reason, { purpose: 'workItem.review', actor: by });
  return {
    decision: row.decision,
    by: { id: row.id, displayName: row.display_name },
    at: row.at.toISOString(),
    hash: row.hash,
    reason: opened?.['text'] ?? null,
    delivered: row.state === 'accepted',
  };
}

function missingIn(
  needs: WorkItemViewNeeds,
  draft: VaultRecord,
  facts: AuthorizationFacts,
): { path: string; label: string } | null {
  if (!isRequest(needs.validator, draft)) return { path: 'service', label: 'a complete form' };
  return missingElements(draft, facts.policy)[0] ?? null;
}

function isRequest(validator: Validator, draft: unknown): draft is AuthorizationRequest {
  try {
    validator.check(authorizationRequestSchema, draft, 'draft');
    return true;
  } catch {
    return false;
  }
}

interface Evidence {
  readonly label: string;
  readonly value: string | number | null;
  readonly source: string | null;
}

/** The facts behind an item, each with where it comes from. Unknown is shown as null, never as a guess. */
function evidenceOf({ assessment, policy, authorization }: AuthorizationFacts): Evidence[] {
  const { projection } = assessment;
  const uncovered = projection.firstUncoveredVisit;
  const number =
    uncovered === null || uncovered.number === null || uncovered.of === null
      ? ''
      : `, visit ${uncovered.number} of ${uncovered.of}`;
  return [
    { label: 'Why now', value: assessment.reason, source: 'Projection' },
    { label: 'Visits approved', value: projection.visits.approved, source: 'Authorization report and payer answers' },
    { label: 'Visits used', value: projection.visits.used, source: 'Schedule' },
    { label: 'Visits booked', value: projection.visits.booked, source: 'Schedule' },
    ...(projection.units.approved === null
      ? []
      : [
          {
            label: 'Units approved',
            value: projection.units.approved,
            source: 'Authorization report and payer answers',
          },
          { label: 'Units used', value: projection.units.used, source: 'Schedule' },
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
  ];
}

async function chartReference(needs: ViewNeeds, { authorization }: AuthorizationFacts): Promise<string | undefined> {
  const row = await needs.db
    .selectFrom('patients')
    .select('chart')
    .where('ref', '=', authorization.patient)
    .executeTakeFirst();
  return row?.chart ?? undefined;
}

/** Where the plan of care and what is approved do not fit each other; a plan that is not known is said to be unknown. */
function planEvidence(needs: WorkItemViewNeeds, { authorization }: AuthorizationFacts, plan: unknown): Evidence[] {
  const source = 'Plan of care and approvals';
  if (!isPlan(needs.validator, plan)) return [{ label: 'Plan of care', value: null, source }];
  const findings = checkPlan(plan, authorization);
  if (findings.length === 0) return [{ label: 'Plan of care', value: 'Fits what is approved', source }];
  return findings.map(({ message }) => ({ label: 'Plan of care', value: message, source }));
}

function isPlan(validator: Validator, plan: unknown): plan is PlanOfCare {
  try {
    validator.check(planOfCareSchema, plan, 'plan');
    return true;
  } catch {
    return false;
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
