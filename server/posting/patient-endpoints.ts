// A payment that somebody at the front desk takes from a patient, entered by name.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Audit } from '../audit/append.ts';
import { claimRow } from '../claims/records.ts';
import { actorOf } from '../http/principal.ts';
import { assertPayment, takePatientPayment } from './patient-payments.ts';
import type { PatientPaymentNeeds } from './patient-payments.ts';

interface Needs extends PatientPaymentNeeds {
  readonly audit: Audit;
  readonly policies: Policies;
}

export function patientPaymentEndpoints(needs: Needs): Endpoint[] {
  const { db, audit, policies, now } = needs;
  return [
    endpoint({
      method: 'POST',
      path: '/v1/console/claims/:ref/payments',
      access: { kind: 'session', roles: ['biller', 'frontDesk', 'admin'] },
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['key', 'cents', 'paidOn'],
        properties: {
          /** Made by the page, new for each payment: sent twice, it is one payment. */
          key: { type: 'string', pattern: '^[0-9A-Za-z-]{16,64}$' },
          cents: { type: 'integer', minimum: -10_000_000, maximum: 10_000_000 },
          paidOn: { type: 'string', format: 'date' },
          method: { enum: ['cash', 'check', 'card', 'other'] },
        },
      },
      handle: ({ clinic, params, body, principal }) =>
        db.transaction().execute(async (trx) => {
          const { ref: claim } = await claimRow(trx, clinic, params.ref);
          const { date } = await policies.today(trx, clinic, now());
          assertPayment(body, date);
          const { key, cents, paidOn, method } = body;
          const payment = { number: key, recordNumber: null, claimNumber: null, paidOn, cents, method: method ?? null };
          const origin = { kind: 'person', user: principal.user } as const;
          const outcome = await takePatientPayment(needs, trx, { clinic, origin, payment, claim });
          if (outcome === 'conflicting')
            throw new GaitError('state.conflict', 'Another payment was entered under this key.', {
              where: 'key',
              fix: 'Enter the payment again.',
            });
          if (outcome === 'posted')
            await audit.append(trx, {
              clinic,
              actor: actorOf(principal),
              action: 'patientPayment.posted',
              subject: claim,
              purpose: 'payment.enter',
              details: { cents },
            });
          return { outcome };
        }),
    }),
  ];
}
