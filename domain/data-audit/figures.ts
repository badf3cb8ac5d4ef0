// The figures of an audit: counts by code, and how complete each field is in each system. Unknown is null, never zero.
import type { AuditField, Severity } from './book-schema.ts';
import type { Finding, FindingCode } from './findings.ts';

export interface FieldFigures {
  readonly field: AuditField;
  readonly known: number;
  /** Null where the system has no record, does not keep the field, or tells it of nobody: then nobody knows whether it does. */
  readonly share: number | null;
}

export interface SystemFigures {
  readonly system: string;
  readonly records: number;
  readonly fields: readonly FieldFigures[];
}

export interface AuditFigures {
  readonly records: number;
  readonly patients: number;
  readonly compared: number;
  /** Values that so many records share that they were not compared: a default of some software. */
  readonly keysLeftOut: number;
  /** Records that are there and cannot be read as a patient's. */
  readonly unreadable: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly byCode: readonly { readonly code: FindingCode; readonly count: number }[];
  readonly systems: readonly SystemFigures[];
  /** As against the audit before; null: it was the first. */
  readonly since: { readonly new: number; readonly gone: number; readonly unchanged: number } | null;
}

export function countsOf(findings: readonly Finding[]): Pick<AuditFigures, 'bySeverity' | 'byCode'> {
  const bySeverity = { error: 0, warning: 0, note: 0 };
  const byCode = new Map<FindingCode, number>();
  for (const { code, severity } of findings) {
    bySeverity[severity] += 1;
    byCode.set(code, (byCode.get(code) ?? 0) + 1);
  }
  return {
    bySeverity,
    byCode: [...byCode].map(([code, count]) => ({ code, count })).sort((a, b) => a.code.localeCompare(b.code, 'en')),
  };
}
