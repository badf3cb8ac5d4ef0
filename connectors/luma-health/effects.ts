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

const markWord = 'gait-';

/**
 * The mark our records carry at Luma where it has a place for one, since it knows no idempotency key: the permit's own key names the effect
 * and stays with us, its hash goes out.
 */
export function markOf(key: string): { readonly source: 'none'; readonly value: string } {
  return { source: 'none', value: `${markWord}${createHash('sha256').update(key).digest('hex').slice(0, 32)}` };
}

/** Luma may write a record down some time before we counted it as sent: whole seconds, and what a call takes. */
const toleranceMilliseconds = 60_000;

/** What a doubtful POST may have left. */
export interface Wanted {
  readonly key: string;
  /** The member that holds our mark; null where Luma has no place for one. */
  readonly markedBy: 'externalId' | 'secondaryExternalId' | null;
  readonly sending: Sending | undefined;
  readonly isAlike: (item: unknown) => boolean;
}

/**
 * Looks for what a doubtful POST may have left: the record with our mark, else, where Luma kept no mark, one that is alike and was made
 * since, by Luma's own clock. Two that are alike are no answer: a person decides.
 */
export async function findAtLuma(
  context: ConnectorContext,
  resource: string,
  query: Readonly<Record<string, string>>,
  { key, markedBy, sending, isAlike }: Wanted,
): Promise<Inquiry<LumaRecord>> {
  const found = await everyFromLuma(context, resource, query);
  if (isFailure(found)) return found;
  const mark = markOf(key).value;
  const markIn = (item: unknown): string | null => (markedBy === null ? null : textAt(at(item, markedBy), 'value'));
  const ahead = Date.parse(found.asOf) - context.now().getTime();
  const since = Date.parse(sending?.sentAt ?? '') + ahead - toleranceMilliseconds;
  const isOurs = (item: unknown): boolean => markIn(item) === mark;
  const isAnothers = (item: unknown): boolean => markIn(item)?.startsWith(markWord) === true && !isOurs(item);
  // Without the instant of the sending, or that of the record, nothing was made since.
  const isSince = (item: unknown): boolean => Date.parse(textAt(item, 'createdAt') ?? '') >= since;
  const marked = found.items.find(isOurs);
  const alike = found.items.filter((item) => !isAnothers(item) && isAlike(item) && isSince(item));
  if (marked === undefined && alike.length > 1)
    return { kind: 'rejected', code: 'state.conflict', reasons: [{ code: 'several-alike' }] };
  const id = idAt(marked ?? alike[0], '_id');
  return id === null ? { kind: 'notFound' } : { kind: 'found', result: { id } };
}
