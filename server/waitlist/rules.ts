// The dated rules of the waitlist, read once at start.
import { waitlistFileSchema } from '../../domain/waitlist/book-schema.ts';
import type { WaitlistRule } from '../../domain/waitlist/book-schema.ts';
import type { Validator } from '../http/validation.ts';
import { readDatedRows } from '../rule-files/dated-rows.ts';

export function readWaitlistRules(validator: Validator): Promise<readonly WaitlistRule[]> {
  return readDatedRows<WaitlistRule>(validator, waitlistFileSchema, 'scheduling/waitlist.json');
}
