// What the server answers about messages to patients, calls to them and their attendance.
import type { Trial } from '../domain/attendance/model.ts';
import type { Recommendation } from '../domain/attendance/recommendations.ts';
import type { Rebooking } from '../domain/attendance/missed.ts';
import type { ConsentSource } from '../domain/outreach/consent.ts';
import type { Confirmation } from '../domain/outreach/confirmation.ts';
import type { Ending, Way } from '../domain/outreach/course.ts';
import type { Category, Channel, Purpose } from '../domain/outreach/words.ts';

export interface CallLine {
  readonly workItem: string;
  readonly patient: string;
  readonly name: string | null;
  readonly reason: string;
  readonly purpose: Purpose | null;
  /** The visit it is about, ISO UTC; null: none, or its time is unknown. */
  readonly startsAt: string | null;
  readonly dueAt: string | null;
  readonly isEscalated: boolean;
  /** Null while it is open. */
  readonly decision: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

export interface CallList {
  readonly open: readonly CallLine[];
  /** Those made today, the newest first. */
  readonly made: readonly CallLine[];
}

export interface ShownMessage {
  readonly message: string;
  readonly category: Category;
  readonly purpose: Purpose;
  readonly startsAt: string | null;
  readonly ending: Ending | null;
  readonly rule: string | null;
  readonly waitsUntil: string | null;
  readonly answer: string | null;
  readonly answeredAt: string | null;
  readonly at: string;
  readonly ways: readonly Way[];
}

export interface ShownReply {
  readonly reply: string;
  readonly message: string | null;
  readonly intent: string;
  readonly workItem: string | null;
  readonly at: string;
}

/** One word of a patient on messages. Null stands for every category or channel; `by` null: no person wrote it down. */
export interface ConsentWord {
  readonly word: number;
  readonly state: 'granted' | 'revoked';
  readonly categories: readonly Category[] | null;
  readonly channels: readonly Channel[] | null;
  readonly source: ConsentSource;
  readonly by: string | null;
  readonly at: string;
  readonly hasEvidence: boolean;
}

export interface ContactPreference {
  readonly channels: readonly Channel[];
  readonly zone: string | null;
  readonly language: string | null;
  readonly hours: { readonly from: string; readonly to: string } | null;
}

export interface PatientMessages {
  readonly patient: string;
  readonly name: string | null;
  /** The clinic's zone. */
  readonly zone: string;
  readonly preference: ContactPreference;
  readonly standing: readonly {
    readonly category: Category;
    readonly channel: Channel;
    readonly may: boolean;
    readonly why?: 'revoked' | 'notGranted';
  }[];
  readonly consents: readonly ConsentWord[];
  readonly messages: readonly ShownMessage[];
  readonly replies: readonly ShownReply[];
}

/** A word of a patient as a person writes it down. */
export interface WrittenConsent {
  readonly state: 'granted' | 'revoked';
  readonly categories?: readonly Category[];
  readonly channels?: readonly Channel[];
  readonly source: 'staff' | 'intake';
  readonly evidence?: string;
}

export interface ModelCard {
  readonly trainedOn: string;
  readonly historyFrom: string | null;
  readonly historyTo: string | null;
  readonly type: 'baseRate' | 'model';
  readonly words: string;
  readonly visits: number;
  readonly events: number;
  readonly baseRate: number | null;
  readonly trial: Trial | null;
}

interface ShownRisk {
  readonly patient: string;
  readonly name: string | null;
  readonly risk: number | null;
  readonly from: 'model' | 'baseRate';
  readonly reasons: readonly string[];
}

export interface VisitAtRisk extends ShownRisk {
  readonly visit: string;
  readonly date: string;
  readonly startsAt: string | null;
  readonly confirmation: Confirmation | null;
}

export interface AttendancePage {
  readonly day: string;
  readonly days: number;
  readonly noShow: ModelCard;
  /** Null: no system tells of discharges. */
  readonly dropOut: ModelCard | null;
  readonly visits: readonly VisitAtRisk[];
  readonly patients: readonly (ShownRisk & { readonly lastKept: string })[];
  readonly rebookings: readonly (Rebooking & { readonly name: string | null })[];
}

export interface Recommendations {
  readonly day: string;
  readonly lines: readonly (Recommendation & { readonly name: string | null })[];
}
