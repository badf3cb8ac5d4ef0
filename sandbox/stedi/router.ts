// Stedi as a client meets it: an API key, the Medical Network under a dated prefix, the typed eligibility check, keys for claims.
import { createHash, randomUUID } from 'node:crypto';
import express from 'express';
import type { Request, Response, Router } from 'express';
import type { PayersDesk } from '../adjudication/desk.ts';
import { memberHash } from '../availity/reviews.ts';
import { answerClaim, claimStatusJson } from '../medical-network/claims.ts';
import { answerCoverage } from '../medical-network/coverage.ts';
import { eligibilityJson, isoDate, pictureOf } from '../medical-network/eligibility-wire.ts';
import type { Fault, FaultyOperation } from '../medical-network/faults.ts';
import { Gate } from '../medical-network/gate.ts';
import type { Words } from '../medical-network/gate.ts';
import { isObject, listIn, textIn } from '../medical-network/json.ts';
import type { NetworkStore } from '../medical-network/store.ts';
import { servicesOf, typedJson, typedPicture } from './typed-wire.ts';

const change = '/2024-04-01/change/medicalnetwork';

/** Stedi's flat envelope; its 429 tells no time to wait. */
const words: Words = {
  tellsRetryAfter: false,
  refusal: (_status, code, message, field) => ({
    code,
    message,
    ...(field === undefined ? {} : { errors: [{ field, description: message }] }),
  }),
};

/** Mounted where Stedi's host is. `test-…` and any other key but `wrong` are accepted. */
export function stediRouter({
  store,
  desk,
  now,
}: {
  readonly store: NetworkStore;
  readonly desk: PayersDesk;
  readonly now: () => Date;
}): Router {
  const gate = new Gate(store, words);
  const underWay = new Set<string>();
  const router = express.Router();
  router.use(express.json({ limit: '5mb' }));

  type Handler = (fault: Fault | null, request: Request, response: Response) => Promise<void> | void;

  function guarded(operation: FaultyOperation, handle: Handler) {
    return async (request: Request, response: Response): Promise<void> => {
      const key = (request.get('authorization') ?? '').replace(/^Key /, '');
      if (key === '' || key === 'wrong') {
        gate.refuse(response, 403, 'FORBIDDEN', 'The API key is not valid.');
        return;
      }
      const admitted = await gate.admit(operation, request, response);
      if (admitted !== 'answered') await handle(admitted.fault, request, response);
    };
  }

  function ask(payer: string, member: string, date: string, serviceTypes: readonly string[]): void {
    store.ask({ at: now().toISOString(), payer, member: memberHash(member), date, serviceTypes });
  }

  router.post(
    `${change}/eligibility/v3`,
    guarded('eligibility', async (fault, request, response) => {
      const body: unknown = request.body;
      if (textIn(body, 'tradingPartnerServiceId') === '' || textIn(body, 'provider.npi') === '') {
        gate.refuse(
          response,
          400,
          'INVALID_REQUEST',
          'tradingPartnerServiceId and provider.npi are needed',
          'provider.npi',
        );
        return;
      }
      ask(
        textIn(body, 'tradingPartnerServiceId'),
        textIn(body, 'subscriber.memberId'),
        isoDate(textIn(body, 'encounter.dateOfService')),
        listIn(isObject(body) ? body['encounter'] : {}, 'serviceTypeCodes').map(String),
      );
      const picture = pictureOf(body, now());
      await answerCoverage(
        { store, gate, fault, picture, json: (told) => eligibilityJson(told, body) },
        request,
        response,
      );
    }),
  );

  router.post(
    '/2026-06-01/eligibility-check',
    guarded('eligibility', async (fault, request, response) => {
      const body: unknown = request.body;
      if (textIn(body, 'payerId') === '' || textIn(body, 'provider.npi') === '' || servicesOf(body).length === 0) {
        gate.refuse(response, 400, 'INVALID_REQUEST', 'payerId, provider and services are needed', 'provider.npi');
        return;
      }
      ask(
        textIn(body, 'payerId'),
        textIn(body, 'subscriber.memberId'),
        textIn(body, 'encounter.dates.service.start'),
        servicesOf(body),
      );
      const picture = typedPicture(body, now());
      const json = (told: typeof picture) => typedJson(told, body, `ec_${randomUUID()}`, now());
      await answerCoverage({ store, gate, fault, picture, json }, request, response);
    }),
  );

  /** The same key with the same body gives the first answer again, with another body 422, while under way 409. */
  async function once(fault: Fault | null, request: Request, response: Response): Promise<void> {
    const key = request.get('idempotency-key');
    const claim = () => answerClaim({ store, gate, desk, wire: 'stedi', now, take: true, fault }, request, response);
    if (key === undefined) {
      await claim();
      return;
    }
    const body = createHash('sha256').update(JSON.stringify(request.body)).digest('hex');
    const used = store.state.keys.find((one) => one.key === key);
    if (underWay.has(key)) {
      response.set('Retry-After', '3');
      gate.refuse(response, 409, 'CONFLICT', 'A request with this key is being processed.');
    } else if (used !== undefined && used.body !== body) {
      gate.refuse(response, 422, 'REQUEST_CHANGED', 'This key was used with another request.');
    } else if (used !== undefined) {
      response.json(used.response);
    } else {
      underWay.add(key);
      try {
        const answer = await claim();
        if (answer !== null) store.change({ keys: [...store.state.keys, { key, body, response: answer }] });
      } finally {
        underWay.delete(key);
      }
    }
  }

  router.post(`${change}/professionalclaims/v3/submission`, guarded('claimSubmit', once));
  router.post(`${change}/professionalclaims/v3/raw-x12-submission`, guarded('claimSubmit', once));

  router.post(
    `${change}/claimstatus/v2`,
    guarded('claimStatus', async (fault, request, response) => {
      if (await gate.strikesAfter(fault, request, response)) return;
      response.json(claimStatusJson(store, desk, request.body, now()));
    }),
  );

  router.get(
    `${change}/reports/v2/:id/:set`,
    guarded('reports', (_fault, request, response) => {
      const name = `${String(request.params['id'])}/${String(request.params['set'])}`;
      const report = store.state.reports.find((one) => one.name === name);
      if (report === undefined) gate.refuse(response, 404, 'NOT_FOUND', 'There is no such transaction.');
      else response.type('json').send(report.content);
    }),
  );

  return router;
}
