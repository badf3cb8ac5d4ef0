// The item page: why it is here, the facts, the draft, and the one decision of a named person.
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { DecisionName, Json, WorkItemPage } from '../api.ts';
import { ApiError } from '../api-error.ts';
import { callDraftOf } from '../benefits.ts';
import { pairDraftOf } from '../data-audit.ts';
import { dueInWords } from '../dates.ts';
import { callPanel } from '../parts/call-panel.ts';
import { decisionBar } from '../parts/decision-bar.ts';
import '../parts/decision-dialog.ts';
import { decisionBody } from '../parts/decision-fields.ts';
import { decisionSummary, outcomeNotice } from '../parts/decision-told.ts';
import type { Outcome } from '../parts/decision-told.ts';
import { draftForm } from '../parts/draft-form.ts';
import { withValueAt } from '../parts/draft-values.ts';
import { missingNotice } from '../parts/missing-notice.ts';
import { changesPanel, evidencePanel, packetValues, readOnlyDraft } from '../parts/item-panels.ts';
import { PageElement } from '../parts/page.ts';
import { history } from '../parts/history.ts';
import { patientPair } from '../parts/patient-pair.ts';
import { paths } from '../router.ts';
import { decisionDone, kindInWords, roleInWords } from '../words.ts';

/** What a draft is that nobody edits. */
const draftTitles: Readonly<Record<string, string>> = {
  patientPair: 'Both records',
  patientReview: 'What is known',
  patientConflict: 'Both values',
  visitBooks: 'What each source says',
};

const draftTitle = (kind: string | null): string => draftTitles[kind ?? ''] ?? 'Draft';

const editableDrafts = new Set<DecisionName>(['approve']);

class WorkItem extends PageElement {
  static override properties = {
    itemId: { attribute: false },
    page: { state: true },
    draft: { state: true },
    busy: { state: true },
    saveFailure: { state: true },
    outcome: { state: true },
  };
  declare itemId: string;
  declare page: WorkItemPage | null;
  declare draft: Json;
  declare busy: boolean;
  declare saveFailure: unknown;
  declare outcome: Outcome | null;

