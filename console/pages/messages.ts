// Messages: who of today's and tomorrow's patients has confirmed and what to do about the others, and whom to call.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { clockInWords, dateOfDay, dayInWords, dayNumber, instantInWords } from '../dates.ts';
import type { CallLine, CallList } from '../outreach.ts';
import '../parts/call-card.ts';
import { outreachTabs } from '../parts/outreach-tabs.ts';
import { PageElement } from '../parts/page.ts';
import { segmented } from '../parts/segmented.ts';
import { paths } from '../router.ts';
import { confirmationCounts, confirmationMarks } from '../visits.ts';
import type { VisitOfDay, VisitsOfDay } from '../visits.ts';
import { decisionDone } from '../words.ts';

const days = [
  ['0', 'Today'],
  ['1', 'Tomorrow'],
] as const;

type Day = (typeof days)[number][0];

class Messages extends PageElement {
  static override properties = { visits: { state: true }, calls: { state: true }, day: { state: true } };
  declare visits: VisitsOfDay | null;
  declare calls: CallList | null;
  declare day: Day;

  constructor() {
    super();
    this.visits = null;
    this.calls = null;
    this.day = '0';
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const { day } = this;
    const date = dateOfDay(dayNumber(this.today) + Number(day));
    await this.attempt(async () => {
      const [visits, calls] = await Promise.all([
        this.shell.api.schedule.visits(date),
        this.shell.api.outreach.calls(),
      ]);
      if (day === this.day) this.visits = visits;
      this.calls = calls;
    });
  }

  #pick(day: Day): void {
    if (day === this.day) return;
    this.day = day;
    this.visits = null;
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { calls, visits } = this;
    return html`<div class="page-head">
        <div>
          <h1>Messages</h1>
          <p class="soft">Who confirmed, and whom to call because no message may or could reach them.</p>
        </div>
        <div class="buttons"><button class="button" @click=${() => void this.#load()}>Read again</button></div>
      </div>
      ${outreachTabs('messages', this.shell.session)} ${this.failureNotice(() => void this.#load())}
      ${calls === null ? nothing : this.#callList(calls)}
      <div class="toolbar">
        ${segmented({ label: 'Visits of', choices: days, chosen: this.day, onChoose: (day) => this.#pick(day) })}
      </div>
      ${visits === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : this.#confirmations(visits)}`;
  }

  #callList({ open, made }: CallList): TemplateResult {
    return html`<section class="panel" aria-labelledby="calls-title">
      <div class="panel-head">
        <h2 id="calls-title">To call</h2>
        <span class="small soft">${open.length} open, ${made.length} made today</span>
      </div>
      ${open.length === 0
        ? html`<p class="panel-note small soft">Nobody waits for a call.</p>`
        : html`<div class="calls" @made=${() => void this.#load()}>
            ${open.map((call) => html`<gait-call-card .shell=${this.shell} .call=${call}></gait-call-card>`)}
          </div>`}
      ${made.length === 0
        ? nothing
        : html`<h3 class="panel-note">Made today</h3>
            <ul class="calls-made small">
              ${made.map((call) => this.#made(call))}
            </ul>`}
    </section>`;
  }

  #made({ name, patient, decision, decidedBy, decidedAt }: CallLine): TemplateResult {
    return html`<li>
      <a href=${paths.patientMessages(patient)}>${name ?? 'Name unknown'}</a>:
      ${decisionDone(decision ?? '').toLowerCase()}
      <span class="soft"
        >· ${decidedBy ?? 'a colleague'}, ${instantInWords(decidedAt, this.shell.now(), this.zone)}</span
      >
    </li>`;
  }

  #confirmations({ day, visits }: VisitsOfDay): TemplateResult {
    const title = `Confirmations of ${dayInWords(day, this.today)}`;
    if (visits.length === 0)
      return html`<section class="panel" aria-labelledby="confirmations-title">
        <div class="panel-head"><h2 id="confirmations-title">${title}</h2></div>
        <p class="panel-note small soft">No visit of this day is known.</p>
      </section>`;
    return html`<section class="panel" aria-labelledby="confirmations-title">
      <div class="panel-head"><h2 id="confirmations-title">${title}</h2></div>
      <dl class="figures">
        ${confirmationCounts(visits).map(
          ([words, count]) =>
            html`<div>
              <dt>${words}</dt>
              <dd>${count}</dd>
            </div>`,
        )}
      </dl>
      <table class="rows">
        <caption class="visually-hidden">
          ${title}
        </caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Patient</th>
            <th scope="col">Confirmation</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          ${visits.map((visit) => this.#visit(visit))}
        </tbody>
      </table>
    </section>`;
  }

  #visit({ startsAt, name, patient, confirmation }: VisitOfDay): TemplateResult {
    const { state, words, toDo } = confirmation;
    return html`<tr class="row">
      <td class="nowrap">${startsAt === null ? 'unknown' : clockInWords(new Date(startsAt), this.zone)}</td>
      <td><a class="row-link" href=${paths.patientMessages(patient)}>${name ?? 'Name unknown'}</a></td>
      <td data-label="Confirmation"><span class="mark ${confirmationMarks[state]}">${words}</span></td>
      <td data-label="What to do">${toDo ?? html`<span class="soft">nothing</span>`}</td>
    </tr>`;
  }
}

customElements.define('gait-messages', Messages);
