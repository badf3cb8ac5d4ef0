// Claim Statuses 1.0.0: a search by POST with dotted names, answered as a list of one, looked after under its id, deleted with 200.
import { createHash } from 'node:crypto';
import express from 'express';
import type { Router } from 'express';
import type { PayersDesk } from '../adjudication/desk.ts';
import { payers } from '../clinic/payers.ts';
import { refuse } from './gate.ts';
import type { Gate } from './gate.ts';
import { first } from './inquiries.ts';
import type { Form, Inquiries, Inquiry } from './inquiries.ts';
import { locationOf, takenForm } from './inquiry-http.ts';
import type { JsonObject } from './reviews.ts';

const collection = 'claim-statuses';

/** How claims stand that nobody sent, drawn from member and dates alone: paid, denied, pending, decided and not yet paid, not found. */
const standings = [
  { categoryCode: 'F1', statusCode: '65', paidShare: 0.8 },
  { categoryCode: 'F2', statusCode: '54', paidShare: 0 },
  { categoryCode: 'P1', statusCode: '20', paidShare: null },
  { categoryCode: 'F0', statusCode: '3', paidShare: null },
  { categoryCode: 'D0', statusCode: '35', paidShare: null },
] as const;

function drawn(form: Form): number {
  const text = ['subscriber.memberId', 'fromDate', 'toDate'].map((name) => first(form, name)).join('/');
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

const required = ['payer.id', 'providers.npi', 'subscriber.memberId', 'fromDate', 'toDate', 'patient.lastName'];

function formErrors(form: Form): JsonObject[] {
  return required
    .filter((field) => first(form, field) === '')
    .map((field) => ({ field, errorMessage: `${field} is required` }));
}

function transaction(inquiry: Inquiry, statusCode: string, status: string, self: string): JsonObject {
  const { form, askedAt } = inquiry;
  return {
    id: inquiry.id,
    links: { self: { href: self } },
    status,
    statusCode,
    createdDate: askedAt.toISOString().replace('Z', '+0000'),
    payer: { id: first(form, 'payer.id') },
    submitter: { lastName: first(form, 'submitter.lastName') },
    providers: [{ npi: first(form, 'providers.npi'), lastName: first(form, 'providers.lastName') }],
    subscriber: { memberId: first(form, 'subscriber.memberId'), lastName: first(form, 'subscriber.lastName') },
    patient: {
      lastName: first(form, 'patient.lastName'),
      accountNumber: first(form, 'patient.accountNumber') || 'unknown',
      subscriberRelationshipCode: first(form, 'patient.subscriberRelationshipCode'),
    },
  };
}

/** How a claim stands that one of the payers holds; its payer number where it has one. */
function heldStanding(form: Form, desk: PayersDesk, now: Date): { detail: JsonObject; number: string } | null {
  const number = first(form, 'patient.accountNumber');
  const standing = desk.standing({ number, payerNumber: first(form, 'claimNumber') || null }, now);
  if (standing === null) return null;
  const { category, code, effectiveOn, chargeCents, paidCents, paidOn, trace, payerNumber } = standing;
  const detail = {
    ...statusOf(category, code, effectiveOn),
    claimAmount: (chargeCents / 100).toFixed(2),
    claimAmountUnits: 'USD',
    ...(trace === null ? {} : { paymentAmount: (paidCents / 100).toFixed(2), paymentAmountUnits: 'USD' }),
    ...(paidOn === null ? {} : { checkNumber: trace, paymentDate: paidOn }),
  };
  return { detail, number: payerNumber };
}

/** How a claim stands that nobody sent. */
function drawnStanding({ form, askedAt }: Inquiry): { detail: JsonObject; number: string | null } {
  const draw = drawn(form);
  const standing = standings[draw % standings.length] ?? standings[0];
  const charged = Number(first(form, 'claimAmount') || '0');
  const found = standing.categoryCode !== 'D0';
  const today = askedAt.toISOString().slice(0, 10);
  const detail = {
    ...statusOf(standing.categoryCode, standing.statusCode, today),
    ...(found ? { claimAmount: charged.toFixed(2), claimAmountUnits: 'USD' } : {}),
    ...(standing.paidShare === null
      ? {}
      : { paymentAmount: (charged * standing.paidShare).toFixed(2), paymentAmountUnits: 'USD' }),
    ...(standing.paidShare ? { checkNumber: `EFT${draw % 100_000}`, paymentDate: today } : {}),
  };
  return { detail, number: found ? `PCN${draw % 1_000_000}` : null };
}

function statusOf(categoryCode: string, statusCode: string, effectiveDate: string): JsonObject {
  return { category: 'as X12 names it', categoryCode, status: 'as X12 names it', statusCode, effectiveDate };
}

function answered(inquiry: Inquiry, self: string, desk: PayersDesk, now: Date): JsonObject {
  const { form } = inquiry;
  const held = heldStanding(form, desk, now);
  if (held === null && !Object.values(payers).some(({ id }) => id === first(form, 'payer.id')))
    return {
      ...transaction(inquiry, '19', 'Request Error', self),
      validationMessages: [
        { field: 'payer.id', code: '79', errorMessage: `Payer ${first(form, 'payer.id')} is not known` },
      ],
    };
  const { detail, number } = held ?? drawnStanding(inquiry);
  const claim = {
    traceId: inquiry.id.slice(-6),
    fromDate: first(form, 'fromDate'),
    toDate: first(form, 'toDate'),
    ...(number === null ? {} : { claimControlNumber: number }),
    statusDetails: [detail],
  };
  return { ...transaction(inquiry, '4', 'Complete', self), claimStatuses: [claim], claimCount: '1' };
}

export function claimStatusRouter(gate: Gate, inquiries: Inquiries, desk: PayersDesk, now: () => Date): Router {
  const router = express.Router();

  const list = (one: JsonObject): JsonObject => ({
    totalCount: 1,
    count: 1,
    offset: 0,
    limit: 50,
    links: { next: null },
    claimStatuses: [one],
  });

  router.post('/v1/claim-statuses', async (request, response) => {
    inquiries.count(collection, 'asked');
    const session = await gate.admit('claimStatus', request, response);
    if (!session) return;
    if (request.get('x-http-method-override')?.toUpperCase() !== 'GET') {
      refuse(request, response, 405, 'Claim statuses are searched for: send X-HTTP-Method-Override: GET.');
      return;
    }
    const form = takenForm(request, response, session.fault, formErrors);
    if (form === null) return;
    const { settings } = inquiries;
    const notReady = session.fault?.fault === 'notReady' ? (session.fault.polls ?? 2) : settings.notReady;
    const inquiry = inquiries.take(collection, form, now(), notReady);
    const self = locationOf(request, collection, inquiry.id);
    if (await gate.strikesAfter(session.fault, request, response)) return;
    if (settings.atOnce && inquiry.notReady === 0) response.json(list(answered(inquiry, self, desk, now())));
    else
      response
        .status(202)
        .set('Location', self)
        .json(list(transaction(inquiry, '0', 'In Progress', self)));
  });

  router.get('/v1/claim-statuses/:id', async (request, response) => {
    inquiries.count(collection, 'lookedUp');
    const session = await gate.admit('claimStatusGet', request, response);
    if (!session) return;
    if (session.fault?.fault === 'gone') inquiries.drop(request.params.id);
    const inquiry = inquiries.held(collection, request.params.id);
    if (!inquiry) {
      refuse(request, response, 404, 'No such claim status.');
      return;
    }
    const self = locationOf(request, collection, inquiry.id);
    if (await gate.strikesAfter(session.fault, request, response)) return;
    if (session.fault?.fault === 'statusCode') {
      response.json(transaction(inquiry, session.fault.statusCode ?? '15', 'Communication Error', self));
      return;
    }
    if (inquiry.notReady > 0) {
      inquiry.notReady -= 1;
      response
        .status(202)
        .set('Location', self)
        .json(transaction(inquiry, '0', 'In Progress', self));
      return;
    }
    response.json(answered(inquiry, self, desk, now()));
  });

  router.delete('/v1/claim-statuses/:id', async (request, response) => {
    const session = await gate.admit('claimStatusDelete', request, response);
    if (!session) return;
    const held = inquiries.held(collection, request.params.id);
    if (held) inquiries.count(collection, 'deleted');
    inquiries.drop(request.params.id);
    if (await gate.strikesAfter(session.fault, request, response)) return;
    response.status(200).end();
  });

  return router;
}