  constructor() {
    super();
    this.itemId = '';
    this.page = null;
    this.draft = null;
    this.busy = false;
    this.saveFailure = null;
    this.outcome = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeunload', this.#onUnload);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('beforeunload', this.#onUnload);
    super.disconnectedCallback();
  }

  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#edited()) event.preventDefault();
  };

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('itemId')) return;
    this.page = null;
    this.outcome = null;
    this.saveFailure = null;
    void this.#load();
  }

  async #load(): Promise<void> {
    const id = this.itemId;
    await this.attempt(async () => {
      const page = await this.shell.api.work.workItem(id);
      if (id !== this.itemId) return;
      this.page = page;
      this.draft = page.draft;
    });
  }

  #edited(): boolean {
    if (this.querySelector('gait-call-sheet')?.isTouched === true) return true;
    return this.page !== null && JSON.stringify(this.draft) !== JSON.stringify(this.page.draft);
  }

  async #save(): Promise<void> {
    const page = this.page;
    if (page === null || page.revision === null || this.busy) return;
    this.busy = true;
    this.saveFailure = null;
    try {
      const saved = await this.shell.api.work.saveRevision(this.itemId, page.revision.hash, this.draft);
      await this.#load();
      this.shell.announce(`Revision ${saved.number} saved.`);
    } catch (error) {
      this.saveFailure =
        error instanceof ApiError && error.status === 409
          ? new ApiError(
              409,
              error.code,
              'Somebody else saved a newer revision while you were editing.',
              'Copy what you changed, load the newer revision and change it there.',
              null,
            )
          : error;
    } finally {
      this.busy = false;
    }
  }

  #decide(decision: DecisionName): void {
    const page = this.page;
    if (page === null) return;
    void this.querySelector('gait-decision-dialog')?.open({
      decision,
      summary: decisionSummary(decision, page, this.today),
      zone: this.zone,
      send: async (values) => {
        const body = decisionBody(
          decision,
          page.revision?.hash ?? null,
          values,
          this.zone,
          this.shell.now().toISOString(),
        );
        const { delivered } = await this.#send(body);
        await this.#load();
        this.outcome = { decision, delivered };
        this.shell.announce(`${decisionDone(decision)}.`);
        await this.updateComplete;
      },
      done: () => this.querySelector<HTMLElement>('#outcome')?.focus(),
    });
  }

  /** A refusal because the item moved on shows the newer state behind the dialog. */
  async #send(body: Parameters<typeof this.shell.api.work.decide>[1]): Promise<{ delivered: boolean }> {
    try {
      return await this.shell.api.work.decide(this.itemId, body);
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) void this.#load();
      throw error;
    }
  }

  protected override render(): TemplateResult {
    const page = this.page;
    return html`<a class="crumb" href=${paths.workList}>← Work list</a>
      ${page === null
        ? html`${this.failureNotice(() => void this.#load())}
          ${this.failure === null
            ? html`<h1 class="visually-hidden">Work item</h1>
                <p class="loading" role="status">Loading …</p>`
            : nothing}`
        : this.#content(page)}
      <gait-decision-dialog></gait-decision-dialog>`;
  }

  #content(page: WorkItemPage): TemplateResult {
    const { item } = page;
    const due = dueInWords(item.dueAt, this.shell.now(), this.zone);
    return html`<div class="page-head">
        <div>
          <h1>${item.title}</h1>
          <p class="item-meta">
            ${item.patientName ? html`<strong>${item.patientName}</strong>` : nothing}
            ${item.payer ? html`<span>${item.payer.name}</span>` : nothing}
            ${item.decision === null ? html`<span class="due ${due.state}">${due.words}</span>` : nothing}
            <span class="marks">
              <span class="mark">${kindInWords(item.kind)}</span>
              ${item.escalated
                ? html`<span class="mark danger">escalated to ${roleInWords(item.role).toLowerCase()}</span>`
                : nothing}
              ${item.remindedAt && !item.escalated ? html`<span class="mark warn">reminded</span>` : nothing}
            </span>
          </p>
        </div>
      </div>
      ${outcomeNotice(page, this.outcome, this.shell)}
      <div class="two-columns">
        <div class="column">${this.#draftPanel(page)} ${changesPanel(page, this.draft)}</div>
        <div class="column first-on-phone">
          <section class="panel why-here" aria-labelledby="why-title">
            <h2 id="why-title">Why this is here</h2>
            <p>${item.reason ?? item.priorityReason}</p>
            ${item.reason === undefined || item.reason === item.priorityReason
              ? nothing
              : html`<p class="soft">${item.priorityReason}</p>`}
          </section>
          ${evidencePanel(page, this.shell.now(), this.zone)}
          ${page.timeline.length === 0
            ? nothing
            : html`<section class="panel" aria-labelledby="history-title">
                <div class="panel-head"><h2 id="history-title">What happened so far</h2></div>
                <div class="panel-body">${history(page.timeline, this.shell.session, this.shell.now())}</div>
              </section>`}
        </div>
      </div>`;
  }

  async #called(delivered: boolean): Promise<void> {
    await this.#load();
    this.outcome = { decision: 'called', delivered };
    this.shell.announce(`${decisionDone('called')}.`);
    await this.updateComplete;
    this.querySelector<HTMLElement>('#outcome')?.focus();
  }

  #draftPanel(page: WorkItemPage): TemplateResult {
    const call = callDraftOf(page);
    if (call !== null)
      return callPanel({
        shell: this.shell,
        page,
        draft: call,
        onCalled: (delivered) => this.#called(delivered),
        onDecide: (decision) => this.#decide(decision),
      });
    const open = page.item.decision === null && page.item.status === 'open';
    const editable =
      open && page.revision !== null && page.item.decisions.some((decision) => editableDrafts.has(decision));
    const packet = open && !editable && page.fields.some((field) => field.copyReady);
    const pair = pairDraftOf(page);
    const hasDraft = page.draft !== null && page.fields.length > 0;
    return html`<section class="panel" aria-labelledby="draft-title">
      <div class="panel-head">
        <h2 id="draft-title">
          ${packet ? 'Packet, ready to copy' : pair !== null || hasDraft ? draftTitle(page.draftKind) : 'Decision'}
        </h2>
        ${page.revision && hasDraft ? html`<span class="small soft">Revision ${page.revision.number}</span>` : nothing}
      </div>
      ${hasDraft
        ? html`<div class="panel-body">
            ${missingNotice(page, this.draft, editable, this.shell.session.user.roles)}
            ${packet
              ? packetValues(page)
              : !editable
                ? readOnlyDraft(page, this.shell.now(), this.zone)
                : draftForm({
                    fields: page.fields,
                    draft: this.draft,
                    first: page.firstDraft ?? page.draft,
                    missing: page.missing,
                    editable,
                    onChange: (path, value) => {
                      this.draft = withValueAt(this.draft, path, value);
                    },
                  })}
          </div>`
        : pair !== null
          ? html`<div class="panel-body">${patientPair(pair, this.shell.now(), this.zone)}</div>`
          : html`<div class="panel-body">
              <p class="soft">
                ${open
                  ? 'Nothing is to be filled in here; read the facts, then decide.'
                  : 'There was nothing to fill in.'}
              </p>
            </div>`}
      ${open ? this.#decisionBar(page, editable) : nothing}
    </section>`;
  }

  #decisionBar(page: WorkItemPage, editable: boolean): TemplateResult {
    return decisionBar({
      shell: this.shell,
      page,
      isEdited: this.#edited(),
      editable,
      busy: this.busy,
      saveFailure: this.saveFailure,
      onReload: () => {
        this.saveFailure = null;
        void this.#load();
      },
      onSave: () => void this.#save(),
      onUndo: () => {
        this.draft = page.draft;
      },
      onDecide: (decision) => this.#decide(decision),
    });
  }
}

customElements.define('gait-work-item', WorkItem);
