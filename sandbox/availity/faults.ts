// Faults on demand: what the next calls will suffer, queued by a test or by a person who wants to see it.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FromSchema } from 'json-schema-to-ts';

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
  'gatewayTimeoutAfterAccepting',
  'hangAfterAccepting',
  'hangBeforeAccepting',
  'resetBeforeAccepting',
  'resetAfterAccepting',
  'slowAfterAccepting',
  'errorBeforeAccepting',
  'throttled',
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

export const faultSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['fault'],
  properties: {
    fault: { enum: faultNames },
    /** The operation it waits for; creates when absent. */
    on: { enum: operations },
    milliseconds: { type: 'integer', minimum: 0, maximum: 600_000 },
    retryAfterSeconds: { type: 'integer', minimum: 0 },
    polls: { type: 'integer', minimum: 0 },
    inquiries: { type: 'integer', minimum: 0 },
    decision: { type: 'string', minLength: 1 },
    statusCode: { type: 'string', minLength: 1 },
    visits: { type: 'integer', minimum: 0 },
    reasonCode: { type: 'string' },
    reasonText: { type: 'string' },
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

const validateList = new Ajv2020().compile<FromSchema<typeof listSchema>>(listSchema);

/** The queue after a request body was read, or `null` when a name or field of it is not known. */
export function queueFaults(queue: readonly Fault[], body: unknown): readonly Fault[] | null {
  if (!validateList(body)) return null;
  return body.replace === true ? body.next : [...queue, ...body.next];
}

/** Takes the first fault meant for `operation` out of `queue`. */
export function takeFault(
  queue: readonly Fault[],
  operation: FaultyOperation,
): { fault: Fault | null; rest: readonly Fault[] } {
  const index = queue.findIndex((fault) => (fault.on ?? 'create') === operation);
  return { fault: queue[index] ?? null, rest: index === -1 ? queue : queue.filter((_, at) => at !== index) };
}
