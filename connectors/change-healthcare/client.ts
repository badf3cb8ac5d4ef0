// Authorised calls to Change Healthcare (Optum): a token of an hour fetched once for many calls, a 401 answered by one fresh token.
import type { ConnectorContext, Failure } from '../connector.ts';
import { sendOnce } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { textAt } from '../json.ts';
import { failureOf, isFailure, read } from '../medical-network/network.ts';
import type { MedicalNetwork, NetworkRequest } from '../medical-network/network.ts';
import type { AccessToken } from '../token-cache.ts';
import { readChangeHealthcareConfig, readChangeHealthcareSecrets } from './config.ts';
import type { ChangeHealthcareConfig } from './config.ts';

/** Where Optum states no lifetime. */
const usualTokenSeconds = 3600;

/** Carries a failed token fetch out of the cache's shared promise. */
class TokenRefused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('no access token');
    this.failure = failure;
  }
}

/** Unlike Availity's, the token call is JSON. */
async function obtainToken(context: ConnectorContext, config: ChangeHealthcareConfig): Promise<AccessToken> {
  const { clientId, clientSecret } = readChangeHealthcareSecrets(context.secrets);
  const askedAt = context.now().getTime();
  const answer = await sendOnce(context, {
    ...read,
    method: 'POST',
    url: new URL(`${config.baseUrl}${config.tokenPath}`),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }),
    timeoutSeconds: config.requestTimeoutSeconds,
  });
  if (isFailure(answer)) throw new TokenRefused(answer);
  if (answer.status === 400 || answer.status === 401 || answer.status === 403)
    throw new TokenRefused({ kind: 'notSent', code: 'connection.credentials' });
  if (answer.status !== 200) throw new TokenRefused(failureOf(context, answer, read));
  const value = textAt(answer.json, 'access_token');
  const seconds = Number(textAt(answer.json, 'expires_in') ?? usualTokenSeconds);
  if (value === null || !Number.isFinite(seconds))
    throw new TokenRefused({ kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 });
  return { value, expiresAt: askedAt + seconds * 1000 };
}

/** One authorised call. A 401 is a refusal before acceptance, so it alone is tried again, once, with a fresh token. */
async function call(
  context: ConnectorContext,
  config: ChangeHealthcareConfig,
  request: NetworkRequest,
): Promise<HttpAnswer | Failure> {
  for (const lastTry of [false, true]) {
    let token: AccessToken;
    try {
      token = await context.tokens.get('changeHealthcare', context.now(), () => obtainToken(context, config));
    } catch (error) {
      if (error instanceof TokenRefused) return error.failure;
      throw error;
    }
    const { method, path, body, effect, inquireAfterSeconds } = request;
    const answer = await sendOnce(context, {
      method,
      effect,
      inquireAfterSeconds,
      url: new URL(`${config.baseUrl}${path}`),
      headers: {
        authorization: `Bearer ${token.value}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutSeconds: config.requestTimeoutSeconds,
    });
    if (isFailure(answer) || answer.status !== 401) return answer;
    context.tokens.drop('changeHealthcare', token);
    if (lastTry) return answer;
  }
  return { kind: 'notSent', code: 'connection.credentials' };
}

/** The Medical Network behind a connection. All calls together stay under the cap the settings give. */
export function openChangeHealthcare(context: ConnectorContext): MedicalNetwork {
  const config = readChangeHealthcareConfig(context.config);
  return {
    payers: config.payers,
    paths: {
      eligibility: '/medicalnetwork/eligibility/v3/',
      claims: '/medicalnetwork/professionalclaims/v3',
      claimStatus: '/medicalnetwork/claimstatus/v2/',
    },
    inquireAfterSeconds: config.inquireAfterSeconds,
    async send(request) {
      const leave = await context.rate.enter(
        'calls',
        config.concurrentCalls,
        config.requestTimeoutSeconds / 2,
        context.signal,
      );
      if (leave === null) return { kind: 'notSent', code: 'vendor.throttled', retryAfterSeconds: 5 };
      try {
        return await call(context, config, request);
      } finally {
        leave();
      }
    },
  };
}
