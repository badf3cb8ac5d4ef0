// Change Healthcare (Optum) as a client meets it: a JSON token of an hour, the Medical Network, reports to poll, authorizations, payers.
import { randomBytes } from 'node:crypto';
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

const tokenSeconds = 3600;

const words: Words = {
  tellsRetryAfter: true,
  refusal: (status, code, message, field) => ({
    status: 'ERROR',
    code: String(status),
    errors: [{ ...(field === undefined ? {} : { field }), code, description: message }],
  }),
};

export interface Dependencies {
  readonly store: NetworkStore;
  readonly desk: PayersDesk;
  readonly payers: readonly { readonly id: string; readonly name: string }[];
  readonly now: () => Date;
}

/** Optum's routes under its gateway's root. */
export function changeHealthcareRouter({ store, desk, payers, now }: Dependencies): Router {
  const tokens = new Map<string, number>();
  const gate = new Gate(store, words);
  const router = express.Router();
  router.use(express.json({ limit: '5mb' }));

  router.post('/apip/auth/v2/token', async (request, response) => {
    if ((await gate.admit('token', request, response)) === 'answered') return;
    const body: unknown = request.body;
    const complete = textIn(body, 'client_id') !== '' && textIn(body, 'client_secret') !== '';
    if (textIn(body, 'grant_type') !== 'client_credentials' || !complete || textIn(body, 'client_secret') === 'wrong') {
      response.status(401).json({ error: 'invalid_client', error_description: 'Client authentication failed.' });
      return;
    }
    const value = randomBytes(24).toString('base64url');
    tokens.set(value, now().getTime() + tokenSeconds * 1000);
    response.json({ access_token: value, expires_in: tokenSeconds, token_type: 'bearer' });
  });

  type Handler = (fault: Fault | null, request: Request, response: Response) => Promise<void> | void;

  /** Lets in who has a token that lives. */
  function guarded(operation: FaultyOperation, handle: Handler) {
    return async (request: Request, response: Response): Promise<void> => {
      const bearer = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
      const admitted = await gate.admit(operation, request, response);
      if (admitted === 'answered') {
        if (response.statusCode === 401) tokens.delete(bearer);
        return;
      }
      if ((tokens.get(bearer) ?? 0) <= now().getTime()) {
        gate.refuse(response, 401, 'UNAUTHORIZED', 'The access token is missing or expired.');
        return;
      }
      await handle(admitted.fault, request, response);
    };
  }

  router.post(
    '/medicalnetwork/eligibility/v3/',
    guarded('eligibility', async (fault, request, response) => {
      const body: unknown = request.body;
      if (!/^\d{9}$/.test(textIn(body, 'controlNumber')) || !isObject(body) || !isObject(body['subscriber'])) {
        gate.refuse(response, 400, 'INVALID', 'Nine digits and a subscriber are needed.', 'controlNumber');
        return;
      }
      store.ask({
        at: now().toISOString(),
        payer: textIn(body, 'tradingPartnerServiceId'),
        member: memberHash(textIn(body, 'subscriber.memberId')),
        date: isoDate(textIn(body, 'encounter.dateOfService')),
        serviceTypes: listIn(body['encounter'], 'serviceTypeCodes').map(String),
      });
      const picture = pictureOf(body, now());
      await answerCoverage(
        { store, gate, fault, picture, json: (told) => eligibilityJson(told, body) },
        request,
        response,
      );
    }),
  );

  for (const [path, take] of [
    ['validation', false],
    ['submission', true],
    ['raw-x12-validation', false],
    ['raw-x12-submission', true],
  ] as const)
    router.post(
      `/medicalnetwork/professionalclaims/v3/${path}`,
      guarded(take ? 'claimSubmit' : 'claimValidate', async (fault, request, response) => {
        await answerClaim({ store, gate, desk, wire: 'changeHealthcare', now, take, fault }, request, response);
      }),
    );

  router.post(
    '/medicalnetwork/claimstatus/v2/',
    guarded('claimStatus', async (fault, request, response) => {
      if (await gate.strikesAfter(fault, request, response)) return;
      response.json(claimStatusJson(store, desk, request.body, now()));
    }),
  );

  const meta = { applicationMode: 'sandbox', senderId: 'sandbox', traceId: 'sandbox' };

  router.get(
    '/medicalnetwork/reports/v2/',
    guarded('reports', (_fault, _request, response) => {
      desk.work(now());
      const { reports } = store.state;
      // An empty mailbox has no list at all.
      response.json({ ...(reports.length === 0 ? {} : { reports: reports.map(({ name }) => name) }), meta });
    }),
  );

  function unreadable(response: Response): void {
    response
      .status(422)
      .json({ detail: [{ loc: ['path', 'filename'], msg: 'not a readable report', type: 'value_error' }] });
  }

  router.get(
    '/medicalnetwork/reports/v2/:name',
    guarded('reports', (fault, request, response) => {
      const report = store.state.reports.find(({ name }) => name === request.params['name']);
      if (report === undefined || fault?.fault === 'badReport') unreadable(response);
      else response.json({ report_content: report.content, meta });
    }),
  );

  router.delete(
    '/medicalnetwork/reports/v2/:name',
    guarded('reports', async (fault, request, response) => {
      const { name } = request.params;
      if (!store.state.reports.some((report) => report.name === name)) {
        unreadable(response);
        return;
      }
      store.change({ reports: store.state.reports.filter((report) => report.name !== name) });
      if (await gate.strikesAfter(fault, request, response)) return;
      response.json({ status: 'deleted', meta });
    }),
  );

  router.get(
    '/medicalnetwork/payerlist/v1/payers',
    guarded('payers', (_fault, request, response) => {
      const query = new URL(request.originalUrl, 'http://sandbox').searchParams;
      const wanted = (query.get('payerPlanName') ?? '').toLowerCase();
      const all = payers.filter(({ name }) => name.toLowerCase().includes(wanted));
      const pageSize = Number(query.get('pageSize') ?? '25');
      response.json({
        data: all.slice(0, pageSize).map(({ id, name }) => ({
          payerId: id,
          payerPlanName: name,
          status: 'Active',
          payerType: 'Commercial',
          stateDoingBusiness: 'All',
          transactionType: 'Eligibility',
        })),
        page: 1,
        pageSize,
        totalCount: all.length,
      });
    }),
  );

  function decided(body: unknown, id: string) {
    const action = store.settings.certification;
    const certified = action === 'A1' || action === 'A2' || action === 'A6';
    return {
      authorizationId: id,
      json: {
        payerId: textIn(body, 'payerId'),
        patientEventDetail: {
          requestCategoryCode: 'HS',
          certificationActionCode: action,
          eventDateBegin: textIn(body, 'patientEventDetail.eventDateBegin'),
          eventDateEnd: textIn(body, 'patientEventDetail.eventDateEnd'),
          ...(certified
            ? {
                reviewIdentificationNumber: `PA${id.slice(0, 8)}`,
                quantityQualifier: 'VS',
                serviceUnitCount: textIn(body, 'patientEventDetail.serviceUnitCount'),
              }
            : {}),
        },
      },
    };
  }

  router.post(
    '/rcm/prior-authorization/v1/submission',
    guarded('authorizationSubmit', async (fault, request, response) => {
      const body: unknown = request.body;
      if (textIn(body, 'subscriber.memberId') === '' || textIn(body, 'patientEventDetail.requestCategoryCode') === '') {
        response.status(400).json(['subscriber.memberId and patientEventDetail are needed']);
        return;
      }
      if (fault?.fault === 'refusedInSuccess') {
        const refusal = { responseCode: 'N', rejectReasonCode: fault.code ?? '75', followupActionCode: 'C' };
        response.json({ submission: { json: { subscriber: { subscriberRequestValidation: [refusal] } } } });
        return;
      }
      const id = randomBytes(8).toString('hex');
      store.change({
        authorizations: [
          ...store.state.authorizations,
          {
            at: now().toISOString(),
            id,
            payer: textIn(body, 'payerId'),
            member: memberHash(textIn(body, 'subscriber.memberId')),
            from: isoDate(textIn(body, 'patientEventDetail.eventDateBegin')),
            to: isoDate(textIn(body, 'patientEventDetail.eventDateEnd')),
            visits: textIn(body, 'patientEventDetail.serviceUnitCount'),
          },
        ],
      });
      if (await gate.strikesAfter(fault, request, response)) return;
      const { authorizationId, json } = decided(body, id);
      response.json({ authorizationId, submission: { json } });
    }),
  );

  router.post(
    '/rcm/prior-authorization/v1/inquiry',
    guarded('authorizationInquire', async (fault, request, response) => {
      if (await gate.strikesAfter(fault, request, response)) return;
      const body: unknown = request.body;
      const found = store.state.authorizations.findLast(
        (one) =>
          one.member === memberHash(textIn(body, 'subscriber.memberId')) &&
          one.from === isoDate(textIn(body, 'patientEventDetail.eventDateBegin')),
      );
      if (found === undefined) {
        const refusal = { responseCode: 'N', rejectReasonCode: '75', followupActionCode: 'C' };
        response.json({ inquiry: { json: { subscriber: { subscriberRequestValidation: [refusal] } } } });
        return;
      }
      const asked = {
        ...(isObject(body) ? body : {}),
        patientEventDetail: {
          eventDateBegin: found.from.replaceAll('-', ''),
          eventDateEnd: found.to.replaceAll('-', ''),
          serviceUnitCount: found.visits,
        },
      };
      const { authorizationId, json } = decided(asked, found.id);
      response.json({ authorizationId, inquiry: { json } });
    }),
  );

  return router;
}
