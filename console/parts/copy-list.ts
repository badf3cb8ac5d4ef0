// The copy-ready values of a packet: one button beside each, one for all of them, because they are typed into somebody else's portal.
import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { copyText } from './clipboard.ts';

class CopyList extends LitElement {
  static override properties = { values: { attribute: false }, copied: { state: true } };
  declare values: readonly { readonly label: string; readonly value: string }[];
  declare copied: string | null;

  constructor() {
    super();
    this.values = [];
    this.copied = null;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  async #copy(what: string, text: string): Promise<void> {
    this.copied = (await copyText(text)) ? what : `failed:${what}`;
  }

  #words(what: string, plain: string): string {
    if (this.copied === what) return 'Copied';
    return this.copied === `failed:${what}` ? 'Not copied' : plain;
  }

  protected override render(): TemplateResult {
    const all = this.values.map(({ label, value }) => `${label}: ${value}`).join('\n');
    return html`<div class="buttons">
        <button class="button small" @click=${() => void this.#copy('all', all)}>
          ${this.#words('all', 'Copy all')}
        </button>
      </div>
      <dl>
        ${this.values.map(
          ({ label, value }) =>
            html`<div class="copy-line">
              <dt>${label}</dt>
              <dd class="value">${value}</dd>
              <dd>
                <button class="button small" @click=${() => void this.#copy(label, value)}>
                  ${this.#words(label, 'Copy')}<span class="visually-hidden"> ${label}</span>
                </button>
              </dd>
            </div>`,
        )}
      </dl>
      <p class="visually-hidden" role="status">
        ${this.copied === null || this.copied.startsWith('failed') ? '' : 'Copied'}
      </p>`;
  }
}

customElements.define('gait-copy-list', CopyList);
