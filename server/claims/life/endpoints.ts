// Followed claims over HTTP: flows have claims followed, the worker asks and reports, a named person takes one back.
import { randomUUID } from 'node:crypto';
import { claimEventSchema } from '../../../domain/claim/event-schema.ts';
import { claimShownSchema } from '../../../domain/claim/shown-schema.ts';
import { GaitError } from '../../../domain/errors.ts';
import { endpoint } from '../../http/endpoint.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import { claimRow } from '../records.ts';
import type { ClaimLives } from './lives.ts';
import type { LifeNeeds } from './needs.ts';

const worker = { kind: 'key', capability: 'worker' } as const;
const flows = { kind: 'key', capability: 'flows' } as const;
const billing = { kind: 'session', roles: ['biller', 'admin'] } as const;

const subject = { clinic: { type: 'string' }, claim: { type: 'string', minLength: 1, maxLength: 60 } } as const;

interface Needs extends LifeNeeds {
  readonly lives: ClaimLives;
}

export function claimLifeEndpoints(needs: Needs): Endpoint[] {
  const { lives } = needs;
  return [
    endpoint({
      method: 'POST',
      path: '/v1/claims/track',
      access: flows,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['claims'],
        properties: {
          claims: {
            type: 'array',
            minItems: 1,
            maxItems: 100,
            uniqueItems: true,
            items: { type: 'string', minLength: 1, maxLength: 60 },
          },
        },
      },
      async handle({ clinic, body, principal }) {
        const items = [];
        for (const claim of body.claims) {
          try {
            items.push({ item: claim, claim, outcome: await lives.track(clinic, claim, principal) });
          } catch (error) {
            const code = error instanceof GaitError ? error.code : 'service.unavailable';
            items.push({ item: claim, claim, error: { code } });
          }
        }
        return { items };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/claims/:claim/check-now',
      access: flows,
      handle: ({ clinic, params }) => checkNow(needs, clinic, params.claim),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/claims/:claim/check-now',
      access: billing,
      handle: ({ clinic, params }) => checkNow(needs, clinic, params.claim),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/console/claims/:claim/take-back',
      access: billing,
      async handle({ clinic, params, principal }) {
        await takeBack(needs, clinic, params.claim, principal.user);
        return { claim: params.claim, outcome: 'inReview' };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/claims/assess',
      access: worker,
      body: { type: 'object', additionalProperties: false, required: ['clinic', 'claim'], properties: subject },
      handle: async ({ clinic, body, principal }) => ({ plan: await lives.assess(clinic, body.claim, principal) }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/claims/apply',
      access: worker,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'claim', 'event'],
        properties: { ...subject, event: claimEventSchema },
      },
      async handle({ clinic, body, principal }) {
        await lives.apply(clinic, body.claim, body.event, principal);
        return { applied: true };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/v1/worker/claims/show',
      access: worker,
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['clinic', 'claim', 'shown'],
        properties: { ...subject, shown: claimShownSchema },
      },
      async handle({ clinic, body }) {
        await lives.show(clinic, body.claim, body.shown);
        return { shown: true };
      },
    }),
  ];
}

async function checkNow({ db, workflows }: Needs, clinic: string, claim: string): Promise<object> {
  await claimRow(db, clinic, claim);
  return { claim, outcome: (await workflows.checkClaimNow(clinic, claim)) ? 'checking' : 'notTracked' };
}

/** Lays a void of the claim before a person, where the payer has it. */
async function takeBack(
  { db, audit, now, workflows }: Needs,
  clinic: string,
  claim: string,
  user: string,
): Promise<void> {
  await claimRow(db, clinic, claim);
  const wish = { id: `takeBack/${randomUUID()}`, by: user, at: now().toISOString() };
  const delivery = await workflows.takeClaimBack(clinic, claim, wish);
  if (delivery.kind === 'later')
    throw new GaitError('service.unavailable', 'Temporal is away; nothing was asked for.', {
      fix: 'Try again shortly.',
    });
  if (delivery.kind === 'refused') throw new GaitError('decision.refused', delivery.reason, { where: 'claim' });
  await db
    .transaction()
    .execute((trx) => audit.append(trx, { clinic, actor: user, action: 'claim.takeBackAsked', subject: claim }));
}
