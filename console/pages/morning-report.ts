// The morning report: one list before the first patient, sorted by what is lost first; made to be printed.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ApiError } from '../api-error.ts';
import type { MorningReport, ReportLine } from '../api.ts';
import { dateInZone, dayInWords, dueInWords, instantInWords } from '../dates.ts';
import { clinicName, PageElement } from '../parts/page.ts';
import { paths } from '../router.ts';
import { kindInWords, priorityInWords, roleInWords } from '../words.ts';

class MorningReportPage extends PageElement {
  static override properties = { report: { state: true }, loaded: { state: true }, busy: { state: true } };
  declare report: MorningReport | null;
  declare loaded: boolean;
  declare busy: boolean;

  constructor() {
    super();
    this.report = null;
    this.loaded = false;
    this.busy = false;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      try {
        this.report = await this.shell.api.work.morningReport();
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
        this.report = null;
      }
      this.loaded = true;
    });
  }

  async #make(): Promise<void> {
    this.busy = true;
    await this.attempt(async () => {
      await this.shell.api.work.makeMorningReport();
      await this.#load();
    });
    this.busy = false;
  }

  protected override render(): TemplateResult {
    const { report } = this;
    return html`<div class="page-head">
        <div>
          <h1>Morning report</h1>
          <p class="soft">
            ${report === null
              ? clinicName(this.shell.session)
              : html`${dayInWords(report.date, this.today)} · ${clinicName(this.shell.session)} ·
                ${report.lines.length === 1 ? '1 line' : `${report.lines.length} lines`}${report.madeAt
                  ? ` · made ${instantInWords(report.madeAt, this.shell.now(), this.zone)}`
                  : ''}`}
          </p>
          ${report === null ? nothing : html`<p>${this.#counts(report)}</p>`}
        </div>
        <div class="buttons">
          <button class="button" ?disabled=${this.busy} @click=${() => void this.#make()}>
            ${this.busy ? 'Making …' : 'Make it now'}
          </button>
          ${report === null
            ? nothing
            : html`<button class="button primary" @click=${() => window.print()}>Print</button>`}
        </div>
      </div>
      ${this.failureNotice(() => void this.#load())} ${this.#body()}`;
  }

  /** "2 overdue · 1 escalated · Front desk 12 · Biller 3". */
  #counts({ counts }: MorningReport): string {
    const roles = Object.entries(counts.byRole).sort(([, a], [, b]) => b - a);
    return [
      `${counts.overdue} overdue`,
      `${counts.escalated} escalated`,
      ...roles.map(([role, count]) => `${roleInWords(role)} ${count}`),
    ].join(' · ');
  }

  #body(): TemplateResult | typeof nothing {
    if (!this.loaded) return this.failure === null ? html`<p class="loading" role="status">Loading …</p>` : nothing;
    if (this.report === null)
      return html`<div class="panel empty">
        <h2>No report has been made yet</h2>
        <p>It is made every morning by the flow “Morning report”; you can also make it now.</p>
      </div>`;
    if (this.report.lines.length === 0)
      return html`<div class="panel empty">
        <h2>Nothing is about to be lost</h2>
        <p>No authorization needs a person this morning.</p>
      </div>`;
    return html`<div class="panel">
      <table class="rows report">
        <caption class="visually-hidden">
          What needs a person this morning, what is lost first on top
        </caption>
        <thead>
          <tr>
            <th scope="col" class="rank">#</th>
            <th scope="col" class="patient">Patient</th>
            <th scope="col" class="do">What to do</th>
            <th scope="col" class="why">Why</th>
            <th scope="col" class="payer">Payer</th>
            <th scope="col" class="when">Due</th>
            <th scope="col" class="print-only-cell">Done</th>
          </tr>
        </thead>
        ${[...Map.groupBy(this.report.lines, (line) => line.priority)].map(
          ([priority, lines]) =>
            html`<tbody>
              <tr class="group-head">
                <th colspan="7" scope="rowgroup">
                  <span class="group-dot p${priority}"></span>${priorityInWords(priority)}<span class="count"
                    >${lines.length}<span class="visually-hidden"> lines</span></span
                  >
                </th>
              </tr>
              ${lines.map((line) => this.#line(line))}
            </tbody>`,
        )}
      </table>
    </div>`;
  }

  #line(line: ReportLine): TemplateResult {
    const index = this.report?.lines.indexOf(line) ?? 0;
    const due = dueInWords(line.dueAt, this.shell.now(), this.zone);
    const name = line.patientName ?? 'The whole clinic';
    const path = line.workItem
      ? paths.workItem(line.workItem)
      : line.authorization
        ? paths.authorization(line.authorization)
        : null;
    return html`<tr class="row">
      <td class="soft rank">${index + 1}<span class="print-only"> P${line.priority}</span></td>
      <td>${path === null ? name : html`<a class="row-link" href=${path}>${name}</a>`}</td>
      <td>${kindInWords(line.kind)} <span class="under">${roleInWords(line.role)}</span></td>
      <td class="why">
        <span class="why-text">${line.priorityReason}</span>
        ${line.reason === line.priorityReason ? nothing : html`<span class="under">${line.reason}</span>`}
      </td>
      <td data-label="Payer">${line.payer?.name ?? (line.authorization === null ? '–' : 'unknown')}</td>
      <td class="when">
        <span class="due ${due.state} no-print">${due.words}</span>
        <span class="print-only"
          >${line.dueAt ? dayInWords(dateInZone(new Date(line.dueAt), this.zone), this.today) : '–'}</span
        >
        <span class="marks">
          ${line.escalated ? html`<span class="mark danger">escalated</span>` : nothing}
          ${line.reminded && !line.escalated ? html`<span class="mark warn">reminded</span>` : nothing}
        </span>
      </td>
      <td class="print-only-cell"><span class="tick-box"></span></td>
    </tr>`;
  }
}

customElements.define('gait-morning-report', MorningReportPage);
