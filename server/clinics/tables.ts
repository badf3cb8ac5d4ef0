// The table of clinics.
import type { Instant, Json } from '../database/columns.ts';
import type { ClinicSettings } from './settings.ts';

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
