// Availity over HTTP as a client meets it: token of 300 s, 202 for accepted and for not ready, no idempotency key, faults on demand.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import type { Request, Response, Router } from 'express';
import { takeFault } from './faults.ts';
import type { Fault, FaultyOperation } from './faults.ts';
import { answersQuery, dottedText, fieldErrors, isObject, memberHash, standing, toWire } from './reviews.ts';
import type { JsonObject, Review, Scenario } from './reviews.ts';
import type { AvailityStore, JournalEntry } from './store.ts';

const tokenSeconds = 300;
const hangMilliseconds = 120_000;

interface Token {
  readonly demo: boolean;
  readonly expiresAt: number;
}

interface Session {
  readonly token: Token;
  readonly fault: Fault | null;
}

export interface AvailityDependencies {
  readonly store: AvailityStore;
  readonly payers: readonly { readonly id: string; readonly name: string }[];
  readonly now: () => Date;
}

/** Availity's routes; mount the router at `/` and at `/availity`, as both prefixes are met in the wild. */
export function availityRouter({ store, payers, now }: AvailityDependencies): Router {
  const tokens = new Map<string, Token>();
  const inquiries = new Map<string, readonly [string, string][]>();
  const router = express.Router();
  router.use(express.json({ limit: '1mb' }), express.urlencoded({ extended: false }));

  function take(operation: FaultyOperation): Fault | null {
    const { fault, rest } = takeFault(store.faults, operation);
    if (fault) store.setFaults(rest);
    return fault;
  }

  function refuse(
    request: Request,
    response: Response,
    status: number,
    userMessage: string,
    errors: readonly unknown[] = [],
  ): void {
    response.status(status).json({
      statusCode: status,
      reasonCode: status,
      userMessage,
      developerMessage: userMessage,
      url: request.originalUrl,
      errors,
    });
  }

  /** The faults that strike before a request is taken up. True: the answer has been given, or never will be. */
  async function strikesBefore(fault: Fault | null, request: Request, response: Response): Promise<boolean> {
    switch (fault?.fault) {
      case 'slow':
        await sleep(fault.milliseconds ?? 2000);
        return false;
      case 'tokenExpired':
        refuse(request, response, 401, 'The access token is expired.');
        return true;
      case 'throttled':
        if (fault.retryAfterSeconds !== undefined) response.set('Retry-After', String(fault.retryAfterSeconds));
        refuse(request, response, 429, 'Too many requests.');
        return true;
      case 'errorBeforeAccepting':
        refuse(request, response, 500, 'Unexpected error.');
        return true;
      case 'resetBeforeAccepting':
        request.socket.resetAndDestroy();
        return true;
      case 'hangBeforeAccepting':
        await sleep(fault.milliseconds ?? hangMilliseconds, undefined, { ref: false });
        request.socket.destroy();
        return true;
      case 'rejected':
        refuse(request, response, 400, `Member ${dottedText(request.body, 'subscriber.memberId')} was refused.`, [
          { field: 'subscriber.memberId', code: '72', errorMessage: 'Invalid/Missing Subscriber/Insured ID' },
        ]);
        return true;
      default:
        return false;
    }
  }

  /** The faults that lose the answer to a request already taken up. */
  async function strikesAfter(fault: Fault | null, request: Request, response: Response): Promise<boolean> {
    switch (fault?.fault) {
      case 'gatewayTimeoutAfterAccepting':
        refuse(request, response, 504, 'The payer did not answer in time.');
        return true;
      case 'resetAfterAccepting':
        request.socket.resetAndDestroy();
        return true;
      case 'hangAfterAccepting':
        await sleep(fault.milliseconds ?? hangMilliseconds, undefined, { ref: false });
        request.socket.destroy();
        return true;
      case 'slowAfterAccepting':
        await sleep(fault.milliseconds ?? 2000);
        return false;
      case 'malformed':
        response.status(200).type('json').send('{"id": "1000');
        return true;
      case 'withoutLocation':
        response.status(202).end();
        return true;
      default:
        return false;
    }
  }

  /** Authorises a call, marks its answer as mock for demo scopes, and lets its fault strike. `null`: the answer is given. */
  async function admit(operation: FaultyOperation, request: Request, response: Response): Promise<Session | null> {
    const fault = take(operation);
    const bearer = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1];
    const token = bearer === undefined ? undefined : tokens.get(bearer);
    if (!token || token.expiresAt <= now().getTime()) {
      refuse(request, response, 401, 'The access token is missing or expired.');
      return null;
    }
    if (token.demo && fault?.fault !== 'notMarkedMock') response.set('X-Api-Mock-Response', 'true');
    if (fault?.fault === 'tokenExpired' && bearer !== undefined) tokens.delete(bearer);
    return (await strikesBefore(fault, request, response)) ? null : { token, fault };
  }

  router.post('/v1/token', async (request, response) => {
    const fault = take('token');
    if (await strikesBefore(fault, request, response)) return;
    const body: unknown = request.body;
    const scope = dottedText(body, 'scope');
    const complete = dottedText(body, 'client_id') !== '' && dottedText(body, 'client_secret') !== '';
    if (
      dottedText(body, 'grant_type') !== 'client_credentials' ||
      !complete ||
      dottedText(body, 'client_secret') === 'wrong'
    ) {
      response.status(401).json({ error: 'invalid_client', error_description: 'Client authentication failed.' });
      return;
    }
    if (!scope.includes('healthcare-hipaa-transactions')) {
      response.status(400).json({ error: 'invalid_scope' });
      return;
    }
    if (await strikesAfter(fault, request, response)) return;
    const value = randomBytes(24).toString('base64url');
    tokens.set(value, { demo: scope.includes('demo'), expiresAt: now().getTime() + tokenSeconds * 1000 });
    response.json({
      access_token: value,
      token_type: 'Bearer',
      expires_in: tokenSeconds,
      scope,
      consented_on: Math.floor(now().getTime() / 1000),
    });
  });

  router.get('/v1/configurations', async (request, response) => {
    if (!(await admit('get', request, response))) return;
    const fields = ['payer.id', 'subscriber.memberId', 'patient.birthDate', 'fromDate', 'toDate', 'quantity'];
    const elements = Object.fromEntries(fields.map((field) => [field, { label: field, required: true }]));
    const wanted = new URL(request.originalUrl, 'http://sandbox').searchParams.get('payerId') ?? '';
    const configurations = payers
      .filter(({ id }) => wanted === '' || id === wanted)
      .map(({ id, name }) => ({ type: 'service-reviews', subtypeId: 'HS', payerId: id, payerName: name, elements }));
    response.json({
      totalCount: configurations.length,
      count: configurations.length,
      offset: 0,
      limit: 50,
      configurations,
    });
  });

  router.get('/v1/availity-payer-list', async (request, response) => {
    if (!(await admit('get', request, response))) return;
    const listed = payers.map(({ id, name }) => ({
      payerId: id,
      displayName: name,
      processingRoutes: [
        {
          transactionDescription: 'Authorizations',
          submissionMode: 'API',
          availability: 'Available',
          enrollmentRequired: false,
        },
      ],
    }));
    response.json({ totalCount: listed.length, payers: listed });
  });

  function journalOf(kind: JournalEntry['kind'], id: string, body: JsonObject): JournalEntry {
    const quantity = Number(dottedText(body, 'quantity'));
    const procedures = Array.isArray(body['procedures']) ? body['procedures'] : [];
    return {
      at: now().toISOString(),
      kind,
      id,
      payer: dottedText(body, 'payer.id'),
      member: memberHash(dottedText(body, 'subscriber.memberId')),
      visits: Number.isInteger(quantity) ? quantity : null,
      fromDate: dottedText(body, 'fromDate'),
      toDate: dottedText(body, 'toDate'),
      procedures: procedures.map((procedure) => dottedText(procedure, 'code')),
    };
  }

  function scenarioOf(body: JsonObject, fault: Fault | null): Scenario {
    const usual = store.scenario(dottedText(body, 'payer.id'));
    if (fault?.fault === 'pended') return { ...usual, pended: fault.polls ?? null };
    if (fault?.fault !== 'decided') return usual;
    return {
      notReady: fault.polls ?? 0,
      pended: 0,
      decision: fault.decision ?? 'A1',
      visits: fault.visits ?? null,
      reasonCode: fault.reasonCode ?? null,
      reasonText: fault.reasonText ?? null,
    };
  }

  function location(request: Request, id: string): string {
    const prefix = request.originalUrl.slice(0, request.originalUrl.indexOf('/v2/'));
    return `${request.protocol}://${request.get('host') ?? '127.0.0.1'}${prefix}/v2/service-reviews/${id}`;
  }

  router.post('/v2/service-reviews', async (request, response) => {
    store.countPost();
    const session = await admit('create', request, response);
    if (!session) return;
    const body: unknown = request.body;
    const errors = isObject(body)
      ? fieldErrors(body)
      : [{ field: '', code: '15', errorMessage: 'A JSON object is needed' }];
    if (!isObject(body) || errors.length > 0) {
      refuse(request, response, 400, 'The request is not valid.', errors);
      return;
    }
    const id = store.nextId();
    const hiddenInquiries = session.fault?.fault === 'hidden' ? (session.fault.inquiries ?? 1) : 0;
    const createdAt = now().toISOString();
    store.put({
      id,
      createdAt,
      body,
      scenario: scenarioOf(body, session.fault),
      polls: 0,
      decided: false,
      hiddenInquiries,
    });
    store.record(journalOf('create', id, body));
    if (await strikesAfter(session.fault, request, response)) return;
    response
      .status(202)
      .set('Location', location(request, id))
      .set('X-Status-Message', 'In Progress')
      .json({ id, statusCode: '0', status: 'In Progress' });
  });

  router.put('/v2/service-reviews', async (request, response) => {
    const session = await admit('update', request, response);
    if (!session) return;
    const body: unknown = request.body;
    const review = store.review(dottedText(body, 'id'));
    if (!isObject(body) || !review) {
      refuse(request, response, 404, 'No such service review.');
      return;
    }
    store.put({ ...review, body: { ...review.body, ...body }, polls: 0, decided: false });
    store.record(journalOf('update', review.id, { ...review.body, ...body }));
    if (await strikesAfter(session.fault, request, response)) return;
    response.status(202).set('Location', location(request, review.id)).end();
  });

  router.delete('/v2/service-reviews/:id', async (request, response) => {
    const session = await admit('void', request, response);
    if (!session) return;
    const review = store.review(request.params.id);
    if (!review) {
      refuse(request, response, 404, 'No such service review.');
      return;
    }
    store.put({ ...review, decided: true, scenario: { ...review.scenario, decision: 'C', visits: null } });
    store.record(journalOf('void', review.id, review.body));
    if (await strikesAfter(session.fault, request, response)) return;
    response.status(204).end();
  });

  router.get('/v2/service-reviews/:id', async (request, response) => {
    const session = await admit('get', request, response);
    if (!session) return;
    const review = store.review(request.params.id);
    if (!review) {
      refuse(request, response, 404, 'No such service review.');
      return;
    }
    if (await strikesAfter(session.fault, request, response)) return;
    store.put({ ...review, polls: review.polls + 1 });
    if (standing(review) === 'notReady') {
      response.status(202).set('Location', location(request, review.id)).set('X-Status-Message', 'In Progress').end();
      return;
    }
    response.json(toWire(review));
  });

  function found(query: ReadonlyMap<string, string>): Review[] {
    return store.reviews.filter((review) => {
      if (!answersQuery(review, query)) return false;
      if (review.hiddenInquiries > 0) store.put({ ...review, hiddenInquiries: review.hiddenInquiries - 1 });
      return review.hiddenInquiries === 0;
    });
  }

  router.get('/v2/service-reviews', async (request, response) => {
    const session = await admit('inquire', request, response);
    if (!session) return;
    if (await strikesAfter(session.fault, request, response)) return;
    const asked = new URL(request.originalUrl, 'http://sandbox').searchParams;
    const known = inquiries.get(asked.get('sessionId') ?? '');
    if (!known) {
      const sessionId = randomBytes(8).toString('hex');
      inquiries.set(sessionId, [...asked.entries()]);
      const next = `${location(request, '').replace(/\/$/, '')}?sessionId=${sessionId}`;
      response.status(202).set('Location', next).set('X-Status-Message', 'In Progress').end();
      return;
    }
    const listed = found(new Map(known));
    const page = listed.slice(0, 50).map(toWire);
    response.json({
      totalCount: listed.length,
      count: page.length,
      offset: 0,
      limit: 50,
      links: { next: null },
      serviceReviews: page,
    });
  });

  return router;
}
