// What the server's console endpoints answer and are asked with.
import type { Credential } from '../domain/session/words.ts';

export type Role = 'frontDesk' | 'biller' | 'therapist' | 'clinicalSpecialist' | 'admin';

export interface Session {
  readonly user: {
    readonly id: string;
    readonly displayName: string;
    readonly roles: readonly Role[];
    /** What they are licensed as, as it is on file. */
    readonly credential: Credential | null;
  };
  readonly clinic: {
    readonly id: string;
    readonly name: string;
    readonly displayName?: string;
    readonly timezone: string;
  };
  readonly inactiveAfterMinutes?: number;
}

export type DecisionName =
  | 'approve'
  | 'reject'
  | 'sent'
  | 'answered'
  | 'stillPending'
  | 'accept'
  | 'appeal'
  | 'wasSent'
  | 'wasNotSent'
  | 'notRequired'
  | 'moved'
  | 'covered'
  | 'goAhead'
  | 'askNewPayer'
  | 'resume'
  | 'close'
  | 'recorded'
  | 'corrected'
  | 'called'
  | 'checkAgain'
  | 'notNeeded'
  | 'fixed'
  | 'correct'
  | 'billPatient'
  | 'writeOff'
  | 'paid'
  | 'denied'
  | 'notOnFile'
  | 'billed'
  | 'offerPlan'
  | 'agreed'
  | 'declined'
  | 'match'
  | 'setAside'
  | 'postAnyway'
  | 'uploaded'
  | 'complete'
  | 'keep'
  | 'follow'
  | 'entered'
  | 'seen'
  | 'notUploaded'
  | 'merge'
  | 'keepApart'
  | 'asItIs'
  | 'send'
  | 'reached'
  | 'notReached'
  | 'handled'
  | 'meansStop'
  | 'ends'
  | 'fewer'
  | 'goesOn'
  | 'done'
  | 'notDone'
  | 'confirmed'
  | 'cannotCome'
  | 'leftWord'
  | 'wrongNumber'
  | 'wantsNone'
  | 'bookSoon'
  | 'planChanged'
  | 'discharge'
  | 'checkedIn'
  | 'sound'
  | 'minorFaults'
  | 'seriousFaults'
  | 'notLooked';

export interface Payer {
  readonly id: string;
  readonly name: string;
}

export interface WorkItemLine {
  readonly id: string;
  readonly kind: string;
  readonly role: string;
  /** The role that has to fill in something before the item's own role can decide. */
  readonly waitsFor?: string | null;
  readonly status: string;
  readonly priority: number;
  readonly priorityReason: string;
  /** Why the item was opened; may be the same sentence as `priorityReason`. */
  readonly reason?: string;
  readonly title: string;
  readonly dueAt: string | null;
  readonly openedAt: string;
  readonly subject: string | null;
  readonly payer: Payer | null;
  readonly route?: 'staffSend' | 'submitAfterApproval';
  readonly escalated: boolean;
  readonly remindedAt: string | null;
  readonly patientName?: string | null;
}

export interface Decision {
  readonly decision: string;
  readonly by: string | Person;
  readonly at: string;
  readonly hash?: string | null;
  readonly reason?: string | null;
  /** False while the decision is stored but the workflow has not heard of it. */
  readonly delivered?: boolean;
}

export interface Person {
  readonly id: string;
  readonly displayName: string;
}

export interface WorkItemDetail extends WorkItemLine {
  readonly decisions: readonly DecisionName[];
  readonly decision: Decision | null;
}

