// The table of clinics.
import type { Instant, Json } from '../database/columns.ts';

/** What a clinic sets for itself: who it is to a payer, and where it departs from the payer rules. Structure, no patient data. */
export interface ClinicSettings {
  readonly organization?: { readonly name: string; readonly npi: string; readonly taxId: string };
  readonly renderingProvider?: { readonly name: string; readonly npi: string };
  readonly payers?: readonly Record<string, unknown>[];
}

export interface ClinicTables {
  clinics: {
    id: string;
    name: string;
    display_name: string;
    timezone: string;
    settings: Json<ClinicSettings>;
    created_at: Instant;
    shredded_at: Instant | null;
  };
}
