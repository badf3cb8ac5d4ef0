// Work items over HTTP: the worker opens and follows them, flows read structure, people read, edit and decide.
import { submissionKey } from '../../domain/effect/key.ts';
import { GaitError } from '../../domain/errors.ts';
import { isClaimKind, isWorkItemKind } from '../../domain/work-item/kinds.ts';
import type { WorkItemKind } from '../../domain/work-item/kinds.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { ClaimItemAsk } from '../claims/life/items.ts';
import type { Principal } from '../http/principal.ts';
import { reply } from '../http/reply.ts';
import { requestOf, settledDecisions } from './approval.ts';
import type { Decisions } from './decide.ts';
import type { WorkItemRow, WorkItems } from './items.ts';
import { itemRow, roleOf } from './items.ts';
import { revise } from './revise.ts';
import type { WorkItemViewNeeds } from './views.ts';
import { itemPage, listItems, structureOfItem, workList } from './views.ts';

const flows = { kind: 'key', capability: 'flows' } as const;
const worker = { kind: 'key', capability: 'worker' } as const;
const staff = { kind: 'session', roles: 'any' } as const;

const itemOf = { clinic: { type: 'string' }, workItem: { type: 'string', minLength: 1, maxLength: 60 } } as const;

const listQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    status: { enum: ['open', 'decided', 'closed'] },
    role: { type: 'string', maxLength: 20 },
    kind: { type: 'string', maxLength: 60 },
    limit: { type: 'integer', minimum: 1, maximum: 500 },
  },
} as const;

const context = { type: 'object', maxProperties: 20 } as const;

interface Needs extends WorkItemViewNeeds {
  readonly audit: Audit;
  readonly workItems: WorkItems;
  readonly decisions: Decisions;
  /** Those who follow claims know what to lay before a person. */
  readonly openClaimItem: (ask: ClaimItemAsk, by: Principal) => Promise<{ workItem: string; status: string }>;
}

export function workItemEndpoints(needs: Needs): Endpoint[] {
  return [...workerEndpoints(needs), ...flowEndpoints(needs), ...consoleEndpoints(needs)];
}

function kindNamed(text: string): WorkItemKind {
  if (!isWorkItemKind(text))
    throw new GaitError('input.invalid', 'There is no such kind of work item.', { where: 'kind' });
  return text;
}

function workerEndpoints({ workItems, openClaimItem }: Needs): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/v1/worker/work-items/open',
      access: worker,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'key', 'kind', 'subject', 'workflow', 'dueAt', 'context'],
        properties: {
          clinic: { type: 'string' },
          key: { type: 'string', minLength: 1, maxLength: 300 },
          kind: { type: 'string' },
          subject: { type: 'string', minLength: 1, maxLength: 60 },
          workflow: {
            type: 'object',
            additionalProperties: false,
            required: ['id'],
            properties: { id: { type: 'string' } },
          },
          dueAt: { type: ['string', 'null'], format: 'date-time' },
          context,
        },
      },
      async handle({ clinic, body, principal }) {
        const { key, subject, dueAt } = body;
        const kind = kindNamed(body.kind);
        const item = { clinic, key, kind, subject, workflow: body.workflow.id, dueAt, context: { ...body.context } };
        if (isClaimKind(kind)) return openClaimItem({ ...item, kind }, principal);
        const request = requestOf(item);
        const doubt =
          kind === 'authorization.uncertain' && request !== null ? { effectKey: submissionKey(request) } : {};
        const { workItem, status } = await workItems.open({ ...item, ...doubt }, principal);
        return { workItem, status };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/work-items/remind',
      access: worker,
      body: { type: 'object', additionalProperties: false, required: ['clinic', 'workItem'], properties: itemOf },
      async handle({ clinic, body, principal }) {
        await workItems.remind(clinic, body.workItem, principal);
        return { reminded: true };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/work-items/escalate',
      access: worker,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'workItem', 'role'],
        properties: { ...itemOf, role: { type: 'string' } },
      },
      async handle({ clinic, body, principal }) {
        await workItems.escalate(clinic, body.workItem, roleOf(body.role), principal);
        return { escalated: true };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/work-items/close',
      access: worker,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'workItem', 'reason'],
        properties: { ...itemOf, reason: { type: 'string', pattern: '^[a-z][A-Za-z]{0,39}$' } },
      },
      async handle({ clinic, body, principal }) {
        await workItems.close(clinic, body.workItem, body.reason, principal);
        return { closed: true };
      },
    }),
  ];
}

