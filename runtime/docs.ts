// `npm run docs`: writes the pages that are made from the code.
import { writeFileSync } from 'node:fs';
import { cataloguePage } from '../connectors/catalogue-page.ts';
import { faultNames } from '../sandbox/fault-names.ts';

writeFileSync(new URL('../docs/connectors.md', import.meta.url), cataloguePage(faultNames));
process.disconnect?.();
