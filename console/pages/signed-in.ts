// Where a vendor sends the browser back to after a person signed in there: asks to go on, and finishes the sign-in once.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { instantInWords } from '../dates.ts';
import { PageElement } from '../parts/page.ts';
import { paths } from '../router.ts';

class SignedIn extends PageElement {
  static override properties = { done: { state: true }, busy: { state: true } };
  declare done: { readonly name: string; readonly lastsUntil: string | null } | null;
  declare busy: boolean;

  readonly #told: URLSearchParams;

  constructor() {
    super();
    this.done = null;
    this.busy = false;
    this.#told = new URLSearchParams(location.hash.slice(1));
    // The code is good once; it has no business in the history of the browser.
    history.replaceState(null, '', location.pathname);
  }

  readonly #finish = async (): Promise<void> => {
    this.busy = true;
    await this.attempt(async () => {
      const { connection, lastsUntil } = await this.shell.api.admin.finishSignIn({
        state: this.#told.get('state') ?? '',
        code: this.#told.get('code') ?? '',
      });
      this.done = { name: connection.name, lastsUntil };
      this.shell.announce(`Signed in for ${connection.name}.`);
    });
    this.busy = false;
  };

  protected override render(): TemplateResult {
    return html`<div class="page-head">
        <div><h1>Signing in for a connection</h1></div>
      </div>
      ${this.failureNotice()}
      <div class="panel empty">${this.#body()}</div>`;
  }

  #body(): TemplateResult {
    const back = html`<p><a href=${paths.connections}>Go to the connections</a></p>`;
    if (this.done !== null) {
      const { name, lastsUntil } = this.done;
      const until =
        lastsUntil === null ? 'It has no known end.' : `It lasts until ${this.#inWords(lastsUntil)} and is renewed.`;
      return html`<h2>You are signed in for ${name}</h2>
        <p>${until}</p>
        ${back}`;
    }
    if (this.#told.get('state') === null || this.#told.get('code') === null)
      return html`<h2>Nobody was signed in</h2>
        <p>The other system gave no leave. Start again on the page of connections if that was not meant.</p>
        ${back}`;
    return html`<h2>One step is left</h2>
      <p>You come back from the sign-in of another system. Gait keeps it for the connection you started from.</p>
      ${this.failure === null
        ? html`<div class="buttons">
            <button class="button primary" ?disabled=${this.busy} @click=${() => void this.#finish()}>
              ${this.busy ? 'Finishing …' : 'Finish signing in'}
            </button>
          </div>`
        : nothing}
      ${back}`;
  }

  #inWords(instant: string): string {
    return instantInWords(instant, this.shell.now(), this.zone);
  }
}

customElements.define('gait-signed-in', SignedIn);
