// Authorised calls to Availity: token of 300 s fetched early and once, 401 answered by one fresh token, demo proved to be demo.
import type { ConnectorContext, Failure, Reason } from '../connector.ts';
import { classifyStatus, doubtful, retryAfterSeconds } from '../faults.ts';
import type { Call } from '../faults.ts';
import { sendOnce } from '../http.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { isObject, listAt, textAt } from '../json.ts';
import type { AccessToken } from '../token-cache.ts';
import { readAvailityConfig, readAvailitySecrets } from './config.ts';
import type { AvailityConfig } from './config.ts';
import { isShortCode, wireFields } from './wire.ts';

/** Present and `true` on every answer that no payer has seen. */
const mockHeader = 'x-api-mock-response';

/** Carries a failed token fetch out of the cache's shared promise. */
class TokenRefused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('no access token');
    this.failure = failure;
  }
}

const read: Call = { effect: false, inquireAfterSeconds: 0 };

export function isFailure(answer: HttpAnswer | Failure): answer is Failure {
  return 'kind' in answer;
}

export function isMock(answer: HttpAnswer): boolean {
  return answer.headers.get(mockHeader)?.toLowerCase() === 'true';
}

/** `path` begins with the version ("/v2/service-reviews"); query values are encoded. */
export function availityUrl(config: AvailityConfig, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(`${config.baseUrl.replace(/\/+$/, '')}${config.pathPrefix}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  return url;
}

/** The refusal's reasons as codes and field names we know; a vendor's free text may hold PHI and stays behind. */
export function reasonsOf(json: unknown): Reason[] {
  const reasonCode = textAt(json, 'reasonCode');
  const errors = listAt(json, 'errors').filter(isObject);
  if (errors.length === 0) return reasonCode !== null && isShortCode(reasonCode) ? [{ code: reasonCode }] : [];
  return errors.slice(0, 50).map((error) => {
    const code = textAt(error, 'code');
    const field = textAt(error, 'field');
    return {
      code: code !== null && isShortCode(code) ? code : 'invalid',
      ...(field !== null &&
      field.split(/[.[\]]+/).every((part) => part === '' || /^\d{1,3}$/.test(part) || wireFields.has(part))
        ? { field }
        : {}),
    };
  });
}

/** The id under which Availity took a request up: in the body, or the last segment of `Location`. */
export function acceptedId(answer: HttpAnswer, collection: string): string | null {
  const fromBody = textAt(answer.json, 'id');
  if (fromBody !== null) return fromBody;
  const last = answer.headers.get('location')?.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1);
  return last === undefined || last === collection ? null : decodeURIComponent(last);
}

async function obtainToken(context: ConnectorContext, config: AvailityConfig): Promise<AccessToken> {
  const { clientId, clientSecret } = readAvailitySecrets(context.secrets);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: config.scope,
  });
  const askedAt = context.now().getTime();
  const answer = await sendOnce(context, {
    ...read,
    method: 'POST',
    url: new URL(`${config.baseUrl.replace(/\/+$/, '')}${config.tokenPath}`),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    timeoutSeconds: config.requestTimeoutSeconds,
  });
  if (isFailure(answer)) throw new TokenRefused(answer);
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 429 && answer.status !== 408) {
    throw new TokenRefused({ kind: 'notSent', code: 'connection.credentials' });
  }
  if (answer.status !== 200) throw new TokenRefused(failureOf(context, answer, read));
  const value = textAt(answer.json, 'access_token');
  const seconds = Number(textAt(answer.json, 'expires_in') ?? '300');
  if (value === null || !Number.isFinite(seconds)) {
    throw new TokenRefused({ kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 });
  }
  const token = { value, expiresAt: askedAt + seconds * 1000 };
  if (config.environment === 'demo') await proveDemo(context, config, token);
  return token;
}

/**
 * A demo connection gets no token before a harmless read with it has come back marked as mock: a production scope typed
 * into a demo connection is found before a request reaches a payer.
 */
async function proveDemo(context: ConnectorContext, config: AvailityConfig, token: AccessToken): Promise<void> {
  const url = availityUrl(config, '/v1/configurations', { type: 'service-reviews', subtypeId: 'HS' });
  const answer = await sendOnce(context, {
    ...read,
    method: 'GET',
    url,
    headers: bearer(token),
    timeoutSeconds: config.requestTimeoutSeconds,
  });
  if (isFailure(answer)) throw new TokenRefused(answer);
  if (answer.status !== 200) throw new TokenRefused(demoted(failureOf(context, answer, read)));
  if (!isMock(answer)) throw new TokenRefused({ kind: 'notSent', code: 'connection.refused' });
}

/** Whatever befell the proof, the operation itself was not sent. */
function demoted(failure: Failure): Failure {
  return failure.kind === 'notSent' ? failure : { kind: 'notSent', code: 'connection.refused' };
}

function bearer(token: AccessToken): Record<string, string> {
  return { authorization: `Bearer ${token.value}`, accept: 'application/json' };
}

/** What a status other than success means; "too many" also holds the connection's rate. */
export function failureOf(context: ConnectorContext, answer: HttpAnswer, call: Call): Failure {
  const after = retryAfterSeconds(answer.headers.get('retry-after'), context.now());
  const failure = classifyStatus(answer.status, after, reasonsOf(answer.json), call);
  if (failure.kind === 'notSent' && failure.code === 'vendor.throttled') {
    context.rate.hold(context.now(), failure.retryAfterSeconds ?? 60);
  }
  return failure;
}

export type ApiRequest = Omit<HttpRequest, 'headers' | 'timeoutSeconds'> & {
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * One authorised call. A 401 is a refusal before acceptance, so it alone is tried again, once, with a fresh token.
 * An answer to a demo connection that lacks the mock mark leaves an effect uncertain: a payer may have it.
 */
export async function callAvaility(context: ConnectorContext, request: ApiRequest): Promise<HttpAnswer | Failure> {
  const config = readAvailityConfig(context.config);
  for (const lastTry of [false, true]) {
    let token: AccessToken;
    try {
      token = await context.tokens.get('availity', context.now(), () => obtainToken(context, config));
    } catch (error) {
      if (error instanceof TokenRefused) return error.failure;
      throw error;
    }
    const headers = { ...bearer(token), ...request.headers };
    const answer = await sendOnce(context, { ...request, headers, timeoutSeconds: config.requestTimeoutSeconds });
    if (isFailure(answer)) return answer;
    if (answer.status === 401) {
      context.tokens.drop('availity', token);
      if (!lastTry) continue;
    }
    if (config.environment === 'demo' && answer.status < 300 && !isMock(answer))
      return doubtful(request, 'connection.refused');
    return answer;
  }
  return { kind: 'notSent', code: 'connection.credentials' };
}
