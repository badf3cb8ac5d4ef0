// One remittance to the cent: what was posted to which claim, and each payment that waits, with the claims it may be for.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { amountInWords } from '../claim-words.ts';
import { dayInWords, instantInWords } from '../dates.ts';
import { ledgerHead, ledgerRow } from '../parts/claim-money.ts';
import { PageElement } from '../parts/page.ts';
import { ledgerKindInWords, postingInWords, postingMark, whyInWords } from '../remittances.ts';
import type { PaidClaim, RemittancePage } from '../remittances.ts';
import { paths } from '../router.ts';

class RemittanceView extends PageElement {
  static override properties = { remittance: { attribute: false }, page: { state: true } };
  /** The reference in the address. */
  declare remittance: string;
  declare page: RemittancePage | null;

  constructor() {
    super();
    this.remittance = '';
    this.page = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.page = await this.shell.api.claims.remittance(this.remittance);
    });
  }

  protected override render(): TemplateResult {
    const { page } = this;
    return html`<p class="back"><a href=${paths.remittances}>← Remittances</a></p>
      ${this.failureNotice(() => void this.#load())}
      ${page === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : this.#whole(page)}`;
  }

  #whole(page: RemittancePage): TemplateResult {
    const waiting = page.items.filter(({ state }) => state === 'unmatched' || state === 'held');
    const others = page.items.filter((item) => !waiting.includes(item));
    const { claimsCents, providerCents, notPostedCents } = page.totals;
    const figures: readonly (readonly [string, number | null])[] = [
      ['Payment', page.amountCents],
      ['Posted to claims', claimsCents],
      ['Apart from claims', providerCents],
      ['Not posted', notPostedCents],
    ];
    return html`<div class="page-head">
        <div>
          <h1>${page.payer.name ?? page.payer.id}</h1>
          <p class="item-meta">
            <strong>${amountInWords(page.amountCents)}</strong>
            <span>paid on ${dayInWords(page.paidOn ?? page.producedOn, this.today)}</span>
            <span class="marks"
              ><span class="mark ${postingMark(page.state)}">${postingInWords(page.state)}</span></span
            >
          </p>
          <p class="small soft">
            Received
            ${instantInWords(page.receivedAt, this.shell.now(), this.zone)}${page.postedAt === null
              ? ''
              : `, posted ${instantInWords(page.postedAt, this.shell.now(), this.zone)}`}
          </p>
        </div>
        ${page.workItem === null
          ? nothing
          : html`<div class="buttons">
              <a class="button primary" href=${paths.workItem(page.workItem.id)}>Decide about it …</a>
            </div>`}
      </div>
      ${page.findings.length === 0
        ? nothing
        : html`<div class="notice danger">
            <strong>${page.state === 'held' ? 'Nothing of it is posted' : 'What was found in it'}</strong>
            <span
              >${page.findings
                .map(({ code, segment }) => `${whyInWords([code])}${segment === null ? '' : ` (segment ${segment})`}`)
                .join('; ')}</span
            >
          </div>`}
      <section class="panel" aria-labelledby="sums-title">
        <div class="panel-head"><h2 id="sums-title">To the cent</h2></div>
        <dl class="figures">
          ${figures.map(
            ([words, cents]) =>
              html`<div>
                <dt>${words}</dt>
                <dd>${amountInWords(cents)}</dd>
              </div>`,
          )}
        </dl>
      </section>
      ${waiting.length === 0
        ? nothing
        : html`<section class="panel" aria-labelledby="waiting-title">
            <div class="panel-head">
              <h2 id="waiting-title">Payments that wait</h2>
              <span class="small soft">Nothing of them is in the books until a person says which claim it is</span>
            </div>
            <ol class="findings">
              ${waiting.map((item) => this.#waiting(item))}
            </ol>
          </section>`}
      ${others.length === 0 ? nothing : this.#claims(others)}
      ${page.provider.length === 0
        ? nothing
        : html`<section class="panel" aria-labelledby="provider-title">
            <div class="panel-head"><h2 id="provider-title">Apart from the claims</h2></div>
            <table class="rows dense">
              ${ledgerHead()}
              <tbody>
                ${page.provider.map((line) => ledgerRow(line))}
              </tbody>
            </table>
          </section>`}`;
  }

  #waiting(item: PaidClaim): TemplateResult {
    const { patientName, paidCents, chargeCents, status, why, candidates, workItem, position } = item;
    return html`<li class="finding">
      <p class="marks">
        <span class="mark ${postingMark(item.state)}">${postingInWords(item.state)}</span>
        <span class="soft">claim ${position + 1} of the remittance, status ${status ?? 'unknown'}</span>
      </p>
      <p>
        <strong>${patientName ?? 'No name told'}</strong>: paid <strong>${amountInWords(paidCents)}</strong> of
        ${amountInWords(chargeCents)}
      </p>
      ${why.length === 0 ? nothing : html`<p class="soft">${whyInWords(why)}</p>`}
      ${candidates.length === 0
        ? html`<p class="small soft">No claim of the clinic comes into question.</p>`
        : html`<table class="rows dense inset">
            <caption class="table-caption small">
              It may be for
            </caption>
            <tbody>
              ${candidates.map(
                ({ claim, number, patientName: name, from, chargeCents: charge }) =>
                  html`<tr>
                    <td><a href=${paths.claim(claim)}>${name ?? 'Name not available'}</a></td>
                    <td data-label="Number">${number ?? 'no number'}</td>
                    <td class="nowrap" data-label="Service">${dayInWords(from, this.today)}</td>
                    <td class="number" data-label="Charge">${amountInWords(charge)}</td>
                    <td class="mono small" data-label="Reference">${claim}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`}
      ${workItem === null
        ? nothing
        : html`<div class="buttons">
            <a class="button small primary" href=${paths.workItem(workItem.id)}
              >Match it or set it aside …<span class="visually-hidden">
                (${patientName ?? `claim ${position + 1}`})</span
              ></a
            >
          </div>`}
    </li>`;
  }

  #claims(items: readonly PaidClaim[]): TemplateResult {
    return html`<section class="panel" aria-labelledby="claims-title">
      <div class="panel-head"><h2 id="claims-title">Claims in it</h2></div>
      <table class="rows dense">
        <thead>
          <tr>
            <th scope="col">Patient</th>
            <th scope="col">State</th>
            <th scope="col" class="number">Charge</th>
            <th scope="col" class="number">Paid</th>
            <th scope="col" class="number">Patient owes</th>
            <th scope="col">Not paid because of</th>
          </tr>
        </thead>
        <tbody>
          ${items.map((item) => this.#claim(item))}
        </tbody>
      </table>
    </section>`;
  }

  #claim(item: PaidClaim): TemplateResult {
    const name = item.patientName ?? 'No name told';
    const adjusted = item.lines.filter(({ group }) => group !== null);
    return html`<tr>
      <td>${item.claim === null ? name : html`<a href=${paths.claim(item.claim)}>${name}</a>`}</td>
      <td data-label="State">
        <span class="mark ${postingMark(item.state)}">${postingInWords(item.state)}</span>
        ${item.why.length === 0 ? nothing : html`<span class="under">${whyInWords(item.why)}</span>`}
      </td>
      <td class="nowrap number" data-label="Charge">${amountInWords(item.chargeCents)}</td>
      <td class="nowrap number" data-label="Paid">${amountInWords(item.paidCents)}</td>
      <td class="nowrap number" data-label="Patient owes">${amountInWords(item.patientCents)}</td>
      <td data-label="Not paid">
        ${adjusted.length === 0
          ? '–'
          : adjusted.map(
              ({ group, reason, cents, kind, line }) =>
                html`<span class="under"
                  >${group}-${reason} ${amountInWords(cents)}
                  (${ledgerKindInWords(kind)}${line === null ? '' : `, line ${line}`})</span
                >`,
            )}
      </td>
    </tr>`;
  }
}

customElements.define('gait-remittance', RemittanceView);
