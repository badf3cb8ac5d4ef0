// A dialog that asks one thing before a deed: what it concerns, the words it needs, and the server's words if it is refused.
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { errorNotice } from './page.ts';

export interface SayRequest {
  readonly title: string;
  /** What is said before, paragraph by paragraph. */
  readonly text: readonly string[];
  readonly summary: readonly (readonly [label: string, value: string])[];
  /** The words that are asked for; null: none are. */
  readonly words: { readonly label: string; readonly hint: string; readonly value: string } | null;
  /** What is chosen between; null: nothing is. None is chosen beforehand. */
  readonly choice: {
    readonly label: string;
    readonly options: readonly (readonly [value: string, words: string])[];
  } | null;
  readonly button: string;
  readonly isDanger?: boolean;
  /** Does it; a refusal rejects and is shown in the dialog, which stays open with what was typed. */
  readonly send: (said: { readonly words: string; readonly choice: string }) => Promise<void>;
  /** Runs once the dialog is closed after it was done. */
  readonly done: () => void;
}

export class SayDialog extends LitElement {
  static override properties = {
    request: { state: true },
    wrong: { state: true },
    failure: { state: true },
    busy: { state: true },
  };
  declare request: SayRequest | null;
  declare wrong: string | null;
  declare failure: unknown;
  declare busy: boolean;

  constructor() {
    super();
    this.request = null;
    this.wrong = null;
    this.failure = null;
    this.busy = false;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  async open(request: SayRequest): Promise<void> {
    this.request = null;
    await this.updateComplete;
    this.request = request;
    this.wrong = null;
    this.failure = null;
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
  }

  #close(): void {
    this.querySelector('dialog')?.close();
    this.request = null;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { request } = this;
    if (request === null || this.busy || !(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    const words = textIn(form, 'words');
    const choice = textIn(form, 'choice');
    this.wrong =
      request.choice !== null && choice === ''
        ? `Choose: ${request.choice.label}`
        : request.words !== null && words === ''
          ? `Fill in: ${request.words.label}`
          : null;
    if (this.wrong !== null) return;
    this.busy = true;
    this.failure = null;
    try {
      await request.send({ words, choice });
      this.#close();
      request.done();
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  };

  protected override render(): TemplateResult | typeof nothing {
    const { request } = this;
    if (request === null) return nothing;
    return html`<dialog aria-labelledby="say-title">
      <h2 id="say-title">${request.title}</h2>
      ${request.text.map((text) => html`<p>${text}</p>`)}
      ${request.summary.length === 0
        ? nothing
        : html`<dl class="summary">
            ${request.summary.map(
              ([label, value]) =>
                html`<dt>${label}</dt>
                  <dd>${value}</dd>`,
            )}
          </dl>`}
      <form novalidate @submit=${this.#submit}>
        ${this.#choice(request)} ${this.#words(request)}
        ${this.wrong === null
          ? nothing
          : html`<div class="notice danger" role="alert"><strong>${this.wrong}</strong></div>`}
        ${this.failure === null ? nothing : errorNotice(this.failure)}
        <div class="buttons">
          <button type="button" class="button" @click=${() => this.#close()}>Cancel</button>
          <button class="button ${request.isDanger === true ? 'danger' : 'primary'}" ?disabled=${this.busy}>
            ${request.button}
          </button>
        </div>
      </form>
    </dialog>`;
  }

  #choice({ choice }: SayRequest): TemplateResult | typeof nothing {
    if (choice === null) return nothing;
    return html`<fieldset class="field">
      <legend class="label">${choice.label}</legend>
      <div class="choices">
        ${choice.options.map(
          ([value, words]) => html`<label><input type="radio" name="choice" value=${value} />${words}</label>`,
        )}
      </div>
    </fieldset>`;
  }

  #words({ words }: SayRequest): TemplateResult | typeof nothing {
    if (words === null) return nothing;
    return html`<div class="field">
      <label for="say-words">${words.label}</label>
      <textarea id="say-words" name="words" rows="3" aria-describedby="say-hint" .value=${words.value}></textarea>
      <span class="hint" id="say-hint">${words.hint}</span>
    </div>`;
  }
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

customElements.define('gait-say-dialog', SayDialog);
