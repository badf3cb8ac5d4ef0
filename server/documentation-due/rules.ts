// Until when documents are due, and how often payers want a progress report: read once at start.
import type { DueRules } from '../../domain/documentation-due/item.ts';
import { dueFileSchema } from '../../domain/documentation-due/schema.ts';
import type { ProgressReportPeriod } from '../../domain/scrub/reference-schema.ts';
import { progressReportsFileSchema } from '../../domain/scrub/reference-schema.ts';
import type { Validator } from '../http/validation.ts';
import { readDatedRows, readRuleFile } from '../rule-files/dated-rows.ts';

export async function readDueRules(validator: Validator): Promise<DueRules> {
  const due = await readRuleFile<Omit<DueRules, 'progressReports'>>(validator, dueFileSchema, 'documentation/due.json');
  const progressReports = await readDatedRows<ProgressReportPeriod>(
    validator,
    progressReportsFileSchema,
    'scrub/tables/progress-reports.json',
  );
  return { payers: due.payers, clinic: due.clinic, progressReports };
}
