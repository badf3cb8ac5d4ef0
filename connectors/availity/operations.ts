// What Gait asks of Availity: service reviews (278), coverages (270), claim statuses (276), what payers demand, and a connection test.
import type { AuthorizationAnswer } from '../../domain/authorization/answer-schema.ts';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import type { ReviewAnswer } from '../../domain/authorization/review-actions.ts';
import type { Quantity } from '../../domain/authorization/schema.ts';
import type { ClaimStatusRequest } from '../../domain/claim/status.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import type {
  ConnectionTest,
  ConnectorContext,
  Effect,
  EffectTimes,
  Inquiry,
  Outcome,
  Read,
  Sending,
} from '../connector.ts';
import { doubtful } from '../faults.ts';
import type { Call } from '../faults.ts';
import { listAt } from '../json.ts';
import type { Asked, ClaimStatusCheckResult, EligibilityCheckResult } from '../payer-operations.ts';
import { pended, toAnswer } from './answer.ts';
import { checkClaimStatus } from './claim-statuses.ts';
import { acceptedId, availityUrl, callAvaility, failureOf, isFailure, isMock } from './client.ts';
import { readAvailityConfig } from './config.ts';
import { checkCoverage } from './coverages.ts';
import { findReview, incomplete } from './inquiry.ts';
import { getConfigurations, listPayers } from './payers.ts';
import type { ConfigurationsRequest, ConfigurationsResult, PayersRequest, PayersResult } from './payers.ts';
import { isIncomplete, toServiceReview } from './request.ts';

const system = 'availity';
const reviews = '/v2/service-reviews';
/** Two rounds of token, proof and call: a lease that outlasts them outlasts the request. */
const callsOfRequest = 6;
const longestTimeoutSeconds = 25;
const requestTimeoutSeconds = callsOfRequest * longestTimeoutSeconds;
const inquireAfterSeconds = 120;

function times(settings: ConnectorContext['config']): EffectTimes {
  const config = readAvailityConfig(settings);
  return {
    requestTimeoutSeconds: Math.ceil(callsOfRequest * config.requestTimeoutSeconds),
    inquireAfterSeconds: config.inquireAfterSeconds,
  };
}

export interface ReviewId {
  readonly vendorRequestId: string;
  /** What was asked, when known: lets a certification of fewer visits be told apart. */
  readonly asked?: Quantity;
}

const read: Call = { effect: false, inquireAfterSeconds: 0 };
const nothingAsked: Quantity = { visits: null, units: null };

async function create(
  context: ConnectorContext,
  request: AuthorizationRequest,
): Promise<Outcome<{ answer: AuthorizationAnswer }>> {
  const config = readAvailityConfig(context.config);
  const call: Call = { effect: true, inquireAfterSeconds: config.inquireAfterSeconds };
  const review = toServiceReview(request, config);
  if (isIncomplete(review)) return incomplete(review);
  const answer = await callAvaility(context, {
    ...call,
    method: 'POST',
    url: availityUrl(config, reviews),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(review),
  });
  if (isFailure(answer)) return answer;
  if (answer.status < 200 || answer.status > 299) return failureOf(context, answer, call);
  const id = acceptedId(answer, 'service-reviews');
  // Accepted, but under an id we cannot read: only an inquiry can name it.
  if (id === null) return doubtful(call, 'vendor.malformed');
  return { kind: 'done', result: { answer: pended(id, context.now().toISOString()) } };
}

async function inquireCreate(
  context: ConnectorContext,
  request: AuthorizationRequest,
  sending?: Sending,
): Promise<Inquiry<{ answer: AuthorizationAnswer }>> {
  const found = await findReview(context, request, sending?.sentAt ?? null);
  if (found.kind === 'found') return { kind: 'found', result: { answer: found.result.answer } };
  return found;
}

async function get(context: ConnectorContext, request: ReviewId): Promise<Outcome<ReviewAnswer>> {
  const config = readAvailityConfig(context.config);
  const answer = await callAvaility(context, {
    ...read,
    method: 'GET',
    url: availityUrl(config, `${reviews}/${encodeURIComponent(request.vendorRequestId)}`),
  });
  if (isFailure(answer)) return answer;
  const receivedAt = context.now().toISOString();
  if (answer.status === 202) {
    return {
      kind: 'done',
      result: { ready: false, attention: false, answer: pended(request.vendorRequestId, receivedAt) },
    };
  }
  if (answer.status !== 200) return failureOf(context, answer, read);
  if (answer.malformed || answer.json === undefined) return doubtful(read, 'vendor.malformed');
  const result = toAnswer(answer.json, request.asked ?? nothingAsked, request.vendorRequestId, receivedAt);
  return { kind: 'done', result };
}

export interface InquiryResult {
  readonly found: boolean;
  readonly review: ReviewAnswer | null;
}

async function inquire(context: ConnectorContext, request: AuthorizationRequest): Promise<Outcome<InquiryResult>> {
  const found = await findReview(context, request, null);
  if (found.kind === 'found') return { kind: 'done', result: { found: true, review: found.result } };
  if (found.kind === 'notFound') return { kind: 'done', result: { found: false, review: null } };
  return found;
}

