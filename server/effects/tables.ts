// The tables of effects: one row per key, what shadow mode would have sent, and the clinics held since a restore.
import type { RefusalReason } from '../../domain/effect/permit.ts';
import type { EffectOutcome } from '../../domain/effect/permit.ts';
import type { Instant, Json, JsonOrNull } from '../database/columns.ts';

export interface EffectTables {
  effects: {
    clinic: string;
    key: string;
    operation: string;
    connection: string;
    subject: string;
    /** What all attempts of one request have in common: their keys without the attempt. */
    request_of: string;
    work_item: string | null;
    approval: string | null;
    /** Vault reference of the request as it is sent. */
    request: string;
    /** Vault reference of the text that goes out, where it was written beforehand. */
    wire: string | null;
    state: string;
    attempt: number;
    /** The instant before the first byte of this attempt. */
    sent_at: Instant | null;
    lease_until: Instant | null;
    inquire_at: Instant | null;
    inquire_after_seconds: number;
    /** One inquiry at a time: until when this one may take. */
    inquiring_until: Instant | null;
    person_asked: boolean;
    outcome: JsonOrNull<EffectOutcome>;
    code: string | null;
    reasons: Json<readonly RefusalReason[]>;
    created_at: Instant;
    updated_at: Instant;
  };
  effect_shadows: {
    clinic: string;
    key: string;
    operation: string;
    connection: string;
    subject: string;
    approval: string | null;
    first_at: Instant;
    last_at: Instant;
    times: number;
  };
  clinic_holds: { clinic: string; since: Instant };
  connection_pauses: { connection: string; clinic: string; by_user: string; since: Instant };
}
