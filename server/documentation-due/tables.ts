// When what is due is next looked over.
import type { Instant } from '../database/columns.ts';

export interface DocumentationDueTables {
  documentation_turns: { clinic: string; due_at: Instant };
}
