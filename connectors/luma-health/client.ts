// Authorised calls to Luma Health: a bearer token fetched once for many, a 401 answered by one fresh token, lists in two envelopes.
import type { ConnectorContext, Failure } from '../connector.ts';
import { sendOnce } from '../http.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { at, isObject, listAt, textAt } from '../json.ts';
import { TokenRefused, isFailure, read, statusFailure, vendorTime } from '../rest/answer.ts';
import type { Page } from '../rest/pages.ts';
import type { AccessToken } from '../token-cache.ts';
import { readLumaHealthConfig, readLumaHealthSecrets } from './config.ts';

/** `path` follows the base address; query values are encoded. */
export interface LumaRequest extends Pick<HttpRequest, 'method' | 'effect' | 'inquireAfterSeconds'> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function urlOf(context: ConnectorContext, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(`${readLumaHealthConfig(context.config).baseUrl.replace(/\/+$/, '')}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  return url;
}

const usualTokenSeconds = 300;

async function obtainToken(context: ConnectorContext): Promise<AccessToken> {
  const { clientId, clientSecret } = readLumaHealthSecrets(context.secrets);
  const askedAt = context.now().getTime();
  const answer = await sendOnce(context, {
    ...read,
    method: 'POST',
    url: urlOf(context, '/auth/token'),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }),
    timeoutSeconds: readLumaHealthConfig(context.config).requestTimeoutSeconds,
  });
  if (isFailure(answer)) throw new TokenRefused(answer);
  if (answer.status === 400 || answer.status === 401 || answer.status === 403)
    throw new TokenRefused({ kind: 'notSent', code: 'connection.credentials' });
  if (answer.status !== 200) throw new TokenRefused(statusFailure(context, answer, read));
  const value = textAt(answer.json, 'access_token');
  const seconds = Number(textAt(answer.json, 'expires_in') ?? usualTokenSeconds);
  if (value === null || !Number.isFinite(seconds))
    throw new TokenRefused({ kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 });
  return { value, expiresAt: askedAt + seconds * 1000 };
}

async function token(context: ConnectorContext): Promise<AccessToken | Failure> {
  try {
    return await context.tokens.get('lumaHealth', context.now(), () => obtainToken(context));
  } catch (error) {
    if (error instanceof TokenRefused) return error.failure;
    throw error;
  }
}

/** One authorised call. A 401 is a refusal before acceptance: it alone is tried again, once, with a fresh token. */
export async function callLuma(context: ConnectorContext, request: LumaRequest): Promise<HttpAnswer | Failure> {
  const { method, path, query, body, effect, inquireAfterSeconds } = request;
  for (let lastTry = false; ; lastTry = true) {
    const bearer = await token(context);
    if (isFailure(bearer)) return bearer;
    const answer = await sendOnce(context, {
      method,
      effect,
      inquireAfterSeconds,
      url: urlOf(context, path, query),
      headers: {
        authorization: `Bearer ${bearer.value}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutSeconds: readLumaHealthConfig(context.config).requestTimeoutSeconds,
    });
    if (isFailure(answer) || answer.status !== 401 || lastTry) return answer;
    context.tokens.drop('lumaHealth', bearer);
  }
}

/** The object a GET answers with, or what went wrong. Luma's errors are a sentence, which stays behind: it may hold PHI. */
export async function getFromLuma(
  context: ConnectorContext,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer | Failure> {
  const answer = await callLuma(context, { ...read, method: 'GET', path, query });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return statusFailure(context, answer, read);
  if (!isObject(answer.json)) return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
  return answer;
}

/** The records of a page in either envelope: `{response:[…]}`, or `{<resource>:[…]}`. */
function itemsOf(json: unknown, resource: string): readonly unknown[] | null {
  const found = [at(json, 'response'), at(json, resource)].find(Array.isArray);
  return found === undefined ? null : listAt({ found }, 'found');
}

/** Page `number` of a list, from 1. A page that is not full is the last: no total is told. */
export async function listFromLuma(
  context: ConnectorContext,
  resource: string,
  number: number,
  query: Readonly<Record<string, string>> = {},
): Promise<Page | Failure> {
  const { pageSize } = readLumaHealthConfig(context.config);
  const paging = { page: String(number), limit: String(pageSize) };
  const answer = await getFromLuma(context, `/${resource}`, { ...query, ...paging });
  if (isFailure(answer)) return answer;
  const items = itemsOf(answer.json, resource);
  const told = textAt(answer.json, 'page');
  // Another page than the one asked for would be read for ever.
  if (items === null || (told !== null && told !== String(number)))
    return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
  return { items, next: items.length < pageSize ? null : String(number + 1), asOf: vendorTime(context, answer) };
}

const mostPages = 200;

/** All records of a list, up to a bound that no clinic reaches; `asOf` is Luma's clock. */
export async function everyFromLuma(
  context: ConnectorContext,
  resource: string,
  query: Readonly<Record<string, string>> = {},
): Promise<{ readonly items: readonly unknown[]; readonly asOf: string } | Failure> {
  const items: unknown[] = [];
  for (let number = 1; number <= mostPages; number += 1) {
    const page = await listFromLuma(context, resource, number, query);
    if (isFailure(page)) return page;
    items.push(...page.items);
    if (page.next === null) return { items, asOf: page.asOf };
  }
  return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 3600 };
}

/** Luma's ids are 24 hexadecimal digits; a reference to a record may come as its id or as the record itself. */
export function idAt(value: unknown, key: string): string | null {
  const found = at(value, key);
  const id = isObject(found) ? textAt(found, '_id') : textAt(value, key);
  return id !== null && /^[0-9a-f]{24}$/.test(id) ? id : null;
}
