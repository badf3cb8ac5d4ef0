// Connections to outside systems, for admins: add, test, renew the secrets, send for real or in shadow. A stored secret is never shown.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Connection, ImportedReport } from '../api.ts';
import { instantInWords } from '../dates.ts';
import { importList } from '../parts/import-list.ts';
import { PageElement, errorNotice } from '../parts/page.ts';
import { paths } from '../router.ts';
import { secretsOf, settingValue, systems } from '../connection-systems.ts';
import { signInInWords } from '../connection-words.ts';
import type { Setting } from '../connection-systems.ts';

const agreementSettings: readonly Setting[] = [
  { name: 'vendor', label: 'Agreement (BAA) with', hint: 'Without an agreement Gait sends nothing to the vendor.' },
  { name: 'effective', label: 'Effective from', date: true },
  { name: 'expires', label: 'Expires on', date: true, optional: true, hint: 'Empty: it has no end.' },
  { name: 'evidence', label: 'Where the signed copy lies' },
];

const testWords: Record<string, string> = {
  ok: 'The connection works.',
  'connection.unknown': 'This system has no test; its next import shows whether it works.',
  'connection.credentials': 'The secrets were refused. Renew them.',
  'connection.refused': 'The system cannot be reached. Check the address and the network.',
  'vendor.throttled': 'The system asks to wait. Test again later.',
  'vendor.unavailable': 'The system is not available now. Test again later.',
};

