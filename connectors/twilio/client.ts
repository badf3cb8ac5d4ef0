// Calls to Twilio's REST API of 2010-04-01: forms go in, JSON comes out, lists come in pages that name the next one.
import type { ConnectorContext, Failure } from '../connector.ts';
import { sendOnce } from '../http.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { at, isObject, textAt } from '../json.ts';
import { isFailure, read, statusFailure, vendorTime } from '../rest/answer.ts';
import type { Page } from '../rest/pages.ts';
import { readTwilioConfig, readTwilioSecrets } from './config.ts';
import { isPassing, twilioReason } from './reasons.ts';

type Fields = Readonly<Record<string, string>>;

/** `path` follows the address of the account; `form` makes it a POST. */
export interface TwilioRequest extends Pick<HttpRequest, 'effect' | 'inquireAfterSeconds'> {
  readonly path: string;
  readonly form?: Fields;
}

/** The root of the account's resources, without a slash at its end. */
function accountPath(context: ConnectorContext): string {
  return `/2010-04-01/Accounts/${readTwilioConfig(context.config).accountSid}`;
}

async function callTwilio(context: ConnectorContext, path: string, request: TwilioRequest) {
  const { baseUrl, requestTimeoutSeconds } = readTwilioConfig(context.config);
  const { apiKeySid, apiKeySecret } = readTwilioSecrets(context.secrets);
  const { form, effect, inquireAfterSeconds } = request;
  return sendOnce(context, {
    method: form === undefined ? 'GET' : 'POST',
    url: new URL(`${baseUrl.replace(/\/+$/, '')}${path}`),
    effect,
    inquireAfterSeconds,
    headers: {
      authorization: `Basic ${Buffer.from(`${apiKeySid}:${apiKeySecret}`).toString('base64')}`,
      accept: 'application/json',
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
    timeoutSeconds: requestTimeoutSeconds,
  });
}

/** What a status other than success means. The body tells a code; its sentence stays behind, it repeats the number. */
function failureOf(context: ConnectorContext, answer: HttpAnswer, request: TwilioRequest): Failure {
  const reason = twilioReason(textAt(answer.json, 'code'));
  if (answer.status === 400 && reason !== null && isPassing(reason))
    return { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 60 };
  return statusFailure(context, answer, request, reason === null ? [] : [{ code: reason }]);
}

/** Sends a form once; the object Twilio made of it, or what went wrong. */
export async function postToTwilio(
  context: ConnectorContext,
  path: string,
  form: Fields,
  inquireAfterSeconds: number,
): Promise<HttpAnswer | Failure> {
  const request = { path, form, effect: true, inquireAfterSeconds };
  const answer = await callTwilio(context, `${accountPath(context)}${path}`, request);
  if (isFailure(answer)) return answer;
  return answer.status === 200 || answer.status === 201 ? answer : failureOf(context, answer, request);
}

async function getFrom(context: ConnectorContext, path: string): Promise<HttpAnswer | Failure> {
  const request = { ...read, path };
  const answer = await callTwilio(context, path, request);
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return failureOf(context, answer, request);
  if (!isObject(answer.json)) return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
  return answer;
}

/** The object at a path below the account. */
export function getFromTwilio(
  context: ConnectorContext,
  path: string,
  query: Fields = {},
): Promise<HttpAnswer | Failure> {
  const text = new URLSearchParams(query).toString();
  return getFrom(context, `${accountPath(context)}${path}${text === '' ? '' : `?${text}`}`);
}

/**
 * A page of a list, newest first: the first one, or the one that `next` names. A link that leads out of the account is not followed,
 * since the credentials would go along.
 */
export async function pageFromTwilio(
  context: ConnectorContext,
  list: { readonly path: string; readonly member: string; readonly query: Fields },
  next: string | null,
): Promise<Page | Failure> {
  const { pageSize } = readTwilioConfig(context.config);
  const answer = await (next === null
    ? getFromTwilio(context, list.path, { ...list.query, PageSize: String(pageSize) })
    : getFrom(context, next));
  if (isFailure(answer)) return answer;
  const items = at(answer.json, list.member);
  const following = textAt(answer.json, 'next_page_uri');
  const leadsAway = following !== null && !following.startsWith(`${accountPath(context)}${list.path}?`);
  if (!Array.isArray(items) || leadsAway || (following !== null && following === next))
    return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
  return { items, next: following, asOf: vendorTime(context, answer) };
}
