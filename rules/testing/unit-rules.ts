// The therapy codes and the rule about assistants that ship with Gait, for tests of the units.
import { readFileSync } from 'node:fs';
import { codeTable } from '../../domain/billing-tables/codes.ts';
import type { CodesFile } from '../../domain/billing-tables/codes-schema.ts';
import type { AssistantRule, UnitRuleRow } from '../../domain/units/rule-schema.ts';

const folder = new URL('../billing-tables/', import.meta.url);

export const codes = codeTable(JSON.parse(readFileSync(new URL('codes.json', folder), 'utf8')) as CodesFile);

export const assistantRules = (
  JSON.parse(readFileSync(new URL('assistant-share.json', folder), 'utf8')) as { rows: AssistantRule[] }
).rows;

export const unitRuleRows = (
  JSON.parse(readFileSync(new URL('unit-rules.json', folder), 'utf8')) as { rows: UnitRuleRow[] }
).rows;
