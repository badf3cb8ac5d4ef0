// The rule data about units: which payer counts by which rule, and when a unit is an assistant's.
import type { AssistantRule, UnitRuleRow } from '../../domain/units/rule-schema.ts';
import { assistantRulesFileSchema, unitRulesFileSchema } from '../../domain/units/rule-schema.ts';
import type { Validator } from '../http/validation.ts';
import { ruleFile } from './billing-tables.ts';

export interface UnitRuleData {
  readonly unitRules: readonly UnitRuleRow[];
  readonly assistantRules: readonly AssistantRule[];
}

/** Throws `input.invalid` naming the file that has another shape. */
export async function readUnitRules(validator: Validator): Promise<UnitRuleData> {
  const [units, assistants] = await Promise.all([
    ruleFile<{ rows: UnitRuleRow[] }>(validator, 'unit-rules.json', unitRulesFileSchema),
    ruleFile<{ rows: AssistantRule[] }>(validator, 'assistant-share.json', assistantRulesFileSchema),
  ]);
  return { unitRules: units.rows, assistantRules: assistants.rows };
}
