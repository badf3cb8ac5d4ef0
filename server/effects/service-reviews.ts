// The effects on a payer's service reviews: submitting what a person approved, and taking a submission back.
import { availityOperations } from '../../connectors/availity/operations.ts';
import type { ReviewId } from '../../connectors/availity/operations.ts';
import { authorizationRequestSchema } from '../../domain/authorization/request-schema.ts';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import { missingElements } from '../../domain/authorization/request.ts';
import { submissionKey, voidKey } from '../../domain/effect/key.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Policies } from '../authorizations/policies.ts';
import { authorizationRow } from '../authorizations/facts.ts';
import { lineOfBusinessOf } from '../authorizations/policies.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Trx } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import { isOnItsWay, newestApproval, requestOf } from '../work-items/approval.ts';
import type { RequestOf } from '../work-items/approval.ts';
import type { EffectAsk, EffectOperation, EffectPlan } from './operation.ts';

interface Needs {
  readonly validator: Validator;
  readonly policies: Policies;
  readonly now: () => Date;
}

/** The effects by the operation's name. */
export function serviceReviewEffects(needs: Needs): EffectOperation[] {
  const create = availityOperations['availity.serviceReview.create'];
  const withdraw = availityOperations['availity.serviceReview.void'];

  const asRequest = (record: unknown): AuthorizationRequest => {
    assertRequest(needs.validator, record);
    return record;
  };

  return [
    {
      name: create.name,
      system: create.system,
      requestTimeoutSeconds: create.requestTimeoutSeconds,
      inquireAfterSeconds: create.inquireAfterSeconds,
      times: (config) => create.times?.(config) ?? create,
      plan: (trx, clinic, ask) => planSubmission(needs, trx, clinic, ask),
      send: (context, record) => create.run(context, asRequest(record)),
      inquire: (context, record, sending) => create.inquire(context, asRequest(record), sending),
    },
    {
      name: withdraw.name,
      system: withdraw.system,
      requestTimeoutSeconds: withdraw.requestTimeoutSeconds,
      inquireAfterSeconds: withdraw.inquireAfterSeconds,
      times: (config) => withdraw.times?.(config) ?? withdraw,
      plan: (trx, clinic, ask) => planVoid(trx, clinic, ask),
      send: (context, record) => withdraw.run(context, reviewIdOf(record)),
      inquire: (context, record) => withdraw.inquire(context, reviewIdOf(record)),
    },
  ];
}

function assertRequest(validator: Validator, record: unknown): asserts record is AuthorizationRequest {
  validator.check(authorizationRequestSchema, record, 'request');
}

async function planSubmission(needs: Needs, trx: Trx, clinic: string, ask: EffectAsk): Promise<EffectPlan> {
  const connection = await connectionNamed(trx, clinic, ask.connection);
  const { workItem, request } = await requestItem(trx, clinic, ask.subject);
  const approval = await newestApproval(trx, clinic, request);
  // The item was overtaken by a newer approval of the same request: its own approval no longer counts.
  const current = approval !== null && approval.workItem === workItem ? approval : null;
  const row = await authorizationRow(trx, clinic, request.authorization);
  const key = submissionKey(request);
  const today = await needs.policies.today(trx, clinic, needs.now());
  const lineOfBusiness = lineOfBusinessOf(row.line_of_business);
  const policy = await needs.policies.policyFor(trx, clinic, { payer: row.payer, lineOfBusiness, on: today.date });
  return {
    identity: {
      clinic,
      key,
      operation: ask.operation,
      connection,
      subject: ask.subject,
      requestOf: key.slice(0, key.lastIndexOf('/')),
      workItem,
      approval: current?.hash ?? null,
      request: current?.record ?? '',
    },
    authorization: request.authorization,
    period: request.period,
    facts: {
      keyMatches: ask.key === undefined || ask.key === key,
      authorizationHeld: row.held !== null || row.coverage_changed_on !== null,
      approval: {
        given: current === null && approval !== null ? 'superseded' : (ask.approval ?? null),
        approved: approval?.hash ?? null,
        onItsWay: await isOnItsWay(trx, workItem, ask.approval),
      },
    },
    missing: (record) => {
      assertRequest(needs.validator, record);
      return missingElements(record, policy).map(({ path }) => path);
    },
  };
}

/** Taking a submission back needs a person who closed the authorization: the decision `close` on its held item. */
async function planVoid(trx: Trx, clinic: string, ask: EffectAsk): Promise<EffectPlan> {
  const connection = await connectionNamed(trx, clinic, ask.connection);
  const row = await authorizationRow(trx, clinic, ask.subject);
  const submitted = await trx
    .selectFrom('effects')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('operation', '=', availityOperations['availity.serviceReview.create'].name)
    .where('request_of', 'like', `authorization.submit/${ask.subject}/%`)
    .where('state', '=', 'done')
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const answer = submitted?.outcome?.refs[0];
  if (submitted === undefined || answer === undefined) {
    throw new GaitError('state.conflict', 'Nothing of this authorization was submitted that could be taken back.', {
      where: 'subject',
    });
  }
  const closed = await trx
    .selectFrom('work_item_decisions as d')
    .innerJoin('work_items as w', 'w.id', 'd.work_item')
    .select(['w.id', 'd.hash'])
    .where('w.clinic', '=', clinic)
    .where('w.kind', '=', 'authorization.held')
    .where('w.subject', '=', ask.subject)
    .where('d.state', '=', 'accepted')
    .where('d.decision', '=', 'close')
    .orderBy('d.settled_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const key = voidKey(submitted.key);
  return {
    identity: {
      clinic,
      key,
      operation: ask.operation,
      connection,
      subject: ask.subject,
      requestOf: key,
      workItem: closed?.id ?? null,
      approval: closed?.hash ?? null,
      request: answer,
    },
    authorization: row.ref,
    period: null,
    facts: {
      keyMatches: ask.key === undefined || ask.key === key,
      authorizationHeld: false,
      approval: { given: ask.approval ?? null, approved: closed?.hash ?? null, onItsWay: false },
    },
    missing: (record) => (typeof record['vendorRequestId'] === 'string' ? [] : ['vendorRequestId']),
  };
}

/** The review a stored answer of the payer names. Throws `input.invalid` where it names none. */
export function reviewIdOf(record: Readonly<Record<string, unknown>>): ReviewId {
  const vendorRequestId = record['vendorRequestId'];
  if (typeof vendorRequestId !== 'string') {
    throw new GaitError('input.invalid', "The payer's answer names no request of its own.", {
      where: 'vendorRequestId',
    });
  }
  return { vendorRequestId };
}

/** The id of a connection named by id or by name. Throws `connection.unknown`. */
export /** The work item of a request: named itself, or the newest one of the named authorization. */
async function requestItem(
  trx: Trx,
  clinic: string,
  subject: string,
): Promise<{ workItem: string; request: RequestOf }> {
  const row = await trx
    .selectFrom('work_items')
    .select(['id', 'subject', 'context'])
    .where('clinic', '=', clinic)
    .where('kind', '=', 'authorization.request')
    .where((where) => where.or([where('id', '=', subject), where('subject', '=', subject)]))
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const request = row === undefined ? null : requestOf(row);
  if (row === undefined || request === null) {
    throw new GaitError('reference.unknown', 'There is no request to submit under this reference.', {
      where: 'subject',
    });
  }
  return { workItem: row.id, request };
}
