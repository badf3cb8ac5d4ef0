// What goes wrong with the next remittances.
import type { FromSchema } from 'json-schema-to-ts';
import { faultQueue } from '../faults/queue.ts';

/**
 * `late` keeps a remittance back, `twice` delivers it twice, `unmatched` names a claim that nobody sent, `unbalanced` pays a cent more than
 * its claims come to, `paidTwice` pays its first claim once more under another number, `split` tells one payment in two files.
 */
export const faultNames = ['late', 'twice', 'unmatched', 'unbalanced', 'paidTwice', 'split'] as const;

const faultSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['fault'],
  properties: {
    fault: { enum: faultNames },
    /** How late. */
    milliseconds: { type: 'integer', minimum: 0, maximum: 86_400_000 },
  },
} as const;

export type Fault = FromSchema<typeof faultSchema>;

export const queueFaults = faultQueue<Fault>(faultSchema);
