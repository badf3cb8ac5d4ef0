// Coverages 1.0.0: a form is taken up with 202, looked after under its id, answered with the whole coverage, deleted with 204.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { benefitsOf } from '../benefits/picture.ts';
import { plansOf, validationMessages } from './coverage-wire.ts';
import { refuse } from './gate.ts';
import type { Gate } from './gate.ts';
import { first } from './inquiries.ts';
import type { Form, Inquiries, Inquiry } from './inquiries.ts';
import { locationOf, takenForm } from './inquiry-http.ts';
import type { JsonObject } from './reviews.ts';

const collection = 'coverages';
const datePattern = /^\d{4}-\d{2}-\d{2}/;

/** What Availity itself demands, whoever the payer is. Its own errors carry a field and no code of X12. */
function formErrors(form: Form): JsonObject[] {
  const missing = ['payerId', 'providerNpi', 'asOfDate']
    .filter((field) => first(form, field) === '')
    .map((field) => ({ field, errorMessage: `${field} is required` }));
  const npi = first(form, 'providerNpi');
  const wrongNpi = npi !== '' && !/^\d{10}$/.test(npi);
  const wrongDates = ['asOfDate', 'patientBirthDate']
    .filter((field) => first(form, field) !== '' && !datePattern.test(first(form, field)))
    .map((field) => ({ field, errorMessage: `${first(form, field)} is not a date` }));
  const nobody = first(form, 'memberId') === '' && first(form, 'patientLastName') === '';
  return [
    ...missing,
    ...wrongDates,
    ...(wrongNpi ? [{ field: 'providerNpi', errorMessage: `${npi} is not an NPI` }] : []),
    ...(nobody ? [{ field: 'memberId', errorMessage: 'memberId or patientLastName is required' }] : []),
  ];
}

function text(value: string): string | null {
  return value === '' ? null : value;
}

function benefitsIn({ form, askedAt }: Inquiry) {
  const relationship = first(form, 'subscriberRelationship');
  return benefitsOf({
    payerId: first(form, 'payerId'),
    memberId: text(first(form, 'memberId')),
    given: text(first(form, 'patientFirstName')),
    family: text(first(form, 'patientLastName')),
    birthDate: text(first(form, 'patientBirthDate')),
    role: relationship === '' || relationship === '18' ? 'subscriber' : 'dependent',
    trace: null,
    serviceDate: first(form, 'asOfDate').slice(0, 10),
    serviceTypes: form.get('serviceType') ?? form.get('serviceType[]') ?? ['30'],
    now: askedAt,
  });
}

/** What stands under the id whether the payer has answered or not. */
function summary(inquiry: Inquiry, statusCode: string, status: string): JsonObject {
  const { form, askedAt } = inquiry;
  return {
    id: inquiry.id,
    customerId: '1194',
    controlNumber: inquiry.id.slice(-9),
    status,
    statusCode,
    createdDate: askedAt.toISOString().replace('Z', '+0000'),
    updatedDate: askedAt.toISOString().replace('Z', '+0000'),
    expirationDate: new Date(askedAt.getTime() + 86_400_000).toISOString().replace('Z', '+0000'),
    asOfDate: `${first(form, 'asOfDate').slice(0, 10)}T00:00:00.000+0000`,
    payer: { payerId: first(form, 'payerId') },
    requestedServiceType: (form.get('serviceType') ?? form.get('serviceType[]') ?? []).map((code) => ({ code })),
  };
}

/** The whole Coverage, with the payer's refusals among it where it refused. */
export function coverageOf(inquiry: Inquiry): JsonObject {
  const told = benefitsIn(inquiry);
  const { form } = inquiry;
  const messages = validationMessages(told, `member ${first(form, 'memberId')}`);
  const person = {
    lastName: first(form, 'patientLastName').toUpperCase(),
    firstName: first(form, 'patientFirstName').toUpperCase(),
    birthDate: `${first(form, 'patientBirthDate')}T00:00:00.000+0000`,
  };
  const relationship = first(form, 'subscriberRelationship');
  const self = relationship === '' || relationship === '18';
  const refused = messages.length > 0;
  return {
    ...summary(inquiry, refused ? '19' : '4', refused ? 'Request Error' : 'Complete'),
    payer: {
      payerId: first(form, 'payerId'),
      responsePayerId: first(form, 'payerId'),
      name: told.payer.name ?? '',
      responseName: told.payer.name ?? '',
    },
    subscriber: { memberId: first(form, 'memberId'), ...(self ? person : {}) },
    patient: { ...person, subscriberRelationshipCode: self ? '18' : relationship },
    plans: plansOf(told),
    validationMessages: messages,
  };
}

export function coverageRouter(gate: Gate, inquiries: Inquiries, now: () => Date): Router {
  const router = express.Router();

  function inProgress(request: Request, response: Response, inquiry: Inquiry): void {
    response
      .status(202)
      .set('Location', locationOf(request, collection, inquiry.id))
      .set('X-Status-Message', 'In Progress')
      .json(summary(inquiry, '0', 'In Progress'));
  }

  router.post('/v1/coverages', async (request, response) => {
    inquiries.count(collection, 'asked');
    const session = await gate.admit('coverage', request, response);
    if (!session) return;
    const form = takenForm(request, response, session.fault, formErrors);
    if (form === null) return;
    const { settings } = inquiries;
    const notReady = session.fault?.fault === 'notReady' ? (session.fault.polls ?? 2) : settings.notReady;
    const inquiry = inquiries.take(collection, form, now(), notReady);
    if (await gate.strikesAfter(session.fault, request, response)) return;
    if (!settings.atOnce || inquiry.notReady > 0) {
      inProgress(request, response, inquiry);
      return;
    }
    response.json(summary(inquiry, '4', 'Complete'));
  });

  router.get('/v1/coverages/:id', async (request, response) => {
    inquiries.count(collection, 'lookedUp');
    const session = await gate.admit('coverageGet', request, response);
    if (!session) return;
    if (session.fault?.fault === 'gone') inquiries.drop(request.params.id);
    const inquiry = inquiries.held(collection, request.params.id);
    if (!inquiry) {
      refuse(request, response, 404, 'No such coverage.');
      return;
    }
    if (await gate.strikesAfter(session.fault, request, response)) return;
    if (session.fault?.fault === 'statusCode') {
      response.json(summary(inquiry, session.fault.statusCode ?? '15', 'Communication Error'));
      return;
    }
    if (inquiry.notReady > 0) {
      inquiry.notReady -= 1;
      inProgress(request, response, inquiry);
      return;
    }
    response.json(coverageOf(inquiry));
  });

  router.delete('/v1/coverages/:id', async (request, response) => {
    const session = await gate.admit('coverageDelete', request, response);
    if (!session) return;
    if (!inquiries.held(collection, request.params.id)) {
      refuse(request, response, 404, 'No such coverage.');
      return;
    }
    inquiries.drop(request.params.id);
    inquiries.count(collection, 'deleted');
    if (await gate.strikesAfter(session.fault, request, response)) return;
    response.status(204).end();
  });

  return router;
}
