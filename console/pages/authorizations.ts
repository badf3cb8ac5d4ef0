// The list of authorizations: what runs out first on top.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AuthorizationLine } from '../api.ts';
import { dayInWords, distanceInWords } from '../dates.ts';
import { emptyPanel, nothingMatches } from '../parts/empty-panel.ts';
import type { NothingHere } from '../parts/empty-panel.ts';
import { PageElement } from '../parts/page.ts';
import { fits, searchField } from '../parts/search-field.ts';
import { paths } from '../router.ts';
import { standingInWords } from '../words.ts';

const nothingYet: NothingHere = [
  'No authorizations are tracked yet',
  'They appear after the first import of the PT system’s reports.',
];

class Authorizations extends PageElement {
  static override properties = { items: { state: true }, search: { state: true } };
  declare items: readonly AuthorizationLine[] | null;
  declare search: string;

  constructor() {
    super();
    this.items = null;
    this.search = '';
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.items = await this.shell.api.authorizations.authorizations();
    });
  }

  #shown(items: readonly AuthorizationLine[]): AuthorizationLine[] {
    const actBy = (item: AuthorizationLine): string => item.projection?.actBy ?? '9999';
    return items
      .filter((item) =>
        fits(this.search, [item.patientName, item.payer?.name, standingInWords(item.state, item.projection)]),
      )
      .sort((a, b) => (actBy(a) < actBy(b) ? -1 : actBy(a) > actBy(b) ? 1 : 0));
  }

  protected override render(): TemplateResult {
    const shown = this.items === null ? [] : this.#shown(this.items);
    return html`<div class="page-head">
        <div>
          <h1>Authorizations</h1>
          <p class="soft" role="status">
            ${this.items === null
              ? this.failure === null
                ? 'Loading …'
                : ''
              : `${shown.length} of ${this.items.length} shown, the first to act on on top`}
          </p>
        </div>
      </div>
      <div class="toolbar" role="search">
        ${searchField({
          id: 'authorization-search',
          hint: 'Search name, payer, state',
          search: this.search,
          onSearch: (search) => {
            this.search = search;
          },
        })}
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${this.items === null
        ? nothing
        : shown.length === 0
          ? emptyPanel(this.items.length === 0 ? nothingYet : nothingMatches)
          : this.#table(shown)}`;
  }

  #table(shown: readonly AuthorizationLine[]): TemplateResult {
    return html`<div class="panel">
      <table class="rows">
        <caption class="visually-hidden">
          Authorizations by the date to act
        </caption>
        <thead>
          <tr>
            <th scope="col">Patient</th>
            <th scope="col">Payer</th>
            <th scope="col">State</th>
            <th scope="col">Visits left</th>
            <th scope="col">Runs out</th>
            <th scope="col">Act by</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((item) => this.#row(item))}
        </tbody>
      </table>
    </div>`;
  }

  #row(item: AuthorizationLine): TemplateResult {
    const { projection } = item;
    const left = projection?.visits.left ?? null;
    const approved = projection?.visits.approved ?? null;
    const units = projection?.units ?? null;
    const actBy = projection?.actBy ?? null;
    const late = actBy !== null && actBy < this.today;
    return html`<tr class="row">
      <td>
        <a class="row-link" href=${paths.authorization(item.ref)}>${item.patientName ?? 'Name not available'}</a>
      </td>
      <td data-label="Payer">${item.payer?.name ?? 'unknown'}</td>
      <td data-label="State">${standingInWords(item.state, item.projection)}</td>
      <td data-label="Visits left">
        ${left === null ? 'unknown' : left}${approved === null
          ? nothing
          : html`<span class="soft"> of ${approved}</span>`}${units === null || units.approved === null
          ? nothing
          : html`<span class="under">${units.left ?? 'unknown'} of ${units.approved} units</span>`}
      </td>
      <td class="nowrap" data-label="Runs out">
        ${projection?.runsOutOn ? dayInWords(projection.runsOutOn, this.today) : '–'}
      </td>
      <td class="nowrap" data-label="Act by">
        ${actBy === null
          ? '–'
          : html`<span class="due ${late ? 'overdue' : actBy === this.today ? 'today' : ''}"
                >${dayInWords(actBy, this.today)}</span
              >
              <span class="under">${distanceInWords(actBy, this.today)}</span>`}
      </td>
    </tr>`;
  }
}

customElements.define('gait-authorizations', Authorizations);
