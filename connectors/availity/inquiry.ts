// The 278 inquiry: does Availity hold the request we sent? Asked instead of sending again, whatever went wrong.
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import type { ReviewAnswer } from '../../domain/authorization/review-actions.ts';
import type { ConnectorContext, Failure, Inquiry, Rejected } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import type { Call } from '../faults.ts';
import type { HttpAnswer } from '../http.ts';
import { listAt, at, textAt } from '../json.ts';
import { toAnswer } from './answer.ts';
import { availityUrl, callAvaility, failureOf, isFailure } from './client.ts';
import { readAvailityConfig } from './config.ts';
import type { AvailityConfig } from './config.ts';
import { isIncomplete, isSameRequest, toInquiry, toServiceReview } from './request.ts';
import type { Incomplete } from './request.ts';

const read: Call = { effect: false, inquireAfterSeconds: 0 };
const stillRunning: Failure = { kind: 'notSent', code: 'vendor.unavailable', retryAfterSeconds: 30 };

/** Nothing is sent of a request that lacks what Availity demands. */
export function incomplete({ missing }: Incomplete): Rejected {
  return rejected(
    'input.invalid',
    missing.map((field) => ({ code: 'missing', field })),
  );
}

/** Where a pending inquiry is to be asked for: `Location` when it stays on the same host, else the same question again. */
function nextUrl(answer: HttpAnswer, asked: URL): URL {
  const location = answer.headers.get('location');
  if (location === null || !URL.canParse(location, asked.href)) return asked;
  const next = new URL(location, asked);
  return next.origin === asked.origin ? next : asked;
}

async function pollInquiry(
  context: ConnectorContext,
  config: AvailityConfig,
  query: Record<string, string>,
): Promise<HttpAnswer | Failure> {
  let url = availityUrl(config, '/v2/service-reviews', query);
  for (let poll = 0; poll < config.pollLimit; poll += 1) {
    const answer = await callAvaility(context, { ...read, method: 'GET', url });
    if (isFailure(answer) || answer.status !== 202) return answer;
    url = nextUrl(answer, url);
    try {
      await sleep(config.pollSeconds * 1000, undefined, { signal: context.signal });
    } catch {
      return stillRunning;
    }
  }
  return stillRunning;
}

/**
 * Looks for the review of `request` that was sent at `sentAt` (ISO UTC; `null`: any time). Two reviews that both fit leave
 * the question open (`uncertain`): a person tells them apart. So does an answer longer than one page without a fit.
 */
export async function findReview(
  context: ConnectorContext,
  request: AuthorizationRequest,
  sentAt: string | null,
): Promise<Inquiry<ReviewAnswer>> {
  const config = readAvailityConfig(context.config);
  const sent = toServiceReview(request, config);
  if (isIncomplete(sent)) return incomplete(sent);
  const answer = await pollInquiry(context, config, toInquiry(sent));
  if (isFailure(answer)) return answer;
  if (answer.status === 404) return { kind: 'notFound' };
  if (answer.status !== 200) return failureOf(context, answer, read);
  if (answer.malformed || !Array.isArray(at(answer.json, 'serviceReviews'))) return doubtful(read, 'vendor.malformed');
  const listed = listAt(answer.json, 'serviceReviews');
  const fitting = listed.filter(
    (review) => isSameRequest(review, sent, sentAt) && textAt(review, 'statusCode') !== 'C',
  );
  const open = { kind: 'uncertain', code: 'state.conflict', inquireAfterSeconds: config.inquireAfterSeconds } as const;
  if (fitting.length > 1) return open;
  const [review] = fitting;
  if (review === undefined)
    return Number(textAt(answer.json, 'totalCount') ?? '0') > listed.length ? open : { kind: 'notFound' };
  const asked = { visits: request.service.visits, units: request.service.units };
  return { kind: 'found', result: toAnswer(review, asked, textAt(review, 'id'), context.now().toISOString()) };
}
