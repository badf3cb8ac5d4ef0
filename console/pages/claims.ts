// The claim board: what stands against each claim before it goes to the payer, the oldest day of service on top.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { moneyInWords } from '../benefit-words.ts';
import { standingInWords } from '../claims.ts';
import type { ClaimFilter, ClaimLineOfBoard, RuleRecord } from '../claims.ts';
import { dayInWords, distanceInWords } from '../dates.ts';
import { emptyPanel, nothingMatches } from '../parts/empty-panel.ts';
import type { NothingHere } from '../parts/empty-panel.ts';
import { PageElement } from '../parts/page.ts';
import { fits, searchField } from '../parts/search-field.ts';
import { segmented } from '../parts/segmented.ts';
import { paths } from '../router.ts';

const filters: readonly (readonly [ClaimFilter, string])[] = [
  ['all', 'All'],
  ['blocked', 'To fix'],
  ['findings', 'With findings'],
  ['clean', 'Clean'],
];

const nothingHere: Record<ClaimFilter, NothingHere> = {
  all: ['No claims have come in yet', 'They appear when a flow imports the claim files of the billing software.'],
  blocked: ['No claim must be fixed', 'Nothing that was checked would be refused for a reason Gait knows.'],
  findings: ['Nothing stands against any claim', 'Claims without findings are under Clean.'],
  clean: ['No checked claim is clean', 'A claim is clean when it was checked and nothing stands against it.'],
};

class Claims extends PageElement {
  static override properties = {
    items: { state: true },
    rules: { state: true },
    show: { state: true },
    search: { state: true },
  };
  declare items: readonly ClaimLineOfBoard[] | null;
  declare rules: readonly RuleRecord[];
  declare show: ClaimFilter;
  declare search: string;

  constructor() {
    super();
    this.items = null;
    this.rules = [];
    this.show = 'all';
    this.search = '';
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const { api } = this.shell;
    const show = this.show;
    await this.attempt(async () => {
      const [items, rules] = await Promise.all([api.claims(show), api.ruleRecords()]);
      if (show !== this.show) return;
      this.items = items;
      this.rules = rules;
    });
  }

  #pick(show: ClaimFilter): void {
    this.show = show;
    this.items = null;
    void this.#load();
  }

  protected override render(): TemplateResult {
    const shown = (this.items ?? []).filter((item) =>
      fits(this.search, [item.patientName, item.payer, standingInWords(item.findings)]),
    );
    return html`<div class="page-head">
        <div>
          <h1>Claims</h1>
          <p class="soft" role="status">
            ${this.items === null
              ? this.failure === null
                ? 'Loading …'
                : ''
              : `${shown.length} of ${this.items.length} shown, the oldest day of service on top`}
          </p>
        </div>
      </div>
      ${this.failureNotice(() => void this.#load())}
      <div class="toolbar" role="search">
        ${segmented({
          label: 'Which claims',
          choices: filters,
          chosen: this.show,
          onChoose: (show) => this.#pick(show),
        })}
        ${searchField({
          id: 'claim-search',
          hint: 'Search name, payer, findings',
          search: this.search,
          onSearch: (search) => {
            this.search = search;
          },
        })}
      </div>
      ${this.items === null
        ? nothing
        : shown.length === 0
          ? emptyPanel(this.items.length === 0 ? nothingHere[this.show] : nothingMatches)
          : this.#table(shown)}
      ${this.rules.length === 0 ? nothing : this.#rules()}`;
  }

  #table(shown: readonly ClaimLineOfBoard[]): TemplateResult {
    return html`<div class="panel table-wrap" tabindex="0" role="region" aria-label="Claims">
      <table class="rows">
        <caption class="visually-hidden">
          Claims by their day of service
        </caption>
        <thead>
          <tr>
            <th scope="col">Patient</th>
            <th scope="col">Service</th>
            <th scope="col">Payer</th>
            <th scope="col">Charge</th>
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
    const { from, chargeCents, findings } = item;
    const mark =
      item.checkedAt === null ? '' : (findings?.blocks ?? 0) > 0 ? 'danger' : hasOpen(findings) ? 'warn' : 'good';
    return html`<tr class="row">
      <td><a class="row-link" href=${paths.claim(item.claimRef)}>${item.patientName ?? 'Name not available'}</a></td>
      <td class="nowrap" data-label="Service">
        ${from === null
          ? 'unknown'
          : html`${dayInWords(from, this.today)} <span class="under">${distanceInWords(from, this.today)}</span>`}
      </td>
      <td data-label="Payer">${item.payer}</td>
      <td class="nowrap" data-label="Charge">
        ${chargeCents === null ? 'unknown' : moneyInWords(chargeCents)}
        <span class="under">${item.lines} ${item.lines === 1 ? 'line' : 'lines'}</span>
      </td>
      <td data-label="Stands against it">
        <span class="marks">
          <span class="mark ${mark}">${item.checkedAt === null ? 'not checked' : standingInWords(findings)}</span>
          ${item.checkedAt !== null && !item.isChecked ? html`<span class="mark warn">changed since</span>` : nothing}
          ${item.workItem === null ? nothing : html`<span class="mark accent">in review</span>`}
        </span>
      </td>
    </tr>`;
  }

  #rules(): TemplateResult {
    return html`<section class="panel" aria-labelledby="rules-title">
      <div class="panel-head">
        <h2 id="rules-title">How the rules do</h2>
        <span class="small soft">A rule that is overridden more often than heeded should be looked at</span>
      </div>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" class="number">Found</th>
            <th scope="col" class="number">Fixed</th>
            <th scope="col" class="number">Overridden</th>
            <th scope="col" class="number">Open</th>
          </tr>
        </thead>
        <tbody>
          ${this.rules.map(
            ({ rule, variant, fired, fixed, overridden, open }) =>
              html`<tr>
                <td>${rule}${variant === null ? nothing : html`<span class="under">${variant}</span>`}</td>
                <td class="number" data-label="Found">${fired}</td>
                <td class="number" data-label="Fixed">${fixed}</td>
                <td class="number" data-label="Overridden">${overridden}</td>
                <td class="number" data-label="Open">${open}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }
}

function hasOpen(findings: ClaimLineOfBoard['findings']): boolean {
  return findings !== null && findings.blocks + findings.warns + findings.asks > 0;
}

customElements.define('gait-claims', Claims);
