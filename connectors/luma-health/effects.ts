// What every effect at Luma Health shares: one POST or PUT, an id that must come back, and a search for what may lie there already.
import { createHash } from 'node:crypto';
import type { ConnectorContext, Failure, Inquiry, Outcome, Sending } from '../connector.ts';
import { doubtful } from '../faults.ts';
import { at, textAt } from '../json.ts';
import { isFailure, statusFailure } from '../rest/answer.ts';
import { callLuma, everyFromLuma, idAt } from './client.ts';
import { readLumaHealthConfig } from './config.ts';

export interface LumaRecord {
  /** Luma's id of it. */
  readonly id: string;
}

/** Sends once. A success that names no record leaves it in doubt: something was made, and nobody knows what. */
export async function writeToLuma(
  context: ConnectorContext,
  method: 'POST' | 'PUT',
  path: string,
  body: unknown,
): Promise<Outcome<LumaRecord>> {
  const { inquireAfterSeconds } = readLumaHealthConfig(context.config);
  const call = { effect: true, inquireAfterSeconds };
  const answer = await callLuma(context, { ...call, method, path, body });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200 && answer.status !== 201) return statusFailure(context, answer, call);
  const id = idAt(answer.json, '_id');
  return id === null ? doubtful(call, 'vendor.malformed') : { kind: 'done', result: { id } };
}

/** A look before an effect, or instead of one: whatever goes wrong with it, nothing was sent. */
export function beforeEffect(failure: Failure): Failure {
  return failure.kind === 'uncertain' ? { kind: 'notSent', code: failure.code, retryAfterSeconds: 30 } : failure;
}

/**
 * The mark our records carry at Luma, since it knows no idempotency key: the permit's own key names the effect and stays with us, its
 * hash goes out.
 */
export function markOf(key: string): { readonly source: 'none'; readonly value: string } {
  return { source: 'none', value: `gait-${createHash('sha256').update(key).digest('hex').slice(0, 32)}` };
}

/** Records are written down with Luma's clock: one that is a few minutes off still says "since it was sent". */
const clockToleranceMilliseconds = 5 * 60_000;

export function isSince(item: unknown, sending: Sending | undefined): boolean {
  const madeAt = Date.parse(textAt(item, 'createdAt') ?? '');
  if (sending === undefined || Number.isNaN(madeAt)) return false;
  return madeAt >= Date.parse(sending.sentAt) - clockToleranceMilliseconds;
}

/**
 * Looks for what a doubtful POST may have left: the record with our mark, else, where Luma kept no mark, one that is alike and was made
 * since. Two that are alike are no answer: a person decides.
 */
export async function findAtLuma(
  context: ConnectorContext,
  resource: string,
  query: Readonly<Record<string, string>>,
  wanted: { readonly mark: string; readonly sending: Sending | undefined; isAlike(item: unknown): boolean },
): Promise<Inquiry<LumaRecord>> {
  const items = await everyFromLuma(context, resource, query);
  if (isFailure(items)) return items;
  const markIn = (item: unknown): string | null => textAt(at(item, 'externalId'), 'value');
  const marked = items.find((item) => markIn(item) === wanted.mark);
  const alike = items.filter((item) => markIn(item) === null && wanted.isAlike(item) && isSince(item, wanted.sending));
  if (marked === undefined && alike.length > 1)
    return { kind: 'rejected', code: 'state.conflict', reasons: [{ code: 'several-alike' }] };
  const id = idAt(marked ?? alike[0], '_id');
  return id === null ? { kind: 'notFound' } : { kind: 'found', result: { id } };
}
