// Has a void of the claim laid before a biller, after a person was told what that does.
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { errorNotice } from './page.ts';
import type { Shell } from './page.ts';

class TakeBack extends LitElement {
  static override properties = {
    shell: { attribute: false },
    claim: { attribute: false },
    onTakenBack: { attribute: false },
    failure: { state: true },
    busy: { state: true },
  };
  declare shell: Shell;
  declare claim: string;
  declare onTakenBack: () => Promise<void>;
  declare failure: unknown;
  declare busy: boolean;

  constructor() {
    super();
    this.failure = null;
    this.busy = false;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  #close(): void {
    this.querySelector('dialog')?.close();
  }

  async #send(): Promise<void> {
    if (this.busy) return;
    this.failure = null;
    this.busy = true;
    try {
      await this.shell.api.claims.takeBack(this.claim);
    } catch (error) {
      this.failure = error;
      return;
    } finally {
      this.busy = false;
    }
    this.#close();
    await this.onTakenBack();
  }

  protected override render(): TemplateResult {
    return html`<button
        class="button"
        type="button"
        @click=${() => {
          this.failure = null;
          this.querySelector('dialog')?.showModal();
        }}
      >
        Take the claim back …
      </button>
      <dialog aria-labelledby="take-back-title">
        <h2 id="take-back-title">Take the claim back?</h2>
        <p>
          A void (frequency 8) of this claim is laid before a biller. It is sent only when the biller has approved it.
        </p>
        <p>The payer then takes back what it paid, as if the claim had never been sent.</p>
        ${this.failure === null ? nothing : errorNotice(this.failure)}
        <div class="buttons">
          <button class="button" type="button" @click=${() => this.#close()}>Cancel</button>
          <button class="button danger" type="button" ?disabled=${this.busy} @click=${() => void this.#send()}>
            ${this.busy ? 'Sending …' : 'Take the claim back'}
          </button>
        </div>
      </dialog>`;
  }
}

customElements.define('gait-take-back', TakeBack);

declare global {
  interface HTMLElementTagNameMap {
    'gait-take-back': TakeBack;
  }
}
