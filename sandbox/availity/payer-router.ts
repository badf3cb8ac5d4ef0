// What Availity tells of payers: the payer list with its routes, and the configurations of each transaction.
import express from 'express';
import type { Router } from 'express';
import type { Gate } from './gate.ts';

export interface ListedPayer {
  readonly id: string;
  readonly name: string;
}

const transactions = [
  { transactionDescription: 'Eligibility and Benefits', enrollmentRequired: false },
  { transactionDescription: 'Claim Status', enrollmentRequired: false },
  { transactionDescription: 'Authorizations', enrollmentRequired: true },
] as const;

const text = (label: string, maxLength: number) => ({ type: 'Text', label, allowed: true, required: true, maxLength });

/** The elements of an eligibility question: every member must be told by one of the combinations. */
const eligibility = {
  elements: {
    providerNpi: { ...text('NPI', 10), pattern: '^[0-9]{10}$' },
    asOfDate: { type: 'Date', label: 'As of Date', allowed: true, required: true },
    serviceType: {
      type: 'Collection',
      label: 'Benefit',
      allowed: true,
      required: false,
      values: [
        { code: '30', value: 'Plan' },
        { code: 'PT', value: 'Therapy' },
      ],
    },
    memberId: { ...text('Member ID', 20), required: false },
    patientLastName: { ...text('Last Name', 60), required: false },
    patientFirstName: { ...text('First Name', 35), required: false },
    patientBirthDate: { type: 'Date', label: 'Date of Birth', allowed: true, required: false },
    groupNumber: {
      ...text('Group Number', 30),
      required: false,
      requiredWhen: { subscriberRelationship: { equalTo: 'G8' } },
    },
  },
  requiredFieldCombinations: {
    patient: [
      ['memberId', 'patientBirthDate'],
      ['patientLastName', 'patientFirstName', 'patientBirthDate'],
    ],
  },
};

const reviewFields = ['payer.id', 'subscriber.memberId', 'patient.birthDate', 'fromDate', 'toDate', 'quantity'];

/** A page as Availity cuts it: at most 50, whatever is asked for. */
function page<Item>(all: readonly Item[], asked: URLSearchParams): { offset: number; limit: number; items: Item[] } {
  const number = (name: string, otherwise: number): number => {
    const value = Number(asked.get(name) ?? otherwise);
    return Number.isInteger(value) && value >= 0 ? value : otherwise;
  };
  const offset = number('offset', 0);
  const limit = Math.min(50, number('limit', 50));
  return { offset, limit, items: all.slice(offset, offset + limit) };
}

export function payerRouter(gate: Gate, payers: readonly ListedPayer[]): Router {
  const router = express.Router();

  router.get('/v1/configurations', async (request, response) => {
    if (!(await gate.admit('get', request, response))) return;
    const asked = new URL(request.originalUrl, 'http://sandbox').searchParams;
    const wanted = asked.get('payerId') ?? '';
    const type = asked.get('type') ?? 'service-reviews';
    const reviews = {
      subtypeId: 'HS',
      elements: Object.fromEntries(reviewFields.map((field) => [field, { label: field, required: true }])),
    };
    const configurations = payers
      .filter(({ id }) => wanted === '' || id === wanted)
      .map(({ id, name }) => ({
        type,
        payerId: id,
        payerName: name,
        version: '5010A1',
        ...(type === '270' ? eligibility : reviews),
      }));
    const { offset, limit, items } = page(configurations, asked);
    response.json({
      totalCount: configurations.length,
      count: items.length,
      offset,
      limit,
      links: { next: null },
      configurations: items,
    });
  });

  router.get('/v1/availity-payer-list', async (request, response) => {
    if (!(await gate.admit('payerList', request, response))) return;
    const asked = new URL(request.originalUrl, 'http://sandbox').searchParams;
    const wanted = asked.get('payerId') ?? '';
    const type = asked.get('transactionType') ?? '';
    const listed = payers
      .filter(({ id }) => wanted === '' || id === wanted)
      .map(({ id, name }) => ({
        payerId: id,
        name: name.toUpperCase(),
        displayName: name,
        shortName: id,
        processingRoutes: transactions
          .filter(({ transactionDescription }) => type === '' || transactionDescription === type)
          .map((route) => ({ ...route, submissionMode: 'API', availability: 'Available' })),
      }));
    const { offset, limit, items } = page(listed, asked);
    response.json({ totalCount: listed.length, count: items.length, offset, limit, payers: items });
  });

  return router;
}
