// How far Availity has come with a coverage or claim status it was asked for: HTTP status first, then its own code, tolerantly.
import type { ConnectorContext, Failure } from '../connector.ts';
import type { Call } from '../faults.ts';
import type { HttpAnswer } from '../http.ts';
import { textAt } from '../json.ts';
import { availityUrl, callAvaility, isFailure } from './client.ts';
import type { AvailityConfig } from './config.ts';

export const read: Call = { effect: false, inquireAfterSeconds: 0 };

/** `unreached`: the payer did not answer Availity. `unknown`: no code, or one that nobody has explained to us. */
export type TransactionStatus = 'waiting' | 'complete' | 'invalid' | 'refused' | 'unreached' | 'unknown';

/**
 * Availity's `statusCode` in the body. The document and the integrators name different sets (0, 4 and R, E in one; R1, 19, 7, 13, 14
 * and 15 in another), so all of them are read.
 */
const statuses: Readonly<Record<string, TransactionStatus>> = {
  '0': 'waiting',
  '1': 'waiting',
  R1: 'waiting',
  '4': 'complete',
  '3': 'invalid',
  '19': 'refused',
  R: 'refused',
  '7': 'unreached',
  '13': 'unreached',
  '14': 'unreached',
  '15': 'unreached',
  E: 'unreached',
};

export function transactionStatus(json: unknown): TransactionStatus {
  return statuses[textAt(json, 'statusCode') ?? ''] ?? 'unknown';
}

/** The two kinds of transactions that Availity holds under an id until they are deleted or expire. */
export type Collection = 'coverages' | 'claim-statuses';

export function transactionUrl(config: AvailityConfig, collection: Collection, id: string): URL {
  return availityUrl(config, `/v1/${collection}/${encodeURIComponent(id)}`);
}

/** Takes the patient's data out of Availity's store once the answer was read; where that fails they expire there by themselves. */
export async function forget(
  context: ConnectorContext,
  config: AvailityConfig,
  collection: Collection,
  id: string,
): Promise<void> {
  await callAvaility(context, { ...read, method: 'DELETE', url: transactionUrl(config, collection, id) });
}

/** Looks at transaction `id`: its answer, a failure, or null where Availity does not hold it any more (404, 410). */
export async function lookUp(
  context: ConnectorContext,
  config: AvailityConfig,
  collection: Collection,
  id: string,
): Promise<HttpAnswer | Failure | null> {
  const answer = await callAvaility(context, { ...read, method: 'GET', url: transactionUrl(config, collection, id) });
  return !isFailure(answer) && (answer.status === 404 || answer.status === 410) ? null : answer;
}
