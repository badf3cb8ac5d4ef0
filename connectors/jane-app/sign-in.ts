// Signing in at Jane: a person allows it in the browser (authorization code with PKCE), and Gait keeps the sign-in alive by refreshing it.
import { createHash } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext, Failure, Outcome, Rejected } from '../connector.ts';
import { rejected } from '../faults.ts';
import type { Grant, GrantStore } from '../grants.ts';
import { sendOnce } from '../http.ts';
import { at, textAt } from '../json.ts';
import { TokenRefused, isFailure, read, statusFailure } from '../rest/answer.ts';
import type { AccessToken } from '../token-cache.ts';
import { clinicOf, loginUrlOf, readJaneAppConfig, readJaneAppSecrets } from './config.ts';
import type { JaneAppConfig } from './config.ts';

/** Nobody signed in, or the sign-in has lapsed or was withdrawn: a person has to sign in at Jane again. */
export const signInAgain: Rejected = rejected('connection.credentials', [{ code: 'sign-in-again' }]);

export interface Authorization {
  readonly config: ConnectorContext['config'];
  readonly secrets: ConnectorContext['secrets'];
  /** Comes back with the code; it must be of this browser session. */
  readonly state: string;
  /** 43 to 128 letters, digits and -._~ made for this sign-in alone (RFC 7636). */
  readonly codeVerifier: string;
  /** As registered with Jane, to the letter. */
  readonly redirectUri: string;
}

/** Where the browser of the person who signs in is sent. Throws `input.invalid` for a verifier that is none. */
export function authorizeUrl({ config, secrets, state, codeVerifier, redirectUri }: Authorization): URL {
  const settings = readJaneAppConfig(config);
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(codeVerifier))
    throw new GaitError('input.invalid', 'the code verifier has a wrong form', { where: 'codeVerifier' });
  const url = loginUrlOf(settings, 'auth');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: readJaneAppSecrets(secrets).clientId,
    redirect_uri: redirectUri,
    scope: settings.scopes,
    state,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    resource: clinicOf(settings),
    prompt: 'consent',
  }).toString();
  return url;
}

/** The clinics a token is for. Its signature is not looked at: it came from the sign-in service itself, over TLS. */
function audienceOf(accessToken: string): readonly string[] {
  try {
    const claims: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const audience = at(claims, 'aud');
    const list: readonly unknown[] = Array.isArray(audience) ? audience : [audience];
    return list.filter((one) => typeof one === 'string').map((one) => one.replace(/\/+$/, '').toLowerCase());
  } catch {
    return [];
  }
}

/** A code or refresh token that Keycloak does not take (any more) is `invalid_grant`; anything else of 4xx is about the partner. */
function refused(status: number, error: string | null): Failure | null {
  if (error === 'invalid_grant') return signInAgain;
  const isOurs = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return isOurs ? { kind: 'notSent', code: 'connection.credentials' } : null;
}

async function askForTokens(
  context: ConnectorContext,
  config: JaneAppConfig,
  fields: Readonly<Record<string, string>>,
  signedInAt: string | null,
): Promise<Grant | Failure> {
  const { clientId, clientSecret } = readJaneAppSecrets(context.secrets);
  // Lifetimes count from before the question, by our clock alone: the vendor's may run ahead or behind.
  const askedAt = context.now();
  const answer = await sendOnce(context, {
    ...read,
    method: 'POST',
    url: loginUrlOf(config, 'token'),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({ ...fields, client_id: clientId, client_secret: clientSecret }).toString(),
    timeoutSeconds: config.requestTimeoutSeconds,
  });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200)
    return refused(answer.status, textAt(answer.json, 'error')) ?? statusFailure(context, answer, read);
  const accessToken = textAt(answer.json, 'access_token');
  const refreshToken = textAt(answer.json, 'refresh_token');
  const seconds = Number(textAt(answer.json, 'expires_in') ?? '300');
  const refreshSeconds = Number(textAt(answer.json, 'refresh_expires_in') ?? Number.NaN);
  if (accessToken === null || refreshToken === null || !Number.isFinite(seconds))
    return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
  if (!audienceOf(accessToken).includes(clinicOf(config).toLowerCase()))
    return rejected('connection.credentials', [{ code: 'another-clinic', field: 'clinicUrl' }]);
  const after = (lifetime: number): string => new Date(askedAt.getTime() + lifetime * 1000).toISOString();
  return {
    accessToken,
    accessExpiresAt: after(seconds),
    refreshToken,
    // 0 is Keycloak's word for "no end".
    refreshExpiresAt: Number.isFinite(refreshSeconds) && refreshSeconds > 0 ? after(refreshSeconds) : null,
    signedInAt: signedInAt ?? askedAt.toISOString(),
  };
}

