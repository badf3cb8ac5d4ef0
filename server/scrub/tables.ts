// The tables of claim checks: structure only; charts, findings and reasons lie in the vault.
import type { Generated } from 'kysely';
import type { RuleFigures } from '../../domain/scrub/demotion.ts';
import type { Instant, JsonOrNull } from '../database/columns.ts';

export interface ScrubTables {
  scrub_charts: { clinic: string; patient: string; record: string; changed_at: Instant };
  chart_files: {
    clinic: string;
    connection: string;
    sha256: string;
    outcome: 'stored' | 'unknownPatient' | 'unreadable';
    at: Instant;
  };
  claim_scrubs: {
    claim: string;
    clinic: string;
    version: number;
    chart: string | null;
    record: string;
    not_checked: number;
    at: Instant;
  };
  claim_findings: {
    clinic: string;
    claim: string;
    key: string;
    rule: string;
    variant: string | null;
    severity: 'blocks' | 'warns' | 'asks';
    role: string;
    line: number | null;
    found_at: Instant;
    fixed_at: Instant | null;
    overridden_at: Instant | null;
    overridden_by: string | null;
    reason: string | null;
  };
  rule_severities: {
    id: Generated<number>;
    clinic: string;
    rule: string;
    variant: string | null;
    decision: 'lower' | 'keep' | 'restore';
    severity: 'warns' | 'asks' | null;
    decided_on: string;
    decided_at: Instant;
    decided_by: string;
    reason: string;
    figures: JsonOrNull<RuleFigures>;
  };
}
