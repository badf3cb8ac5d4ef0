// The dialog in which a decision is made: what exactly it concerns, the fields it asks, and the server's words if it is refused.
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { localTime } from '../../domain/zoned-time.ts';
import type { DecisionName } from '../api.ts';
import { decisionButton } from '../words.ts';
import { fieldsOf, leadsToSubmission, leftEmpty } from './decision-fields.ts';
import type { DecisionField } from './decision-fields.ts';
import { errorNotice } from './page.ts';

export interface DecisionRequest {
  readonly decision: DecisionName;
  /** What the decision concerns, as label and value: payer, visits, dates, revision. */
  readonly summary: readonly (readonly [label: string, value: string])[];
  readonly zone: string;
  /** Sends the decision; a refusal rejects and is shown in the dialog, which stays open with what was typed. */
  readonly send: (values: ReadonlyMap<string, string>) => Promise<void>;
  /** Runs once the dialog is closed: before that the page behind it cannot take the focus. */
  readonly done: () => void;
}

const questions: Partial<Record<DecisionName, string>> = {
  approve: 'Approve exactly this revision?',
  reject: 'Reject this request?',
  sent: 'How was the packet sent?',
  answered: 'What did the payer answer?',
  stillPending: 'Still pending at the payer?',
  wasSent: 'Was it sent after all?',
  wasNotSent: 'Was it surely not sent?',
  corrected: 'What is the right number?',
  checkAgain: 'Ask the payer again?',
  notNeeded: 'Why is nothing needed?',
};

/** What must be done before a decision makes sense. */
const firstOfAll: Partial<Record<DecisionName, string>> = {
  checkAgain:
    'Correct the insurance in the PT system first and let its reports be imported; Gait asks with what was imported last.',
};

class DecisionDialog extends LitElement {
  static override properties = {
    request: { state: true },
    empty: { state: true },
    failure: { state: true },
    busy: { state: true },
  };
  declare request: DecisionRequest | null;
  declare empty: readonly string[];
  declare failure: unknown;
  declare busy: boolean;

  constructor() {
    super();
    this.request = null;
    this.empty = [];
    this.failure = null;
    this.busy = false;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  async open(request: DecisionRequest): Promise<void> {
    this.request = null;
    await this.updateComplete;
    this.request = request;
    this.empty = [];
    this.failure = null;
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
  }

  #close(): void {
    this.querySelector('dialog')?.close();
    this.request = null;
  }

  #values(): Map<string, string> {
    const values = new Map<string, string>();
    for (const control of this.querySelectorAll<HTMLInputElement>('[name]')) {
      if (control.type !== 'radio' || control.checked) values.set(control.name, control.value);
    }
    return values;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.request === null || this.busy) return;
    const values = this.#values();
    this.empty = leftEmpty(this.request.decision, values);
    this.failure = null;
    if (this.empty.length > 0) {
      await this.updateComplete;
      this.querySelector<HTMLElement>(`[name="${CSS.escape(this.empty[0] ?? '')}"]`)?.focus();
      return;
    }
    this.busy = true;
    try {
      const { send, done } = this.request;
      await send(values);
      this.#close();
      done();
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  };

  /** A field that is filled in is no longer complained about. */
  readonly #onInput = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement) && !(event.target instanceof HTMLTextAreaElement)) return;
    const { name, value } = event.target;
    if (value.trim() !== '') this.empty = this.empty.filter((empty) => empty !== name);
  };

  protected override render(): TemplateResult | typeof nothing {
    if (this.request === null) return nothing;
    const { decision, summary } = this.request;
    const button =
      leadsToSubmission(decision) && decision === 'approve' ? 'Approve this revision' : decisionButton(decision);
    return html`<dialog aria-labelledby="decision-title" @close=${() => this.#close()}>
      <h2 id="decision-title">${questions[decision] ?? `${decisionButton(decision)}?`}</h2>
      ${summary.length === 0
        ? nothing
        : html`<dl class="summary">
            ${summary.map(
              ([label, value]) =>
                html`<dt>${label}</dt>
                  <dd>${value}</dd>`,
            )}
          </dl>`}
      ${firstOfAll[decision] === undefined ? nothing : html`<p>${firstOfAll[decision]}</p>`}
      ${this.failure === null ? nothing : errorNotice(this.failure)}
      <form class="decision-form" novalidate @input=${this.#onInput} @submit=${this.#submit}>
        <div class="fields">${fieldsOf(decision).map((field) => this.#field(field))}</div>
        <div class="buttons">
          <button type="button" class="button" @click=${() => this.#close()}>Cancel</button>
          <button class="button ${decision === 'reject' ? 'danger' : 'primary'}" ?disabled=${this.busy}>
            ${this.busy ? 'Sending …' : button}
          </button>
        </div>
      </form>
    </dialog>`;
  }

  /** The clinic's present time or day, where a field usually holds it. */
  #prefilled(field: DecisionField): string {
    const now = localTime(new Date(), this.request?.zone ?? 'UTC');
    if (field.type === 'dateTime') return now;
    return field.today === true ? now.slice(0, 10) : '';
  }

  #field(field: DecisionField): TemplateResult {
    const id = `decision-${field.name}`;
    const empty = this.empty.includes(field.name);
    const hint = empty ? `${field.label} is needed.` : field.hint;
    const describedBy = hint === undefined ? nothing : `${id}-hint`;
    const label = html`${field.label}${field.required ? html` <span class="soft">(needed)</span>` : nothing}`;
    if (field.type === 'choice')
      return html`<fieldset class="field wide ${empty ? 'missing' : ''}">
        <legend class="label">${label}</legend>
        <div class="choices">
          ${(field.choices ?? []).map(
            ([value, words]) => html`<label><input type="radio" name=${field.name} value=${value} />${words}</label>`,
          )}
        </div>
        ${hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}
      </fieldset>`;
    const invalid = empty ? 'true' : nothing;
    const control =
      field.type === 'longText'
        ? html`<textarea
            id=${id}
            name=${field.name}
            aria-invalid=${invalid}
            aria-describedby=${describedBy}
          ></textarea>`
        : html`<input
            id=${id}
            name=${field.name}
            autocomplete="off"
            type=${field.type === 'dateTime' ? 'datetime-local' : field.type}
            min=${field.type === 'number' ? '0' : nothing}
            .value=${this.#prefilled(field)}
            aria-invalid=${invalid}
            aria-describedby=${describedBy}
          />`;
    return html`<div class="field ${field.type === 'longText' ? 'wide' : ''} ${empty ? 'missing' : ''}">
      <label for=${id}>${label}</label>
      ${control} ${hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}
    </div>`;
  }
}

customElements.define('gait-decision-dialog', DecisionDialog);

declare global {
  interface HTMLElementTagNameMap {
    'gait-decision-dialog': DecisionDialog;
  }
}
