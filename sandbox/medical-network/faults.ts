// Faults of the simulated Medical Network on demand: what the next calls will suffer, queued by a test or by a person who wants to see it.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FromSchema } from 'json-schema-to-ts';

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
  'gatewayTimeoutAfterAccepting',
  'hangAfterAccepting',
  'hangBeforeAccepting',
  'resetBeforeAccepting',
  'resetAfterAccepting',
  'slowAfterAccepting',
  'errorBeforeAccepting',
  'throttled',
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

const faultSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['fault'],
  properties: {
    fault: { enum: faultNames },
    /** The operation it waits for; eligibility when absent. */
    on: { enum: operations },
    milliseconds: { type: 'integer', minimum: 0, maximum: 600_000 },
    retryAfterSeconds: { type: 'integer', minimum: 0 },
    inquiries: { type: 'integer', minimum: 0 },
    /** AAA03 of a refusal. */
    code: { type: 'string', minLength: 1 },
  },
} as const;

export type Fault = FromSchema<typeof faultSchema>;

const listSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['next'],
  properties: {
    next: { type: 'array', items: faultSchema },
    /** Forget what is queued first; else the new ones follow the old. */
    replace: { type: 'boolean' },
  },
} as const;

const isList = new Ajv2020().compile<FromSchema<typeof listSchema>>(listSchema);

/** The queue after a request body was read, or `null` when a name or field of it is not known. */
export function queueFaults(queue: readonly Fault[], body: unknown): readonly Fault[] | null {
  if (!isList(body)) return null;
  return body.replace === true ? body.next : [...queue, ...body.next];
}
