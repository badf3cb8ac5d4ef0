// Attendance: which visits ahead are likely to be missed and why, missed visits in the order to book them anew, who may stay away.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dayInWords, instantInWords } from '../dates.ts';
import type { AttendancePage, VisitAtRisk } from '../outreach.ts';
import { riskInWords } from '../outreach-words.ts';
import { modelCard } from '../parts/model-card.ts';
import { outreachTabs } from '../parts/outreach-tabs.ts';
import { PageElement } from '../parts/page.ts';
import { paths } from '../router.ts';
import { confirmationMarks } from '../visits.ts';

/** The list is for the first look; more of it is asked for. */
const firstVisits = 15;

class Attendance extends PageElement {
  static override properties = { page: { state: true }, all: { state: true }, busy: { state: true } };
  declare page: AttendancePage | null;
  declare all: boolean;
  declare busy: boolean;

  constructor() {
    super();
    this.page = null;
    this.all = false;
    this.busy = false;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.page = await this.shell.api.outreach.attendance();
    });
  }

  async #lookOver(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.attempt(async () => {
      const { missedSeveral, checkIns } = await this.shell.api.outreach.lookOverAttendance();
      this.page = await this.shell.api.outreach.attendance();
      this.shell.announce(`Looked over. New items for therapists: ${missedSeveral + checkIns}.`);
    });
    this.busy = false;
  }

  protected override render(): TemplateResult {
    const { page } = this;
    return html`<div class="page-head">
        <div>
          <h1>Attendance</h1>
          <p class="soft">Whom to look at first, with the reasons. By itself nothing is sent and nothing is moved.</p>
        </div>
        <div class="buttons">
          <button class="button" ?disabled=${this.busy} @click=${() => void this.#lookOver()}>
            ${this.busy ? 'Looking …' : 'Look over now'}
          </button>
        </div>
      </div>
      ${outreachTabs('attendance', this.shell.session)} ${this.failureNotice(() => void this.#load())}
      ${page === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : html`${this.#visits(page)} ${this.#rebookings(page)} ${this.#patients(page)}
            <div class="model-cards">
              ${modelCard('How likely visits are missed', page.noShow, { today: this.today, what: 'missed' })}
              ${page.dropOut === null
                ? html`<section class="panel" aria-labelledby="model-none">
                    <div class="panel-head"><h2 id="model-none">How likely patients stay away</h2></div>
                    <p class="panel-note">
                      Unknown: no system tells of discharges, so that the end of care looks like staying away.
                    </p>
                  </section>`
                : modelCard('How likely patients stay away', page.dropOut, {
                    today: this.today,
                    what: 'that were the last',
                  })}
            </div>`}`;
  }

  #person(patient: string, name: string | null): TemplateResult {
    return html`<a class="row-link" href=${paths.patientMessages(patient)}>${name ?? 'Name unknown'}</a>`;
  }

  #visits({ visits, days, noShow }: AttendancePage): TemplateResult {
    const shown = this.all ? visits : visits.slice(0, firstVisits);
    const order =
      noShow.type === 'model' ? 'the likeliest to be missed on top' : 'no model yet: everybody has the usual share';
    return html`<section class="panel" aria-labelledby="risk-title">
      <div class="panel-head">
        <h2 id="risk-title">Visits of the next ${days} days</h2>
        <span class="small soft">${order}</span>
      </div>
      ${visits.length === 0
        ? html`<p class="panel-note small soft">No booked visit of these days is known.</p>`
        : html`<table class="rows">
              <caption class="visually-hidden">
                Visits ahead by how likely they are missed
              </caption>
              <thead>
                <tr>
                  <th scope="col">Patient</th>
                  <th scope="col">Visit</th>
                  <th scope="col" class="number">Missed</th>
                  <th scope="col">Why</th>
                  <th scope="col">Confirmation</th>
                </tr>
              </thead>
              <tbody>
                ${shown.map((visit) => this.#visit(visit))}
              </tbody>
            </table>
            ${shown.length === visits.length
              ? nothing
              : html`<div class="panel-body buttons">
                  <button
                    class="button small"
                    @click=${() => {
                      this.all = true;
                    }}
                  >
                    Show all ${visits.length}
                  </button>
                </div>`}`}
    </section>`;
  }

  #visit({ patient, name, date, startsAt, risk, reasons, confirmation }: VisitAtRisk): TemplateResult {
    const when =
      startsAt === null ? dayInWords(date, this.today) : instantInWords(startsAt, this.shell.now(), this.zone);
    return html`<tr class="row">
      <td>${this.#person(patient, name)}</td>
      <td data-label="Visit" class="nowrap">${when}</td>
      <td data-label="Missed" class="number"><strong>${riskInWords(risk)}</strong></td>
      <td data-label="Why" class="small">${reasonList(reasons)}</td>
      <td data-label="Confirmation">
        ${confirmation === null
          ? html`<span class="soft">unknown</span>`
          : html`<span class="mark ${confirmationMarks[confirmation.state]}">${confirmation.words}</span>`}
      </td>
    </tr>`;
  }

  #rebookings({ rebookings }: AttendancePage): TemplateResult {
    return html`<section class="panel" aria-labelledby="rebook-title">
      <div class="panel-head">
        <h2 id="rebook-title">Missed visits to book anew</h2>
        <span class="small soft">in the order of what the therapist and the plan say</span>
      </div>
      ${rebookings.length === 0
        ? html`<p class="panel-note small soft">Every missed visit of the last weeks has another in its place.</p>`
        : html`<table class="rows">
            <caption class="visually-hidden">
              Missed visits in the order to book them anew
            </caption>
            <thead>
              <tr>
                <th scope="col" class="number">Place</th>
                <th scope="col">Patient</th>
                <th scope="col">Missed</th>
                <th scope="col">Why here</th>
              </tr>
            </thead>
            <tbody>
              ${rebookings.map(
                ({ place, patient, name, date, reasons }) =>
                  html`<tr class="row">
                    <td class="number">${place}</td>
                    <td>${this.#person(patient, name)}</td>
                    <td data-label="Missed" class="nowrap">${dayInWords(date, this.today)}</td>
                    <td data-label="Why here" class="small">${reasonList(reasons)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`}
    </section>`;
  }

  #patients({ patients, dropOut }: AttendancePage): TemplateResult | typeof nothing {
    if (dropOut?.type !== 'model' || patients.length === 0) return nothing;
    return html`<section class="panel" aria-labelledby="stay-away-title">
      <div class="panel-head">
        <h2 id="stay-away-title">Who may stay away</h2>
        <span class="small soft">a therapist is asked to ask them; nothing is sent</span>
      </div>
      <table class="rows">
        <caption class="visually-hidden">
          Patients by how likely they stay away
        </caption>
        <thead>
          <tr>
            <th scope="col">Patient</th>
            <th scope="col">Last kept visit</th>
            <th scope="col" class="number">Stays away</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          ${patients.map(
            ({ patient, name, lastKept, risk, reasons }) =>
              html`<tr class="row">
                <td>${this.#person(patient, name)}</td>
                <td data-label="Last kept visit" class="nowrap">${dayInWords(lastKept, this.today)}</td>
                <td data-label="Stays away" class="number"><strong>${riskInWords(risk)}</strong></td>
                <td data-label="Why" class="small">${reasonList(reasons)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }
}

function reasonList(reasons: readonly string[]): TemplateResult {
  if (reasons.length === 0) return html`<span class="soft">the usual share</span>`;
  return html`<ul class="reasons">
    ${reasons.map((reason) => html`<li>${reason}</li>`)}
  </ul>`;
}

customElements.define('gait-attendance', Attendance);
