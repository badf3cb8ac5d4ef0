// Faults on demand: what the next calls will suffer, queued by a test or by a person who wants to see it.
import type { FromSchema } from 'json-schema-to-ts';
import { faultQueue } from '../faults/queue.ts';
import { transportFaults, vendorFault } from '../faults/transport.ts';

export const operations = [
  'token',
  'create',
  'update',
  'void',
  'get',
  'inquire',
  'coverage',
  'coverageGet',
  'coverageDelete',
  'claimStatus',
  'claimStatusGet',
  'claimStatusDelete',
  'payerList',
] as const;
export type FaultyOperation = (typeof operations)[number];

/**
 * `before…` faults strike before the request is taken up, `after…` faults once it is in the journal. `decided`, `pended` and
 * `hidden` change how a created review will be treated and break nothing; so do `notReady` (so many polls are answered 202), `statusCode`
 * (a look-up is answered with this code in its body and nothing else) and `gone` (the question was forgotten) with coverages and claim
 * statuses. `injectionFilter` is the allow-list filter, which refuses names with unusual characters.
 */
export const faultNames = [
  ...transportFaults,
  'tokenExpired',
  'rejected',
  'malformed',
  'withoutLocation',
  'notMarkedMock',
  'slow',
  'pended',
  'decided',
  'hidden',
  'notReady',
  'statusCode',
  'gone',
  'injectionFilter',
] as const;

/** Without `on` a fault waits for a create. */
const faultSchema = vendorFault(faultNames, operations, {
  polls: { type: 'integer', minimum: 0 },
  inquiries: { type: 'integer', minimum: 0 },
  decision: { type: 'string', minLength: 1 },
  statusCode: { type: 'string', minLength: 1 },
  visits: { type: 'integer', minimum: 0 },
  reasonCode: { type: 'string' },
  reasonText: { type: 'string' },
});

export type Fault = FromSchema<typeof faultSchema>;

export const queueFaults = faultQueue<Fault>(faultSchema);
