// Every remittance that came in: what was posted, and what waits for a person, to the cent.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { amountInWords } from '../claim-words.ts';
import { dayInWords, instantInWords } from '../dates.ts';
import { claimTabs } from '../parts/claim-tabs.ts';
import { emptyPanel, nothingMatches } from '../parts/empty-panel.ts';
import type { NothingHere } from '../parts/empty-panel.ts';
import { PageElement } from '../parts/page.ts';
import { fits, searchField } from '../parts/search-field.ts';
import { segmented } from '../parts/segmented.ts';
import { postingInWords, postingMark, whyInWords } from '../remittances.ts';
import type { RemittanceOfList } from '../remittances.ts';
import { paths } from '../router.ts';

const filters = [
  ['all', 'All'],
  ['waiting', 'To decide'],
  ['posted', 'Posted'],
  ['setAside', 'Set aside'],
] as const;

type Shown = (typeof filters)[number][0];

const nothingHere: Record<Shown, NothingHere> = {
  all: ['No remittance has come in yet', 'They appear when a flow fetches the remittances of a clearinghouse.'],
  waiting: ['No payment waits for a person', 'Every payment that came in was posted or set aside.'],
  posted: ['Nothing is posted yet', 'A remittance is posted when its claims are found and it balances.'],
  setAside: ['Nothing is set aside', 'What a person decided not to post stands here with the reason.'],
};

class Remittances extends PageElement {
  static override properties = {
    items: { state: true },
    next: { state: true },
    show: { state: true },
    search: { state: true },
  };
  declare items: readonly RemittanceOfList[] | null;
  /** Where the next page begins; null: there is none. */
  declare next: string | null;
  declare show: Shown;
  declare search: string;

  constructor() {
    super();
    this.items = null;
    this.next = null;
    this.show = 'all';
    this.search = '';
  }

  protected override firstUpdated(): void {
    void this.#load(null);
  }

  async #load(before: string | null): Promise<void> {
    const { show } = this;
    // What waits is held as a whole, or posted but for some of its payments.
    const state = show === 'posted' || show === 'setAside' ? show : null;
    await this.attempt(async () => {
      const { remittances, next } = await this.shell.api.claims.remittances(state, before);
      if (show !== this.show) return;
      this.items = [...(before === null ? [] : (this.items ?? [])), ...remittances];
      this.next = next;
    });
  }

  #pick(show: Shown): void {
    this.show = show;
    this.items = null;
    void this.#load(null);
  }

  protected override render(): TemplateResult {
    const items = (this.items ?? []).filter(
      ({ state, unmatched }) => this.show !== 'waiting' || state === 'held' || unmatched > 0,
    );
    const shown = items.filter(({ payer, state, amountCents, findings }) =>
      fits(this.search, [
        payer.name,
        payer.id,
        postingInWords(state),
        amountInWords(amountCents),
        whyInWords(findings.map(({ code }) => code)),
      ]),
    );
    return html`<div class="page-head">
        <div>
          <h1>Remittances</h1>
          <p class="soft" role="status">
            ${this.items === null
              ? this.failure === null
                ? 'Loading …'
                : ''
              : `${shown.length} shown, the newest on top${this.next === null ? '' : ' · there are older ones'}`}
          </p>
        </div>
      </div>
      ${claimTabs('remittances', this.shell.session)} ${this.failureNotice(() => void this.#load(null))}
      <div class="toolbar" role="search">
        ${segmented({
          label: 'Which remittances',
          choices: filters,
          chosen: this.show,
          onChoose: (show) => this.#pick(show),
        })}
        ${searchField({
          id: 'remittance-search',
          hint: 'Search payer, amount, state',
          search: this.search,
          onSearch: (search) => {
            this.search = search;
          },
        })}
      </div>
      ${this.items === null
        ? nothing
        : shown.length === 0
          ? emptyPanel(items.length === 0 ? nothingHere[this.show] : nothingMatches)
          : this.#table(shown)}
      ${this.next === null
        ? nothing
        : html`<p><button class="button" @click=${() => void this.#load(this.next)}>Show older ones</button></p>`}`;
  }

  #table(shown: readonly RemittanceOfList[]): TemplateResult {
    return html`<div class="panel table-wrap" tabindex="0" role="region" aria-label="Remittances">
      <table class="rows dense">
        <caption class="visually-hidden">
          Remittances, the newest on top
        </caption>
        <thead>
          <tr>
            <th scope="col">Payer</th>
            <th scope="col">Paid on</th>
            <th scope="col" class="number">Payment</th>
            <th scope="col" class="number">Claims</th>
            <th scope="col">State</th>
            <th scope="col">Received</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((item) => this.#row(item))}
        </tbody>
      </table>
    </div>`;
  }

  #row(item: RemittanceOfList): TemplateResult {
    const { remittance, payer, paidOn, producedOn, amountCents, claims, state, unmatched, findings } = item;
    return html`<tr class="row">
      <td><a class="row-link" href=${paths.remittance(remittance)}>${payer.name ?? payer.id}</a></td>
      <td class="nowrap" data-label="Paid on">${dayInWords(paidOn ?? producedOn, this.today)}</td>
      <td class="nowrap number" data-label="Payment"><strong>${amountInWords(amountCents)}</strong></td>
      <td class="number" data-label="Claims">${claims}</td>
      <td data-label="State">
        <span class="marks">
          <span class="mark ${postingMark(state)}">${postingInWords(state)}</span>
          ${unmatched === 0
            ? nothing
            : html`<span class="mark danger"
                >${unmatched} without a claim · ${amountInWords(item.unmatchedCents)}</span
              >`}
        </span>
        ${findings.length === 0
          ? nothing
          : html`<span class="under">${whyInWords(findings.map(({ code }) => code))}</span>`}
      </td>
      <td class="nowrap" data-label="Received">${instantInWords(item.receivedAt, this.shell.now(), this.zone)}</td>
    </tr>`;
  }
}

customElements.define('gait-remittances', Remittances);
