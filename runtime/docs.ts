// `npm run docs`: writes the pages that are made from the code.
import { writeFileSync } from 'node:fs';
import { cataloguePage } from '../connectors/catalogue-page.ts';
import { ruleReferencePage } from '../domain/scrub/reference-page.ts';
import { faultNames } from '../sandbox/fault-names.ts';
import { createValidator } from '../server/http/validation.ts';
import { readScrubRules } from '../server/scrub/rules.ts';

const { rules } = await readScrubRules(createValidator(), null);
writeFileSync(new URL('../docs/connectors.md', import.meta.url), cataloguePage(faultNames));
writeFileSync(new URL('../docs/rule-reference.md', import.meta.url), ruleReferencePage(rules));
process.disconnect?.();
