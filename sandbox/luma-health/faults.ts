// Faults of the simulated Luma Health on demand: what the next calls will suffer, queued by a test or by a person who wants to see it.
import type { FromSchema } from 'json-schema-to-ts';
import { faultQueue } from '../faults/queue.ts';
import { transportFaults, vendorFault } from '../faults/transport.ts';

export const operations = [
  'token',
  'patients',
  'patientCreate',
  'patientUpdate',
  'appointments',
  'appointmentCreate',
  'appointmentUpdate',
  'appointmentTypes',
  'messages',
  'messageCreate',
  'contactPreferences',
  'waitlists',
  'offers',
  'reminders',
  'facilities',
] as const;

/**
 * `before…` faults strike before the request is taken up, `after…` faults once it is. `tokenExpired` refuses the token with a 401 and forgets
 * it; `forgetsMark` takes a record without its external id; `anotherPage` gives another page than the one asked for; `rejected` refuses
 * with a sentence.
 */
export const faultNames = [
  ...transportFaults,
  'tokenExpired',
  'forgetsMark',
  'anotherPage',
  'rejected',
  'malformed',
  'slow',
] as const;

/** Without `on` a fault strikes the next call, whatever it is. */
const faultSchema = vendorFault(faultNames, operations, {});

export type Fault = FromSchema<typeof faultSchema>;

export const queueFaults = faultQueue<Fault>(faultSchema);
