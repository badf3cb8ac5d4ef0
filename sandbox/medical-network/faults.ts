// Faults of the simulated Medical Network on demand: what the next calls will suffer, queued by a test or by a person who wants to see it.
import type { FromSchema } from 'json-schema-to-ts';
import { faultQueue } from '../faults/queue.ts';
import { transportFaults, vendorFault } from '../faults/transport.ts';

export const operations = [
  'token',
  'eligibility',
  'claimStatus',
  'claimValidate',
  'claimSubmit',
  'reports',
  'authorizationSubmit',
  'authorizationInquire',
  'payers',
] as const;
export type FaultyOperation = (typeof operations)[number];

/**
 * `before…` faults strike before the request is taken up, `after…` faults once it is in the journal. `refusedInSuccess` and
 * `refusedInError` are a payer's refusal (AAA) in a body of 200 or 400; `rejected` is the vendor's own refusal; `editErrors` a claim
 * refused in a body of 200; `badReport` a report the vendor cannot read (422); `inFlight` an idempotency key under way (409);
 * `hidden` a claim the payer does not know yet, for so many inquiries.
 */
export const faultNames = [
  ...transportFaults,
  'unauthorized',
  'rejected',
  'refusedInSuccess',
  'refusedInError',
  'editErrors',
  'badReport',
  'inFlight',
  'malformed',
  'slow',
  'hidden',
] as const;

/** Without `on` a fault waits for a question about eligibility. */
const faultSchema = vendorFault(faultNames, operations, {
  inquiries: { type: 'integer', minimum: 0 },
  /** AAA03 of a refusal. */
  code: { type: 'string', minLength: 1 },
});

export type Fault = FromSchema<typeof faultSchema>;

export const queueFaults = faultQueue<Fault>(faultSchema);
