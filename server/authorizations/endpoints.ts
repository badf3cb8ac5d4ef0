// Authorizations over HTTP: structure for flows, events from the worker, names for people.
import { authorizationEventSchema } from '../../domain/authorization/event-schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import { refillDrafts } from '../work-items/refill.ts';
import type { Authorizations } from './events.ts';
import { authorizationRow } from './facts.ts';
import type { ViewNeeds } from './views.ts';
import { authorizationPage, listAuthorizations, namesOf, payerOf, structureOf } from './views.ts';
import type { Workflows } from '../temporal/workflows.ts';

const flows = { kind: 'key', capability: 'flows' } as const;
const worker = { kind: 'key', capability: 'worker' } as const;
const staff = { kind: 'session', roles: 'any' } as const;

const references = {
  type: 'object',
  additionalProperties: false,
  required: ['authorizations'],
  properties: {
    clinic: { type: 'string' },
    authorizations: { type: 'array', maxItems: 500, items: { type: 'string', minLength: 1, maxLength: 60 } },
  },
} as const;

const listQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    state: { type: 'string', maxLength: 40 },
    payer: { type: 'string', maxLength: 60 },
    limit: { type: 'integer', minimum: 1, maximum: 500 },
    cursor: { type: 'string', maxLength: 20 },
  },
} as const;

const subject = {
  clinic: { type: 'string' },
  authorization: { type: 'string', minLength: 1, maxLength: 60 },
} as const;

interface Needs extends ViewNeeds {
  readonly audit: Audit;
  readonly validator: Validator;
  readonly authorizations: Authorizations;
  readonly workflows: Workflows;
}

type Told =
  | { readonly authorization: string; readonly outcome: string }
  | { readonly authorization: string; readonly error: { readonly code: string } };

export function authorizationEndpoints(needs: Needs): Endpoint[] {
  const { db, authorizations } = needs;
  return [
    endpoint({
      method: 'POST',
      path: '/v1/authorizations/track',
      access: flows,
      body: references,
      handle: async ({ clinic, body, principal }) => ({
        items: await eachOf(body.authorizations, (ref) => track(needs, clinic, ref, principal)),
      }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/authorizations/check-now',
      access: flows,
      body: references,
      handle: async ({ clinic, body }) => ({
        items: await eachOf(body.authorizations, async (ref) => {
          await authorizationRow(db, clinic, ref);
          return (await needs.workflows.checkNow(clinic, ref)) ? 'checking' : 'notTracked';
        }),
      }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/authorizations',
      access: flows,
      query: listQuery,
      async handle({ clinic, query }) {
        const { rows, next } = await listAuthorizations(db, clinic, query);
        return { items: rows.map(structureOf), next };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/authorizations/:ref',
      access: flows,
      handle: async ({ clinic, params }) => structureOf(await authorizationRow(db, clinic, params.ref)),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/authorizations/assess',
      access: worker,
      body: { type: 'object', additionalProperties: false, required: ['clinic', 'authorization'], properties: subject },
      async handle({ clinic, body, principal }) {
        await refillDrafts(needs, clinic, body.authorization, principal);
        return { assessment: await authorizations.assess(clinic, body.authorization) };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/authorizations/apply',
      access: worker,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'authorization', 'event'],
        properties: { ...subject, event: authorizationEventSchema },
      },
      handle: async ({ clinic, body, principal }) => ({
        assessment: await authorizations.apply(clinic, body.authorization, body.event, principal),
      }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/authorizations',
      access: staff,
      query: listQuery,
      async handle({ clinic, query, principal }) {
        const { rows, next } = await listAuthorizations(db, clinic, query);
        const view = { purpose: 'authorizations.list', action: 'authorizations.viewed' };
        const names = await namesOf(
          needs.vault,
          clinic,
          rows.map((row) => row.patient),
          principal,
          view,
        );
        const items = await Promise.all(
          rows.map(async (row) => ({
            ref: row.ref,
            ...structureOf(row),
            payer: await payerOf(needs, row),
            patientName: names.get(row.patient) ?? null,
          })),
        );
        return { items, next };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/authorizations/:ref',
      access: staff,
      handle: ({ clinic, params, principal }) => authorizationPage(needs, clinic, params.ref, principal),
    }),
  ];
}

/** One result per reference: a failure of one says nothing of the others. */
async function eachOf(refs: readonly string[], work: (ref: string) => Promise<string>): Promise<Told[]> {
  const told: Told[] = [];
  for (const ref of refs) {
    try {
      told.push({ authorization: ref, outcome: await work(ref) });
    } catch (error) {
      told.push({
        authorization: ref,
        error: { code: error instanceof GaitError ? error.code : 'service.unavailable' },
      });
    }
  }
  return told;
}

async function track(needs: Needs, clinic: string, ref: string, by: Principal): Promise<string> {
  const { db } = needs;
  const row = await authorizationRow(db, clinic, ref);
  await needs.workflows.track(clinic, ref);
  await db.transaction().execute(async (trx) => {
    // What changed while Temporal was told stays to be told.
    await trx
      .updateTable('authorizations')
      .set({ to_track: false, tracked_at: row.tracked_at ?? needs.now() })
      .where('ref', '=', ref)
      .where('updated_at', '=', row.updated_at)
      .execute();
    if (row.tracked_at !== null) return;
    await needs.audit.append(trx, { clinic, actor: actorOf(by), action: 'authorization.tracked', subject: ref });
  });
  return 'tracked';
}
