// The typed client of the server's console endpoints: every change is a POST with the console header, every refusal an ApiError in plain words.
import type { AttendanceFigures } from '../domain/attendance/figures.ts';
import type { Channel } from '../domain/outreach/words.ts';
import type { CarePage, NewProgram, ProgramPage } from './care.ts';
import type { ClaimStatistics } from '../domain/claim-figures/statistics.ts';
import type { Today } from '../domain/today/today.ts';
import { ApiError, refusal } from './api-error.ts';
import type {
  ApiKey,
  AuditVerdict,
  AuthorizationLine,
  AuthorizationPage,
  Connection,
  DecisionName,
  ImportRun,
  ImportedReport,
  Json,
  MorningReport,
  Session,
  WorkItemLine,
  WorkItemPage,
} from './api.ts';
import type { CaptureDay, SaveAnswer, SessionSave, StoredSession } from './capture/answers.ts';
import type { CheckBatch, CheckFilter, CheckLine, CheckPage, CodeWords } from './benefits.ts';
import type { DataAuditPage, FindingGroup, ReconciledVisits, ReconciliationState, ShownFinding } from './data-audit.ts';
import type { ClaimList, ClaimPage, DenialLine, RuleDecision, RuleRecords } from './claims.ts';
import type {
  Broken,
  ConflictAhead,
  ScheduleStaff,
  ScheduleWeek,
  SeriesAnswer,
  SeriesAsk,
  VisitOfSeries,
  VisitPlace,
} from './schedule.ts';
import type { WeeklyWindow } from '../domain/schedule/clock.ts';
import type {
  AttendancePage,
  CallList,
  ContactPreference,
  PatientMessages,
  Recommendations,
  WrittenConsent,
} from './outreach.ts';
import type { VisitsOfDay } from './visits.ts';
import type { Fairness, FreedSlotLine, SlotLedger, WaitingPage, WaitlistChoices } from './waitlist.ts';
import type { Ledger, PatientPayment, RemittanceList, RemittancePage, RemittanceState } from './remittances.ts';

const visitPath = ({ series, visit }: VisitOfSeries): string =>
  `/v1/console/schedule/series/${encodeURIComponent(series)}/visits/${encodeURIComponent(visit)}`;
