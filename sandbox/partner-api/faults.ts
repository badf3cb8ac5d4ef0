// Faults of the simulated partner API on demand: what the next calls will suffer, queued by a test or by a person who wants to see it.
import type { FromSchema } from 'json-schema-to-ts';
import { faultQueue } from '../faults/queue.ts';
import { transportFaults, vendorFault } from '../faults/transport.ts';

export const operations = [
  'token',
  'patients',
  'authorizations',
  'appointments',
  'notes',
  'charges',
  'scores',
] as const;

/**
 * `tokenExpired` refuses the token with a 401 and forgets it; `linkElsewhere` names a next page on another host; `samePage` gives the first
 * page whatever is asked for.
 */
export const faultNames = [
  ...transportFaults,
  'tokenExpired',
  'linkElsewhere',
  'samePage',
  'malformed',
  'slow',
] as const;

/** Without `on` a fault strikes the next call, whatever it is. */
const faultSchema = vendorFault(faultNames, operations, {});

export type Fault = FromSchema<typeof faultSchema>;

export const queueFaults = faultQueue<Fault>(faultSchema);
