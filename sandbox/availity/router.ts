// Availity over HTTP as a client meets it: 202 for accepted and for not ready, no idempotency key, faults on demand.
import { randomBytes } from 'node:crypto';
import express from 'express';
import type { Request, Router } from 'express';
import type { PayersDesk } from '../adjudication/desk.ts';
import { claimStatusRouter } from './claim-status-router.ts';
import { coverageRouter } from './coverage-router.ts';
import type { Fault } from './faults.ts';
import { createGate, refuse } from './gate.ts';
import type { Inquiries } from './inquiries.ts';
import { payerRouter } from './payer-router.ts';
import type { ListedPayer } from './payer-router.ts';
import { answersQuery, dottedText, fieldErrors, isObject, memberHash, standing, toWire } from './reviews.ts';
import type { JsonObject, Review, Scenario } from './reviews.ts';
import type { AvailityStore, JournalEntry } from './store.ts';

export interface AvailityDependencies {
  readonly store: AvailityStore;
  readonly inquiries: Inquiries;
  /** Who holds the claims that are asked about. */
  readonly desk: PayersDesk;
  readonly payers: readonly ListedPayer[];
  readonly now: () => Date;
}

/** Availity's routes; mount the router at `/` and at `/availity`, as both prefixes are met in the wild. */
export function availityRouter({ store, inquiries, desk, payers, now }: AvailityDependencies): Router {
  const gate = createGate(store, inquiries, now);
  const searches = new Map<string, readonly [string, string][]>();
  const router = express.Router();
  router.use(express.json({ limit: '1mb' }), express.urlencoded({ extended: false }));
  router.post('/v1/token', gate.token);
  router.use(
    payerRouter(gate, payers),
    coverageRouter(gate, inquiries, now),
    claimStatusRouter(gate, inquiries, desk, now),
  );

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
    const session = await gate.admit('create', request, response);
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
    if (await gate.strikesAfter(session.fault, request, response)) return;
    response
      .status(202)
      .set('Location', location(request, id))
      .set('X-Status-Message', 'In Progress')
      .json({ id, statusCode: '0', status: 'In Progress' });
  });

  router.put('/v2/service-reviews', async (request, response) => {
    const session = await gate.admit('update', request, response);
    if (!session) return;
    const body: unknown = request.body;
    const review = store.review(dottedText(body, 'id'));
    if (!isObject(body) || !review) {
      refuse(request, response, 404, 'No such service review.');
      return;
    }
    store.put({ ...review, body: { ...review.body, ...body }, polls: 0, decided: false });
    store.record(journalOf('update', review.id, { ...review.body, ...body }));
    if (await gate.strikesAfter(session.fault, request, response)) return;
    response.status(202).set('Location', location(request, review.id)).end();
  });

  router.delete('/v2/service-reviews/:id', async (request, response) => {
    const session = await gate.admit('void', request, response);
    if (!session) return;
    const review = store.review(request.params.id);
    if (!review) {
      refuse(request, response, 404, 'No such service review.');
      return;
    }
    store.put({ ...review, decided: true, scenario: { ...review.scenario, decision: 'C', visits: null } });
    store.record(journalOf('void', review.id, review.body));
    if (await gate.strikesAfter(session.fault, request, response)) return;
    response.status(204).end();
  });

  router.get('/v2/service-reviews/:id', async (request, response) => {
    const session = await gate.admit('get', request, response);
    if (!session) return;
    const review = store.review(request.params.id);
    if (!review) {
      refuse(request, response, 404, 'No such service review.');
      return;
    }
    if (await gate.strikesAfter(session.fault, request, response)) return;
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
    const session = await gate.admit('inquire', request, response);
    if (!session) return;
    if (await gate.strikesAfter(session.fault, request, response)) return;
    const asked = new URL(request.originalUrl, 'http://sandbox').searchParams;
    const known = searches.get(asked.get('sessionId') ?? '');
    if (!known) {
      const sessionId = randomBytes(8).toString('hex');
      searches.set(sessionId, [...asked.entries()]);
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
