// The protocol library as it ships, the outcome measures, and how much may be told of earlier patients: read once at start.
import { measureFileSchema } from '../../domain/measures/schema.ts';
import type { Measure } from '../../domain/measures/schema.ts';
import { protocolFileSchema } from '../../domain/plan-of-care/protocol-schema.ts';
import type { Protocol } from '../../domain/plan-of-care/protocol-schema.ts';
import { similarFileSchema } from '../../domain/plan-of-care/similar.ts';
import type { SimilarRule } from '../../domain/plan-of-care/similar.ts';
import { progressFileSchema } from '../../domain/progress/rule-schema.ts';
import type { ProgressFlagRule } from '../../domain/progress/rule-schema.ts';
import type { Validator } from '../http/validation.ts';
import { readDatedFolder, readDatedRows } from '../rule-files/dated-rows.ts';

export interface PlanRules {
  readonly protocols: readonly Protocol[];
  readonly measures: readonly Measure[];
  readonly similar: readonly SimilarRule[];
  readonly progress: readonly ProgressFlagRule[];
}

export async function readPlanRules(validator: Validator): Promise<PlanRules> {
  const [protocols, measures, similar, progress] = await Promise.all([
    readDatedFolder<Protocol>(validator, protocolFileSchema, 'protocols'),
    readDatedFolder<Measure>(validator, measureFileSchema, 'measures'),
    readDatedRows<SimilarRule>(validator, similarFileSchema, 'documentation/similar-patients.json'),
    readDatedRows<ProgressFlagRule>(validator, progressFileSchema, 'documentation/progress.json'),
  ]);
  return { protocols, measures, similar, progress };
}
