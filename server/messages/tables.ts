// The tables of messages to patients: references, structure and the course of each; words and addresses lie in the vault.
import type { ColumnType } from 'kysely';
import type { ConsentEntry } from '../../domain/outreach/consent.ts';
import type { Ending, Way } from '../../domain/outreach/course.ts';
import type { ReadReply } from '../../domain/outreach/replies.ts';
import type { Category, Channel, Purpose } from '../../domain/outreach/words.ts';
import type { Instant, Json, JsonOrNull } from '../database/columns.ts';

export interface MessageTables {
  contact_preferences: {
    patient: string;
    clinic: string;
    channels: Channel[];
    zone: string | null;
    language: string | null;
    /** By the patient's clock; null: any hour that the rules allow. */
    hours: JsonOrNull<{ readonly from: string; readonly to: string }>;
    by_actor: string;
    at: Instant;
  };
  message_consents: {
    seq: ColumnType<number, never, never>;
    clinic: string;
    patient: string;
    state: ConsentEntry['state'];
    categories: Category[] | null;
    channels: Channel[] | null;
    source: ConsentEntry['source'];
    by_actor: string;
    at: Instant;
    /** Vault reference of how it is known. */
    evidence: string | null;
  };
  messages: {
    ref: string;
    clinic: string;
    patient: string;
    category: Category;
    purpose: Purpose;
    about: string | null;
    about_at: Instant | null;
    key: string;
    until: Instant;
    call_if_unreached: boolean;
    ways: Json<readonly Way[]>;
    state: ColumnType<'open' | 'over', 'open' | 'over' | undefined, 'open' | 'over'>;
    ending: ColumnType<Ending | null, Ending | null | undefined, Ending | null>;
    rule: ColumnType<string | null, string | null | undefined, string | null>;
    rule_row: ColumnType<string | null, string | null | undefined, string | null>;
    waits_until: ColumnType<Date | null, Date | null | undefined, Date | null>;
    withdrawn_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    answer: ColumnType<string | null, string | null | undefined, string | null>;
    answered_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    changes: ColumnType<number, number | undefined, number>;
    changes_told: ColumnType<number, number | undefined, number>;
    created_by: string;
    created_at: Instant;
    updated_at: Instant;
  };
  message_sendings: {
    message: string;
    channel: Channel;
    clinic: string;
    connection: string;
    patient: string;
    category: Category;
    vendor_message: string | null;
    at: Instant;
    asked_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  message_links: {
    digest: Buffer;
    clinic: string;
    message: string;
    expires_at: Instant;
    used_at: Instant | null;
    used_for: string | null;
  };
  message_replies: {
    ref: string;
    clinic: string;
    connection: string;
    patient: string | null;
    message: string | null;
    intent: ReadReply['intent'];
    may_mean_stop: boolean;
    work_item: string | null;
    at: Instant;
    read_at: Instant | null;
  };
}