/** The name of the system without what stands in brackets behind it. */
const vendorOf = (system: string): string => (systems[system]?.name ?? system).replace(/ \(.*$/, '');

class Connections extends PageElement {
  static override properties = {
    items: { state: true },
    imports: { state: true },
    system: { state: true },
    rotating: { state: true },
    agreeing: { state: true },
    dialogFailure: { state: true },
    results: { state: true },
  };
  declare items: readonly Connection[] | null;
  declare imports: readonly ImportedReport[];
  declare system: string;
  declare rotating: Connection | null;
  declare agreeing: Connection | null;
  declare dialogFailure: unknown;
  declare results: ReadonlyMap<string, string>;

  constructor() {
    super();
    this.items = null;
    this.imports = [];
    this.system = 'webpt';
    this.rotating = null;
    this.agreeing = null;
    this.dialogFailure = null;
    this.results = new Map();
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      const { api } = this.shell;
      [this.items, this.imports] = await Promise.all([api.connections(), api.imports()]);
    });
  }

  #tell(id: string, words: string): void {
    this.results = new Map([...this.results, [id, words]]);
    this.shell.announce(words);
  }

  async #test(connection: Connection): Promise<void> {
    this.#tell(connection.id, 'Testing …');
    const tested = await this.attempt(async () => {
      const { outcome, facts = [] } = await this.shell.api.testConnection(connection.id);
      const known = facts.map(({ label, value }) => `${label}: ${value}`).join(', ');
      this.#tell(
        connection.id,
        `${testWords[outcome] ?? `The test failed (${outcome}).`}${known === '' ? '' : ` ${known}.`}`,
      );
    });
    if (tested) await this.#load();
    else this.#tell(connection.id, 'The test did not finish.');
  }

  async #signIn(connection: Connection): Promise<void> {
    await this.attempt(async () => {
      const { url } = await this.shell.api.startSignIn(connection.id);
      location.assign(url);
    });
  }

  async #setMode(connection: Connection): Promise<void> {
    await this.attempt(async () => {
      await this.shell.api.connectionMode(connection.id, connection.mode === 'live' ? 'shadow' : 'live');
      await this.#load();
    });
  }

  async #setPaused(connection: Connection, paused: boolean): Promise<void> {
    await this.attempt(async () => {
      await this.shell.api.pauseConnection(connection.id, paused);
      this.#tell(connection.id, paused ? 'Nothing is sent over it; reading goes on.' : 'It sends again.');
      await this.#load();
    });
  }

  #open(id: string): void {
    this.dialogFailure = null;
    void this.updateComplete.then(() => this.querySelector<HTMLDialogElement>(id)?.showModal());
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const value = (name: string): string => {
      const control = form.elements.namedItem(name);
      const isField =
        control instanceof HTMLInputElement ||
        control instanceof HTMLSelectElement ||
        control instanceof HTMLTextAreaElement;
      return isField ? control.value.trim() : '';
    };
    const filled = (settings: readonly Setting[]): Record<string, string> => {
      const entries = settings.map(({ name }): [string, string] => [name, value(name)]);
      return Object.fromEntries(entries.filter(([, text]) => text !== ''));
    };
    const configOf = (settings: readonly Setting[]): Record<string, unknown> => {
      const texts = filled(settings.filter(({ secret }) => secret !== true));
      return Object.fromEntries(
        settings.flatMap((setting): [string, unknown][] => {
          const text = texts[setting.name];
          return text === undefined ? [] : [[setting.name, settingValue(setting, text)]];
        }),
      );
    };
    const agreement =
      value('vendor') === ''
        ? null
        : {
            vendor: value('vendor'),
            effective: value('effective'),
            expires: value('expires') || null,
            scope: [],
            evidence: value('evidence'),
          };
    this.dialogFailure = null;
    try {
      if (this.agreeing !== null) {
        await this.shell.api.connectionAgreement(this.agreeing.id, agreement);
        this.#tell(this.agreeing.id, 'The agreement is recorded.');
      } else if (this.rotating !== null) {
        await this.shell.api.rotateConnection(this.rotating.id, filled(secretsOf(this.rotating.system)));
        this.#tell(this.rotating.id, 'The secrets were renewed.');
      } else {
        const settings = systems[this.system]?.settings ?? [];
        await this.shell.api.addConnection({
          name: value('name'),
          system: this.system,
          mode: value('mode'),
          config: configOf(settings),
          secrets: filled(secretsOf(this.system)),
          agreement,
        });
      }
      form.reset();
      form.closest('dialog')?.close();
      await this.#load();
    } catch (error) {
      this.dialogFailure = error;
    }
  };

  protected override render(): TemplateResult {
    return html`<div class="page-head">
        <div>
          <h1>Connections</h1>
          <p class="soft">In shadow mode everything is recorded and nothing is sent.</p>
        </div>
        <div class="buttons">
          <a class="button" href=${paths.dataAudit}>Data audit</a>
          <button
            class="button primary"
            @click=${() => {
              this.rotating = null;
              this.agreeing = null;
              this.#open('#add-connection');
            }}
          >
            Add a connection
          </button>
        </div>
      </div>
      ${this.failureNotice()}
      ${this.items === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : this.items.length === 0
          ? html`<div class="panel empty">
              <h2>No connection yet</h2>
              <p>Add the PT system first: its reports are where authorizations come from.</p>
            </div>`
          : html`${this.#table(this.items)}
            ${importList(
              this.imports,
              (at) => instantInWords(at, this.shell.now(), this.zone),
              (id) => this.items?.find((one) => one.id === id)?.name ?? 'a removed connection',
            )}`}
      ${this.#addDialog()} ${this.#rotateDialog()} ${this.#agreementDialog()}`;
  }

  #table(items: readonly Connection[]): TemplateResult {
    return html`<div class="panel">
      <table class="rows">
        <caption class="visually-hidden">
          Connections of this clinic
        </caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">System</th>
            <th scope="col">Mode</th>
            <th scope="col">Last test</th>
            <th scope="col">Actions</th>
          </tr>
        </thead>
        <tbody>
          ${items.map((connection) => this.#row(connection))}
        </tbody>
      </table>
    </div>`;
  }

  #row(connection: Connection): TemplateResult {
    const named = html`<span class="visually-hidden"> ${connection.name}</span>`;
    const tested = connection.testedAt ? instantInWords(connection.testedAt, this.shell.now(), this.zone) : 'never';
    return html`<tr class="row">
      <td><strong>${connection.name}</strong></td>
      <td>${systems[connection.system]?.name ?? connection.system}</td>
      <td>
        <span class="mark ${connection.mode === 'live' ? 'good' : 'warn'}">${connection.mode}</span>
        ${connection.paused ? html`<span class="mark warn">paused</span>` : nothing}
      </td>
      <td data-label="Last test">
        ${tested}<span class="under"
          >${connection.agreement
            ? `agreement with ${connection.agreement.vendor}${connection.agreement.expires ? ` until ${connection.agreement.expires}` : ''}`
            : 'no agreement: nothing is sent'}</span
        >${connection.signIn
          ? html`<span class="under">${signInInWords(connection.signIn, this.shell.now(), this.zone)}</span>`
          : nothing}${this.results.has(connection.id)
          ? html`<span class="under">${this.results.get(connection.id)}</span>`
          : nothing}
      </td>
      <td>
        <div class="buttons">
          <button class="button small" @click=${() => void this.#test(connection)}>Test${named}</button>
          ${connection.signIn
            ? html`<button class="button small" @click=${() => void this.#signIn(connection)}>
                Sign in at ${vendorOf(connection.system)}${named}
              </button>`
            : nothing}
          ${secretsOf(connection.system).length === 0
            ? nothing
            : html`<button
                class="button small"
                @click=${() => {
                  this.rotating = connection;
                  this.agreeing = null;
                  this.#open('#rotate-connection');
                }}
              >
                Renew secrets${named}
              </button>`}
          <button
            class="button small"
            @click=${() => {
              this.agreeing = connection;
              this.#open('#connection-agreement');
            }}
          >
            ${connection.agreement ? 'Renew the agreement' : 'Record an agreement'}${named}
          </button>
          <button class="button small" @click=${() => void this.#setMode(connection)}>
            ${connection.mode === 'live' ? 'Set to shadow' : 'Set to live'}${named}
          </button>
          <button class="button small" @click=${() => void this.#setPaused(connection, !connection.paused)}>
            ${connection.paused ? 'Resume' : 'Pause'}${named}
          </button>
        </div>
      </td>
    </tr>`;
  }

  #setting(prefix: string, setting: Setting): TemplateResult {
    const id = `${prefix}-${setting.name}`;
    return html`<div class="field">
      <label for=${id}>${setting.label}</label>
      ${setting.choices
        ? html`<select id=${id} name=${setting.name}>
            ${setting.choices.map((choice) => html`<option value=${choice}>${choice}</option>`)}
          </select>`
        : setting.json
          ? html`<textarea
              id=${id}
              name=${setting.name}
              rows="4"
              spellcheck="false"
              aria-describedby="${id}-hint"
            ></textarea>`
          : html`<input
              id=${id}
              name=${setting.name}
              type=${setting.secret ? 'password' : setting.date ? 'date' : setting.number ? 'number' : 'text'}
              autocomplete=${setting.secret ? 'new-password' : 'off'}
              value=${setting.value ?? ''}
              ?required=${setting.optional !== true}
              aria-describedby=${setting.hint ? `${id}-hint` : nothing}
            />`}
      ${setting.hint ? html`<span class="hint" id="${id}-hint">${setting.hint}</span>` : nothing}
    </div>`;
  }

  #addDialog(): TemplateResult {
    return html`<dialog id="add-connection" aria-labelledby="add-connection-title">
      <h2 id="add-connection-title">Add a connection</h2>
      <form @submit=${this.#submit}>
        ${this.dialogFailure !== null && this.rotating === null && this.agreeing === null
          ? errorNotice(this.dialogFailure)
          : nothing}
        <div class="field">
          <label for="connection-system">System</label>
          <select
            id="connection-system"
            @change=${(event: Event) => {
              if (event.target instanceof HTMLSelectElement) this.system = event.target.value;
            }}
          >
            ${Object.entries(systems).map(
              ([id, { name }]) => html`<option value=${id} ?selected=${this.system === id}>${name}</option>`,
            )}
          </select>
        </div>
        ${this.#setting('connection', { name: 'name', label: 'Name' })}
        ${(systems[this.system]?.settings ?? []).map((setting) => this.#setting('connection', setting))}
        ${this.#setting('connection', { name: 'mode', label: 'Mode', choices: ['shadow', 'live'] })}
        ${agreementSettings.map((setting) => this.#setting('connection', { ...setting, optional: true }))}
        ${this.#dialogButtons('Add')}
      </form>
    </dialog>`;
  }

  #rotateDialog(): TemplateResult {
    return html`<dialog id="rotate-connection" aria-labelledby="rotate-connection-title">
      <h2 id="rotate-connection-title">Renew the secrets${this.rotating ? ` of ${this.rotating.name}` : ''}</h2>
      <form @submit=${this.#submit}>
        ${this.dialogFailure !== null && this.rotating !== null ? errorNotice(this.dialogFailure) : nothing}
        ${secretsOf(this.rotating?.system ?? '').map((setting) => this.#setting('rotate', setting))}
        ${this.#dialogButtons('Renew')}
      </form>
    </dialog>`;
  }

  #agreementDialog(): TemplateResult {
    return html`<dialog id="connection-agreement" aria-labelledby="connection-agreement-title">
      <h2 id="connection-agreement-title">The agreement${this.agreeing ? ` for ${this.agreeing.name}` : ''}</h2>
      <form @submit=${this.#submit}>
        ${this.dialogFailure !== null && this.agreeing !== null ? errorNotice(this.dialogFailure) : nothing}
        ${agreementSettings.map((setting) => this.#setting('agreement', setting))} ${this.#dialogButtons('Record')}
      </form>
    </dialog>`;
  }

  #dialogButtons(words: string): TemplateResult {
    return html`<div class="buttons">
      <button
        type="button"
        class="button"
        @click=${(event: Event) => {
          if (event.target instanceof Element) event.target.closest('dialog')?.close();
        }}
      >
        Cancel
      </button>
      <button class="button primary">${words}</button>
    </div>`;
  }
}

customElements.define('gait-connections', Connections);
