// The tables of data audits: runs, findings by reference and code, and what the books of a patient disagree in.
import type { ColumnType } from 'kysely';
import type { AuditFigures } from '../../domain/data-audit/figures.ts';
import type { Severity } from '../../domain/data-audit/findings.ts';
import type { ReconciliationFigures } from '../../domain/reconciliation/figures.ts';
import type { Disagreement } from '../../domain/reconciliation/visits.ts';
import type { Instant, Json, JsonOrNull } from '../database/columns.ts';

type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

export interface DataAuditTables {
  reconciliation_turns: {
    clinic: string;
    clock: string;
    due_at: Instant;
    running_until: NullableInstant;
  };
  reconciliation_runs: {
    id: string;
    clinic: string;
    started_by: string;
    started_at: Instant;
    finished_at: Instant;
    figures: JsonOrNull<ReconciliationFigures>;
    failure: ColumnType<string | null, string | null | undefined, string | null>;
  };
  data_audits: {
    id: string;
    clinic: string;
    state: 'asked' | 'running' | 'done' | 'failed';
    started_by: string;
    asked_at: Instant;
    running_until: NullableInstant;
    finished_at: NullableInstant;
    done: ColumnType<number, number | undefined, number>;
    total: ColumnType<number | null, number | null | undefined, number | null>;
    figures: JsonOrNull<AuditFigures>;
    failure: ColumnType<string | null, string | null | undefined, string | null>;
  };
  data_findings: {
    clinic: string;
    key: string;
    code: string;
    severity: Severity;
    system: string;
    field: string | null;
    subject: string | null;
    other: string | null;
    work_item: string | null;
    first_audit: string;
    last_audit: string;
    gone_audit: string | null;
  };
  visit_disagreements: {
    clinic: string;
    patient: string;
    found: Json<readonly Disagreement[]>;
    work_item: string | null;
    times: number;
    at: Instant;
    agreed_at: NullableInstant;
  };
}
