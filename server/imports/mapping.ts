// Proposes how an export is read, and tries the proposal on the whole of it. Nothing is kept.
import type { Problem } from '../../connectors/csv/problems.ts';
import { decoded } from '../../connectors/csv/table.ts';
import { sampleOf } from '../../connectors/mapping/sample.ts';
import { headerLikeness, suggest } from '../../connectors/mapping/suggest.ts';
import type { Suggestion } from '../../connectors/mapping/suggest.ts';
import { parseReport } from '../../connectors/reports/parse-report.ts';
import { profileSchema, readProfile } from '../../connectors/reports/profile.ts';
import standard from '../../connectors/webpt/profiles/webpt-standard.json' with { type: 'json' };
import type { ReportKind } from '../../connectors/reports/read-rows.ts';

export { profileSchema };
export type { Problem, ReportKind, Suggestion };

/** Rows of the file: all, those that are read, said twice, and left out. */
export interface TriedMapping {
  readonly suggestion: Suggestion;
  readonly headerRow: number;
  readonly rows: number;
  readonly read: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly problems: readonly Problem[];
}

/** @returns null where none of the first lines looks like the header of this report */
export async function tryMapping(bytes: Uint8Array, kind: ReportKind, file: string): Promise<TriedMapping | null> {
  const { columns, headerRow, rows } = await sampleOf(decoded(bytes), headerLikeness(kind));
  if (columns.length === 0) return null;
  const suggestion = suggest(kind, { columns, headerRow, rows }, readProfile(standard), file);
  const report = await parseReport(decoded(bytes), kind, suggestion.profile);
  const { problems, duplicates } = report;
  const rejected = new Set(problems.filter((problem) => problem.rejected).map(({ row }) => row)).size;
  return { suggestion, headerRow, rows, read: report.rows.length, duplicates, rejected, problems };
}
