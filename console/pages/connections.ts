// Connections to outside systems, for admins: add, test, renew the secrets, send for real or in shadow. A stored secret is never shown.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Connection, ImportRun, ImportedReport } from '../api.ts';
import { instantInWords } from '../dates.ts';
import { connectionTable } from '../parts/connection-table.ts';
import { importList } from '../parts/import-list.ts';
import { anyUnderWay, importRuns } from '../parts/import-runs.ts';
import { PageElement } from '../parts/page.ts';
import { saveTable } from '../parts/save-table.ts';
import { settingField, settingsDialog } from '../parts/settings-dialog.ts';
import { paths } from '../router.ts';
import { configOf, secretsOf, systems } from '../connection-systems.ts';
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

const lookAgainMilliseconds = 2_000;

class Connections extends PageElement {
  static override properties = {
    items: { state: true },
    imports: { state: true },
    runs: { state: true },
    system: { state: true },
    rotating: { state: true },
    agreeing: { state: true },
    dialogFailure: { state: true },
    results: { state: true },
  };
  declare items: readonly Connection[] | null;
  declare imports: readonly ImportedReport[];
  declare runs: readonly ImportRun[];
  declare system: string;
  declare rotating: Connection | null;
  declare agreeing: Connection | null;
  declare dialogFailure: unknown;
  declare results: ReadonlyMap<string, string>;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.items = null;
    this.imports = [];
    this.runs = [];
    this.system = 'webpt';
    this.rotating = null;
    this.agreeing = null;
    this.dialogFailure = null;
    this.results = new Map();
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#again);
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.items = await this.shell.api.admin.connections();
      await this.#look();
    });
  }

  /** How far the imports are; again and again while one is under way. */
  async #look(): Promise<void> {
    clearTimeout(this.#again);
    const before = anyUnderWay(this.runs);
    ({ runs: this.runs, imports: this.imports } = await this.shell.api.data.imports());
    if (anyUnderWay(this.runs))
      this.#again = setTimeout(() => void this.attempt(() => this.#look()), lookAgainMilliseconds);
    else if (before) this.shell.announce('The import has ended.');
  }

  async #import(connection: Connection): Promise<void> {
    await this.attempt(async () => {
      const { created } = await this.shell.api.data.startImport(connection.id);
      this.#tell(connection.id, created ? 'The import was started.' : 'An import is under way.');
      await this.#look();
    });
  }

  async #export(): Promise<void> {
    await this.attempt(async () => {
      saveTable((await this.shell.api.data.importTable()).csv, 'imports.csv');
    });
  }

  #tell(id: string, words: string): void {
    this.results = new Map([...this.results, [id, words]]);
    this.shell.announce(words);
  }

  async #test(connection: Connection): Promise<void> {
    this.#tell(connection.id, 'Testing …');
    const tested = await this.attempt(async () => {
      const { outcome, facts = [] } = await this.shell.api.admin.testConnection(connection.id);
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
      const { url } = await this.shell.api.admin.startSignIn(connection.id);
      location.assign(url);
    });
  }

  async #setMode(connection: Connection): Promise<void> {
    await this.attempt(async () => {
      await this.shell.api.admin.connectionMode(connection.id, connection.mode === 'live' ? 'shadow' : 'live');
      await this.#load();
    });
  }

  async #setPaused(connection: Connection, paused: boolean): Promise<void> {
    await this.attempt(async () => {
      await this.shell.api.admin.pauseConnection(connection.id, paused);
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
        await this.shell.api.admin.connectionAgreement(this.agreeing.id, agreement);
        this.#tell(this.agreeing.id, 'The agreement is recorded.');
      } else if (this.rotating !== null) {
        await this.shell.api.admin.rotateConnection(this.rotating.id, filled(secretsOf(this.rotating.system)));
        this.#tell(this.rotating.id, 'The secrets were renewed.');
      } else {
        const settings = systems[this.system]?.settings ?? [];
        await this.shell.api.admin.addConnection({
          name: value('name'),
          system: this.system,
          mode: value('mode'),
          config: configOf(settings, filled(settings)),
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
          : html`${connectionTable(this.items, {
              shell: this.shell,
              results: this.results,
              onTest: (connection) => void this.#test(connection),
              onImport: (connection) => void this.#import(connection),
              onSignIn: (connection) => void this.#signIn(connection),
              onMode: (connection) => void this.#setMode(connection),
              onPause: (connection) => void this.#setPaused(connection, !connection.paused),
              onRotate: (connection) => {
                this.rotating = connection;
                this.agreeing = null;
                this.#open('#rotate-connection');
              },
              onAgreement: (connection) => {
                this.agreeing = connection;
                this.#open('#connection-agreement');
              },
            })}
            ${importRuns(this.runs, (at) => instantInWords(at, this.shell.now(), this.zone))}
            ${importList(
              this.imports,
              (at) => instantInWords(at, this.shell.now(), this.zone),
              (id) => this.items?.find((one) => one.id === id)?.name ?? 'a removed connection',
            )}
            ${this.imports.length === 0
              ? nothing
              : html`<p class="buttons">
                  <button class="button" @click=${() => void this.#export()}>Export the imports as CSV</button>
                </p>`}`}
      ${this.#addDialog()} ${this.#rotateDialog()} ${this.#agreementDialog()}`;
  }

  #failureOf(isOwn: boolean): unknown {
    return isOwn ? this.dialogFailure : null;
  }

  #addDialog(): TemplateResult {
    const field = (setting: Setting) => settingField('connection', setting);
    return settingsDialog({
      id: 'add-connection',
      title: 'Add a connection',
      failure: this.#failureOf(this.rotating === null && this.agreeing === null),
      fields: html`<div class="field">
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
        ${field({ name: 'name', label: 'Name' })} ${(systems[this.system]?.settings ?? []).map(field)}
        ${field({ name: 'mode', label: 'Mode', choices: ['shadow', 'live'] })}
        ${agreementSettings.map((setting) => field({ ...setting, optional: true }))}`,
      button: 'Add',
      onSubmit: this.#submit,
    });
  }

  #rotateDialog(): TemplateResult {
    return settingsDialog({
      id: 'rotate-connection',
      title: `Renew the secrets${this.rotating ? ` of ${this.rotating.name}` : ''}`,
      failure: this.#failureOf(this.rotating !== null),
      fields: secretsOf(this.rotating?.system ?? '').map((setting) => settingField('rotate', setting)),
      button: 'Renew',
      onSubmit: this.#submit,
    });
  }

  #agreementDialog(): TemplateResult {
    return settingsDialog({
      id: 'connection-agreement',
      title: `The agreement${this.agreeing ? ` for ${this.agreeing.name}` : ''}`,
      failure: this.#failureOf(this.agreeing !== null),
      fields: agreementSettings.map((setting) => settingField('agreement', setting)),
      button: 'Record',
      onSubmit: this.#submit,
    });
  }
}

customElements.define('gait-connections', Connections);
