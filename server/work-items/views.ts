// What lists and pages show of work items: structure for flows, with names and drafts for a person who is signed in.
import { sql } from 'kysely';
import { webptOperations } from '../../connectors/webpt/operations.ts';
import { authorizationAnswerSchema } from '../../domain/authorization/answer-schema.ts';
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { ownerOf, wantedElements } from '../../domain/authorization/request.ts';
import { requestKinds } from '../../domain/authorization/schema.ts';
import type { RequestKind } from '../../domain/authorization/schema.ts';
import { GaitError } from '../../domain/errors.ts';
import {
  decisionsFor,
  isAboutAuthorization,
  isClaimKind,
  isAboutPatient,
  workItemKinds,
} from '../../domain/work-item/kinds.ts';
import type { DraftKind, WorkItemKind } from '../../domain/work-item/kinds.ts';
import { newestAnswer } from '../authorizations/answers.ts';
import { authorizationRow, factsOfRow } from '../authorizations/facts.ts';
import type { AuthorizationFacts } from '../authorizations/facts.ts';
import { timelineOf } from '../authorizations/timeline.ts';
import { namesOf } from '../authorizations/views.ts';
import type { ViewNeeds } from '../authorizations/views.ts';
import { claimEvidence, claimPacketSheet, claimSheet } from '../claims/evidence.ts';
import { auditEvidence } from '../note-audits/evidence.ts';
import { checkEvidence } from '../eligibility/evidence.ts';
import { seriesEvidence } from '../schedule/shown.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { patientEvidence } from '../onboarding/evidence.ts';
import { remittanceEvidence } from '../posting/items.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vendor } from '../operations/vendor.ts';
import type { VaultRecord } from '../vault/vault.ts';
import { waitlistEvidence } from '../waitlist/evidence.ts';
import { answersThePayer, evidenceOf, payersWords, planEvidence } from './evidence.ts';
import { missingIn } from './drafts.ts';
import { fieldsFor, isEditable } from './fields.ts';
import { itemRow, kindOf, mayRevise } from './items.ts';
import type { WorkItemRow } from './items.ts';

export interface WorkItemViewNeeds extends ViewNeeds {
  readonly validator: Validator;
  readonly vendor: Vendor;
}

