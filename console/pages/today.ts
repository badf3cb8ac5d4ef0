// Today: one page over all sources, each with its figures and as of when; a source that said nothing is unknown, never 0.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Today, TodayFigure, TodaySource } from '../../domain/today/today.ts';
import { amountInWords } from '../claim-words.ts';
import { clockInWords, dayInWords, instantInWords } from '../dates.ts';
import type { Recommendations } from '../outreach.ts';
import { clinicName, PageElement } from '../parts/page.ts';
import { recommendationsPanel } from '../parts/recommendations.ts';
import { paths } from '../router.ts';
import { confirmationMarks, visitStatusWords } from '../visits.ts';
import type { VisitOfDay, VisitsOfDay } from '../visits.ts';

const visitsId = 'visits-of-the-day';

class TodayElement extends PageElement {
  static override properties = { page: { state: true }, visits: { state: true }, first: { state: true } };
  declare page: Today | null;
  declare visits: VisitsOfDay | null;
  /** Null: not for the reader. */
  declare first: Recommendations | 'loading' | 'failed' | null;

  constructor() {
    super();
    this.page = null;
    this.visits = null;
    this.first = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const { api, session } = this.shell;
    if (session.user.roles.some((role) => role === 'frontDesk' || role === 'admin')) void this.#loadFirst();
    await this.attempt(async () => {
      [this.page, this.visits] = await Promise.all([api.work.today(), api.schedule.visits(this.today)]);
    });
  }

  /** It is worked out over weeks of the schedule: the figures do not wait for it. */
  async #loadFirst(): Promise<void> {
    this.first ??= 'loading';
    try {
      this.first = await this.shell.api.outreach.recommendations();
    } catch {
      this.first = 'failed';
    }
  }

  async #again(): Promise<void> {
    await this.#load();
    if (this.failure === null) this.shell.announce('The figures were read again.');
  }

  protected override render(): TemplateResult {
    const { page, visits, first } = this;
    return html`<div class="page-head">
        <div>
          <h1>Today</h1>
          <p class="soft">
            ${page === null
              ? clinicName(this.shell.session)
              : `${dayInWords(page.day, this.today)} · ${clinicName(this.shell.session)} · read ${this.#when(page.at)}`}
          </p>
        </div>
        <div class="buttons"><button class="button" @click=${() => void this.#again()}>Read again</button></div>
      </div>
      ${this.failureNotice(() => void this.#load())} ${first === null ? nothing : recommendationsPanel(first)}
      ${page === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : html`<div class="today">${page.sources.map((source) => this.#source(source))}</div>`}
      ${visits === null ? nothing : this.#visits(visits)}`;
  }

  #when(at: string): string {
    return instantInWords(at, this.shell.now(), this.zone);
  }

  #source({ source, title, asOf, figures, systems }: TodaySource): TemplateResult {
    const id = `today-${source}`;
    return html`<section class="panel" aria-labelledby=${id}>
      <div class="panel-head">
        <h2 id=${id}>${title}</h2>
        <span class="small soft">${asOf === null ? 'has said nothing yet' : `as of ${this.#when(asOf)}`}</span>
      </div>
      <ul class="today-figures">
        ${figures.map((one) => this.#figure(one))}
      </ul>
      ${systems.length === 0
        ? nothing
        : html`<ul class="today-systems small">
            ${systems.map(
              ({ name, asOf: told, words, urgent }) =>
                html`<li>
                  <strong>${name}</strong>: ${words}<span class="soft">
                    · ${told === null ? 'as of when is unknown' : `as of ${this.#when(told)}`}</span
                  >
                  ${urgent ? html`<span class="mark warn">look at it</span>` : nothing}
                </li>`,
            )}
          </ul>`}
    </section>`;
  }

  #figure({ words, value, unit, page, urgent }: TodayFigure): TemplateResult {
    const shown = value === null ? 'unknown' : unit === 'cents' ? amountInWords(value) : String(value);
    const body = html`<span class="today-words">${words}</span
      ><strong class=${value === null ? 'soft' : urgent ? 'today-urgent' : ''}>${shown}</strong>`;
    if (page === null) return html`<li><span class="today-figure">${body}</span></li>`;
    // The visits stand on this page.
    return page === 'visits'
      ? html`<li><a class="today-figure" href=${`#${visitsId}`} @click=${this.#toVisits}>${body}</a></li>`
      : html`<li><a class="today-figure" href=${paths[page]}>${body}</a></li>`;
  }

  /** A jump by the address would be a move to another page for the console. */
  readonly #toVisits = (event: Event): void => {
    event.preventDefault();
    const visits = this.querySelector<HTMLElement>(`#${visitsId}`);
    visits?.scrollIntoView();
    visits?.focus({ preventScroll: true });
  };

  #visits({ visits }: VisitsOfDay): TemplateResult {
    return html`<section class="panel" id=${visitsId} aria-labelledby="visits-of-the-day-title" tabindex="-1">
      <div class="panel-head"><h2 id="visits-of-the-day-title">The visits, and who confirmed</h2></div>
      ${visits.length === 0
        ? html`<p class="panel-note small soft">No visit of today is known.</p>`
        : html`<table class="rows">
            <caption class="visually-hidden">
              Visits of today with their confirmation
            </caption>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Patient</th>
                <th scope="col">Visit</th>
                <th scope="col">Confirmation</th>
              </tr>
            </thead>
            <tbody>
              ${visits.map((visit) => this.#visit(visit))}
            </tbody>
          </table>`}
    </section>`;
  }

  #visit(visit: VisitOfDay): TemplateResult {
    const { startsAt, name, status, patient, confirmation } = visit;
    return html`<tr class="row">
      <td class="nowrap">${startsAt === null ? 'unknown' : clockInWords(new Date(startsAt), this.zone)}</td>
      <td><a class="row-link" href=${paths.patientMessages(patient)}>${name ?? 'Name unknown'}</a></td>
      <td data-label="Visit">${visitStatusWords[status]}</td>
      <td data-label="Confirmation">
        <span class="mark ${confirmationMarks[confirmation.state]}">${confirmation.words}</span>
      </td>
    </tr>`;
  }
}

customElements.define('gait-today', TodayElement);
