// The sheet of a call to a payer: whom to call, who the patient is, the questions in their order, what is known already, and what was heard.
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { setOfClinic } from '../../domain/eligibility/call-script.ts';
import { fieldNames, fieldTable, isFieldName, isKnown } from '../../domain/eligibility/fields.ts';
import type { Field, FieldName } from '../../domain/eligibility/fields.ts';
import type { BenefitSummary, Question } from '../../domain/eligibility/summary-schema.ts';
import { localTime } from '../../domain/zoned-time.ts';
import type { WorkItemPage } from '../api.ts';
import { nameInWords } from '../benefits.ts';
import type { CallDraft, CheckPage, CodeWords } from '../benefits.ts';
import { datesInWords } from '../dates.ts';
import { paths } from '../router.ts';
import { toldField } from './benefit-fields.ts';
import { contactList, flagList, rejectNotices } from './benefit-section.ts';
import { callControls, callForm, controlName } from './call-answers.ts';
import { callQuestion } from './call-question.ts';
import { copyList } from './copy-list.ts';
import { fieldText } from './draft-values.ts';
import { errorNotice } from './page.ts';
import type { Shell } from './page.ts';

class CallSheet extends LitElement {
  static override properties = {
    shell: { attribute: false },
    page: { attribute: false },
    draft: { attribute: false },
    onCalled: { attribute: false },
    typed: { state: true },
    wrong: { state: true },
    failure: { state: true },
    busy: { state: true },
    check: { state: true },
    words: { state: true },
  };
  declare shell: Shell;
  declare page: WorkItemPage;
  declare draft: CallDraft;
  /** Runs once the call is recorded. */
  declare onCalled: (delivered: boolean) => Promise<void>;
  declare typed: ReadonlyMap<string, string>;
  declare wrong: ReadonlyMap<string, string>;
  declare failure: unknown;
  declare busy: boolean;
  declare check: CheckPage | null;
  declare words: CodeWords | null;

  constructor() {
    super();
    this.typed = new Map();
    this.wrong = new Map();
    this.failure = null;
    this.busy = false;
    this.check = null;
    this.words = null;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  get #zone(): string {
    return this.shell.session.clinic.timezone;
  }

  /** True once something was typed that would be lost. */
  get isTouched(): boolean {
    return [...this.typed].some(([name, value]) => name !== callControls.at && value !== '');
  }

