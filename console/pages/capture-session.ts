// One session beside the table: every change is kept on the tablet at once and sent when it can be; minutes and units stay in sight.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { codeTable } from '../../domain/billing-tables/codes.ts';
import { stillCarried, withoutCarried } from '../../domain/capture/carry.ts';
import type { Choice, Section } from '../../domain/capture/merge.ts';
import { chooseSection } from '../../domain/capture/merge.ts';
import type { MinutesCheck } from '../../domain/capture/minutes.ts';
import { checkMinutes, withTimedMinutes } from '../../domain/capture/minutes.ts';
import { ApiError } from '../api-error.ts';
import type { CaptureDay, CaptureVisit, SessionRecord } from '../capture/answers.ts';
import '../capture/dictation.ts';
import { conflictPanel } from '../capture/conflict-panel.ts';
import type { Editing, View } from '../capture/frame.ts';
import { minutesInWords, minutesPanel } from '../capture/minutes-panel.ts';
import { beginSession, openDay, openSession, openTablet } from '../capture/open.ts';
import { balanceSection, functionSection, gaitSection, measuresSection } from '../capture/sections/function.ts';
import { closingSection, goalsSection } from '../capture/sections/closing.ts';
import { rangeSection, strengthSection, testsSection } from '../capture/sections/findings.ts';
import { interventionsSection } from '../capture/sections/interventions.ts';
import { peopleSection } from '../capture/sections/people.ts';
import { painSection, subjectiveSection } from '../capture/sections/subjective.ts';
import { syncNotice, syncWords } from '../capture/sync-words.ts';
import type { LocalSession } from '../capture/sync.ts';
import { SessionSync } from '../capture/sync.ts';
import type { Tablet } from '../capture/tablet.ts';
import { dayInWords } from '../dates.ts';
import { PageElement } from '../parts/page.ts';
import { paths } from '../router.ts';

class CaptureSessionElement extends PageElement {
  static override properties = {
    appointment: { attribute: false },
    day: { state: true },
    sync: { state: true },
    view: { state: true },
    chosen: { state: true },
    elsewhere: { state: true },
  };
  declare appointment: string;
  declare day: CaptureDay | null;
  declare sync: SessionSync | null;
  declare view: View;
  declare chosen: ReadonlyMap<Section, Choice>;
  /** Open in another window of this browser. */
  declare elsewhere: boolean;

  #tablet: Tablet | null = null;
  #release: () => void = () => undefined;

  constructor() {
    super();
    this.day = null;
    this.sync = null;
    this.view = { openIntervention: null, part: 'knee', side: null, mode: 'active' };
    this.chosen = new Map();
    this.elsewhere = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeunload', this.#onUnload);
    const { sync } = this;
    if (sync !== null) this.shell.finish(sync.flush().finally(() => sync.stop()));
    this.#release();
  }

  protected override firstUpdated(): void {
    window.addEventListener('beforeunload', this.#onUnload);
    void this.#load();
  }

  /** Where nothing is kept, leaving the page loses what is not sent: the browser asks. */
  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#tablet === null && this.sync !== null && this.sync.status.kind !== 'saved') event.preventDefault();
  };

  get #visit(): CaptureVisit | null {
    return this.day?.visits.find(({ appointment }) => appointment === this.appointment) ?? null;
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      const { api, session } = this.shell;
      if (!(await this.#alone())) return;
      this.#tablet = await openTablet(api, session);
      const { day } = await openDay(api, this.#tablet);
      this.day = day;
      const visit = this.#visit;
      const local = visit === null ? null : await openSession(api, this.#tablet, visit);
      if (local !== null) this.#work(local);
    });
  }

  /** Two windows on one tablet would write over each other's copy: the first one has the session. */
  #alone(): Promise<boolean> {
    if (!isSecureContext) return Promise.resolve(true);
    return new Promise((resolve) => {
      void navigator.locks.request(`gait-session/${this.appointment}`, { ifAvailable: true }, (lock) => {
        this.elsewhere = lock === null;
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>((release) => (this.#release = release));
      });
    });
  }

  #work(local: LocalSession): void {
    this.sync?.stop();
    this.sync = new SessionSync(local, {
      api: this.shell.api,
      tablet: this.#tablet,
      onChange: () => this.requestUpdate(),
    });
    this.sync.start();
  }

  async #begin(visit: CaptureVisit, day: string, fromLast: boolean): Promise<void> {
    await this.attempt(async () => {
      const last =
        fromLast && visit.last !== null ? await this.shell.api.capture.sessionRecord(visit.last.session) : null;
      const local = beginSession(visit, day, this.shell.session, last?.record ?? null);
      this.#work(local);
      this.sync?.change(local.record);
    });
  }

