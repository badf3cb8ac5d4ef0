// Plans of care: those written here, how they are certified, and what is known of each patient's plan wherever it comes from.
import type { Instant, Json } from '../database/columns.ts';
import type { Protocol } from '../../domain/plan-of-care/protocol-schema.ts';

export const planStates = ['draft', 'approved', 'replaced', 'discarded'] as const;
export type PlanState = (typeof planStates)[number];

export interface PlanOfCareTables {
  care_plans: {
    patient: string;
    clinic: string;
    /** null: the plan was written here, and no chart tells of one. */
    chart: string | null;
    chart_version: number | null;
    starts_on: string | null;
    ends_on: string | null;
    visits_per_week: number | null;
    therapist_key: string | null;
    read_at: Instant;
    /** The plan written here that is in force. */
    plan: string | null;
  };
  plans_of_care: {
    ref: string;
    clinic: string;
    patient: string;
    session: string | null;
    state: PlanState;
    revision: number;
    recertification: boolean;
    protocol: string | null;
    protocol_version: number | null;
    starts_on: string;
    ends_on: string;
    visits_per_week: number | null;
    visits: number;
    goals: number;
    unknown: number;
    drafted_at: Instant;
    drafted_by: string;
    updated_at: Instant;
    approved_at: Instant | null;
    approved_by: string | null;
    hash: string | null;
  };
  plan_certifications: {
    clinic: string;
    patient: string;
    starts_on: string;
    certified_on: string | null;
    order_on_file: boolean | null;
    transmitted_on: string | null;
    by_user: string;
    at: Instant;
  };
  clinic_protocols: {
    clinic: string;
    condition: string;
    version: number;
    protocol: Json<Protocol>;
    made_of: string;
    by_user: string;
    at: Instant;
  };
}
