// Remittances and books over HTTP, for those who bill.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { BookNeeds } from './needs.ts';
import { ledgerPage, remittanceList, remittancePage } from './views.ts';

const billing = { kind: 'session', roles: ['biller', 'admin'] } as const;
/** The front desk asks patients for what they owe. */
const books = { kind: 'session', roles: ['biller', 'frontDesk', 'admin'] } as const;

export function postingEndpoints(needs: BookNeeds): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/remittances',
      access: billing,
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          state: { enum: ['posted', 'held', 'setAside'] },
          before: { type: 'string', maxLength: 60 },
          limit: { type: 'integer', minimum: 1, maximum: 200 },
        },
      },
      handle: ({ clinic, query }) => remittanceList(needs.db, clinic, query),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/remittances/:ref',
      access: billing,
      handle: ({ clinic, params, principal }) => remittancePage(needs, clinic, params.ref, principal),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/console/claims/:ref/ledger',
      access: books,
      handle: ({ clinic, params, principal }) => ledgerPage(needs, clinic, params.ref, principal),
    }),
  ];
}
