// The tables of users, their sessions and failed sign-ins.
import type { Instant } from '../database/columns.ts';

export interface SessionTables {
  users: {
    id: string;
    clinic: string;
    email: string;
    display_name: string;
    password_hash: string;
    roles: string[];
    created_at: Instant;
    disabled_at: Instant | null;
  };
  sessions: {
    token_hash: string;
    user_id: string;
    clinic: string;
    created_at: Instant;
    last_seen_at: Instant;
    expires_at: Instant;
    ended_at: Instant | null;
  };
  sign_in_failures: {
    subject_hash: string;
    failures: number;
    first_at: Instant;
  };
}
