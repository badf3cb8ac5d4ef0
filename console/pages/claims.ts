// The claim board: where every claim stands, how old it is, what it may still bring in, and what was found against it.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import {
  amountInWords,
  claimStateInWords,
  standingInWords,
  stateMarkOf,
  stateOrder,
  sumInWords,
} from '../claim-words.ts';
import type { ClaimLife, ClaimLineOfBoard, ClaimList } from '../claims.ts';
import { dateInZone, dayInWords, distanceInWords } from '../dates.ts';
import { claimTabs } from '../parts/claim-tabs.ts';
import { emptyPanel, nothingMatches } from '../parts/empty-panel.ts';
import type { NothingHere } from '../parts/empty-panel.ts';
import { PageElement } from '../parts/page.ts';
import { fits, searchField } from '../parts/search-field.ts';
import { segmented } from '../parts/segmented.ts';
import { paths } from '../router.ts';

const filters = [
  ['all', 'All'],
  ['blocked', 'To fix'],
  ['findings', 'With findings'],
  ['clean', 'Clean'],
  ['closed', 'Closed'],
] as const;

type Shown = (typeof filters)[number][0];

const nothingHere: Record<Shown, NothingHere> = {
  all: ['No claim is open', 'Claims appear when a flow imports the claim files of the billing software.'],
  blocked: ['No claim must be fixed', 'Nothing that was checked would be refused for a reason Gait knows.'],
  findings: ['Nothing stands against any claim', 'Claims without findings are under Clean.'],
  clean: ['No checked claim is clean', 'A claim is clean when it was checked and nothing stands against it.'],
  closed: ['No claim is closed', 'A claim is closed when it is paid, written off or taken back.'],
};

const orders = [
  ['age', 'Oldest service'],
  ['money', 'Most money'],
] as const;

class Claims extends PageElement {
  static override properties = {
    list: { state: true },
    show: { state: true },
    inState: { state: true },
    order: { state: true },
    search: { state: true },
  };
  declare list: ClaimList | null;
  declare show: Shown;
  /** The words of a state; empty: every one. */
  declare inState: string;
  declare order: (typeof orders)[number][0];
  declare search: string;

  constructor() {
    super();
    this.list = null;
    this.show = 'all';
    this.inState = '';
    this.order = 'age';
    this.search = '';
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const { show } = this;
    await this.attempt(async () => {
      const list = await this.shell.api.claims.claims(show === 'closed' ? 'closed' : 'open');
      if (show === this.show) this.list = list;
    });
  }

