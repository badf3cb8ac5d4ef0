// Faults of the clearinghouse that speaks in files.
import type { FromSchema } from 'json-schema-to-ts';
import { faultQueue } from '../faults/queue.ts';

/**
 * What goes wrong with the next files: `late` keeps the answers back, `halfWritten` lets them grow while they are listed,
 * `duplicate` leaves them twice, `truncated` cuts them off for good, `wrongControl` answers under another trace and number,
 * `ta1Rejected` and `999Rejected` refuse the file, `cut` ends the SFTP session after so many bytes.
 */
export const faultNames = [
  'late',
  'halfWritten',
  'duplicate',
  'truncated',
  'wrongControl',
  'ta1Rejected',
  '999Rejected',
  'cut',
] as const;

const faultSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['fault'],
  properties: {
    fault: { enum: faultNames },
    /** How late, or how long a file grows. */
    milliseconds: { type: 'integer', minimum: 0, maximum: 86_400_000 },
    /** Where a transfer is cut. */
    bytes: { type: 'integer', minimum: 0 },
    /** Which way is cut; uploads when absent. */
    on: { enum: ['write', 'read', 'rename'] },
  },
} as const;

export type Fault = FromSchema<typeof faultSchema>;

export const queueFaults = faultQueue<Fault>(faultSchema);
