// The table of episodes of care: whose, since when, until when; what they hold lies in the vault.
import type { Instant } from '../database/columns.ts';

export interface EpisodeTables {
  episodes: {
    ref: string;
    clinic: string;
    patient: string;
    revision: number;
    began_on: string | null;
    ended_on: string | null;
    by_user: string;
    updated_at: Instant;
  };
}