  protected override render(): TemplateResult {
    const { day, sync } = this;
    const visit = this.#visit;
    if (this.elsewhere)
      return html`${this.#head(visit)}
        <div class="notice warn" role="alert">
          <strong>This session is open in another window of this browser.</strong>
          <span>Close it there, then open it here.</span>
        </div>`;
    return html`${this.#head(visit)} ${this.failureNotice(sync === null ? () => void this.#load() : undefined)}
    ${day === null
      ? this.failure === null
        ? html`<p class="loading" role="status">Loading …</p>`
        : nothing
      : visit === null
        ? html`<div class="panel empty">
            <h2>This visit is not one of today</h2>
            <p><a href=${paths.capture}>Go to today’s visits</a></p>
          </div>`
        : sync === null
          ? this.failure === null
            ? this.#start(visit, day.day)
            : nothing
          : this.#session(visit, day, sync)}`;
  }

  #head(visit: CaptureVisit | null): TemplateResult {
    const name = visit === null || visit.name === null ? 'Session' : `${visit.name.family}, ${visit.name.given}`;
    const { sync } = this;
    return html`<div class="page-head capture-head">
      <div>
        <p class="small"><a href=${paths.capture}>Today’s visits</a></p>
        <h1>${name}</h1>
        <p class="soft">${this.day === null ? '' : dayInWords(this.day.day, this.today)}</p>
      </div>
      ${sync === null ? nothing : html`<div class="buttons">${this.#buttons(sync)}</div>`}
    </div>`;
  }

  #buttons(sync: SessionSync): TemplateResult {
    const [mark, words] = syncWords(sync, this.#tablet !== null);
    const state = html`<span class="mark ${mark}" role="status" data-sync=${sync.status.kind}>${words}</span>`;
    if (sync.local.state === 'closed')
      return html`${state}<button class="button" @click=${() => void this.#reopen(sync)}>Open again</button>`;
    // What two devices made of it is settled first.
    if (sync.status.kind === 'conflict') return state;
    return html`${state}<button class="button primary" @click=${() => void this.#close(sync)}>
        Close the session
      </button>`;
  }

  #start(visit: CaptureVisit, day: string): TemplateResult {
    const { last } = visit;
    return html`<section class="panel capture-start" aria-labelledby="capture-start-title">
      <div class="panel-head"><h2 id="capture-start-title">Begin the session</h2></div>
      <div class="panel-body">
        <p>
          ${last === null
            ? 'No earlier session of this patient was captured here.'
            : 'Starting from the last session takes over its exercises and findings, each marked until you confirm or change it. Minutes, pain and responses start empty.'}
        </p>
        <div class="buttons">
          ${last === null
            ? nothing
            : html`<button class="button primary" @click=${() => void this.#begin(visit, day, true)}>
                Start from ${dayInWords(last.date, this.today)}
              </button>`}
          <button class="button ${last === null ? 'primary' : ''}" @click=${() => void this.#begin(visit, day, false)}>
            Start empty
          </button>
        </div>
      </div>
    </section>`;
  }

  #session(visit: CaptureVisit, day: CaptureDay, sync: SessionSync): TemplateResult {
    const { status } = sync;
    const conflict = status.kind === 'conflict' ? status : null;
    if (conflict !== null)
      return conflictPanel({
        clashes: conflict.clashes,
        mine: sync.local.record,
        theirs: conflict.theirs.record,
        chosen: this.chosen,
        nameOf: (ref) => nameIn(day, visit, ref),
        onChoose: (section, choice) => (this.chosen = new Map([...this.chosen, [section, choice]])),
        onDone: () => this.#resolve(sync),
      });
    const { record } = sync.local;
    const check = this.#check(day, visit, record);
    const locked = sync.local.state === 'closed' || status.kind === 'closed';
    const editing: Editing = {
      record,
      day,
      visit,
      check,
      locked,
      view: this.view,
      change: (next) => sync.change(withTimedMinutes(next, this.#check(day, visit, next))),
      look: (view) => (this.view = { ...this.view, ...view }),
    };
    return html`${syncNotice(sync, () => void this.#reopen(sync))}
      ${sync.local.state === 'closed' ? this.#next(sync) : nothing}
      <div class="capture-layout">
        <div class="capture-main">
          ${locked ? nothing : this.#carried(editing)}
          ${locked || day.listening === undefined
            ? nothing
            : html`<gait-dictation
                .shell=${this.shell}
                .editing=${editing}
                .session=${sync.local.session}
              ></gait-dictation>`}
          ${peopleSection(editing)} ${painSection(editing)} ${interventionsSection(editing)}
          ${subjectiveSection(editing)} ${rangeSection(editing)} ${strengthSection(editing)} ${testsSection(editing)}
          ${gaitSection(editing)} ${balanceSection(editing)} ${functionSection(editing)} ${measuresSection(editing)}
          ${goalsSection(editing)} ${closingSection(editing)}
        </div>
        <aside class="capture-aside">${minutesPanel(check, record.totalMinutes, visit)}</aside>
      </div>
      <p class="capture-foot" aria-hidden="true">${minutesInWords(check, record.totalMinutes)}</p>`;
  }

  #check(day: CaptureDay, { counting }: CaptureVisit, record: SessionRecord): MinutesCheck {
    const { rule, assistant } = counting;
    return checkMinutes(record, { codes: codeTable(day.codes), rule: rule?.rule ?? null, assistant });
  }

  #carried({ record, change }: Editing): TemplateResult | typeof nothing {
    const left = stillCarried(record);
    if (left === 0) return nothing;
    return html`<div class="notice warn">
      <strong>${left} ${left === 1 ? 'entry is' : 'entries are'} still from the last session.</strong>
      <span>Change it, tap “Same today”, or remove it. The session closes when none is left.</span>
      <div class="buttons">
        <button class="button small" @click=${() => change(withoutCarried(record))}>Remove those not confirmed</button>
      </div>
    </div>`;
  }

