// The scrub rules and tables as they ship, for tests.
import { createValidator } from '../../server/http/validation.ts';
import { readScrubRules } from '../../server/scrub/rules.ts';

export const scrubRules = await readScrubRules(createValidator(), null);