/** An item without anything that names a person. */
export function structureOfItem(row: WorkItemRow): Record<string, unknown> {
  return {
    id: row.id,
    workItem: row.id,
    kind: row.kind,
    role: row.role,
    waitsFor: row.waits_for,
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

/**
 * Open (or other) items in the order of the morning report: by priority, the visit lost first, the day to act by, the due
 * time. `roles` null: every role's.
 */
export async function listItems(
  needs: Pick<ViewNeeds, 'db'>,
  clinic: string,
  filter: { status?: string; roles: readonly string[] | null; kind?: string; limit?: number },
): Promise<WorkItemRow[]> {
  let query = needs.db
    .selectFrom('work_items as w')
    .leftJoin('authorizations as a', 'a.ref', 'w.subject')
    .selectAll('w')
    .where('w.clinic', '=', clinic);
  if (filter.status !== undefined) query = query.where('w.status', '=', filter.status);
  if (filter.roles !== null) {
    const mine = [...filter.roles, 'nobody'];
    query = query.where((where) => where.or([where('w.role', 'in', mine), where('w.waits_for', 'in', mine)]));
  }
  if (filter.kind !== undefined) query = query.where('w.kind', '=', filter.kind);
  const lossOn = sql<string>`a.assessment #>> '{projection,firstUncoveredVisit,date}'`;
  return query
    .orderBy('w.priority')
    .orderBy(lossOn, (order) => order.asc().nullsLast())
    .orderBy('a.act_by', (order) => order.asc().nullsLast())
    .orderBy('w.due_at', (order) => order.asc().nullsLast())
    .orderBy('w.opened_at')
    .orderBy('w.id')
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
      const lineOfBusiness =
        row.payer === null ? null : await needs.policies.lineOfBusiness(needs.db, clinic, row.payer, today.date);
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
    .unionAll(
      needs.db
        .selectFrom('eligibility_checks')
        .select(['ref', 'patient'])
        .where('clinic', '=', clinic)
        .where('ref', 'in', refs),
    )
    .unionAll(
      needs.db
        .selectFrom('patients')
        .select(['ref', 'ref as patient'])
        .where('clinic', '=', clinic)
        .where('ref', 'in', refs),
    )
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
  const about = isAboutAuthorization({ kind, subject: row.subject })
    ? await factsOfRow(needs, await authorizationRow(db, clinic, row.subject), needs.now())
    : null;
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
  const period = typeof row.context['period'] === 'number' ? row.context['period'] : (about?.assessment.period ?? null);
  const payerSaid = answersThePayer(kind, row.context['requestKind']);
  const answer = payerSaid ? ((await newestAnswer(db, clinic, row.subject, period)) ?? undefined) : undefined;
  const wanted = [first?.record, last?.record, patient, chart, answer];
  const refs = [...new Set(wanted.filter((ref) => ref !== undefined))];
  const opened = await vault.openMany(clinic, refs, {
    purpose: 'workItem.review',
    actor: by,
    action: 'workItem.viewed',
  });
  const draft = last === undefined ? {} : (opened.get(last.record) ?? {});
  const draftKind = workItemKinds[kind].draft;
  const missing =
    draftKind === 'authorizationRequest' && about !== null
      ? (missingIn(needs.validator, draft, about.policy)[0] ?? null)
      : null;
  const required =
    draftKind === 'authorizationRequest'
      ? wantedElements(about?.policy ?? { requiredElements: [] }, requestKindOf(draft))
      : [];
  const copied = copiedByHand.has(kind);
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
    draft: shownDraft(needs.validator, draftKind, draft),
    firstDraft: first === undefined ? null : shownDraft(needs.validator, draftKind, opened.get(first.record) ?? null),
    draftKind: row.draft_kind,
    fields: fieldsFor(draftKind, required, copied)
      .filter(({ path }) => !path.startsWith('letter') || typeof draft['letter'] === 'string')
      .map((field) => ({ ...field, editable: isEditable(kind, field.path) && mayRevise(row, by.roles, field.path) })),
    copyReady:
      kind === 'authorization.record'
        ? await copyReadyOf(needs, row, draft, by)
        : row.draft_kind === 'valuesToEnter'
          ? valuesToEnter(draft)
          : null,
    evidence:
      about === null
        ? await otherEvidence(needs, row, kind)
        : [
            ...(payerSaid ? payersWords(about, answer === undefined ? undefined : opened.get(answer)) : []),
            ...evidenceOf(about),
            ...(kind === 'authorization.request'
              ? planEvidence(needs.validator, about, chart === undefined ? null : opened.get(chart)?.['planOfCare'])
              : []),
          ],
    missing: missing === null ? null : { ...missing, owner: ownerOf(missing.path) },
    timeline: about === null ? [] : await timelineOf(db, clinic, row.subject),
  };
}

/** Kinds whose values a person copies into another system. */
const copiedByHand: ReadonlySet<WorkItemKind> = new Set([
  'authorization.send',
  'authorization.record',
  'claim.send',
  'record.enter',
  'patient.welcome',
  'patient.call',
  'series.book',
  'note.enter',
]);

/** What the decision on an item rests on that is about no authorization. */
async function otherEvidence({ db }: ViewNeeds, row: WorkItemRow, kind: WorkItemKind) {
  const { clinic, subject } = row;
  if (isClaimKind(kind)) return claimEvidence(db, clinic, subject);
  if (kind.startsWith('waitlist.')) return waitlistEvidence(db, row);
  if (kind === 'series.proposal') return seriesEvidence(db, clinic, row.context['series']);
  if (isAboutPatient({ kind, subject })) return patientEvidence(db, clinic, { patient: subject, workItem: row.id });
  switch (kind) {
    case 'flow.missing':
      return [{ label: 'Step', value: subject, source: 'Gait' }];
    case 'file.upload':
      return subject.startsWith('pat_')
        ? patientEvidence(db, clinic, { patient: subject, workItem: row.id })
        : [{ label: 'Of', value: subject, source: 'Gait' }];
    case 'documentation.audit':
      return auditEvidence(db, clinic, subject);
    case 'remittance.unmatched':
    case 'remittance.unbalanced':
      return remittanceEvidence(db, clinic, subject);
    default:
      return checkEvidence(db, clinic, subject);
  }
}

function valuesToEnter(draft: VaultRecord): { label: string; value: string }[] {
  const values: unknown = draft['values'];
  return (Array.isArray(values) ? values : []).flatMap((one: unknown) => {
    const { label, value } = asObject(one);
    if (typeof label !== 'string' || typeof value !== 'string') return [];
    // Days as the screens of these systems take them.
    return [{ label, value: value.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$2/$3/$1') }];
  });
}

/** A draft as its fields are laid out; null where there is none. */
function shownDraft(validator: Validator, kind: DraftKind, draft: VaultRecord | null): VaultRecord | null {
  if (kind === 'none' || draft === null) return null;
  if (kind === 'claimPacket') return claimPacketSheet(validator, draft);
  return kind === 'claim' ? claimSheet(validator, draft) : draft;
}

/**
 * The payer's answer in the words and formats of the PT system it is entered in. null: the item names no connection of a
 * system whose words are known, or its settings cannot be read; then the fields of the answer stand as they are.
 */
async function copyReadyOf(
  needs: WorkItemViewNeeds,
  row: WorkItemRow,
  draft: unknown,
  by: SessionPrincipal,
): Promise<{ label: string; value: string }[] | null> {
  const connection = row.context['connection'];
  if (typeof connection !== 'string' || !isAnswer(needs.validator, draft)) return null;
  const operation = webptOperations['webpt.authorization.record'];
  try {
    const context = await needs.vendor.open({
      clinic: row.clinic,
      connection,
      system: operation.system,
      purpose: operation.name,
      by: systemPrincipal('workItems', by),
      timeoutSeconds: operation.requestTimeoutSeconds,
    });
    const outcome = await operation.run(context, { answer: draft });
    if (outcome.kind !== 'done') return null;
    return outcome.result.fields.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
  } catch (error) {
    if (error instanceof GaitError) return null;
    throw error;
  }
}

function isAnswer(validator: Validator, draft: unknown): draft is AuthorizationAnswer {
  try {
    validator.check(authorizationAnswerSchema, draft, 'draft');
    return true;
  } catch {
    return false;
  }
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

function requestKindOf(draft: VaultRecord): RequestKind | null {
  return requestKinds.find((kind) => kind === draft['kind']) ?? null;
}

async function chartReference(needs: ViewNeeds, { authorization }: AuthorizationFacts): Promise<string | undefined> {
  const row = await needs.db
    .selectFrom('patients')
    .select('chart')
    .where('ref', '=', authorization.patient)
    .executeTakeFirst();
  return row?.chart ?? undefined;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