  protected override firstUpdated(): void {
    this.typed = new Map([[callControls.at, localTime(this.shell.now(), this.#zone)]]);
    void this.#load();
  }

  async #load(): Promise<void> {
    const { api } = this.shell;
    // What is known already helps the caller; without it the call can still be made.
    const [check, words] = await Promise.allSettled([
      api.benefits.benefitCheck(this.draft.check),
      api.benefits.benefitWords(),
    ]);
    if (check.status === 'fulfilled') this.check = check.value;
    if (words.status === 'fulfilled') this.words = words.value;
  }

  readonly #set = (name: string, value: string): void => {
    this.typed = new Map([...this.typed, [name, value]]);
    if (this.wrong.has(name)) this.wrong = new Map([...this.wrong].filter(([key]) => key !== name));
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { revision, item } = this.page;
    if (this.busy || revision === null) return;
    const { outcome, wrong, isEmpty } = callForm(this.draft, this.typed, this.#zone);
    this.failure = null;
    this.wrong = isEmpty
      ? new Map([[callControls.reference, 'Enter at least one answer, or the reference number of the call.'], ...wrong])
      : wrong;
    const [first] = this.wrong.keys();
    if (first !== undefined) {
      await this.updateComplete;
      this.querySelector<HTMLElement>(`[name="${CSS.escape(first)}"]`)?.focus();
      return;
    }
    this.busy = true;
    try {
      const { delivered } = await this.shell.api.work.decide(item.id, {
        decision: 'called',
        hash: revision.hash,
        outcome,
      });
      this.typed = new Map();
      await this.onCalled(delivered);
    } catch (error) {
      this.failure = error;
      await this.updateComplete;
      this.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' });
    } finally {
      this.busy = false;
    }
  };

  protected override render(): TemplateResult {
    const isOpen = this.page.item.decision === null && this.page.item.status === 'open';
    return html`${this.#whoToCall()}${this.#patient()}
    ${isOpen
      ? html`<form novalidate class="call-form" @submit=${this.#submit}>
          ${this.draft.coverages.map((_, index) => this.#coverage(index))} ${this.#call()}
        </form>`
      : this.draft.coverages.map((_, index) => this.#known(index))}`;
  }

  #whoToCall(): TemplateResult {
    const contacts = this.draft.coverages.flatMap((coverage) => coverage.contacts);
    const once = contacts.filter(
      ({ kind, value }, index) => contacts.findIndex((other) => other.kind === kind && other.value === value) === index,
    );
    return html`<div class="call-part">
      <p>Payer: <strong>${this.draft.payer.name ?? this.draft.payer.id}</strong></p>
      ${contactList(once, this.words)}
    </div>`;
  }

  #patient(): TemplateResult {
    const { patient, coverage, provider, serviceDate } = this.draft;
    const date = (value: string | null): string | null =>
      value === null ? null : fieldText({ type: 'date', path: '' }, value);
    const values: readonly (readonly [string, string | null])[] = [
      ['Patient', nameInWords(patient.name)],
      ['Date of birth', date(patient.birthDate)],
      ['Member id', coverage.memberId],
      ['Group number', coverage.groupNumber],
      ['Day of the visit', date(serviceDate)],
      ['Clinic', provider.organizationName],
      ['Clinic NPI', provider.npi],
      ['Clinic tax id', provider.taxId],
    ];
    const unknown = values.filter(([, value]) => value === null).map(([label]) => label);
    return html`<div class="call-part">
      <h3>Whom it is about, and who calls</h3>
      ${copyList(values.flatMap(([label, value]) => (value === null ? [] : [{ label, value }])))}
      ${unknown.length === 0 ? nothing : html`<p class="small soft">Unknown: ${unknown.join(', ')}</p>`}
    </div>`;
  }

  #coverage(index: number): TemplateResult {
    const coverage = this.draft.coverages[index];
    if (coverage === undefined) return html``;
    const questions = coverage.questions.filter(({ field }) => isFieldName(field));
    const several = this.draft.coverages.length > 1;
    const title = several ? `Coverage ${index + 1} of ${this.draft.coverages.length}` : 'Questions';
    return html`<section class="call-part" aria-labelledby="call-${index}">
      <h3 id="call-${index}">${title}</h3>
      ${rejectNotices(coverage.rejects)} ${flagList(coverage.flags)}
      <div class="call-columns">
        <div>
          ${questions.length === 0
            ? html`<p class="soft">Nothing that matters is unknown here; clear up what stands above.</p>`
            : html`<p class="small soft">Leave empty what nobody could tell; it stays unknown.</p>
                <ol class="call-questions">
                  ${questions.map((question) => html`<li>${this.#question(index, question)}</li>`)}
                </ol>`}
        </div>
        ${this.#known(index)}
      </div>
      ${coverage.messages.length === 0
        ? nothing
        : html`<h4>The payer’s own words, not read by Gait</h4>
            ${coverage.messages.map(({ text }) => html`<blockquote>${text}</blockquote>`)}`}
    </section>`;
  }

  #question(coverage: number, { field, ask, essential }: Question): TemplateResult | typeof nothing {
    if (!isFieldName(field)) return nothing;
    const name = controlName(coverage, field);
    return callQuestion({
      name,
      kind: fieldTable[field].kind,
      ask: datesInWords(ask, localTime(this.shell.now(), this.#zone).slice(0, 10)),
      essential,
      typed: this.typed.get(name) ?? '',
      wrong: this.wrong.get(name) ?? null,
      words: this.words,
      service: this.#summary(coverage)?.service ?? null,
      onChange: this.#set,
    });
  }

  #summary(index: number): BenefitSummary | null {
    return this.check?.summaries[index]?.summary ?? null;
  }

  /** What the payer told already, so that nobody asks it twice. */
  #known(index: number): TemplateResult | typeof nothing {
    const summary = this.#summary(index);
    if (summary === null) return nothing;
    const set = setOfClinic(summary);
    const known = fieldNames.filter((name) => isKnown<unknown>(set[name]));
    const said = { words: this.words, now: this.shell.now(), zone: this.#zone };
    const line = (name: FieldName, field: Field<unknown>): TemplateResult =>
      html`<div>
        <dt>${fieldTable[name].words}</dt>
        <dd>${toldField(name, field, `known-${index}`, said)}</dd>
      </div>`;
    return html`<aside class="known" aria-label="Known already">
      <h4>Known already</h4>
      ${known.length === 0
        ? html`<p class="soft">Nothing yet.</p>`
        : html`<dl>${known.map((name) => line(name, set[name]))}</dl>`}
      <p><a href=${paths.benefit(this.draft.check)}>The whole summary</a></p>
    </aside>`;
  }

  #call(): TemplateResult {
    const text = (name: string, label: string, type: string): TemplateResult => {
      const wrong = this.wrong.get(name);
      const id = name.replace('.', '-');
      return html`<div class="field ${wrong === undefined ? '' : 'missing'}">
        <label for=${id}>${label}</label>
        <input
          id=${id}
          name=${name}
          type=${type}
          autocomplete="off"
          .value=${this.typed.get(name) ?? ''}
          aria-invalid=${wrong === undefined ? nothing : 'true'}
          aria-describedby=${wrong === undefined ? nothing : `${id}-hint`}
          @input=${(event: Event) => {
            if (event.target instanceof HTMLInputElement) this.#set(name, event.target.value);
          }}
        />
        ${wrong === undefined ? nothing : html`<span class="hint" id="${id}-hint">${wrong}</span>`}
      </div>`;
    };
    return html`<section class="call-part" aria-labelledby="call-itself">
        <h3 id="call-itself">The call</h3>
        <div class="draft-grid">
          ${text(callControls.answeredBy, 'Who answered', 'text')}
          ${text(callControls.reference, 'Reference number of the call', 'text')}
          ${text(callControls.at, 'When', 'datetime-local')}
        </div>
      </section>
      ${this.failure === null ? nothing : errorNotice(this.failure)}
      <div class="buttons">
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Sending …' : 'Record the call'}</button>
      </div>`;
  }
}

customElements.define('gait-call-sheet', CallSheet);

declare global {
  interface HTMLElementTagNameMap {
    'gait-call-sheet': CallSheet;
  }
}
