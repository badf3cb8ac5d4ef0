// Jane's sign-in service, a minimal Keycloak: a page that asks a person for leave, codes with PKCE, tokens of five and thirty minutes.
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import express from 'express';
import type { Request, Response, Router } from 'express';
import { strikesAfter, strikesBefore } from '../faults/transport.ts';
import type { JaneStore } from './store.ts';

const accessSeconds = 300;
const refreshSeconds = 1800;
const codeSeconds = 60;

function textOf(source: unknown, name: string): string {
  const value: unknown = typeof source === 'object' && source !== null ? Reflect.get(source, name) : undefined;
  return typeof value === 'string' ? value : '';
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What is wrong with a request for leave; null where nothing is. */
function wrongRequest(query: unknown): string | null {
  const redirect = textOf(query, 'redirect_uri');
  const allowed =
    URL.canParse(redirect) &&
    (redirect.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(redirect));
  if (!allowed) return 'Invalid parameter: redirect_uri';
  if (textOf(query, 'client_id') === '' || textOf(query, 'client_id') === 'unknown') return 'Client not found.';
  if (textOf(query, 'response_type') !== 'code') return 'Invalid parameter: response_type';
  if (textOf(query, 'code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(textOf(query, 'code_challenge')))
    return 'Missing parameter: code_challenge_method';
  return URL.canParse(textOf(query, 'resource')) ? null : 'Invalid parameter: resource';
}

/** Mounted where Jane's sign-in host is. Any client but `unknown` is registered; the secret `wrong` is refused. */
export function keycloakRouter(store: JaneStore, now: () => Date): Router {
  const router = express.Router();
  let key: KeyObject | null = null;

  /** The clocks of a vendor may differ from everybody else's. */
  const clock = (): number => now().getTime() + store.state.clockAheadSeconds * 1000;

  function signed(claims: object): string {
    key ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', typ: 'JWT', kid: 'sandbox' })}.${part(claims)}`;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
  }

  function issue(realm: string, session: string, audience: string, scope: string) {
    const at = Math.floor(clock() / 1000);
    const issuer = `https://login.example/realms/${realm}`;
    const common = { iat: at, iss: issuer, sub: uuidOfOwner, azp: 'gait', scope, sid: session };
    const access = signed({ ...common, exp: at + accessSeconds, jti: randomUUID(), aud: audience });
    const refresh = signed({ ...common, exp: at + refreshSeconds, jti: randomUUID(), aud: issuer, typ: 'Refresh' });
    // Keycloak with "revoke refresh token": the one before is of no use any more.
    const others = store.state.sessions.filter((one) => one.session !== session);
    store.change({
      sessions: [...others, { session, realm, audience, scope, refresh, until: clock() + refreshSeconds * 1000 }],
      tokens: [
        ...store.state.tokens.filter(({ until }) => until > clock()),
        { value: access, audience, until: clock() + accessSeconds * 1000 },
      ],
    });
    return {
      access_token: access,
      expires_in: accessSeconds,
      refresh_expires_in: refreshSeconds,
      refresh_token: refresh,
      token_type: 'Bearer',
      'not-before-policy': 0,
      session_state: session,
      scope,
    };
  }

  router.get('/realms/:realm/protocol/openid-connect/auth', (request, response) => {
    const wrong = wrongRequest(request.query);
    if (wrong !== null) {
      response
        .status(400)
        .type('html')
        .send(`<h1>We are sorry</h1><p>${escaped(wrong)}</p>`);
      return;
    }
    const clinic = escaped(textOf(request.query, 'resource'));
    const scopes = textOf(request.query, 'scope').split(' ').map(escaped);
    response
      .type('html')
      .send(
        `<!doctype html><title>Sign in</title><h1>Let this extension use ${clinic}?</h1>` +
          `<ul>${scopes.map((scope) => `<li>${scope}</li>`).join('')}</ul>` +
          `<form method="post" action="${escaped(request.originalUrl)}">` +
          `<button name="leave" value="yes">Allow</button><button name="leave" value="no">Refuse</button></form>`,
      );
  });

  router.post(
    '/realms/:realm/protocol/openid-connect/auth',
    express.urlencoded({ extended: false }),
    (request, response) => {
      const wrong = wrongRequest(request.query);
      if (wrong !== null) {
        response.status(400).type('html').send(escaped(wrong));
        return;
      }
      const back = new URL(textOf(request.query, 'redirect_uri'));
      back.searchParams.set('state', textOf(request.query, 'state'));
      if (textOf(request.body, 'leave') !== 'yes') {
        back.searchParams.set('error', 'access_denied');
      } else {
        const code = randomUUID();
        const { query } = request;
        const asked = {
          code,
          realm: request.params['realm'] ?? '',
          clientId: textOf(query, 'client_id'),
          redirectUri: textOf(query, 'redirect_uri'),
          challenge: textOf(query, 'code_challenge'),
          audience: textOf(query, 'resource'),
          scope: textOf(query, 'scope'),
          until: clock() + codeSeconds * 1000,
        };
        store.change({ codes: [...store.state.codes, asked] });
        back.searchParams.set('code', code);
        back.searchParams.set('session_state', randomUUID());
      }
      response.redirect(302, back.href);
    },
  );

  function refuse(response: Response, status: number, error: string, description: string): void {
    response.status(status).json({ error, error_description: description });
  }

  function redeemCode(request: Request, response: Response, audience: string | null): object | null {
    const body: unknown = request.body;
    const asked = store.state.codes.find(({ code }) => code === textOf(body, 'code'));
    // A code is good once, whatever comes of it.
    if (asked) store.change({ codes: store.state.codes.filter((one) => one !== asked) });
    const challenge = createHash('sha256').update(textOf(body, 'code_verifier')).digest('base64url');
    const fits =
      asked !== undefined &&
      asked.until > clock() &&
      asked.clientId === textOf(body, 'client_id') &&
      asked.redirectUri === textOf(body, 'redirect_uri') &&
      asked.realm === request.params['realm'];
    if (!fits) {
      refuse(response, 400, 'invalid_grant', 'Code not valid');
      return null;
    }
    if (challenge !== asked.challenge) {
      refuse(response, 400, 'invalid_grant', 'PKCE verification failed');
      return null;
    }
    return issue(asked.realm, randomUUID(), audience ?? asked.audience, asked.scope);
  }

  function redeemRefresh(request: Request, response: Response, audience: string | null): object | null {
    const token = textOf(request.body, 'refresh_token');
    const session = store.state.sessions.find(({ refresh }) => refresh === token);
    if (session === undefined || session.until <= clock() || session.realm !== request.params['realm']) {
      refuse(response, 400, 'invalid_grant', 'Token is not active');
      return null;
    }
    return issue(session.realm, session.session, audience ?? session.audience, session.scope);
  }

  router.post(
    '/realms/:realm/protocol/openid-connect/token',
    express.urlencoded({ extended: false }),
    async (request, response) => {
      store.count('token');
      const fault = store.takeFault('token');
      const words = {
        refuse: (status: number) => {
          refuse(response, status, 'temporarily_unavailable', 'Try again later');
        },
        tellsRetryAfter: true,
        brokenOff: '{"access_token":"eyJ',
      };
      if (await strikesBefore(fault, request, response, words)) return;
      const body: unknown = request.body;
      if (textOf(body, 'client_secret') === '' || textOf(body, 'client_secret') === 'wrong') {
        refuse(response, 401, 'unauthorized_client', 'Invalid client or Invalid client credentials');
        return;
      }
      if (fault?.fault === 'signInWithdrawn') {
        store.change({ sessions: [], tokens: [] });
        refuse(response, 400, 'invalid_grant', 'Session not active');
        return;
      }
      const audience = fault?.fault === 'anotherClinic' ? 'https://another-clinic.example' : null;
      const kind = textOf(body, 'grant_type');
      if (kind !== 'authorization_code' && kind !== 'refresh_token') {
        refuse(response, 400, 'unsupported_grant_type', 'Unsupported grant_type');
        return;
      }
      const tokens = (kind === 'refresh_token' ? redeemRefresh : redeemCode)(request, response, audience);
      if (tokens === null || (await strikesAfter(fault, request, response, words))) return;
      response.json(tokens);
    },
  );

  return router;
}

const uuidOfOwner = '0190d1d0-0000-7000-a000-00000000feed';
