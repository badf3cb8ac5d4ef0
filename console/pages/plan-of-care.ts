// A plan of care as a draft for the therapist: goals, interventions, visits within what is allowed, and where each comes from.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PlanDraft } from '../../domain/plan-of-care/draft.ts';
import { nameInWords } from '../care.ts';
import { dayInWords, instantInWords } from '../dates.ts';
import type { PlanPage } from '../notes.ts';
import { PageElement, personInWords, shortHash } from '../parts/page.ts';
import { certificationIn, certificationPanel } from '../parts/certification.ts';
import { changed } from '../parts/plan-form.ts';
import { planGoals, planInterventions, planVisits } from '../parts/plan-parts.ts';
import { SayDialog } from '../parts/say-dialog.ts';
import { paths } from '../router.ts';

const stateWords = { draft: 'Draft', approved: 'Approved', replaced: 'Replaced', discarded: 'Discarded' } as const;

class PlanOfCare extends PageElement {
  static override properties = {
    plan: { attribute: false },
    page: { state: true },
    draft: { state: true },
  };
  declare plan: string;
  declare page: PlanPage | null;
  /** What is being changed and not kept yet; null: nothing. */
  declare draft: PlanDraft | null;

  constructor() {
    super();
    this.page = null;
    this.draft = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.page = await this.shell.api.notes.plan(this.plan);
      this.draft = null;
    });
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { page, draft } = this;
    if (page === null || draft === null) return;
    const saved = await this.attempt(() =>
      this.shell.api.notes.editPlan(page.plan, page.revision, draft).then(() => undefined),
    );
    if (!saved) return;
    this.shell.announce('The plan is kept.');
    await this.#load();
  };

  readonly #certify = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { page } = this;
    if (page === null || !(event.target instanceof HTMLFormElement)) return;
    const certification = certificationIn(new FormData(event.target));
    const kept = await this.attempt(() =>
      this.shell.api.notes
        .certify(page.patient, { startsOn: page.draft.frequency.from, ...certification })
        .then(() => undefined),
    );
    if (!kept) return;
    this.shell.announce('The certification is kept.');
    await this.#load();
  };

  #approve(page: PlanPage): void {
    const dialog = this.querySelector('gait-say-dialog');
    if (!(dialog instanceof SayDialog)) return;
    const { frequency } = page.draft;
    void dialog.open({
      title: 'Approve this plan of care?',
      text: ['Its goals, visits and interventions become those of the episode.'],
      summary: [
        ['Patient', nameInWords(page.name)],
        [
          'Visits',
          `${frequency.visits}, ${dayInWords(frequency.from, this.today)} to ${dayInWords(frequency.to, this.today)}`,
        ],
        ['Goals', String(page.draft.goals.length)],
        ['Content', shortHash(page.hash)],
      ],
      words: null,
      choice: null,
      button: 'Approve',
      send: async () => {
        await this.shell.api.notes.approvePlan(page.plan, { revision: page.revision, hash: page.hash });
      },
      done: () => {
        this.shell.announce('Approved.');
        void this.#load();
      },
    });
  }

  #discard(page: PlanPage): void {
    const dialog = this.querySelector('gait-say-dialog');
    if (!(dialog instanceof SayDialog)) return;
    void dialog.open({
      title: 'Discard this draft?',
      text: [],
      summary: [],
      words: null,
      choice: null,
      button: 'Discard',
      isDanger: true,
      send: async () => {
        await this.shell.api.notes.discardPlan(page.plan, page.revision);
      },
      done: () => void this.#load(),
    });
  }

  protected override render(): TemplateResult {
    const { page } = this;
    return html`<nav class="crumb" aria-label="Way back"><a href=${paths.notes}>Notes</a></nav>
      <div class="page-head">
        <div>
          <h1>${page?.recertification === true ? 'Recertification of the plan of care' : 'Plan of care'}</h1>
          ${page === null
            ? nothing
            : html`<p class="item-meta">
                <strong>${nameInWords(page.name)}</strong>
                <span class="mark ${page.state === 'approved' ? 'good' : 'warn'}">${stateWords[page.state]}</span>
                ${page.approved === null
                  ? nothing
                  : html`<span class="soft"
                      >by ${personInWords(page.approved.by, this.shell.session)},
                      ${instantInWords(page.approved.at, this.shell.now(), this.zone)}</span
                    >`}
              </p>`}
        </div>
        ${page === null
          ? nothing
          : html`<div class="buttons">
              <a class="button" href=${paths.progress(page.patient)}>Progress</a>
              <button class="button" @click=${() => window.print()}>Print</button>
            </div>`}
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${page === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : html`${this.#body(page)}
            ${page.state === 'approved' ? certificationPanel(page, (event) => void this.#certify(event)) : nothing}
            <gait-say-dialog></gait-say-dialog>`}`;
  }

  #body(page: PlanPage): TemplateResult {
    const draft = this.draft ?? page.draft;
    const isOpen = page.state === 'draft';
    const change = (next: PlanDraft): void => {
      this.draft = next;
    };
    return html`<form class="two-columns" @submit=${this.#save}>
      <div class="column">
        ${planGoals({ draft, isOpen, today: this.today, change })} ${planInterventions({ draft, isOpen, change })}
        ${planVisits({ draft, isOpen, today: this.today, change })} ${isOpen ? this.#decision(page, draft) : nothing}
      </div>
      <aside class="column">${this.#protocol(page, draft)} ${this.#unknown(draft)} ${this.#similar(page)}</aside>
    </form>`;
  }

  #decision(page: PlanPage, draft: PlanDraft): TemplateResult {
    const isChanged = changed(page.draft, draft);
    return html`<section class="panel panel-body no-print" aria-label="Decision">
      <p class="small soft">
        ${isChanged
          ? 'Not kept yet.'
          : html`Content <span class="mono">${shortHash(page.hash)}</span>: what you see is what you approve.`}
      </p>
      <div class="buttons">
        ${isChanged
          ? html`<button class="button primary">Keep the changes</button>
              <button type="button" class="button" @click=${() => (this.draft = null)}>Take them back</button>`
          : html`<button type="button" class="button primary" @click=${() => this.#approve(page)}>Approve …</button>
              <button type="button" class="button danger" @click=${() => this.#discard(page)}>Discard …</button>`}
      </div>
    </section>`;
  }

  #protocol({ protocolName }: PlanPage, draft: PlanDraft): TemplateResult {
    const { phase, advanceWhen, precautions, source, protocol, version, leftOut } = draft;
    return html`<section class="panel" aria-labelledby="plan-protocol">
      <div class="panel-head"><h2 id="plan-protocol">Protocol</h2></div>
      <div class="panel-body plan-facts">
        <p><strong>${protocolName}</strong>, phase “${phase}”</p>
        ${advanceWhen.length === 0
          ? html`<p class="small soft">It is the last phase.</p>`
          : html`<p class="small">The next phase begins when:</p>
              <ul>
                ${advanceWhen.map(
                  ({ words, met, found }) =>
                    html`<li class="small">
                      ${words}
                      <span class="mark ${met === true ? 'good' : ''}"
                        >${met === null ? 'unknown' : met ? 'met' : 'not yet'}</span
                      >
                      ${found === null ? nothing : html`<span class="soft">found: ${found}</span>`}
                    </li>`,
                )}
              </ul>`}
        ${precautions.map((words) => html`<p class="small">Precaution: ${words}</p>`)}
        ${leftOut.map(({ name, because }) => html`<p class="small">Left out: ${name} (${because})</p>`)}
        <p class="small soft">${source}</p>
        <p class="small soft mono">${protocol} · version ${version}</p>
      </div>
    </section>`;
  }

  #unknown({ unknown }: PlanDraft): TemplateResult | typeof nothing {
    if (unknown.length === 0) return nothing;
    return html`<section class="panel" aria-labelledby="plan-unknown">
      <div class="panel-head"><h2 id="plan-unknown">Find out first</h2></div>
      <div class="panel-body">
        <ul class="plan-unknown">
          ${unknown.map((words) => html`<li>${words}</li>`)}
        </ul>
      </div>
    </section>`;
  }

  #similar({ similar }: PlanPage): TemplateResult | typeof nothing {
    if (similar === null) return nothing;
    const cell = ({ label, count }: { readonly label: string; readonly count: number | null }): TemplateResult =>
      html`<dt>${label}</dt>
        <dd>${count ?? 'hidden'}</dd>`;
    return html`<section class="panel no-print" aria-labelledby="plan-similar">
      <div class="panel-head"><h2 id="plan-similar">Similar patients of this clinic</h2></div>
      <div class="panel-body plan-facts">
        <p class="small">${similar.words}</p>
        <dl class="facts">${similar.visits.map(cell)}</dl>
        <dl class="facts">${similar.outcome.map(cell)}</dl>
      </div>
    </section>`;
  }
}

customElements.define('gait-plan-of-care', PlanOfCare);