/** Exchanges the code that came back with the browser for tokens, and keeps them where the connection has a place for them. */
export async function exchangeCode(
  context: ConnectorContext,
  { code, codeVerifier, redirectUri }: { readonly code: string } & Pick<Authorization, 'codeVerifier' | 'redirectUri'>,
): Promise<Outcome<Grant>> {
  const config = readJaneAppConfig(context.config);
  const fields = { grant_type: 'authorization_code', code, code_verifier: codeVerifier, redirect_uri: redirectUri };
  const grant = await askForTokens(context, config, fields, null);
  if (isFailure(grant)) return grant;
  await context.grants?.replace(() => Promise.resolve(grant));
  return { kind: 'done', result: grant };
}

/** An access token is replaced so long before it ends, in milliseconds. */
const earlyMilliseconds = 60_000;

function isFresh(grant: Grant, now: Date): boolean {
  return Date.parse(grant.accessExpiresAt) - earlyMilliseconds > now.getTime();
}

/** The grant with an access token that still lasts; another process may have refreshed it already, then nothing is asked. */
async function refresh(
  context: ConnectorContext,
  grants: GrantStore,
  isUsable: (grant: Grant) => boolean,
): Promise<Grant> {
  const config = readJaneAppConfig(context.config);
  const kept = await grants.replace(async (current) => {
    if (current === null) throw new TokenRefused(signInAgain);
    if (isUsable(current)) return null;
    const fields = { grant_type: 'refresh_token', refresh_token: current.refreshToken };
    const next = await askForTokens(context, config, fields, current.signedInAt);
    if (isFailure(next)) throw new TokenRefused(next);
    return next;
  });
  if (kept === null) throw new TokenRefused(signInAgain);
  return kept;
}

/**
 * An access token for the clinic, refreshed where it must be: once for all who ask meanwhile, here and in other processes.
 * @param refusedToken one that Jane does not take any more, whatever its lifetime says
 */
export async function accessToken(
  context: ConnectorContext,
  refusedToken: string | null,
): Promise<AccessToken | Failure> {
  const { grants } = context;
  if (grants === undefined) return signInAgain;
  try {
    return await context.tokens.get('janeApp', context.now(), async () => {
      const usable = (grant: Grant): boolean => isFresh(grant, context.now()) && grant.accessToken !== refusedToken;
      const grant = await refresh(context, grants, usable);
      return { value: grant.accessToken, expiresAt: Date.parse(grant.accessExpiresAt) };
    });
  } catch (error) {
    if (error instanceof TokenRefused) return error.failure;
    throw error;
  }
}

/** Jane's refresh tokens last half an hour from the last refresh: one with less than this left is replaced, in milliseconds. */
const leastLeftMilliseconds = 20 * 60_000;

/** Refreshes a sign-in that was not used for a while, so that it does not lapse. To be asked every few minutes. */
export async function keepSignedIn(
  context: ConnectorContext,
): Promise<Outcome<{ readonly refreshExpiresAt: string | null }>> {
  if (context.grants === undefined) return signInAgain;
  const stillLong = ({ accessExpiresAt, refreshExpiresAt }: Grant): boolean => {
    const now = context.now().getTime();
    return refreshExpiresAt === null
      ? Date.parse(accessExpiresAt) > now
      : Date.parse(refreshExpiresAt) - now > leastLeftMilliseconds;
  };
  try {
    const { refreshExpiresAt } = await refresh(context, context.grants, stillLong);
    return { kind: 'done', result: { refreshExpiresAt } };
  } catch (error) {
    if (error instanceof TokenRefused) return error.failure;
    throw error;
  }
}
