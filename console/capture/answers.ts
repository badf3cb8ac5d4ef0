// What the server answers about capturing: the visits of a day with what starting one needs, and records as they are stored.
import type { CodesFile } from '../../domain/billing-tables/codes-schema.ts';
import type { Vocabulary } from '../../domain/dictation/vocabulary-schema.ts';
import type { Measure } from '../../domain/measures/schema.ts';
import type { Session as SessionRecord } from '../../domain/session/schema.ts';
import type { BodyPart } from '../../domain/session/words.ts';
import type { AssistantRule, UnitRuleRow } from '../../domain/units/rule-schema.ts';

export type { SessionRecord };

export interface CaptureVisit {
  readonly appointment: string;
  readonly patient: string;
  readonly name: { readonly given: string; readonly family: string } | null;
  readonly startsAt: string | null;
  readonly status: 'booked' | 'arrived';
  /** As the schedule names them; null: it does not. */
  readonly therapist: string | null;
  readonly session: {
    readonly ref: string;
    readonly state: 'open' | 'closed';
    readonly revision: number;
    readonly begunBy: string | null;
    readonly updatedAt: string | null;
  } | null;
  readonly last: { readonly session: string; readonly date: string } | null;
  readonly counting: { readonly rule: UnitRuleRow | null; readonly assistant: AssistantRule | null };
  readonly goals: readonly { readonly id: string; readonly words: string }[];
}

export interface CaptureDay {
  readonly day: string;
  readonly visits: readonly CaptureVisit[];
  readonly people: readonly { readonly id: string; readonly displayName: string }[];
  readonly codes: CodesFile;
  readonly interventions: readonly {
    readonly name: string;
    readonly code: string | null;
    readonly part: BodyPart | null;
  }[];
  /** What a dictation is read with, on the tablet itself; a day that was kept before it was told has none. */
  readonly listening?: {
    readonly vocabulary: Vocabulary;
    readonly measures: readonly Measure[];
    readonly hasSpeech: boolean;
  };
}

/** A record as the server has it. */
export interface StoredSession {
  readonly session: string;
  readonly revision: number;
  readonly state: 'open' | 'closed';
  readonly record: SessionRecord;
}

export interface SessionSave {
  readonly save: string;
  readonly appointment: string;
  readonly base: number;
  readonly record: SessionRecord;
}

export type SaveAnswer =
  | { readonly outcome: 'saved'; readonly revision: number }
  | { readonly outcome: 'conflict'; readonly current: StoredSession };
