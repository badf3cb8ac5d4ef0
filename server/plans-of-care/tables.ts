// What is known of the patients' plans of care.
import type { Instant } from '../database/columns.ts';

export interface PlanOfCareTables {
  care_plans: {
    patient: string;
    clinic: string;
    chart: string;
    chart_version: number;
    starts_on: string | null;
    ends_on: string | null;
    visits_per_week: number | null;
    therapist_key: string | null;
    read_at: Instant;
  };
}