function flowEndpoints(needs: Needs): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/work-items',
      access: flows,
      query: listQuery,
      async handle({ clinic, query }) {
        const { role, ...filter } = query;
        const rows = await listItems(needs, clinic, { ...filter, roles: role === undefined ? null : [roleOf(role)] });
        return { items: await decidedStructures(needs.db, rows), next: null };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/work-items/:id',
      access: flows,
      async handle({ clinic, params }) {
        const [item] = await decidedStructures(needs.db, [await itemRow(needs.db, clinic, params.id)]);
        return item;
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/work-items',
      access: flows,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['subject', 'reason', 'key'],
        properties: {
          subject: { type: 'string', minLength: 1, maxLength: 60 },
          /** A code: a flow's own words could name a person. */
          reason: { type: 'string', pattern: '^[a-z][A-Za-z0-9.-]{0,79}$' },
          role: { type: 'string' },
          dueAt: { type: ['string', 'null'], format: 'date-time' },
          key: { type: 'string', minLength: 1, maxLength: 200 },
        },
      },
      async handle({ clinic, body, principal }) {
        const item = {
          clinic,
          key: `flow/${body.subject}/${body.reason}/${body.key}`,
          // What a decision on any other kind does is the workflow's: a flow asks for a thing to do and no more.
          kind: 'flow.task' as const,
          subject: body.subject,
          workflow: null,
          dueAt: body.dueAt ?? null,
          context: { openedBy: 'flow' },
          reason: body.reason,
          ...(body.role === undefined ? {} : { role: roleOf(body.role) }),
        };
        const { workItem, status, created } = await needs.workItems.open(item, principal);
        return { workItem, status, outcome: created ? 'opened' : status === 'open' ? 'alreadyOpen' : 'alreadyDone' };
      },
    }),
  ];
}

function consoleEndpoints(needs: Needs): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/work-items',
      access: staff,
      query: listQuery,
      async handle({ clinic, query, principal }) {
        const { role, ...filter } = query;
        const roles = role === 'all' ? null : role === undefined || role === 'mine' ? principal.roles : [roleOf(role)];
        return {
          items: await workList(needs, await listItems(needs, clinic, { ...filter, roles }), clinic, principal),
        };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/work-items/:id',
      access: staff,
      handle: ({ clinic, params, principal }) => itemPage(needs, clinic, params.id, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/work-items/:id/revisions',
      access: staff,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['basedOn', 'draft'],
        properties: { basedOn: { type: 'string', maxLength: 100 }, draft: { type: 'object' } },
      },
      handle: ({ clinic, params, body, principal }) =>
        revise(needs, clinic, params.id, body.basedOn, { ...body.draft }, principal),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/work-items/:id/decisions',
      access: staff,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['decision'],
        properties: {
          decision: { type: 'string', maxLength: 40 },
          hash: { type: 'string', maxLength: 100 },
          reason: { type: 'string', maxLength: 4000 },
          outcome: { type: 'object' },
        },
      },
      async handle({ clinic, params, body, principal }) {
        if (body.hash === undefined)
          throw new GaitError('input.invalid', 'A decision names the revision it was taken on.', { where: 'hash' });
        const input = {
          decision: body.decision,
          hash: body.hash,
          ...(body.reason === undefined ? {} : { reason: body.reason }),
          ...(body.outcome === undefined ? {} : { outcome: body.outcome }),
        };
        const result = await needs.decisions.decide(clinic, params.id, input, principal);
        const answer = { decision: { id: result.id, decision: body.decision, by: principal.user } };
        return result.kind === 'decided' ? answer : reply(202, { ...answer, delivery: 'continues' });
      },
    }),
  ];
}

/** Items as a flow sees them; a decided one names its decision and the approval that goes with it. */
async function decidedStructures(db: Db, rows: readonly WorkItemRow[]): Promise<Record<string, unknown>[]> {
  const decisions = await settledDecisions(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...structureOfItem(row), ...decisions.get(row.id) }));
}
