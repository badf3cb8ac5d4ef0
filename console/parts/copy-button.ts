// A button that puts a text on the clipboard and says whether it did.
import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { copyText } from './clipboard.ts';

class CopyButton extends LitElement {
  static override properties = {
    text: { attribute: false },
    words: { attribute: false },
    what: { attribute: false },
    copied: { state: true },
  };
  declare text: string;
  /** What stands on the button. */
  declare words: string;
  /** What is copied, read out after the words of the button. */
  declare what: string;
  declare copied: boolean | null;

  constructor() {
    super();
    this.text = '';
    this.words = 'Copy';
    this.what = '';
    this.copied = null;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  async #copy(): Promise<void> {
    this.copied = await copyText(this.text);
  }

  protected override render(): TemplateResult {
    const words = this.copied === null ? this.words : this.copied ? 'Copied' : 'Not copied';
    return html`<button
        type="button"
        class="button small no-print"
        @click=${() => void this.#copy()}
        @blur=${() => {
          this.copied = null;
        }}
      >
        ${words}<span class="visually-hidden"> ${this.what}</span>
      </button>
      <span class="visually-hidden" role="status">${this.copied === true ? 'Copied' : ''}</span>`;
  }
}

customElements.define('gait-copy-button', CopyButton);
