// The findings as a table for a spreadsheet: references and codes only, and nothing a spreadsheet would run as a formula.
import { csvTable } from '../csv/cell-text.ts';
import { fieldWords, findingCodes } from './findings.ts';
import type { Finding } from './findings.ts';

const columns = ['severity', 'code', 'meaning', 'system', 'field', 'record', 'other record'] as const;

/** RFC 4180, one line a finding. `systemName` gives the name staff know a system by. */
export function findingsCsv(findings: readonly Finding[], systemName: (system: string) => string): string {
  const lines = findings.map(({ severity, code, system, field, subject, other }) => [
    severity,
    code,
    findingCodes[code],
    systemName(system),
    field === null ? '' : fieldWords[field],
    subject ?? '',
    other ?? '',
  ]);
  return csvTable(columns, lines);
}
