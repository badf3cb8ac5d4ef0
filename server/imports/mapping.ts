// Proposes how an export is read, and tries the proposal on the whole of it. Nothing is kept.
import type { Problem } from '../../connectors/csv/problems.ts';
import { decoded } from '../../connectors/csv/decode.ts';
import { eachRecord } from '../../connectors/csv/records.ts';
import { Sampler } from '../../connectors/mapping/sample.ts';
import { headerLikeness, suggest } from '../../connectors/mapping/suggest.ts';
import type { Suggestion } from '../../connectors/mapping/suggest.ts';
import type { RowsOf } from '../../connectors/pt-records/rows.ts';
import { parseReport, parseWorkbook } from '../../connectors/reports/parse-report.ts';
import { profileSchema, readProfile } from '../../connectors/reports/profile.ts';
import type { Profile } from '../../connectors/reports/profile.ts';
import { isWorkbook, sheetRecords } from '../../connectors/reports/workbook.ts';
import { GaitError } from '../../domain/errors.ts';
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

/** How the export is read: as text, or as the first sheet of a workbook. */
interface Export {
  sample(sampler: Sampler): Promise<void>;
  report(kind: ReportKind, profile: Profile): Promise<RowsOf<ReportKind>>;
}

function textExport(bytes: Uint8Array): Export {
  return {
    sample: (sampler) => eachRecord(decoded(bytes), sampler),
    report: (kind, profile) => parseReport(decoded(bytes), kind, profile),
  };
}

/** Throws `file.unreadable` for one that is no workbook that can be read. */
function workbookExport(bytes: Uint8Array, base: Profile): Export {
  return {
    sample: async (sampler) => {
      const sheet = await sheetRecords(bytes, null, base.words);
      if ('reason' in sheet)
        throw new GaitError('file.unreadable', `The file cannot be read: ${sheet.reason}.`, {
          fix: 'Save it as a workbook (.xlsx) without a password, or as comma-separated values.',
        });
      for (const record of sheet.records) if (!sampler.record(record)) return;
    },
    report: (kind, profile) => parseWorkbook(bytes, kind, profile),
  };
}

/** @returns null where none of the first lines looks like the header of this report */
export async function tryMapping(bytes: Uint8Array, kind: ReportKind, file: string): Promise<TriedMapping | null> {
  const base = readProfile(standard);
  const exported = isWorkbook(bytes) ? workbookExport(bytes, base) : textExport(bytes);
  const sampler = new Sampler(headerLikeness(kind));
  await exported.sample(sampler);
  const { columns, headerRow, rows } = sampler.sample();
  if (columns.length === 0) return null;
  const suggestion = suggest(kind, { columns, headerRow, rows }, base, file);
  const report = await exported.report(kind, suggestion.profile);
  const { problems, duplicates } = report;
  const rejected = new Set(problems.filter((problem) => problem.rejected).map(({ row }) => row)).size;
  return { suggestion, headerRow, rows, read: report.rows.length, duplicates, rejected, problems };
}