  #pick(show: Shown): void {
    const isOther = (show === 'closed') !== (this.show === 'closed');
    this.show = show;
    this.inState = '';
    if (!isOther) return;
    this.list = null;
    void this.#load();
  }

  #ofFilter(items: readonly ClaimLineOfBoard[]): readonly ClaimLineOfBoard[] {
    switch (this.show) {
      case 'blocked':
        return items.filter(({ findings }) => (findings?.blocks ?? 0) > 0);
      case 'findings':
        return items.filter(({ findings }) => hasOpen(findings));
      case 'clean':
        return items.filter(({ findings, checkedAt }) => checkedAt !== null && !hasOpen(findings));
      case 'all':
      case 'closed':
        return items;
    }
  }

  protected override render(): TemplateResult {
    const items = this.#ofFilter(this.list?.items ?? []);
    const shown = items
      .filter((item) => this.inState === '' || claimStateInWords(stateOf(item)) === this.inState)
      .filter((item) =>
        fits(this.search, [
          item.patientName,
          item.payer,
          standingInWords(item.findings),
          claimStateInWords(stateOf(item)),
        ]),
      );
    const risk = sumInWords(shown.map(({ atRiskCents }) => atRiskCents));
    return html`<div class="page-head">
        <div>
          <h1>Claims</h1>
          <p class="soft" role="status">
            ${this.list === null
              ? this.failure === null
                ? 'Loading …'
                : ''
              : `${shown.length} of ${this.list.items.length} shown · at risk ${risk}${
                  this.list.more ? ' · there are more; these are the oldest' : ''
                }`}
          </p>
        </div>
      </div>
      ${claimTabs('claims', this.shell.session)} ${this.failureNotice(() => void this.#load())}
      <div class="toolbar" role="search">
        ${segmented({
          label: 'Which claims',
          choices: filters,
          chosen: this.show,
          onChoose: (show) => this.#pick(show),
        })}
        ${segmented({
          label: 'In which order',
          choices: orders,
          chosen: this.order,
          onChoose: (order) => {
            this.order = order;
          },
        })}
        ${searchField({
          id: 'claim-search',
          hint: 'Search name, payer, state, findings',
          search: this.search,
          onSearch: (search) => {
            this.search = search;
          },
        })}
      </div>
      ${this.list === null
        ? nothing
        : html`${items.length === 0 ? nothing : this.#totals(items)}
          ${shown.length === 0
            ? emptyPanel(items.length === 0 ? nothingHere[this.show] : nothingMatches)
            : this.#table(this.#sorted(shown))}`}`;
  }

  /** An amount nobody knows may be a large one: it stands in front. */
  #sorted(shown: readonly ClaimLineOfBoard[]): readonly ClaimLineOfBoard[] {
    if (this.order === 'age') return shown;
    const money = ({ atRiskCents }: ClaimLineOfBoard): number => atRiskCents ?? Number.POSITIVE_INFINITY;
    return shown.toSorted((one, other) => {
      const [a, b] = [money(one), money(other)];
      return a === b ? 0 : b - a;
    });
  }

  /** How many claims stand where, and what they may bring in; a press narrows the list to them. */
  #totals(items: readonly ClaimLineOfBoard[]): TemplateResult {
    const states = [...Map.groupBy(items, stateOf)].sort(([one], [other]) => stateOrder(one) - stateOrder(other));
    return html`<div class="state-totals" role="group" aria-label="Claims by state">
      ${states.map(([state, own]) => {
        const words = claimStateInWords(state);
        const isChosen = this.inState === words;
        return html`<button
          type="button"
          aria-pressed=${isChosen ? 'true' : 'false'}
          @click=${() => {
            this.inState = isChosen ? '' : words;
          }}
        >
          <span>${words}</span> <strong>${own.length}</strong>
          <span class="soft">${sumInWords(own.map(({ atRiskCents }) => atRiskCents))}</span>
        </button>`;
      })}
    </div>`;
  }

  #table(shown: readonly ClaimLineOfBoard[]): TemplateResult {
    return html`<div class="panel table-wrap" tabindex="0" role="region" aria-label="Claims">
      <table class="rows dense">
        <caption class="visually-hidden">
          Claims with their state, age and the money at risk
        </caption>
        <thead>
          <tr>
            <th scope="col">Patient</th>
            <th scope="col">Payer</th>
            <th scope="col">State</th>
            <th scope="col">Service</th>
            <th scope="col">Sent</th>
            <th scope="col" class="number">Charge</th>
            <th scope="col" class="number">At risk</th>
            <th scope="col">Stands against it</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((item) => this.#row(item))}
        </tbody>
      </table>
    </div>`;
  }

  #row(item: ClaimLineOfBoard): TemplateResult {
    const { from, findings, life } = item;
    const mark =
      item.checkedAt === null ? '' : (findings?.blocks ?? 0) > 0 ? 'danger' : hasOpen(findings) ? 'warn' : 'good';
    const sentOn = this.#dayOf(life?.sentAt ?? null);
    const due = this.#dayOf(life?.dueBy ?? null);
    return html`<tr class="row">
      <td>
        <a class="row-link" href=${paths.claim(item.claimRef)}>${item.patientName ?? 'Name not available'}</a>
      </td>
      <td data-label="Payer">${item.payer}</td>
      <td data-label="State">
        <span class="mark ${stateMarkOf(stateOf(item))}">${claimStateInWords(stateOf(item))}</span>
        ${due === null
          ? nothing
          : html`<span class="under ${due < this.today ? 'due overdue' : ''}"
              >until ${dayInWords(due, this.today)}</span
            >`}
      </td>
      <td class="nowrap" data-label="Service">${this.#age(from)}</td>
      <td class="nowrap" data-label="Sent">${sentOn === null ? '–' : this.#age(sentOn)}</td>
      <td class="nowrap number" data-label="Charge">${amountInWords(item.chargeCents)}</td>
      <td class="nowrap number" data-label="At risk">
        <strong>${amountInWords(item.atRiskCents)}</strong>
      </td>
      <td data-label="Stands against it">
        <span class="marks">
          <span class="mark ${mark}">${item.checkedAt === null ? 'not checked' : standingInWords(findings)}</span>
          ${item.checkedAt !== null && !item.isChecked ? html`<span class="mark warn">changed since</span>` : nothing}
          ${item.workItem === null ? nothing : html`<span class="mark accent">open item</span>`}
        </span>
      </td>
    </tr>`;
  }

  #dayOf(instant: string | null): string | null {
    return instant === null ? null : dateInZone(new Date(instant), this.zone);
  }

  #age(day: string | null): TemplateResult {
    if (day === null) return html`unknown`;
    return html`${dayInWords(day, this.today)} <span class="under">${distanceInWords(day, this.today)}</span>`;
  }
}

function stateOf({ life }: ClaimLineOfBoard): ClaimLife['state'] | null {
  return life?.state ?? null;
}

function hasOpen(findings: ClaimLineOfBoard['findings']): boolean {
  return findings !== null && findings.blocks + findings.warns + findings.asks > 0;
}

customElements.define('gait-claims', Claims);
