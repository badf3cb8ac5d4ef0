// Asking Availity about a patient's coverage: one question, looked after under its id until the payer has answered, then taken out of there.
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import type { HttpAnswer } from '../http.ts';
import { listAt } from '../json.ts';
import type { Asked, EligibilityCheckResult, Pending } from '../payer-operations.ts';
import { acceptedId, availityUrl, callAvaility, failureOf, isFailure, reasonsOf } from './client.ts';
import { readAvailityConfig } from './config.ts';
import type { AvailityConfig } from './config.ts';
import { toEligibilityAnswer, toRefusedAnswer } from './coverage-answer.ts';
import { toCoverageForm } from './coverage-request.ts';
import { forget, lookUp, read, transactionStatus } from './transaction.ts';

const collection = 'coverages';
type Checked = Outcome<EligibilityCheckResult>;

function pending(config: AvailityConfig, vendorRequestId: string | null): { kind: 'done'; result: Pending } {
  return { kind: 'done', result: { kind: 'pending', vendorRequestId, retryAfterSeconds: config.pollSeconds } };
}

function answered(answer: ReturnType<typeof toEligibilityAnswer>, raw: unknown): Checked {
  return { kind: 'done', result: { kind: 'answered', answer, raw } };
}

/** A coverage that came with 200: the payer's answer, a refusal, or not there yet. `id` null: it came without one. */
async function settle(
  context: ConnectorContext,
  config: AvailityConfig,
  request: EligibilityRequest,
  { json, malformed }: HttpAnswer,
  id: string | null,
): Promise<Checked> {
  if (malformed || json === undefined) return doubtful(read, 'vendor.malformed');
  const status = transactionStatus(json);
  if (status === 'waiting') return pending(config, id);
  const answer = toEligibilityAnswer(json, request);
  const spoken =
    listAt(json, 'plans').length > 0 ||
    answer.rejects.length > 0 ||
    answer.people.some((one) => one.rejects.length > 0);
  if (status === 'unknown' && !spoken) return pending(config, id);
  // Whatever it says, it is said: left there, the same question would be answered from it again.
  if (id !== null) await forget(context, config, collection, id);
  if (spoken || status === 'complete') return answered(answer, json);
  if (status === 'refused')
    return rejected('vendor.rejected', reasonsOf({ errors: listAt(json, 'validationMessages') }));
  return doubtful(read, status === 'invalid' ? 'vendor.malformed' : 'vendor.unavailable');
}

async function poll(
  context: ConnectorContext,
  config: AvailityConfig,
  request: EligibilityRequest,
  id: string,
): Promise<Checked | null> {
  const answer = await lookUp(context, config, collection, id);
  if (answer === null || isFailure(answer)) return answer;
  if (answer.status === 202) return pending(config, id);
  if (answer.status !== 200) return failureOf(context, answer, read);
  return settle(context, config, request, answer, id);
}

async function ask(context: ConnectorContext, config: AvailityConfig, request: EligibilityRequest): Promise<Checked> {
  const answer = await callAvaility(context, {
    ...read,
    method: 'POST',
    url: availityUrl(config, `/v1/${collection}`),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: toCoverageForm(request, config).toString(),
  });
  if (isFailure(answer)) return answer;
  const id = acceptedId(answer, collection);
  if (answer.status === 202) return pending(config, id);
  if (answer.status === 200) {
    // The answer to the question is a summary; the whole coverage stands under its id.
    const whole = id === null ? null : await poll(context, config, request, id);
    return whole ?? settle(context, config, request, answer, id);
  }
  const refusal = answer.status === 400 || answer.status === 422 ? toRefusedAnswer(answer.json, request) : null;
  return refusal === null ? failureOf(context, answer, read) : answered(refusal, answer.json);
}

/**
 * Asks, or looks after what was asked under `vendorRequestId`. Availity keeps a question for about a day: one that is gone is asked anew,
 * as there is nothing left to look after.
 */
export async function checkCoverage(
  context: ConnectorContext,
  { request, vendorRequestId }: Asked<EligibilityRequest>,
): Promise<Checked> {
  const config = readAvailityConfig(context.config);
  const known = vendorRequestId === null ? null : await poll(context, config, request, vendorRequestId);
  return known ?? ask(context, config, request);
}
