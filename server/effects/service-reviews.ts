// The effects on a payer's service reviews: submitting what a person approved, and taking a submission back.
import { availityOperations } from '../../connectors/availity/operations.ts';
import type { ReviewId } from '../../connectors/availity/operations.ts';
import { changeHealthcareOperations } from '../../connectors/change-healthcare/operations.ts';
import type { Effect, Inquiry, Outcome } from '../../connectors/connector.ts';
import { answerStructure } from '../../domain/authorization/answer.ts';
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import { authorizationRequestSchema } from '../../domain/authorization/request-schema.ts';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import { missingElements } from '../../domain/authorization/request.ts';
import { submissionKey, voidKey } from '../../domain/effect/key.ts';
import { GaitError } from '../../domain/errors.ts';
import { keepAnswer } from '../authorizations/answers.ts';
import type { Policies } from '../authorizations/policies.ts';
import { authorizationRow } from '../authorizations/facts.ts';
import { lineOfBusinessOf } from '../authorizations/policies.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Trx } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import { isOnItsWay, newestApproval, requestOf } from '../work-items/approval.ts';
import type { RequestOf } from '../work-items/approval.ts';
import type { Vault } from '../vault/vault.ts';
import type { EffectAsk, EffectOperation, EffectPlan, EffectResult } from './operation.ts';
import { resultFound, resultOf } from './results.ts';
import { isReviewOver } from './reviews-over.ts';

export interface ReviewNeeds {
  readonly vault: Vault;
  readonly validator: Validator;
  readonly policies: Policies;
  readonly now: () => Date;
}

interface Answered {
  readonly answer: AuthorizationAnswer;
}

/** The ways a request goes out electronically; what is sent and when is the same over all of them. */
const submissions: readonly Effect<AuthorizationRequest, Answered>[] = [
  availityOperations['availity.serviceReview.create'],
  changeHealthcareOperations['changeHealthcare.authorization.submit'],
];

/** The effects by the operation's name. */
export function serviceReviewEffects(needs: ReviewNeeds): EffectOperation[] {
  const withdraw = availityOperations['availity.serviceReview.void'];
  return [
    ...submissions.map((operation) =>
      answering(needs, operation, {
        plan: (trx, clinic, ask) => planSubmission(needs, trx, clinic, ask),
        requestOf: (record) => requestIn(needs, record),
      }),
    ),
    answering(needs, withdraw, { plan: (trx, clinic, ask) => planVoid(trx, clinic, ask), requestOf: reviewIdOf }),
  ];
}

/** An effect that a payer answers about an authorization. */
function answering<Request>(
  needs: ReviewNeeds,
  operation: Effect<Request, Answered>,
  more: Pick<EffectOperation, 'plan'> & { requestOf(record: Readonly<Record<string, unknown>>): Request },
): EffectOperation {
  const { name, system, requestTimeoutSeconds, inquireAfterSeconds } = operation;
  const result =
    (plan: EffectPlan) =>
    ({ answer }: Answered) =>
      reviewResult(needs, plan, answer);
  return {
    name,
    system,
    requestTimeoutSeconds,
    inquireAfterSeconds,
    times: (config) => operation.times?.(config) ?? operation,
    plan: more.plan,
    async send(context, record, { plan }): Promise<Outcome<EffectResult>> {
      return resultOf(await operation.run(context, more.requestOf(record)), result(plan));
    },
    async inquire(context, record, sending, { plan }): Promise<Inquiry<EffectResult>> {
      return resultFound(await operation.inquire(context, more.requestOf(record), sending), result(plan));
    },
  };
}

/** A payer's answer as what came of an effect: the word is what the payer said, or that it took the request up. */
export function reviewResult(
  needs: Pick<ReviewNeeds, 'vault' | 'validator'>,
  { about, period, identity: { clinic } }: EffectPlan,
  answer: AuthorizationAnswer,
): EffectResult {
  return {
    outcome: answer.status === 'unknown' ? 'accepted' : answer.status,
    structure: { ...answerStructure(answer) },
    keep: async (trx, by) => [await keepAnswer(needs, trx, { clinic, authorization: about, period, answer, by })],
  };
}

/** The request a record holds. Throws `input.invalid` where it holds none. */
export function requestIn({ validator }: Pick<ReviewNeeds, 'validator'>, record: unknown): AuthorizationRequest {
  assertRequest(validator, record);
  return record;
}

function assertRequest(validator: Validator, record: unknown): asserts record is AuthorizationRequest {
  validator.check(authorizationRequestSchema, record, 'request');
}

/** What a person approved of a request for authorization, whichever way it is to be sent. */
export async function planSubmission(
  needs: ReviewNeeds,
  trx: Trx,
  clinic: string,
  ask: EffectAsk,
): Promise<EffectPlan> {
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
    about: request.authorization,
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
    isOver: (within, earlier) => isReviewOver(within, earlier, request.authorization),
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
    about: row.ref,
    period: null,
    facts: {
      keyMatches: ask.key === undefined || ask.key === key,
      authorizationHeld: false,
      approval: { given: ask.approval ?? null, approved: closed?.hash ?? null, onItsWay: false },
    },
    missing: (record) => (typeof record['vendorRequestId'] === 'string' ? [] : ['vendorRequestId']),
    isOver: (within, earlier) => isReviewOver(within, earlier, row.ref),
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

/** The work item of a request: named itself, or the newest one of the named authorization. */
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
