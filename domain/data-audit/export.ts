// The findings as a table for a spreadsheet: references and codes only, and nothing a spreadsheet would run as a formula.
import { fieldWords, findingCodes } from './findings.ts';
import type { Finding } from './findings.ts';

const columns = ['severity', 'code', 'meaning', 'system', 'field', 'record', 'other record'] as const;

/** RFC 4180, one line a finding. `systemName` gives the name staff know a system by. */
export function findingsCsv(findings: readonly Finding[], systemName: (system: string) => string): string {
  const lines = findings.map(({ severity, code, system, field, subject, other }) =>
    [
      severity,
      code,
      findingCodes[code],
      systemName(system),
      field === null ? '' : fieldWords[field],
      subject ?? '',
      other ?? '',
    ].map(cell),
  );
  return [columns, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

/** A cell that begins like a formula is text all the same (OWASP, CSV injection). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
