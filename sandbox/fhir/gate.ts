// The door of the simulated endpoint: SMART backend services with a signed assertion, scopes, and the faults that strike before a call.
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { importJWK, jwtVerify } from 'jose';
import { takeFault } from '../faults/queue.ts';
import { strikesAfter, strikesBefore } from '../faults/transport.ts';
import type { TransportWords } from '../faults/transport.ts';
import type { Fault, FaultyOperation } from './faults.ts';
import { isObject } from './resource.ts';
import type { FhirStore } from './store.ts';

/** Letters of SMART v2 (create, read, update, search) and the words of v1. */
export type Leave = 'c' | 'r' | 'u' | 's';

const bearerType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const longestAssertionSeconds = 300;

export function baseOf(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? '127.0.0.1'}${request.baseUrl}`;
}

/** An OperationOutcome, whose diagnostics quote what was sent: nobody may pass them on. */
export function refuse(
  response: Response,
  status: number,
  code: string,
  diagnostics: string,
  expression?: string,
): void {
  const issue = {
    severity: 'error',
    code,
    diagnostics,
    ...(expression === undefined ? {} : { expression: [expression] }),
  };
  response
    .status(status)
    .type('application/fhir+json')
    .send(JSON.stringify({ resourceType: 'OperationOutcome', issue: [issue] }));
}

function isAllowed(scopes: readonly string[], type: string, leave: Leave): boolean {
  return scopes.some((scope) => {
    const [, resource, rights = ''] = /^system\/(\*|[A-Za-z]+)\.([a-z*]+)$/.exec(scope) ?? [];
    if (resource !== '*' && resource !== type) return false;
    const word = leave === 'r' || leave === 's' ? 'read' : 'write';
    return rights === '*' || rights === word || (/^c?r?u?d?s?$/.test(rights) && rights.includes(leave));
  });
}

export interface Gate {
  /** The fault that waits for this call; `undefined`: the answer has been given. */
  admit(
    call: { readonly operation: FaultyOperation; readonly type?: string; readonly leave?: Leave },
    request: Request,
    response: Response,
  ): Promise<Fault | null | undefined>;
  strikesAfter(fault: Fault | null, request: Request, response: Response): Promise<boolean>;
  token(request: Request, response: Response): Promise<void>;
}

export function createGate(store: FhirStore, now: () => Date): Gate {
  const words = (response: Response): TransportWords => ({
    refuse: (status) => {
      refuse(response, status, status === 429 ? 'throttled' : 'exception', 'The server cannot answer now.');
    },
    tellsRetryAfter: true,
    brokenOff: '{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Pat',
  });

  function take(operation: FaultyOperation, type: string | undefined): Fault | null {
    const { fault, rest } = takeFault(
      store.faults,
      (one) => (one.on ?? 'search') === operation && (one.type === undefined || one.type === type),
    );
    store.faults = rest;
    return fault;
  }

  async function struck(fault: Fault | null, request: Request, response: Response): Promise<boolean> {
    switch (fault?.fault) {
      case 'outcome': {
        const sent = JSON.stringify(request.body ?? request.originalUrl);
        refuse(response, 400, 'invalid', `Cannot take ${sent}`, 'Patient.birthDate');
        return true;
      }
      case 'html':
        response.status(200).type('html').send('<html><body>Please sign in.</body></html>');
        return true;
      case 'xml':
        response.status(200).type('application/fhir+xml').send('<Bundle xmlns="http://hl7.org/fhir"/>');
        return true;
      default:
        return strikesBefore(fault, request, response, words(response));
    }
  }

  async function verified(body: Readonly<Record<string, unknown>>, audience: string): Promise<string | null> {
    const assertion = body['client_assertion'];
    if (typeof assertion !== 'string' || body['client_assertion_type'] !== bearerType) return null;
    const [, payload = ''] = assertion.split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8') || 'null');
    const client = isObject(claims) ? claims['iss'] : null;
    const key = typeof client === 'string' ? store.clients.get(client) : undefined;
    if (typeof client !== 'string' || key === undefined) return null;
    const { payload: proven, protectedHeader } = await jwtVerify(assertion, await importJWK(key, key.alg), {
      issuer: client,
      subject: client,
      audience,
      algorithms: ['RS384', 'ES384'],
      requiredClaims: ['exp', 'jti'],
      currentDate: now(),
    });
    const lasts = (proven.exp ?? Infinity) - now().getTime() / 1000;
    if (lasts > longestAssertionSeconds || protectedHeader.kid !== key.kid) return null;
    const jti = `${client} ${proven.jti ?? ''}`;
    if (store.assertions.has(jti)) return null;
    store.assertions.add(jti);
    return client;
  }

  async function token(request: Request, response: Response): Promise<void> {
    store.count('token');
    const fault = take('token', undefined);
    if (await struck(fault, request, response)) return;
    const body: unknown = request.body;
    const form = isObject(body) ? body : {};
    const client = await verified(form, `${baseOf(request)}/auth/token`).catch(() => null);
    if (client === null || form['grant_type'] !== 'client_credentials') {
      response
        .status(client === null ? 401 : 400)
        .json({ error: client === null ? 'invalid_client' : 'unsupported_grant_type' });
      return;
    }
    const scope = typeof form['scope'] === 'string' ? form['scope'] : '';
    const scopes = scope.split(' ').filter((one) => one.startsWith('system/'));
    if (scopes.length === 0) {
      response.status(400).json({ error: 'invalid_scope' });
      return;
    }
    const value = randomBytes(24).toString('base64url');
    const seconds = store.settings.tokenSeconds;
    store.tokens.set(value, { scopes, expiresAt: now().getTime() + seconds * 1000 });
    if (await strikesAfter(fault, request, response, words(response))) return;
    response.json({ access_token: value, token_type: 'bearer', expires_in: seconds, scope: scopes.join(' ') });
  }

  return {
    token,
    strikesAfter: (fault, request, response) => strikesAfter(fault, request, response, words(response)),
    async admit({ operation, type, leave }, request, response) {
      store.count(operation);
      const fault = take(operation, type);
      if (await struck(fault, request, response)) return undefined;
      if (leave === undefined) return fault;
      const bearer = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
      if (fault?.fault === 'tokenExpired') store.tokens.delete(bearer);
      const session = store.tokens.get(bearer);
      if (session === undefined || session.expiresAt <= now().getTime()) {
        response.set('WWW-Authenticate', 'Bearer');
        refuse(response, 401, 'login', 'The token is missing or expired.');
        return undefined;
      }
      if (type !== undefined && !isAllowed(session.scopes, type, leave)) {
        refuse(response, 403, 'forbidden', 'The scope does not allow this.');
        return undefined;
      }
      return fault;
    },
  };
}