export interface DraftField {
  readonly path: string;
  readonly label: string;
  readonly type: string;
  readonly required: boolean;
  readonly copyReady: boolean;
  /** False where the field belongs to another role. */
  readonly editable?: boolean;
  readonly options?: readonly string[];
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Evidence {
  readonly label: string;
  readonly value: Json;
  readonly source: string | null;
}

export interface TimelineEvent {
  readonly at: string;
  readonly event: string;
  readonly by: string | Person | null;
  readonly detail?: string | null;
  /** What was written down with it: a confirmation, a number, a reason. */
  readonly documented?: readonly CopyValue[];
}

export interface CopyValue {
  readonly label: string;
  readonly value: string;
}

export interface Revision {
  readonly number: number;
  readonly hash: string;
  readonly by: string | Person;
  readonly at: string;
}

export interface WorkItemPage {
  readonly item: WorkItemDetail;
  readonly revision: Revision | null;
  readonly draft: Json;
  readonly firstDraft?: Json;
  readonly draftKind: string | null;
  readonly fields: readonly DraftField[];
  /** Values to be typed into another system, in that system's words; null: the fields stand as they are. */
  readonly copyReady?: readonly CopyValue[] | null;
  readonly evidence: readonly Evidence[];
  readonly missing: { readonly path: string; readonly label: string; readonly owner?: string } | null;
  readonly timeline: readonly TimelineEvent[];
}

export interface Quantity {
  readonly visits: number | null;
  readonly units: number | null;
}

export interface Period {
  readonly sequence: number;
  readonly kind: string;
  readonly status: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly requested: Quantity;
  readonly approved: Quantity;
  readonly number?: string;
  /** The number itself, for those who work with it. */
  readonly payerNumber?: string | null;
  readonly submittedOn?: string | null;
  readonly decidedOn?: string | null;
}

export interface Projection {
  readonly state: string;
  readonly limitedBy: string | null;
  readonly runsOutOn: string | null;
  readonly firstUncoveredVisit: {
    readonly date: string;
    readonly number?: number | null;
    readonly of?: number | null;
  } | null;
  readonly actBy: string | null;
  readonly turnaround: { readonly days: number | null; readonly basis: string; readonly citation: string | null };
  readonly visits: {
    readonly approved: number | null;
    readonly used: number | null;
    readonly booked: number | null;
    readonly left: number | null;
  };
  readonly units: Projection['visits'];
  readonly reason: string;
}

export interface AuthorizationLine {
  readonly ref: string;
  readonly patientName?: string | null;
  readonly payer: Payer | null;
  readonly state: string;
  readonly projection: Projection | null;
}

export interface AuthorizationPage extends AuthorizationLine {
  readonly periods: readonly Period[];
  readonly appointments: readonly { readonly date: string; readonly status: string }[];
  readonly timeline: readonly TimelineEvent[];
  readonly patientStatus?: string;
  /** Left out for whoever may not see them. */
  readonly outcomes?: readonly OutcomeScore[];
  readonly workItems?: readonly {
    readonly id: string;
    readonly kind: string;
    readonly title: string;
    readonly status: string;
  }[];
}

export interface ReportLine {
  readonly workItem: string | null;
  readonly authorization: string | null;
  readonly patientName?: string | null;
  readonly payer: Payer | null;
  readonly role: string;
  readonly priority: number;
  readonly priorityReason: string;
  readonly kind: string;
  readonly reason: string;
  readonly dueAt: string | null;
  readonly escalated: boolean;
  readonly reminded: boolean;
}

export interface MorningReport {
  readonly report: string;
  readonly date: string;
  readonly madeAt?: string;
  readonly lines: readonly ReportLine[];
  readonly counts: {
    readonly total: number;
    readonly overdue: number;
    readonly escalated: number;
    readonly byRole: Readonly<Record<string, number>>;
  };
}

export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly system: string;
  readonly mode: 'live' | 'shadow';
  /** The agreement under which the vendor may receive records; without one nothing is sent. */
  readonly agreement?: { readonly vendor: string; readonly expires: string | null } | null;
  /** Nothing is sent over it until a person lets it go on; reading goes on. */
  readonly paused?: boolean;
  /** Null or missing: the system lets Gait in without a person. */
  readonly signIn?: {
    readonly signedInAt: string | null;
    readonly lastsUntil: string | null;
    readonly lapsed: boolean;
  } | null;
  readonly testedAt: string | null;
  readonly testOutcome: string | null;
}

/** A report that was imported: rows by what became of them, and the first of the rows that were refused. */
export interface ImportedReport {
  readonly id: string;
  readonly connection: string;
  readonly kind: string;
  readonly at: string;
  readonly counts: Readonly<Record<'added' | 'changed' | 'same' | 'unmatched' | 'cancelled' | 'unknownPayers', number>>;
  readonly refused: number;
  readonly rejected: readonly { readonly row: number; readonly column: string | null; readonly reason: string }[];
}

/** An import as it stands; `rows.total` are those read so far, `bytes` those of the files that lie there. */
export interface ImportRun {
  readonly run: string;
  readonly connection: string;
  readonly connectionName: string;
  readonly state: 'asked' | 'running' | 'done' | 'failed';
  readonly askedAt: string;
  readonly heardAt: string;
  readonly finishedAt: string | null;
  readonly resumed: number;
  readonly phase: 'reading' | 'storing' | null;
  readonly kind: string | null;
  readonly bytes: { readonly done: number; readonly total: number } | null;
  readonly rows: { readonly done: number; readonly total: number };
  readonly taken: number;
  readonly unmatched: number;
  readonly refused: number;
  readonly failure: string | null;
}

/** The score of an outcome measure on a day, as a system told it. */
export interface OutcomeScore {
  readonly measure: string;
  readonly score: number;
  readonly date: string;
  readonly connection: string;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

export interface AuditVerdict {
  readonly entries: number;
  readonly broken: { readonly seq: number; readonly message: string } | null;
}
