// The token of a FHIR connection: SMART App Launch 2, backend services: a signed assertion against a short-lived token.
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { ConnectorContext, Failure } from '../connector.ts';
import { classifyStatus, retryAfterSeconds } from '../faults.ts';
import type { Call } from '../faults.ts';
import { sendOnce } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { textAt } from '../json.ts';
import type { AccessToken } from '../token-cache.ts';
import { readBearerToken, readPrivateKey } from './settings.ts';
import type { FhirSettings } from './settings.ts';

/** Carries a failed token fetch out of the cache's shared promise. */
class TokenRefused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('no access token');
    this.failure = failure;
  }
}

const cacheKey = 'fhir';
const reading: Call = { effect: false, inquireAfterSeconds: 0 };
/** SMART allows five minutes; clocks differ. */
const assertionSeconds = 240;
/** Where the answer does not tell: what SMART recommends at most. */
const usualTokenSeconds = 300;
const malformed = { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 } as const;

function refused(context: ConnectorContext, answer: HttpAnswer): TokenRefused {
  const after = retryAfterSeconds(answer.headers.get('retry-after'), context.now());
  const { status } = answer;
  if (status >= 400 && status < 500 && status !== 429 && status !== 408)
    return new TokenRefused({ kind: 'notSent', code: 'connection.credentials' });
  if (status < 400) return new TokenRefused(malformed);
  return new TokenRefused(classifyStatus(status, after, [], reading));
}

/** Over TLS, or to this machine: the assertion and the token must not be overheard. */
function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

/** The token endpoint of the settings, or the one `.well-known/smart-configuration` names; or why there is none. */
export async function tokenEndpoint(context: ConnectorContext, settings: FhirSettings): Promise<URL | Failure> {
  if (settings.tokenEndpoint !== '') return new URL(settings.tokenEndpoint);
  const answer = await sendOnce(context, {
    ...reading,
    method: 'GET',
    url: new URL(`${settings.baseUrl}/.well-known/smart-configuration`),
    headers: { accept: 'application/json' },
    timeoutSeconds: settings.requestTimeoutSeconds,
  });
  if ('kind' in answer) return answer;
  if (answer.status !== 200) return refused(context, answer).failure;
  const named = textAt(answer.json, 'token_endpoint') ?? '';
  if (!URL.canParse(named)) return malformed;
  const url = new URL(named);
  return isSafe(url) ? url : { kind: 'notSent', code: 'connection.refused' };
}

async function obtain(context: ConnectorContext, settings: FhirSettings): Promise<AccessToken> {
  const key = readPrivateKey(context.secrets, settings.algorithm);
  const url = await tokenEndpoint(context, settings);
  if (!(url instanceof URL)) throw new TokenRefused(url);
  const askedAt = context.now().getTime();
  const issued = Math.floor(askedAt / 1000);
  const header = { alg: settings.algorithm, typ: 'JWT', ...(settings.keyId === '' ? {} : { kid: settings.keyId }) };
  const assertion = await new SignJWT({})
    .setProtectedHeader(header)
    .setIssuer(settings.clientId)
    .setSubject(settings.clientId)
    .setAudience(url.href)
    .setJti(randomUUID())
    .setIssuedAt(issued)
    .setExpirationTime(issued + assertionSeconds)
    .sign(key);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: settings.scope,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  const answer = await sendOnce(context, {
    ...reading,
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    timeoutSeconds: settings.requestTimeoutSeconds,
  });
  if ('kind' in answer) throw new TokenRefused(answer);
  if (answer.status !== 200) throw refused(context, answer);
  const value = textAt(answer.json, 'access_token');
  const lasts = Number(textAt(answer.json, 'expires_in') ?? usualTokenSeconds);
  if (value === null || !/^[\x21-\x7e]+$/.test(value) || !Number.isFinite(lasts)) throw new TokenRefused(malformed);
  return { value, expiresAt: askedAt + lasts * 1000 };
}

/** The header that says who asks, and a way to forget the token the endpoint refused. */
interface Authorization {
  readonly headers: Readonly<Record<string, string>>;
  /** True where a fresh token may be had. */
  refuse(): boolean;
}

async function authorization(context: ConnectorContext, settings: FhirSettings): Promise<Authorization | Failure> {
  if (settings.auth === 'none') return { headers: {}, refuse: () => false };
  if (settings.auth === 'bearer')
    return { headers: { authorization: `Bearer ${readBearerToken(context.secrets)}` }, refuse: () => false };
  try {
    const token = await context.tokens.get(cacheKey, context.now(), () => obtain(context, settings));
    return {
      headers: { authorization: `Bearer ${token.value}` },
      refuse: () => {
        context.tokens.drop(cacheKey, token);
        return true;
      },
    };
  } catch (error) {
    if (error instanceof TokenRefused) return error.failure;
    throw error;
  }
}

/**
 * One call with the token in its header. A 401 is a refusal before anything was taken up, so it alone is tried again, once, with a fresh
 * token.
 */
export async function authorized<Answer extends { readonly status: number }>(
  context: ConnectorContext,
  settings: FhirSettings,
  call: (headers: Readonly<Record<string, string>>) => Promise<Answer | Failure>,
): Promise<Answer | Failure> {
  for (let last = false; ; last = true) {
    const allowed = await authorization(context, settings);
    if ('kind' in allowed) return allowed;
    const answer = await call(allowed.headers);
    if (!('status' in answer) || answer.status !== 401) return answer;
    if (!allowed.refuse() || last) return { kind: 'notSent', code: 'connection.credentials' };
  }
}
