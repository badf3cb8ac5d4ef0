// The typed client of the server's console endpoints: every change is a POST with the console header, every refusal an ApiError in plain words.
import { ApiError, refusal } from './api-error.ts';
import type { CheckBatch, CheckFilter, CheckLine, CheckPage, CodeWords } from './benefits.ts';

export type Role = 'frontDesk' | 'biller' | 'therapist' | 'admin';

export interface Session {
  readonly user: { readonly id: string; readonly displayName: string; readonly roles: readonly Role[] };
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
  | 'done'
  | 'notDone';

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

/** The calls of the console. `onSignedOut` runs when the server no longer knows the session. */
export class Api {
  readonly #onSignedOut: () => void;

  constructor(onSignedOut: () => void) {
    this.#onSignedOut = onSignedOut;
  }

  async #call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: T }> {
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        headers:
          method === 'POST'
            ? { 'content-type': 'application/json', 'x-gait-console': '1', accept: 'application/json' }
            : { accept: 'application/json' },
        ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
      });
    } catch {
      throw new ApiError(
        0,
        'unreachable',
        'The Gait server cannot be reached.',
        'Check the network, then try again; nothing was changed.',
        null,
      );
    }
    const raw = await response.text();
    let parsed: unknown = null;
    try {
      parsed = raw === '' ? null : JSON.parse(raw);
    } catch {
      parsed = null;
    }
    if (!response.ok) {
      if (response.status === 401 && path !== '/v1/session') this.#onSignedOut();
      throw refusal(response.status, parsed);
    }
    return { status: response.status, body: parsed as T };
  }

  async #get<T>(path: string): Promise<T> {
    return (await this.#call<T>('GET', path)).body;
  }

  async #post<T>(path: string, body?: unknown): Promise<T> {
    return (await this.#call<T>('POST', path, body)).body;
  }

  session(): Promise<Session> {
    return this.#get('/v1/session');
  }

  async signIn(email: string, password: string): Promise<Session> {
    await this.#post('/v1/session', { email, password });
    return this.session();
  }

  async signOut(): Promise<void> {
    await this.#post('/v1/session/end');
  }

  /** Open items of one's own roles (`mine`), of everybody (`all`) or of one role. */
  async workItems(role: string): Promise<readonly WorkItemLine[]> {
    const query = new URLSearchParams({ status: 'open', role });
    return (await this.#get<{ items: readonly WorkItemLine[] }>(`/v1/console/work-items?${query}`)).items;
  }

  workItem(id: string): Promise<WorkItemPage> {
    return this.#get(`/v1/console/work-items/${encodeURIComponent(id)}`);
  }

  saveRevision(id: string, basedOn: string, draft: Json): Promise<{ number: number; hash: string }> {
    return this.#post(`/v1/console/work-items/${encodeURIComponent(id)}/revisions`, { basedOn, draft });
  }

  /** `delivered` is false when the decision is recorded while its delivery to the workflow continues (202). */
  async decide(
    id: string,
    decision: { decision: DecisionName; hash?: string; reason?: string; outcome?: Json },
  ): Promise<{ delivered: boolean }> {
    const { status } = await this.#call<unknown>(
      'POST',
      `/v1/console/work-items/${encodeURIComponent(id)}/decisions`,
      decision,
    );
    return { delivered: status !== 202 };
  }

  /** Every authorization of the clinic, page after page. */
  async authorizations(): Promise<readonly AuthorizationLine[]> {
    const all: AuthorizationLine[] = [];
    let cursor: string | null = null;
    do {
      const query: URLSearchParams = new URLSearchParams({ limit: '500', ...(cursor === null ? {} : { cursor }) });
      const page = await this.#get<{ items: readonly AuthorizationLine[]; next: string | null }>(
        `/v1/console/authorizations?${query}`,
      );
      all.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return all;
  }

  authorization(ref: string): Promise<AuthorizationPage> {
    return this.#get(`/v1/console/authorizations/${encodeURIComponent(ref)}`);
  }

  /** Coverage checks for visits from a day on, the next visit first. */
  async benefitChecks(state: CheckFilter, from: string): Promise<readonly CheckLine[]> {
    const query = new URLSearchParams({ state, from, limit: '500' });
    return (await this.#get<{ items: readonly CheckLine[] }>(`/v1/console/eligibility/checks?${query}`)).items;
  }

  benefitCheck(ref: string): Promise<CheckPage> {
    return this.#get(`/v1/console/eligibility/checks/${encodeURIComponent(ref)}`);
  }

  /** The last batches, the newest first. */
  async benefitBatches(): Promise<readonly CheckBatch[]> {
    return (await this.#get<{ items: readonly CheckBatch[] }>('/v1/console/eligibility/batches')).items;
  }

  benefitWords(): Promise<CodeWords> {
    return this.#get('/v1/console/eligibility/words');
  }

  morningReport(date?: string): Promise<MorningReport> {
    return this.#get(`/v1/console/morning-report${date === undefined ? '' : `?date=${encodeURIComponent(date)}`}`);
  }

  makeMorningReport(): Promise<MorningReport> {
    return this.#post('/v1/console/morning-report');
  }

  async imports(): Promise<readonly ImportedReport[]> {
    return (await this.#get<{ imports: readonly ImportedReport[] }>('/v1/admin/imports')).imports;
  }

  async connections(): Promise<readonly Connection[]> {
    return (await this.#get<{ connections: readonly Connection[] }>('/v1/admin/connections')).connections;
  }

  addConnection(connection: Json): Promise<unknown> {
    return this.#post('/v1/admin/connections', connection);
  }

  testConnection(
    id: string,
  ): Promise<{ outcome: string; facts?: readonly { readonly label: string; readonly value: string }[] }> {
    return this.#post(`/v1/admin/connections/${encodeURIComponent(id)}/test`);
  }

  rotateConnection(id: string, secrets: Json): Promise<unknown> {
    return this.#post(`/v1/admin/connections/${encodeURIComponent(id)}/rotate`, { secrets });
  }

  connectionMode(id: string, mode: 'live' | 'shadow'): Promise<unknown> {
    return this.#post(`/v1/admin/connections/${encodeURIComponent(id)}/mode`, { mode });
  }

  pauseConnection(id: string, paused: boolean): Promise<unknown> {
    return this.#post(`/v1/admin/connections/${encodeURIComponent(id)}/pause`, { paused });
  }

  connectionAgreement(id: string, agreement: Json): Promise<unknown> {
    return this.#post(`/v1/admin/connections/${encodeURIComponent(id)}/agreement`, { agreement });
  }

  verifyAudit(): Promise<AuditVerdict> {
    return this.#post('/v1/admin/audit/verify');
  }

  async keys(): Promise<readonly ApiKey[]> {
    return (await this.#get<{ keys: readonly ApiKey[] }>('/v1/admin/keys')).keys;
  }

  addKey(key: Json): Promise<{ id: string; key: string }> {
    return this.#post('/v1/admin/keys', key);
  }

  revokeKey(id: string): Promise<unknown> {
    return this.#post(`/v1/admin/keys/${encodeURIComponent(id)}/revoke`);
  }
}
