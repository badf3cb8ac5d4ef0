// Authorised calls to a partner's API: a key, a name with a password, or a token; nothing goes to another host than the connection names.
import { GaitError } from '../../domain/errors.ts';
import type { ConnectorContext, Failure } from '../connector.ts';
import { sendOnce } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { textAt } from '../json.ts';
import { TokenRefused, isFailure, read, statusFailure } from '../rest/answer.ts';
import type { AccessToken } from '../token-cache.ts';
import type { RestSettings } from './settings.ts';

type Authentication = RestSettings['authentication'];
type ClientCredentials = Extract<Authentication, { kind: 'clientCredentials' }>;

/** A secret of the connection. Throws `connection.credentials` naming the missing one. */
function secretOf(context: ConnectorContext, name: string): string {
  const secret = context.secrets[name];
  if (secret === undefined || secret === '')
    throw new GaitError('connection.credentials', `the credential "${name}" is missing`, { where: name });
  return secret;
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

const usualTokenSeconds = 300;

async function obtainToken(
  context: ConnectorContext,
  { tokenUrl, scope = '', credentialsIn = 'body' }: ClientCredentials,
  timeoutSeconds: number,
): Promise<AccessToken> {
  const [clientId, clientSecret] = [secretOf(context, 'clientId'), secretOf(context, 'clientSecret')];
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (scope !== '') form.set('scope', scope);
  if (credentialsIn === 'body') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  const askedAt = context.now().getTime();
  const answer = await sendOnce(context, {
    ...read,
    method: 'POST',
    url: new URL(tokenUrl),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(credentialsIn === 'header' ? { authorization: basic(clientId, clientSecret) } : {}),
    },
    body: form.toString(),
    timeoutSeconds,
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

const tokenKey = 'partnerApi';

/** The header that proves who asks, with the token in it where one was fetched. */
async function proofOf(
  context: ConnectorContext,
  { authentication, requestTimeoutSeconds }: RestSettings,
): Promise<{ readonly headers: Readonly<Record<string, string>>; readonly token: AccessToken | null } | Failure> {
  switch (authentication.kind) {
    case 'header': {
      const { header = 'x-api-key', prefix = '' } = authentication;
      return { headers: { [header]: `${prefix}${secretOf(context, 'apiKey')}` }, token: null };
    }
    case 'basic':
      return {
        headers: { authorization: basic(secretOf(context, 'username'), secretOf(context, 'password')) },
        token: null,
      };
    case 'clientCredentials':
      try {
        const token = await context.tokens.get(tokenKey, context.now(), () =>
          obtainToken(context, authentication, requestTimeoutSeconds),
        );
        return { headers: { authorization: `Bearer ${token.value}` }, token };
      } catch (error) {
        if (error instanceof TokenRefused) return error.failure;
        throw error;
      }
  }
}

/** The address a link of an answer names, where it is one of this API; null for any other. */
export function ownAddress(link: string, asked: URL, baseUrl: string): URL | null {
  if (!URL.canParse(link, asked.href)) return null;
  const [url, base] = [new URL(link, asked.href), new URL(baseUrl)];
  const root = base.pathname.replace(/\/+$/, '');
  return url.origin === base.origin && (url.pathname === root || url.pathname.startsWith(`${root}/`)) ? url : null;
}

/** The answer to a GET with status 200 and JSON in it, or what went wrong; a refused token is replaced once. */
export async function getFromPartner(
  context: ConnectorContext,
  settings: RestSettings,
  url: URL,
): Promise<HttpAnswer | Failure> {
  for (let lastTry = false; ; lastTry = true) {
    const proof = await proofOf(context, settings);
    if (isFailure(proof)) return proof;
    const answer = await sendOnce(context, {
      ...read,
      method: 'GET',
      url,
      headers: { accept: 'application/json', ...settings.headers, ...proof.headers },
      timeoutSeconds: settings.requestTimeoutSeconds,
    });
    if (isFailure(answer)) return answer;
    if (answer.status === 401 && proof.token !== null && !lastTry) {
      context.tokens.drop(tokenKey, proof.token);
      continue;
    }
    if (answer.status !== 200) return statusFailure(context, answer, read);
    if (answer.malformed || answer.json === undefined)
      return { kind: 'notSent', code: 'vendor.malformed', retryAfterSeconds: 30 };
    return answer;
  }
}
