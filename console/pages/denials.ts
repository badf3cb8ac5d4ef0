// The denial workbench: what payers denied, by what is to be done about it, with the money and the last day to act.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import {
  amountInWords,
  claimStateInWords,
  denialClassInWords,
  denialGroups,
  stateMarkOf,
  sumInWords,
} from '../claim-words.ts';
import type { DenialLine } from '../claims.ts';
import { dayInWords, distanceInWords } from '../dates.ts';
import { claimTabs } from '../parts/claim-tabs.ts';
import { emptyPanel, nothingMatches } from '../parts/empty-panel.ts';
import { PageElement } from '../parts/page.ts';
import { fits, searchField } from '../parts/search-field.ts';
import { paths } from '../router.ts';

class Denials extends PageElement {
  static override properties = { items: { state: true }, search: { state: true } };
  declare items: readonly DenialLine[] | null;
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
      this.items = await this.shell.api.claims.denials();
    });
  }

  protected override render(): TemplateResult {
    const shown = (this.items ?? []).filter((item) =>
      fits(this.search, [
        item.patientName,
        item.payer,
        denialClassInWords(item.class),
        item.group,
        item.reason.code,
        item.reason.meaning,
        ...item.remarks.map(({ code }) => code),
      ]),
    );
    return html`<div class="page-head">
        <div>
          <h1>Denials</h1>
          <p class="soft" role="status">
            ${this.items === null
              ? this.failure === null
                ? 'Loading …'
                : ''
              : `${shown.length} of ${this.items.length} shown · denied ${sumInWords(
                  shown.map(({ deniedCents }) => deniedCents),
                )}`}
          </p>
        </div>
      </div>
      ${claimTabs('denials', this.shell.session)} ${this.failureNotice(() => void this.#load())}
      <div class="toolbar" role="search">
        ${searchField({
          id: 'denial-search',
          hint: 'Search name, payer, code',
          search: this.search,
          onSearch: (search) => {
            this.search = search;
          },
        })}
      </div>
      ${this.items === null
        ? nothing
        : shown.length === 0
          ? emptyPanel(
              this.items.length === 0
                ? ['Nothing is denied', 'Denials appear here when a remittance or a payer’s answer tells of one.']
                : nothingMatches,
            )
          : this.#table(shown)}`;
  }

  #table(shown: readonly DenialLine[]): TemplateResult {
    const known: readonly string[] = denialGroups.flatMap(({ deeds }) => [...deeds]);
    const groups = denialGroups.map(({ id, title, deeds }) => {
      const own: readonly string[] = deeds;
      // What nobody told Gait how to answer is read by a person.
      const items = shown.filter(
        ({ whatToDo }) => own.includes(whatToDo) || (id === 'ask' && !known.includes(whatToDo)),
      );
      return { id, title, items };
    });
    return html`<div class="panel table-wrap" tabindex="0" role="region" aria-label="Denials">
      <table class="rows dense">
        <caption class="visually-hidden">
          Denied claims by what is to be done, the last day to act in front
        </caption>
        <thead>
          <tr>
            <th scope="col">Patient</th>
            <th scope="col">Payer</th>
            <th scope="col">Why</th>
            <th scope="col" class="number">Denied</th>
            <th scope="col">Last day to act</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        ${groups
          .filter(({ items }) => items.length > 0)
          .map(
            ({ title, items }) =>
              html`<tbody>
                <tr class="group-head">
                  <th colspan="6" scope="rowgroup">
                    ${title}<span class="count"
                      >${items.length}<span class="visually-hidden"> claims</span> ·
                      ${sumInWords(items.map(({ deniedCents }) => deniedCents))}</span
                    >
                  </th>
                </tr>
                ${items.map((item) => this.#row(item))}
              </tbody>`,
          )}
      </table>
    </div>`;
  }

  #row(item: DenialLine): TemplateResult {
    const { reason, remarks, decideBy, workItem } = item;
    const late = decideBy !== null && decideBy < this.today;
    return html`<tr>
      <td>
        <a href=${paths.claim(item.claimRef)}><strong>${item.patientName ?? 'Name not available'}</strong></a>
        <span class="under">${item.from === null ? 'day unknown' : dayInWords(item.from, this.today)}</span>
      </td>
      <td data-label="Payer">${item.payer}</td>
      <td data-label="Why">
        <span class="mark">${denialClassInWords(item.class)}</span>
        ${reason.code === ''
          ? html`<span class="under">no reason was told</span>`
          : html`<span class="under"
              ><strong>${item.group}-${reason.code}</strong> ${reason.meaning ?? 'no words for this reason'}
              ${reason.fix ?? ''}</span
            >`}
        ${remarks.map(
          ({ code, meaning }) =>
            html`<span class="under"><strong>${code}</strong> ${meaning ?? 'no words for this remark'}</span>`,
        )}
      </td>
      <td class="nowrap number" data-label="Denied">
        <strong>${amountInWords(item.deniedCents)}</strong>
        <span class="under">of ${amountInWords(item.chargeCents)}</span>
      </td>
      <td class="nowrap" data-label="Last day to act">
        ${decideBy === null
          ? html`not known <span class="under">look into the contract</span>`
          : html`<span class="due ${late ? 'overdue' : decideBy === this.today ? 'today' : ''}"
                >${dayInWords(decideBy, this.today)}</span
              >
              <span class="under">${distanceInWords(decideBy, this.today)}</span>`}
      </td>
      <td data-label="Now">
        <span class="mark ${stateMarkOf(item.state)}">${claimStateInWords(item.state)}</span>
        ${workItem === null
          ? html`<span class="under">no open item</span>`
          : html`<a class="button small" href=${paths.workItem(workItem.id)}
              >Decide …<span class="visually-hidden"> for ${item.patientName ?? 'this claim'}</span></a
            >`}
      </td>
    </tr>`;
  }
}

customElements.define('gait-denials', Denials);
