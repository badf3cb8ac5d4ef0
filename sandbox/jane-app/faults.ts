// Faults of the simulated Jane on demand: what the next calls will suffer, queued by a test or by a person who wants to see it.
import type { FromSchema } from 'json-schema-to-ts';
import { faultQueue } from '../faults/queue.ts';
import { transportFaults, vendorFault } from '../faults/transport.ts';

export const operations = [
  'token',
  'patients',
  'patientSearch',
  'appointments',
  'appointment',
  'treatments',
  'company',
  'observations',
  'webhooks',
] as const;

/**
 * `before…` faults strike before the request is taken up, `after…` faults once it is. `tokenExpired` refuses the access token with a
 * 401 and forgets it; `signInWithdrawn` refuses the refresh token and forgets the sign-in; `anotherClinic` gives a token for another clinic;
 * `rejected` refuses in one of the three envelopes; `lapsedCursor` does not know the cursor of a page any more.
 */
export const faultNames = [
  ...transportFaults,
  'tokenExpired',
  'signInWithdrawn',
  'anotherClinic',
  'rejected',
  'lapsedCursor',
  'malformed',
  'slow',
] as const;

/** Without `on` a fault strikes the next call, whatever it is. */
const faultSchema = vendorFault(faultNames, operations, {
  envelope: { enum: ['errors', 'error', 'object'] },
});

export type Fault = FromSchema<typeof faultSchema>;

export const queueFaults = faultQueue<Fault>(faultSchema);
