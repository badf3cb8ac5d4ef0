// API keys of the clinic, for admins: list, make (shown once), revoke.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ApiKey } from '../api.ts';
import { instantInWords } from '../dates.ts';
import { copyList } from '../parts/copy-list.ts';
import { errorNotice, PageElement } from '../parts/page.ts';

class Keys extends PageElement {
  static override properties = {
    items: { state: true },
    made: { state: true },
    revoking: { state: true },
    dialogFailure: { state: true },
  };
  declare items: readonly ApiKey[] | null;
  declare made: string | null;
  declare revoking: ApiKey | null;
  declare dialogFailure: unknown;

  constructor() {
    super();
    this.items = null;
    this.made = null;
    this.revoking = null;
    this.dialogFailure = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.items = await this.shell.api.admin.keys();
    });
  }

  #open(id: string): void {
    this.dialogFailure = null;
    void this.updateComplete.then(() => this.querySelector<HTMLDialogElement>(id)?.showModal());
  }

  readonly #make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const name = form.querySelector<HTMLInputElement>('#key-name')?.value.trim() ?? '';
    const capability = form.querySelector<HTMLSelectElement>('#key-capability')?.value ?? 'flows';
    try {
      const { key } = await this.shell.api.admin.addKey({ name, capabilities: [capability] });
      this.made = key;
      form.reset();
      form.closest('dialog')?.close();
      await this.#load();
    } catch (error) {
      this.dialogFailure = error;
    }
  };

  async #revoke(key: ApiKey): Promise<void> {
    try {
      await this.shell.api.admin.revokeKey(key.id);
      this.querySelector<HTMLDialogElement>('#revoke-key')?.close();
      this.shell.announce('The key was revoked.');
      await this.#load();
    } catch (error) {
      this.dialogFailure = error;
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="page-head">
        <div>
          <h1>API keys</h1>
          <p class="soft">n8n holds one key with the capability “flows”. No key can read a record.</p>
        </div>
        <div class="buttons">
          <button class="button primary" @click=${() => this.#open('#add-key')}>Make a key</button>
        </div>
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${this.made === null
        ? nothing
        : html`<div class="notice good" role="status">
            <strong>Copy the key now; it is not shown again.</strong>
            ${copyList([{ label: 'Key', value: this.made }])}
          </div>`}
      ${this.items === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : this.items.length === 0
          ? html`<div class="panel empty">
              <h2>No key yet</h2>
              <p>Make one for n8n.</p>
            </div>`
          : this.#table(this.items)}
      ${this.#dialogs()}`;
  }

  #table(items: readonly ApiKey[]): TemplateResult {
    const now = this.shell.now();
    const at = (iso: string | null): string => (iso === null ? 'never' : instantInWords(iso, now, this.zone));
    return html`<div class="panel">
      <table class="rows">
        <caption class="visually-hidden">
          API keys of this clinic
        </caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">May do</th>
            <th scope="col">Last used</th>
            <th scope="col">Expires</th>
            <th scope="col">State</th>
            <th scope="col">Actions</th>
          </tr>
        </thead>
        <tbody>
          ${items.map(
            (key) =>
              html`<tr class="row">
                <td><strong>${key.name}</strong></td>
                <td data-label="May do">${key.capabilities.join(', ')}</td>
                <td data-label="Last used">${at(key.lastUsedAt)}</td>
                <td data-label="Expires">${at(key.expiresAt)}</td>
                <td>
                  <span class="mark ${key.revokedAt === null ? 'good' : ''}"
                    >${key.revokedAt === null ? 'valid' : 'revoked'}</span
                  >
                </td>
                <td>
                  ${key.revokedAt === null
                    ? html`<button
                        class="button small danger"
                        @click=${() => {
                          this.revoking = key;
                          this.#open('#revoke-key');
                        }}
                      >
                        Revoke<span class="visually-hidden"> ${key.name}</span> …
                      </button>`
                    : nothing}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #dialogs(): TemplateResult {
    const close = (event: Event): void => {
      if (event.target instanceof Element) event.target.closest('dialog')?.close();
    };
    const failure = this.dialogFailure === null ? nothing : errorNotice(this.dialogFailure);
    return html`<dialog id="add-key" aria-labelledby="add-key-title">
        <h2 id="add-key-title">Make a key</h2>
        <form @submit=${this.#make}>
          ${failure}
          <div class="field">
            <label for="key-name">Name</label>
            <input id="key-name" required maxlength="80" autocomplete="off" />
          </div>
          <div class="field">
            <label for="key-capability">May do</label>
            <select id="key-capability">
              <option value="flows">flows: what n8n needs</option>
              <option value="admin">admin: connections, keys, audit</option>
            </select>
          </div>
          <div class="buttons">
            <button type="button" class="button" @click=${close}>Cancel</button>
            <button class="button primary">Make</button>
          </div>
        </form>
      </dialog>
      <dialog id="revoke-key" aria-labelledby="revoke-key-title">
        <h2 id="revoke-key-title">Revoke “${this.revoking?.name ?? ''}”?</h2>
        ${failure}
        <p>Whatever uses it is refused from this moment on. This cannot be undone.</p>
        <div class="buttons">
          <button class="button" @click=${close}>Cancel</button>
          <button class="button danger" @click=${() => this.revoking && void this.#revoke(this.revoking)}>
            Revoke
          </button>
        </div>
      </dialog>`;
  }
}

customElements.define('gait-keys', Keys);