const patientPath = (patient: string): string => `/v1/console/patients/${encodeURIComponent(patient)}`;

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
        method === 'GET'
          ? 'Check the network, then try again.'
          : 'Check the network. It may have been done all the same: load the page again before you repeat it.',
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

  care(): Promise<CarePage> {
    return this.#get('/v1/console/care');
  }

  program(program: string): Promise<ProgramPage> {
    return this.#get(`/v1/console/exercise-programs/${encodeURIComponent(program)}`);
  }

  async addProgram(patient: string, said: NewProgram): Promise<void> {
    await this.#post(`/v1/console/patients/${encodeURIComponent(patient)}/exercise-programs`, said);
  }

  async endProgram(program: string): Promise<void> {
    await this.#post(`/v1/console/exercise-programs/${encodeURIComponent(program)}/end`);
  }

  async setVideoLink(visit: string, link: string): Promise<void> {
    await this.#post(`/v1/console/visits/${encodeURIComponent(visit)}/video-link`, { link });
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

  /** Claims, the oldest day of service first: those that are not closed, or those that are. */
  claims(state: 'open' | 'closed'): Promise<ClaimList> {
    return this.#get(`/v1/console/claims?${new URLSearchParams({ state, limit: '1000' })}`);
  }

  claim(ref: string): Promise<ClaimPage> {
    return this.#get(`/v1/console/claims/${encodeURIComponent(ref)}`);
  }

  /** Lets a finding stand, for a reason. */
  async overrideFinding(claim: string, finding: string, reason: string): Promise<void> {
    const path = `/v1/console/claims/${encodeURIComponent(claim)}/findings/${encodeURIComponent(finding)}/override`;
    await this.#post(path, { reason });
  }

  /** Has a void of the claim laid before a biller. */
  async takeBack(claim: string): Promise<void> {
    await this.#post(`/v1/console/claims/${encodeURIComponent(claim)}/take-back`);
  }

  /** Of the claims taken in since a day; null: of all of them. */
  claimStatistics(from: string | null): Promise<ClaimStatistics> {
    const query = new URLSearchParams(from === null ? {} : { from });
    return this.#get(`/v1/console/claims/statistics?${query}`);
  }

  ruleRecords(): Promise<RuleRecords> {
    return this.#get('/v1/console/scrub/rules');
  }

  /** Accepts or declines the severity that is proposed for a rule, or takes it back. */
  async decideRule(decision: {
    rule: string;
    variant: string | null;
    decision: RuleDecision;
    reason: string;
  }): Promise<void> {
    await this.#post('/v1/console/scrub/rules/decisions', decision);
  }

  async denials(): Promise<readonly DenialLine[]> {
    return (await this.#get<{ items: readonly DenialLine[] }>('/v1/console/denials')).items;
  }

  /** What was paid, adjusted and left open of a claim, with every line behind it. */
  ledger(claim: string): Promise<Ledger> {
    return this.#get(`/v1/console/claims/${encodeURIComponent(claim)}/ledger`);
  }

  /** Enters what a patient paid or was paid back; `known`: it was entered under this key before. */
  enterPayment(claim: string, payment: PatientPayment): Promise<{ readonly outcome: 'posted' | 'known' }> {
    return this.#post(`/v1/console/claims/${encodeURIComponent(claim)}/payments`, payment);
  }

  /** The newest remittances first; `before` is the `next` of the page before. */
  remittances(state: RemittanceState | null, before: string | null): Promise<RemittanceList> {
    const query = new URLSearchParams({ limit: '100' });
    if (state !== null) query.set('state', state);
    if (before !== null) query.set('before', before);
    return this.#get(`/v1/console/remittances?${query}`);
  }

  remittance(ref: string): Promise<RemittancePage> {
    return this.#get(`/v1/console/remittances/${encodeURIComponent(ref)}`);
  }

  today(): Promise<Today> {
    return this.#get('/v1/console/today');
  }

  visits(day: string): Promise<VisitsOfDay> {
    return this.#get(`/v1/console/confirmations?day=${encodeURIComponent(day)}`);
  }

  /** The week that holds a day; null: the present one. */
  scheduleWeek(of: string | null): Promise<ScheduleWeek> {
    return this.#get(`/v1/console/schedule/week${of === null ? '' : `?of=${encodeURIComponent(of)}`}`);
  }

  async scheduleConflicts(): Promise<readonly ConflictAhead[]> {
    const { conflicts } = await this.#get<{ conflicts: readonly ConflictAhead[] }>('/v1/console/schedule/conflicts');
    return conflicts;
  }

  proposeSeries(ask: SeriesAsk): Promise<SeriesAnswer> {
    return this.#post('/v1/schedule/series', ask);
  }

  async checkMove(of: VisitOfSeries, to: VisitPlace): Promise<readonly Broken[]> {
    return (await this.#post<{ breaks: readonly Broken[] }>(`${visitPath(of)}/check`, to)).breaks;
  }

  /** @param knowing whether the person was told which rules it breaks there */
  moveVisit(of: VisitOfSeries, to: VisitPlace, revision: number, knowing: boolean): Promise<unknown> {
    return this.#post(`${visitPath(of)}/move`, { ...to, revision, knowing });
  }

  removeVisit(of: VisitOfSeries, revision: number): Promise<unknown> {
    return this.#post(`${visitPath(of)}/remove`, { revision });
  }

  scheduleStaff(): Promise<ScheduleStaff> {
    return this.#get('/v1/console/schedule/staff');
  }

  /** @param ref null for a new one */
  keepStaff(kind: 'therapists' | 'rooms', ref: string | null, facts: object): Promise<unknown> {
    return this.#post(`/v1/console/schedule/${kind}${ref === null ? '' : `/${encodeURIComponent(ref)}`}`, facts);
  }

  async patientTimes(patient: string): Promise<readonly WeeklyWindow[] | null> {
    const path = `/v1/console/schedule/patients/${encodeURIComponent(patient)}/times`;
    return (await this.#get<{ times: readonly WeeklyWindow[] | null }>(path)).times;
  }

  keepPatientTimes(patient: string, times: readonly WeeklyWindow[]): Promise<unknown> {
    return this.#post(`/v1/console/schedule/patients/${encodeURIComponent(patient)}/times`, { times });
  }

  calls(): Promise<CallList> {
    return this.#get('/v1/console/calls');
  }

  patientMessages(patient: string): Promise<PatientMessages> {
    return this.#get(`${patientPath(patient)}/messages`);
  }

  /** The words of a message or a reply; that they are read is written down. */
  async messageWords(message: string): Promise<readonly { readonly channel: Channel | null; readonly text: string }[]> {
    const path = `/v1/console/messages/${encodeURIComponent(message)}/words`;
    return (await this.#get<{ words: readonly { channel: Channel | null; text: string }[] }>(path)).words;
  }

  /** How a word of a patient is known. */
  async consentEvidence(patient: string, word: number): Promise<string | null> {
    return (await this.#get<{ words: string | null }>(`${patientPath(patient)}/consents/${word}`)).words;
  }

  async writeConsent(patient: string, word: WrittenConsent): Promise<void> {
    await this.#post(`${patientPath(patient)}/consents`, word);
  }

  async setContactPreference(patient: string, preference: ContactPreference): Promise<void> {
    await this.#post(`${patientPath(patient)}/contact-preference`, preference);
  }

  attendance(): Promise<AttendancePage> {
    return this.#get('/v1/console/attendance');
  }

  lookOverAttendance(): Promise<{ readonly missedSeveral: number; readonly checkIns: number }> {
    return this.#post('/v1/attendance/look-over');
  }

  recommendations(): Promise<Recommendations> {
    return this.#get('/v1/console/recommendations');
  }

  attendanceFigures(from: string | null): Promise<AttendanceFigures> {
    const query = new URLSearchParams(from === null ? {} : { from });
    return this.#get(`/v1/console/attendance/figures?${query}`);
  }

  morningReport(date?: string): Promise<MorningReport> {
    return this.#get(`/v1/console/morning-report${date === undefined ? '' : `?date=${encodeURIComponent(date)}`}`);
  }

  makeMorningReport(): Promise<MorningReport> {
    return this.#post('/v1/console/morning-report');
  }

  dataAudit(): Promise<DataAuditPage> {
    return this.#get('/v1/console/data-audit');
  }

  startDataAudit(): Promise<unknown> {
    return this.#post('/v1/console/data-audit');
  }

  dataFindings({ code, system, field }: FindingGroup): Promise<{ findings: readonly ShownFinding[] }> {
    const query = new URLSearchParams({ code, system, ...(field === null ? {} : { field }) });
    return this.#get(`/v1/console/data-audit/findings?${query.toString()}`);
  }

  dataAuditTable(): Promise<{ csv: string }> {
    return this.#get('/v1/console/data-audit/export');
  }

  takeApart(link: string): Promise<unknown> {
    return this.#post(`/v1/console/patient-links/${encodeURIComponent(link)}/undo`);
  }

  reconcileVisits(): Promise<ReconciledVisits> {
    return this.#post('/v1/reconciliation');
  }

  imports(): Promise<{ readonly runs: readonly ImportRun[]; readonly imports: readonly ImportedReport[] }> {
    return this.#get('/v1/admin/imports');
  }

  startImport(connection: string): Promise<{ run: string; created: boolean }> {
    return this.#post('/v1/admin/imports', { connection });
  }

  importTable(): Promise<{ csv: string }> {
    return this.#get('/v1/admin/imports/export');
  }

  linkTable(): Promise<{ csv: string }> {
    return this.#get('/v1/console/patient-links/export');
  }

  reconciliation(): Promise<ReconciliationState> {
    return this.#get('/v1/reconciliation');
  }

  async connections(): Promise<readonly Connection[]> {
    return (await this.#get<{ connections: readonly Connection[] }>('/v1/admin/connections')).connections;
  }

  addConnection(connection: object): Promise<unknown> {
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

  /** The address at the vendor where a person signs in. */
  startSignIn(id: string): Promise<{ readonly url: string }> {
    return this.#post(`/v1/admin/connections/${encodeURIComponent(id)}/sign-in`);
  }

  finishSignIn(answer: {
    readonly state: string;
    readonly code: string;
  }): Promise<{ readonly connection: { readonly name: string }; readonly lastsUntil: string | null }> {
    return this.#post('/v1/signed-in', answer);
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

  waiting(): Promise<WaitingPage> {
    return this.#get('/v1/console/waitlist');
  }

  async freedSlots(): Promise<readonly FreedSlotLine[]> {
    return (await this.#get<{ slots: readonly FreedSlotLine[] }>('/v1/console/waitlist/slots')).slots;
  }

  freedSlot(slot: string): Promise<SlotLedger> {
    return this.#get(`/v1/console/waitlist/slots/${encodeURIComponent(slot)}`);
  }

  waitlistChoices(): Promise<WaitlistChoices> {
    return this.#get('/v1/console/waitlist/choices');
  }

  waitlistFairness(): Promise<Fairness> {
    return this.#get('/v1/console/waitlist/fairness');
  }

  async movableVisits(patient: string): Promise<readonly { readonly appointment: string; readonly at: string }[]> {
    const path = `/v1/console/waitlist/patients/${encodeURIComponent(patient)}/visits`;
    return (await this.#get<{ visits: readonly { appointment: string; at: string }[] }>(path)).visits;
  }

  addWaiting(entry: Json): Promise<unknown> {
    return this.#post('/v1/console/waitlist', entry);
  }

  async waitlistState(entry: string, state: 'waiting' | 'paused' | 'removed'): Promise<void> {
    await this.#post(`/v1/console/waitlist/${encodeURIComponent(entry)}/state`, { state });
  }

  openSlot(slot: Json): Promise<unknown> {
    return this.#post('/v1/waitlist/slots', slot);
  }

  askWaiting(slot: string, entry: string): Promise<unknown> {
    return this.#post(`/v1/console/waitlist/slots/${encodeURIComponent(slot)}/ask`, { entry });
  }

  takeSlotBack(slot: string): Promise<unknown> {
    return this.#post(`/v1/console/waitlist/slots/${encodeURIComponent(slot)}/take-back`);
  }

  answerOffer(offer: string, answer: 'yes' | 'no'): Promise<unknown> {
    return this.#post(`/v1/console/waitlist/offers/${encodeURIComponent(offer)}/answer`, { answer });
  }

  /** The visits of a day, today's where none is named, with what capturing them needs. */
  captureDay(): Promise<CaptureDay> {
    return this.#get('/v1/console/capture');
  }

  async tabletKey(): Promise<string> {
    return (await this.#post<{ key: string }>('/v1/console/capture/key')).key;
  }

  sessionRecord(ref: string): Promise<StoredSession & { readonly appointment: string }> {
    return this.#get(`/v1/console/session-records/${encodeURIComponent(ref)}`);
  }

  /** Saves a session; a conflict is an answer: what is stored stands in it. */
  async saveSession(ref: string, save: SessionSave): Promise<SaveAnswer> {
    try {
      return await this.#post(`/v1/console/session-records/${encodeURIComponent(ref)}/saves`, save);
    } catch (error) {
      if (error instanceof ApiError && error.status === 409 && isConflict(error.answer)) return error.answer;
      throw error;
    }
  }

  closeSession(ref: string, revision: number): Promise<{ readonly revision: number }> {
    return this.#post(`/v1/console/session-records/${encodeURIComponent(ref)}/close`, { revision });
  }

  reopenSession(ref: string): Promise<{ readonly revision: number }> {
    return this.#post(`/v1/console/session-records/${encodeURIComponent(ref)}/reopen`);
  }
}

function isConflict(answer: unknown): answer is SaveAnswer {
  return typeof answer === 'object' && answer !== null && 'current' in answer && 'outcome' in answer;
}
