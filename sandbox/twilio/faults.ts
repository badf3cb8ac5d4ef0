// Faults of the simulated Twilio on demand: what the next calls will suffer, queued by a test or by a person who wants to see it.
import type { FromSchema } from 'json-schema-to-ts';
import { faultQueue } from '../faults/queue.ts';
import { transportFaults, vendorFault } from '../faults/transport.ts';

export const operations = ['messageCreate', 'messages', 'message', 'callCreate', 'calls', 'call', 'numbers'] as const;

/**
 * `before…` faults strike before the request is taken up, `after…` faults once it is. `rejected` refuses with one of Twilio's codes, `redacted`
 * lists messages without their texts, `samePage` names the page itself as the next, `linkElsewhere` names one of another account.
 */
export const faultNames = [
  ...transportFaults,
  'rejected',
  'redacted',
  'samePage',
  'linkElsewhere',
  'malformed',
  'slow',
] as const;

/** Without `on` a fault strikes the next call, whatever it is. With `rejected`: Twilio's code and the status that goes with it. */
const faultSchema = vendorFault(faultNames, operations, {
  code: { type: 'integer', minimum: 10_000, maximum: 99_999 },
  status: { enum: [400, 401, 403, 404, 422] },
});

export type Fault = FromSchema<typeof faultSchema>;

export const queueFaults = faultQueue<Fault>(faultSchema);