async function voidReview(
  context: ConnectorContext,
  request: ReviewId,
): Promise<Outcome<{ answer: AuthorizationAnswer }>> {
  const config = readAvailityConfig(context.config);
  const call: Call = { effect: true, inquireAfterSeconds: config.inquireAfterSeconds };
  const url = availityUrl(config, `${reviews}/${encodeURIComponent(request.vendorRequestId)}`);
  const answer = await callAvaility(context, { ...call, method: 'DELETE', url });
  if (isFailure(answer)) return answer;
  if (answer.status < 200 || answer.status > 299) return failureOf(context, answer, call);
  const accepted = pended(request.vendorRequestId, context.now().toISOString());
  return { kind: 'done', result: { answer: answer.status === 202 ? accepted : { ...accepted, status: 'cancelled' } } };
}

async function inquireVoid(
  context: ConnectorContext,
  request: ReviewId,
): Promise<Inquiry<{ answer: AuthorizationAnswer }>> {
  const outcome = await get(context, request);
  if (outcome.kind === 'rejected' && outcome.code === 'reference.unknown') {
    const gone = { ...pended(request.vendorRequestId, context.now().toISOString()), status: 'cancelled' as const };
    return { kind: 'found', result: { answer: gone } };
  }
  if (outcome.kind !== 'done') return outcome;
  const { answer } = outcome.result;
  return answer.status === 'cancelled' ? { kind: 'found', result: { answer } } : { kind: 'notFound' };
}

async function test(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  const config = readAvailityConfig(context.config);
  const url = availityUrl(config, '/v1/configurations', { type: 'service-reviews', subtypeId: 'HS' });
  const answer = await callAvaility(context, { ...read, method: 'GET', url });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return failureOf(context, answer, read);
  if (answer.malformed) return doubtful(read, 'vendor.malformed');
  return {
    kind: 'done',
    result: {
      facts: [
        { label: 'Environment', value: config.environment },
        { label: 'Answers are marked as mock', value: isMock(answer) ? 'yes' : 'no' },
        {
          label: 'Payer configurations for outpatient reviews',
          value: String(listAt(answer.json, 'configurations').length),
        },
      ],
    },
  };
}

/** One question: two rounds of token, proof and call, then the answer and its removal. What takes longer is asked again. */
const checkTimeoutSeconds = 50;

interface AvailityOperations {
  readonly 'availity.serviceReview.create': Effect<AuthorizationRequest, { answer: AuthorizationAnswer }>;
  readonly 'availity.serviceReview.get': Read<ReviewId, ReviewAnswer>;
  readonly 'availity.serviceReview.inquire': Read<AuthorizationRequest, InquiryResult>;
  readonly 'availity.serviceReview.void': Effect<ReviewId, { answer: AuthorizationAnswer }>;
  readonly 'availity.eligibility.check': Read<Asked<EligibilityRequest>, EligibilityCheckResult>;
  readonly 'availity.claimStatus.check': Read<Asked<ClaimStatusRequest>, ClaimStatusCheckResult>;
  readonly 'availity.payers.list': Read<PayersRequest, PayersResult>;
  readonly 'availity.configurations.get': Read<ConfigurationsRequest, ConfigurationsResult>;
  readonly 'availity.connection.test': Read<Record<string, never>, ConnectionTest>;
}

export const availityOperations: AvailityOperations = {
  'availity.serviceReview.create': {
    name: 'availity.serviceReview.create',
    system,
    effect: true,
    requestTimeoutSeconds,
    inquireAfterSeconds,
    times,
    run: create,
    inquire: inquireCreate,
  },
  'availity.serviceReview.get': {
    name: 'availity.serviceReview.get',
    system,
    effect: false,
    requestTimeoutSeconds,
    run: get,
  },
  'availity.serviceReview.inquire': {
    name: 'availity.serviceReview.inquire',
    system,
    effect: false,
    requestTimeoutSeconds,
    run: inquire,
  },
  'availity.serviceReview.void': {
    name: 'availity.serviceReview.void',
    system,
    effect: true,
    requestTimeoutSeconds,
    inquireAfterSeconds,
    times,
    run: voidReview,
    inquire: inquireVoid,
  },
  'availity.eligibility.check': {
    name: 'availity.eligibility.check',
    system,
    effect: false,
    requestTimeoutSeconds: checkTimeoutSeconds,
    run: checkCoverage,
  },
  'availity.claimStatus.check': {
    name: 'availity.claimStatus.check',
    system,
    effect: false,
    requestTimeoutSeconds: checkTimeoutSeconds,
    run: checkClaimStatus,
  },
  'availity.payers.list': {
    name: 'availity.payers.list',
    system,
    effect: false,
    requestTimeoutSeconds: requestTimeoutSeconds,
    run: listPayers,
  },
  'availity.configurations.get': {
    name: 'availity.configurations.get',
    system,
    effect: false,
    requestTimeoutSeconds: requestTimeoutSeconds,
    run: getConfigurations,
  },
  'availity.connection.test': {
    name: 'availity.connection.test',
    system,
    effect: false,
    requestTimeoutSeconds,
    run: test,
  },
};
