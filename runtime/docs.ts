// `npm run docs`: writes the pages that are made from the code.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { INodeType } from 'n8n-workflow';
import { cataloguePage } from '../connectors/catalogue-page.ts';
import { ruleReferencePage } from '../domain/scrub/reference-page.ts';
import { exampleFiles } from '../nodes/testing/files.mts';
import { nodesPage } from '../nodes/testing/nodes-page.mts';
import { faultNames } from '../sandbox/fault-names.ts';
import { createValidator } from '../server/http/validation.ts';
import { readScrubRules } from '../server/scrub/rules.ts';
import { build } from './build.ts';

const { rules } = await readScrubRules(createValidator(), null);
writeFileSync(new URL('../docs/connectors.md', import.meta.url), cataloguePage(faultNames));
writeFileSync(new URL('../docs/rule-reference.md', import.meta.url), ruleReferencePage(rules));

// The nodes as n8n loads them: built, as CommonJS.
await build('nodes', console.log);
const require = createRequire(import.meta.url);
const nodes = exampleFiles().map(({ folder, example }) => {
  const built = require(`../nodes/dist/nodes/${folder}/${folder}.node.js`) as Record<string, new () => INodeType>;
  const Node = built[folder];
  if (Node === undefined) throw new Error(`${folder} is not what its folder says.`);
  return { folder, description: new Node().description, example: example.name };
});
writeFileSync(new URL('../docs/nodes.md', import.meta.url), nodesPage(nodes));
process.disconnect?.();
