// The work list: what needs a person, what is lost first on top, each line with its reason.
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { WorkItemLine } from '../api.ts';
import { dueInWords } from '../dates.ts';
import { PageElement } from '../parts/page.ts';
import { fits, searchField } from '../parts/search-field.ts';
import { segmented } from '../parts/segmented.ts';
import { paths } from '../router.ts';
import { kindInWords, priorityInWords, roleInWords } from '../words.ts';

const whose = [
  ['mine', 'Mine'],
  ['all', 'All'],
] as const;

class WorkList extends PageElement {
  static override properties = { loaded: { state: true } };
  declare loaded: boolean;

  constructor() {
    super();
    this.loaded = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#onKey);
    super.disconnectedCallback();
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const view = this.shell.listView;
    const loaded = await this.attempt(async () => {
      view.items = await this.shell.api.work.workItems(view.show);
    });
    this.loaded = loaded || this.loaded;
    this.requestUpdate();
    await this.updateComplete;
    if (view.lastOpened !== null) {
      this.querySelector<HTMLElement>(`a[data-item="${CSS.escape(view.lastOpened)}"]`)?.focus();
      view.lastOpened = null;
    }
  }

  /** The items that are asked for, in the server's order: what is lost first stands first. */
  #shown(): WorkItemLine[] {
    const { items, kind, search } = this.shell.listView;
    return items
      .filter((item) => kind === '' || item.kind === kind)
      .filter((item) =>
        fits(search, [
          item.title,
          item.patientName,
          item.payer?.name,
          item.priorityReason,
          item.reason,
          kindInWords(item.kind),
          roleInWords(item.role),
        ]),
      );
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest('input, textarea, select, dialog')) return;
    if (event.key === '/') {
      event.preventDefault();
      this.querySelector<HTMLElement>('#search')?.focus();
    }
    if (event.key !== 'j' && event.key !== 'k') return;
    const links = [...this.querySelectorAll<HTMLElement>('a.row-link')];
    const at = links.findIndex((link) => link === document.activeElement);
    const next = at === -1 ? links[0] : links[at + (event.key === 'j' ? 1 : -1)];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };

  #choose(show: string): void {
    this.shell.listView.show = show;
    this.requestUpdate();
    void this.#load();
  }

  protected override render(): TemplateResult {
    const view = this.shell.listView;
    const shown = this.loaded || view.items.length > 0 ? this.#shown() : [];
    const now = this.shell.now();
    const overdue = view.items.filter((item) => dueInWords(item.dueAt, now, this.zone).state === 'overdue').length;
    const escalated = view.items.filter((item) => item.escalated).length;
    return html`<div class="page-head">
        <div>
          <h1>Work list</h1>
          <p class="soft" role="status">
            ${this.loaded
              ? html`${view.items.length} open · ${overdue} overdue · ${escalated}
                escalated${shown.length === view.items.length ? '' : ` · ${shown.length} shown`}`
              : 'Loading …'}
          </p>
        </div>
      </div>
      ${this.#toolbar()} ${this.failureNotice(() => void this.#load())}
      ${this.loaded ? (shown.length === 0 ? this.#empty() : this.#table(shown, now)) : nothing}`;
  }

  #toolbar(): TemplateResult {
    const view = this.shell.listView;
    const kinds = [...new Set(view.items.map((item) => item.kind))].sort();
    return html`<div class="toolbar" role="search">
      ${segmented({
        label: 'Whose items',
        choices: whose,
        chosen: view.show,
        onChoose: (show) => this.#choose(show),
      })}
      <div class="field kind">
        <label class="visually-hidden" for="kind">Kind</label>
        <select
          id="kind"
          @change=${(event: Event) => {
            if (event.target instanceof HTMLSelectElement) view.kind = event.target.value;
            this.requestUpdate();
          }}
        >
          <option value="" ?selected=${view.kind === ''}>Every kind</option>
          ${kinds.map(
            (kind) => html`<option value=${kind} ?selected=${view.kind === kind}>${kindInWords(kind)}</option>`,
          )}
        </select>
      </div>
      ${searchField({
        id: 'search',
        hint: 'Search name, payer, reason',
        search: view.search,
        onSearch: (search) => {
          view.search = search;
          this.requestUpdate();
        },
      })}
      <button class="button" @click=${() => void this.#load()}>Refresh</button>
    </div>`;
  }

  #empty(): TemplateResult {
    const view = this.shell.listView;
    const filtered = view.items.length > 0;
    return html`<div class="panel empty">
      <h2>${filtered ? 'Nothing matches' : view.show === 'mine' ? 'Nothing needs you now' : 'Nothing is open'}</h2>
      <p>
        ${filtered
          ? 'Change the kind or the search to see the other items.'
          : 'Items appear here by themselves when an authorization needs a person.'}
      </p>
      ${filtered
        ? html`<p>
            <button
              class="button"
              @click=${() => {
                view.kind = '';
                view.search = '';
                this.requestUpdate();
              }}
            >
              Show all of them
            </button>
          </p>`
        : nothing}
    </div>`;
  }

  #table(shown: readonly WorkItemLine[], now: Date): TemplateResult {
    const groups = [...Map.groupBy(shown, (item) => item.priority)];
    return html`<div class="panel">
      <table class="rows">
        <caption class="visually-hidden">
          Open work items, the most urgent first
        </caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Why now</th>
            <th scope="col">Payer</th>
            <th scope="col">Due</th>
          </tr>
        </thead>
        ${groups.map(
          ([priority, items]) =>
            html`<tbody>
              <tr class="group-head">
                <th colspan="4" scope="rowgroup">
                  <span class="group-dot p${priority}"></span>${priorityInWords(priority)}<span class="count"
                    >${items.length}<span class="visually-hidden"> items</span></span
                  >
                </th>
              </tr>
              ${repeat(
                items,
                (item) => item.id,
                (item) => this.#row(item, now),
              )}
            </tbody>`,
        )}
      </table>
    </div>`;
  }

  #row(item: WorkItemLine, now: Date): TemplateResult {
    const due = dueInWords(item.dueAt, now, this.zone);
    return html`<tr class="row">
      <td class="what">
        <a
          class="row-link"
          href=${paths.workItem(item.id)}
          data-item=${item.id}
          @click=${() => {
            this.shell.listView.lastOpened = item.id;
          }}
          >${item.patientName ?? item.title}</a
        >
        <span class="under">${item.patientName ? item.title : kindInWords(item.kind)}</span>
      </td>
      <td class="why">
        <span class="why-text">${item.priorityReason}</span>
        ${item.reason === undefined || item.reason === item.priorityReason
          ? nothing
          : html`<span class="under">${item.reason}</span>`}
      </td>
      <td data-label="Payer">${item.payer?.name ?? 'unknown'}</td>
      <td class="when">
        <span class="due ${due.state}">${due.words}</span>
        <span class="marks">
          ${item.escalated
            ? html`<span class="mark danger">escalated to ${roleInWords(item.role).toLowerCase()}</span>`
            : nothing}
          ${!item.escalated && this.shell.listView.show === 'all'
            ? html`<span class="mark">${roleInWords(item.role)}</span>`
            : nothing}
          ${item.waitsFor
            ? html`<span class="mark warn">waits for ${roleInWords(item.waitsFor).toLowerCase()}</span>`
            : nothing}
          ${!item.escalated && item.remindedAt ? html`<span class="mark warn">reminded</span>` : nothing}
        </span>
      </td>
    </tr>`;
  }
}

customElements.define('gait-work-list', WorkList);