  #resolve(sync: SessionSync): void {
    const { status } = sync;
    if (status.kind !== 'conflict') return;
    const sides = { mine: sync.local.record, theirs: status.theirs.record };
    let record = status.merged;
    for (const [section, choice] of this.chosen) record = chooseSection(record, section, choice, sides);
    this.chosen = new Map();
    const { day } = this;
    const visit = this.#visit;
    if (day === null || visit === null) return;
    sync.resolve(withTimedMinutes(record, this.#check(day, visit, record)), status.theirs);
    this.shell.announce('Both sides were put together.');
  }

  /** A closed session leads on to its document. */
  #next({ local }: SessionSync): TemplateResult {
    return html`<div class="notice good">
      <strong>The session is closed.</strong>
      <span>The draft of its document is made of what you recorded. You read it, correct it and sign it.</span>
      <div class="buttons">
        <button class="button primary" @click=${() => void this.#draft(local.session)}>Draft the note</button>
        <a class="button" href=${paths.session(local.session)}>Another document</a>
        <a class="button" href=${paths.progress(local.record.patient)}>Progress</a>
      </div>
    </div>`;
  }

  async #draft(session: string): Promise<void> {
    await this.attempt(async () => {
      const { note } = await this.shell.api.notes.draft(session, null);
      this.shell.go(paths.note(note));
    });
  }

  async #close(sync: SessionSync): Promise<void> {
    await this.attempt(async () => {
      if (!(await sync.flush()))
        throw new ApiError(0, 'unsent', 'The session is not sent yet.', 'Close it when the connection is back.', null);
      const { session, revision } = sync.local;
      await this.shell.api.capture.closeSession(session, revision);
      await sync.closed('closed');
      this.shell.announce('The session is closed.');
    });
  }

  async #reopen(sync: SessionSync): Promise<void> {
    await this.attempt(async () => {
      const { status } = sync;
      if (status.kind === 'closed') return sync.reopen(status.theirs);
      await this.shell.api.capture.reopenSession(sync.local.session);
      await sync.closed('open');
    });
  }
}

/** Who or what a reference of a session stands for. */
function nameIn(day: CaptureDay, visit: CaptureVisit, ref: string): string {
  const person = day.people.find(({ id }) => id === ref)?.displayName;
  return person ?? visit.goals.find(({ id }) => id === ref)?.words ?? ref;
}

customElements.define('gait-capture-session', CaptureSessionElement);
