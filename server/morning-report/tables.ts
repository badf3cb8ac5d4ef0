// The table of morning reports: each as it was made, structure only.
import type { MorningReport } from '../../domain/morning-report/types.ts';
import type { Instant, Json } from '../database/columns.ts';

export interface MorningReportTables {
  morning_reports: {
    id: string;
    clinic: string;
    date: string;
    report: Json<MorningReport>;
    made_by: string;
    at: Instant;
  };
}
