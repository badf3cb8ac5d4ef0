// One authorization: when it runs out and why, as a picture, as a table, and what happened so far.
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { AuthorizationPage, Period } from '../api.ts';
import { dayInWords, instantInWords } from '../dates.ts';
import '../parts/copy-button.ts';
import { history } from '../parts/history.ts';
import { figureTable } from '../parts/figure-table.ts';
import { clinicName, PageElement } from '../parts/page.ts';
import '../parts/timeline-picture.ts';
import { paths } from '../router.ts';
import { itemStatusInWords, kindInWords, quantityInWords, standingInWords, statusInWords } from '../words.ts';

const bases: Record<string, string> = {
  regulation: 'by regulation',
  contract: 'by contract',
  clinicHorizon: 'turnaround unknown; the clinic’s own horizon',
};

class Authorization extends PageElement {
  static override properties = { ref: { attribute: false }, page: { state: true } };
  declare ref: string;
  declare page: AuthorizationPage | null;

  constructor() {
    super();
    this.ref = '';
    this.page = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('ref')) return;
    this.page = null;
    void this.#load();
  }

  async #load(): Promise<void> {
    const ref = this.ref;
    await this.attempt(async () => {
      const page = await this.shell.api.authorizations.authorization(ref);
      if (ref === this.ref) this.page = page;
    });
  }

  protected override render(): TemplateResult {
    return html`<a class="crumb" href=${paths.authorizations}>← Authorizations</a> ${this.page === null
        ? html`${this.failureNotice(() => void this.#load())}
          ${this.failure === null
            ? html`<h1 class="visually-hidden">Authorization</h1>
                <p class="loading" role="status">Loading …</p>`
            : nothing}`
        : this.#content(this.page)}`;
  }

  #content(page: AuthorizationPage): TemplateResult {
    const { projection } = page;
    return html`<div class="page-head">
        <div>
          <h1>${page.patientName ?? 'Authorization'}</h1>
          <p class="item-meta">
            <span>${page.payer?.name ?? 'Payer unknown'}</span
            ><span class="mark">${standingInWords(page.state, projection)}</span>
          </p>
          <p class="print-only small">
            ${clinicName(this.shell.session)} · printed
            ${instantInWords(this.shell.now().toISOString(), this.shell.now(), this.zone)} by
            ${this.shell.session.user.displayName}
          </p>
        </div>
        <div class="buttons">
          <button class="button" @click=${() => window.print()}>Print the history</button>
        </div>
      </div>
      ${page.patientStatus === undefined ? nothing : this.#patientStatus(page.patientStatus)}
      ${projection ? this.#figures(page) : nothing}
      <section class="panel" aria-labelledby="picture-title">
        <div class="panel-head"><h2 id="picture-title">Timeline</h2></div>
        <div class="panel-body">
          ${projection ? html`<p>${projection.reason}</p>` : nothing}
          <gait-timeline-picture
            .input=${{ today: this.today, periods: page.periods, visits: page.appointments, projection }}
          ></gait-timeline-picture>
        </div>
      </section>
      <section class="panel" aria-labelledby="table-title">
        <div class="panel-head"><h2 id="table-title">The same as a table</h2></div>
        <div class="table-wrap" tabindex="0" role="region" aria-labelledby="table-title">
          ${this.#periods(page.periods)}
        </div>
        <div class="panel-body">
          <details>
            <summary>Visits (${page.appointments.length})</summary>
            ${this.#visits(page)}
          </details>
        </div>
      </section>
      ${this.#outcomes(page.outcomes ?? [])} ${this.#workItems(page.workItems ?? [])}
      <section class="panel" aria-labelledby="history-title">
        <div class="panel-head"><h2 id="history-title">What happened so far</h2></div>
        <div class="panel-body">
          ${page.timeline.length === 0
            ? html`<p class="soft">Nothing yet.</p>`
            : history(page.timeline, this.shell.session, this.shell.now())}
        </div>
      </section>`;
  }

  #patientStatus(sentence: string): TemplateResult {
    return html`<section class="panel" aria-labelledby="patient-title">
      <div class="panel-head">
        <h2 id="patient-title">What the patient may be told</h2>
        <gait-copy-button .text=${sentence} .what=${'what the patient may be told'}></gait-copy-button>
      </div>
      <div class="panel-body"><p>${sentence}</p></div>
    </section>`;
  }

  #workItems(items: NonNullable<AuthorizationPage['workItems']>): TemplateResult | typeof nothing {
    if (items.length === 0) return nothing;
    return html`<section class="panel" aria-labelledby="items-title">
      <div class="panel-head"><h2 id="items-title">Work items</h2></div>
      <ul class="panel-body item-links">
        ${items.map(
          ({ id, kind, title, status }) =>
            html`<li>
              <a href=${paths.workItem(id)}>${title}</a>
              <span class="soft">${kindInWords(kind)} · ${itemStatusInWords(status)}</span>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #figures(page: AuthorizationPage): TemplateResult | typeof nothing {
    const { projection } = page;
    if (projection === null) return nothing;
    const { visits, units, turnaround } = projection;
    const count = (value: number | null): string => (value === null ? 'unknown' : String(value));
    const figure = (label: string, value: string, words = false): TemplateResult =>
      html`<div>
        <dt>${label}</dt>
        <dd class=${words ? 'words' : nothing}>${value}</dd>
      </div>`;
    return html`<dl class="panel figures">
      ${figure('Visits approved', count(visits.approved))}
      ${figure('Used', count(visits.approved === null ? null : visits.used))} ${figure('Booked', count(visits.booked))}
      ${figure('Left', count(visits.left))}
      ${units.approved === null
        ? nothing
        : html`${figure('Units approved', count(units.approved))} ${figure('Units used', count(units.used))}
          ${figure('Units left', count(units.left))}`}
      ${figure(
        'Runs out',
        projection.runsOutOn ? dayInWords(projection.runsOutOn, this.today) : statusInWords(projection.state),
        true,
      )}
      ${figure('Act by', projection.actBy ? dayInWords(projection.actBy, this.today) : '–', true)}
      ${figure(
        'Payer takes',
        `${turnaround.days === null ? 'unknown' : `${turnaround.days} days`}${bases[turnaround.basis] ? ` (${bases[turnaround.basis]})` : ''}`,
        true,
      )}
    </dl>`;
  }

  #periods(periods: readonly Period[]): TemplateResult {
    if (periods.length === 0) return html`<p class="panel-body soft">Nothing has been requested yet.</p>`;
    return html`<table class="rows">
      <thead>
        <tr>
          <th scope="col">Period</th>
          <th scope="col">Dates</th>
          <th scope="col">Requested</th>
          <th scope="col">Approved</th>
          <th scope="col">State</th>
          <th scope="col">Number</th>
        </tr>
      </thead>
      <tbody>
        ${periods.map(
          (period) =>
            html`<tr class="row">
              <th scope="row" class="nowrap">${period.sequence} · ${statusInWords(period.kind)}</th>
              <td data-label="Dates" class="nowrap">
                ${dayInWords(period.from, this.today)} to ${dayInWords(period.to, this.today)}
              </td>
              <td data-label="Requested" class="nowrap">${quantityInWords(period.requested)}</td>
              <td data-label="Approved" class="nowrap">
                ${['approved', 'partlyApproved'].includes(period.status) ? quantityInWords(period.approved) : '–'}
              </td>
              <td data-label="State">${statusInWords(period.status)}</td>
              <td data-label="Number">${period.payerNumber ?? statusInWords(period.number)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #outcomes(scores: NonNullable<AuthorizationPage['outcomes']>): TemplateResult | typeof nothing {
    if (scores.length === 0) return nothing;
    return figureTable({
      title: 'Outcome scores',
      note: 'As the systems tell them.',
      words: 3,
      columns: ['Measure', 'Day', 'System', 'Score'],
      rows: scores.map(({ measure, date, connection, score }) => [
        measure,
        dayInWords(date, this.today),
        connection,
        String(score),
      ]),
    });
  }

  #visits(page: AuthorizationPage): TemplateResult {
    const uncovered = page.projection?.firstUncoveredVisit?.date ?? null;
    return html`<table class="facts">
      <thead>
        <tr>
          <th scope="col">Date</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        ${page.appointments.map(
          (visit) =>
            html`<tr>
              <th scope="row">${dayInWords(visit.date, this.today)}</th>
              <td>
                ${visit.status}${visit.status === 'booked' && uncovered !== null && visit.date >= uncovered
                  ? html` · <strong>not covered</strong>`
                  : nothing}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

customElements.define('gait-authorization', Authorization);
