// Enters what a patient paid, or was paid back, in the books of a claim; sent again after a failure, it is one payment.
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ApiError } from '../api-error.ts';
import { amountInWords } from '../claim-words.ts';
import { dateInZone } from '../dates.ts';
import { errorNotice } from './page.ts';
import type { Shell } from './page.ts';
import { directions, methods, newPaymentKey, paymentOf } from './payment-values.ts';

class PaymentForm extends LitElement {
  static override properties = {
    shell: { attribute: false },
    claim: { attribute: false },
    onChanged: { attribute: false },
    opened: { state: true },
    wrong: { state: true },
    failure: { state: true },
    busy: { state: true },
  };
  declare shell: Shell;
  declare claim: string;
  /** Runs once the books are others, or may be. */
  declare onChanged: () => Promise<void>;
  /** The day on which the form was opened; null: it is closed. */
  declare opened: string | null;
  declare wrong: ReadonlyMap<string, string>;
  declare failure: unknown;
  declare busy: boolean;

  /** One for each payment, however often it is sent. */
  #key = '';

  constructor() {
    super();
    this.opened = null;
    this.wrong = new Map();
    this.failure = null;
    this.busy = false;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  get #today(): string {
    return dateInZone(this.shell.now(), this.shell.session.clinic.timezone);
  }

  async #open(): Promise<void> {
    await this.#close();
    this.#key = newPaymentKey();
    this.opened = this.#today;
    await this.updateComplete;
    this.querySelector<HTMLElement>('#payment-amount')?.focus();
  }

  async #close(): Promise<void> {
    this.opened = null;
    this.wrong = new Map();
    this.failure = null;
    await this.updateComplete;
    this.querySelector('button')?.focus();
  }

  async #cancel(): Promise<void> {
    const mayBeEntered = this.failure !== null;
    await this.#close();
    if (mayBeEntered) await this.onChanged();
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy || !(event.target instanceof HTMLFormElement)) return;
    const typed = new Map(
      [...new FormData(event.target)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
    const { payment, wrong } = paymentOf(typed, this.#today);
    this.failure = null;
    this.wrong = wrong;
    if (payment === null) {
      const [first = ''] = wrong.keys();
      this.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    this.busy = true;
    try {
      await this.shell.api.claims.enterPayment(this.claim, { key: this.#key, ...payment });
    } catch (error) {
      await this.#failed(error);
      return;
    } finally {
      this.busy = false;
    }
    const amount = amountInWords(Math.abs(payment.cents));
    this.shell.announce(
      payment.cents < 0
        ? `${amount} paid back to the patient is in the books.`
        : `The patient’s payment of ${amount} is in the books.`,
    );
    await this.#close();
    await this.onChanged();
  };

  async #failed(error: unknown): Promise<void> {
    this.failure = isUncertain(error) ? notKnown(error) : error;
    if (isOfAnother(error)) await this.onChanged();
    await this.updateComplete;
    this.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' });
  }

  /** What is being corrected is no longer complained about. */
  readonly #onInput = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const { name } = event.target;
    if (this.wrong.has(name)) this.wrong = new Map([...this.wrong].filter(([other]) => other !== name));
  };

  protected override render(): TemplateResult {
    if (this.opened === null)
      return html`<button class="button small" type="button" @click=${() => void this.#open()}>
        Enter a payment …
      </button>`;
    return html`<h3 id="payment-title">A payment of the patient</h3>
      ${this.failure === null
        ? nothing
        : isOfAnother(this.failure)
          ? errorNotice(this.failure, () => void this.#open(), 'Start over')
          : errorNotice(this.failure)}
      <form
        class="decision-form"
        novalidate
        aria-labelledby="payment-title"
        @input=${this.#onInput}
        @submit=${this.#submit}
      >
        <div class="fields">
          ${this.#text('amount', 'Amount in dollars', 'text', '')}
          ${this.#text('paidOn', 'Day on which it was paid', 'date', this.opened)}
          <div class="field">
            <label for="payment-method">How it was paid</label>
            <select id="payment-method" name="method">
              <option value="">unknown</option>
              ${methods.map(([method, words]) => html`<option value=${method}>${words}</option>`)}
            </select>
          </div>
          <fieldset class="field wide">
            <legend class="label">What happened</legend>
            <div class="choices">
              ${directions.map(
                ([direction, words], index) =>
                  html`<label
                    ><input type="radio" name="direction" value=${direction} ?checked=${index === 0} />${words}</label
                  >`,
              )}
            </div>
          </fieldset>
        </div>
        <div class="buttons">
          <button class="button small primary" ?disabled=${this.busy}>
            ${this.busy ? 'Sending …' : 'Enter the payment'}
          </button>
          <button class="button small" type="button" ?disabled=${this.busy} @click=${() => void this.#cancel()}>
            Cancel
          </button>
        </div>
      </form>`;
  }

  #text(name: string, label: string, type: 'text' | 'date', value: string): TemplateResult {
    const wrong = this.wrong.get(name);
    const id = `payment-${name}`;
    return html`<div class="field ${wrong === undefined ? '' : 'missing'}">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        name=${name}
        type=${type}
        inputmode=${type === 'text' ? 'decimal' : nothing}
        max=${type === 'date' ? this.#today : nothing}
        autocomplete="off"
        .value=${value}
        aria-invalid=${wrong === undefined ? nothing : 'true'}
        aria-describedby=${wrong === undefined ? nothing : `${id}-hint`}
      />
      ${wrong === undefined ? nothing : html`<span class="hint" id="${id}-hint">${wrong}</span>`}
    </div>`;
  }
}

/** The server was not heard, so it may have entered the payment. */
function isUncertain(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

function notKnown({ status, code }: ApiError): ApiError {
  const fix = 'Send it again from here in a minute, as it is: the same payment is entered only once.';
  return new ApiError(status, code, 'It is not known whether the payment was entered.', fix, null);
}

/** The key was used for a payment of another amount or day. */
function isOfAnother(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409 && error.where === 'key';
}

customElements.define('gait-payment-form', PaymentForm);

declare global {
  interface HTMLElementTagNameMap {
    'gait-payment-form': PaymentForm;
  }
}
