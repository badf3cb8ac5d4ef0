// Asking Availity how a claim stands: one search, looked after under its id until the payer has answered, then taken out of there.
import type { ClaimStatusRequest } from '../../domain/claim/status.ts';
import type { ConnectorContext, Outcome } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import type { HttpAnswer } from '../http.ts';
import { listAt, textAt } from '../json.ts';
import type { Asked, ClaimStatusCheckResult } from '../payer-operations.ts';
import { toClaimStatusAnswer, transactionIn } from './claim-status-answer.ts';
import { toClaimStatusForm } from './claim-status-request.ts';
import { acceptedId, availityUrl, callAvaility, failureOf, isFailure, reasonsOf } from './client.ts';
import { readAvailityConfig } from './config.ts';
import type { AvailityConfig } from './config.ts';
import { forget, lookUp, read, transactionStatus } from './transaction.ts';

const collection = 'claim-statuses';
type Checked = Outcome<ClaimStatusCheckResult>;

function pending(config: AvailityConfig, vendorRequestId: string | null): Checked {
  return { kind: 'done', result: { kind: 'pending', vendorRequestId, retryAfterSeconds: config.pollSeconds } };
}

async function settle(
  context: ConnectorContext,
  config: AvailityConfig,
  { json, malformed }: HttpAnswer,
  id: string | null,
): Promise<Checked> {
  if (malformed || json === undefined) return doubtful(read, 'vendor.malformed');
  const transaction = transactionIn(json);
  const status = transactionStatus(transaction);
  if (status === 'waiting') return pending(config, id);
  const answer = toClaimStatusAnswer(transaction);
  const spoken = answer.claims.length > 0 || answer.statuses.length > 0;
  if (status === 'unknown' && !spoken) return pending(config, id);
  if (id !== null) await forget(context, config, collection, id);
  if (spoken || status === 'complete') return { kind: 'done', result: { kind: 'answered', answer, raw: transaction } };
  if (status === 'refused')
    return rejected('vendor.rejected', reasonsOf({ errors: listAt(transaction, 'validationMessages') }));
  return doubtful(read, status === 'invalid' ? 'vendor.malformed' : 'vendor.unavailable');
}

async function poll(context: ConnectorContext, config: AvailityConfig, id: string): Promise<Checked | null> {
  const answer = await lookUp(context, config, collection, id);
  if (answer === null || isFailure(answer)) return answer;
  if (answer.status === 202) return pending(config, id);
  if (answer.status !== 200) return failureOf(context, answer, read);
  return settle(context, config, answer, id);
}

async function ask(context: ConnectorContext, config: AvailityConfig, request: ClaimStatusRequest): Promise<Checked> {
  const answer = await callAvaility(context, {
    ...read,
    method: 'POST',
    url: availityUrl(config, `/v1/${collection}`),
    // Without the override Availity takes the POST for something it does not offer.
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-http-method-override': 'GET' },
    body: toClaimStatusForm(request, config).toString(),
  });
  if (isFailure(answer)) return answer;
  const id = textAt(transactionIn(answer.json), 'id') ?? acceptedId(answer, collection);
  if (answer.status === 202) return pending(config, id);
  if (answer.status !== 200) return failureOf(context, answer, read);
  return settle(context, config, answer, id);
}

/** Asks, or looks after what was asked under `vendorRequestId`; a question that Availity does not hold any more is asked anew. */
export async function checkClaimStatus(
  context: ConnectorContext,
  { request, vendorRequestId }: Asked<ClaimStatusRequest>,
): Promise<Checked> {
  const config = readAvailityConfig(context.config);
  const known = vendorRequestId === null ? null : await poll(context, config, vendorRequestId);
  return known ?? ask(context, config, request);
}
