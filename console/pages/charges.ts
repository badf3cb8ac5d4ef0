// Proposed charges: what each captured session would be charged as, where that differs from the billing system, and the biller's word on it.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { declineReasons } from '../charges.ts';
import type { ChargeLine, ChargeState, DeclineReason } from '../charges.ts';
import { dayInWords } from '../dates.ts';
import { claimTabs } from '../parts/claim-tabs.ts';
import { emptyPanel } from '../parts/empty-panel.ts';
import { PageElement } from '../parts/page.ts';
import { segmented } from '../parts/segmented.ts';

const states = [
  ['proposed', 'To decide'],
  ['accepted', 'Taken over'],
  ['declined', 'Declined'],
] as const;

class Charges extends PageElement {
  static override properties = {
    lines: { state: true },
    state: { state: true },
    busy: { state: true },
    reason: { state: true },
  };
  declare lines: readonly ChargeLine[] | null;
  declare state: ChargeState;
  declare busy: string | null;
  /** What was chosen for one session, before it is declined. */
  declare reason: { readonly session: string; readonly reason: DeclineReason } | null;

  constructor() {
    super();
    this.lines = null;
    this.state = 'proposed';
    this.busy = null;
    this.reason = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const { state } = this;
    await this.attempt(async () => {
      const lines = await this.shell.api.charges.proposals(state);
      if (state === this.state) this.lines = lines;
    });
  }

  #pick(state: ChargeState): void {
    if (state === this.state) return;
    this.state = state;
    this.lines = null;
    void this.#load();
  }

  async #decide(line: ChargeLine, reason: DeclineReason | null): Promise<void> {
    if (this.busy !== null) return;
    this.busy = line.session;
    await this.attempt(async () => {
      await this.shell.api.charges.decide(line, reason);
      this.shell.announce(reason === null ? 'Taken over under your name.' : 'Declined under your name.');
      this.lines = await this.shell.api.charges.proposals(this.state);
    });
    this.busy = null;
  }

  protected override render(): TemplateResult {
    const { lines } = this;
    return html`<div class="page-head">
        <div>
          <h1>Charges</h1>
          <p class="soft">What each captured session supports. Nothing of it goes onto a claim by itself.</p>
        </div>
      </div>
      ${claimTabs('charges', this.shell.session)} ${this.failureNotice(() => void this.#load())}
      <div class="toolbar">
        ${segmented({
          label: 'Which charges',
          choices: states,
          chosen: this.state,
          onChoose: (state) => this.#pick(state),
        })}
      </div>
      ${lines === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : lines.length === 0
          ? emptyPanel(['No charges here', 'They appear when a therapist closes a session on the capture page.'])
          : lines.map((line) => this.#panel(line))}`;
  }

  #panel(line: ChargeLine): TemplateResult {
    const name = line.name === null ? 'Name not available' : `${line.name.given} ${line.name.family}`;
    const id = `charges-${line.session}`;
    return html`<section class="panel" aria-labelledby=${id}>
      <div class="panel-head">
        <h2 id=${id}>${name} · ${dayInWords(line.date, this.today)}</h2>
        <span class="small soft">${minutesInWords(line)}</span>
      </div>
      <table class="rows dense">
        <caption class="visually-hidden">
          Codes of the session
        </caption>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col" class="number">Minutes</th>
            <th scope="col" class="number">Units</th>
            <th scope="col">Assistant</th>
          </tr>
        </thead>
        <tbody>
          ${line.lines.map(
            ({ code, minutes, units, assistantUnits, assistantModifier }) =>
              html`<tr>
                <td><strong>${code}</strong></td>
                <td data-label="Minutes" class="number">${minutes ?? 'unknown'}</td>
                <td data-label="Units" class="number">${units ?? 'unknown'}</td>
                <td data-label="Assistant">${assistantInWords(assistantUnits, assistantModifier)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <div class="panel-body">
        ${line.questions.map((question) => html`<p class="small"><span class="mark warn">Ask</span> ${question}</p>`)}
        ${differencesOf(line)}
        <details class="small">
          <summary>How the units were counted</summary>
          ${line.explanation.length === 0
            ? html`<p>They could not be counted.</p>`
            : line.explanation.map((words) => html`<p>${words}</p>`)}
          ${line.alternatives.map(
            (units) =>
              html`<p>
                Also allowed:
                ${Object.entries(units)
                  .map(([code, count]) => `${code} × ${count}`)
                  .join(', ')}
              </p>`,
          )}
        </details>
        ${line.decided === null ? this.#buttons(line, name) : decidedInWords(line.decided)}
      </div>
    </section>`;
  }

  #buttons(line: ChargeLine, name: string): TemplateResult {
    const isBusy = this.busy !== null;
    const chosen = this.reason?.session === line.session ? this.reason.reason : null;
    return html`<div class="buttons">
      <button class="button primary small" ?disabled=${isBusy} @click=${() => void this.#decide(line, null)}>
        Take over<span class="visually-hidden"> for ${name}</span>
      </button>
      <label class="small"
        >Or decline because
        <select
          ?disabled=${isBusy}
          @change=${(event: Event) => {
            const chosen = event.target instanceof HTMLSelectElement ? event.target.value : '';
            const reason = reasons.find(([known]) => known === chosen)?.[0];
            this.reason = reason === undefined ? null : { session: line.session, reason };
          }}
        >
          <option value="">choose a reason</option>
          ${reasons.map(([reason, words]) => html`<option value=${reason}>${words}</option>`)}
        </select>
      </label>
      <button
        class="button small"
        ?disabled=${isBusy || chosen === null}
        @click=${() => void this.#decide(line, chosen)}
      >
        Decline<span class="visually-hidden"> for ${name}</span>
      </button>
    </div>`;
  }
}

const reasons = [
  ['chargedAlready', declineReasons.chargedAlready],
  ['codesDiffer', declineReasons.codesDiffer],
  ['minutesDiffer', declineReasons.minutesDiffer],
  ['notBillable', declineReasons.notBillable],
  ['other', declineReasons.other],
] as const;

function minutesInWords({ timedMinutes, timedUnits, totalMinutes }: ChargeLine): string {
  const timed = timedMinutes === null ? 'timed minutes not counted' : `${timedMinutes} timed minutes`;
  const units = timedUnits === null ? 'units unknown' : `${timedUnits} timed units`;
  return `${timed} · ${units} · ${totalMinutes === null ? 'whole time unknown' : `${totalMinutes} minutes in all`}`;
}

function assistantInWords(units: number | null, modifier: string | null): string {
  if (units === null) return 'unknown';
  return units === 0 ? 'none' : `${units}${modifier === null ? '' : ` with ${modifier}`}`;
}

function differencesOf({ differences }: ChargeLine): TemplateResult {
  if (differences === null) return html`<p class="small soft">The billing system tells no charge of that day.</p>`;
  if (differences.length === 0) return html`<p class="small">As charged in the billing system.</p>`;
  return html`<p class="small">
    <span class="mark warn">Differs</span>
    ${differences.map(({ code, captured, charged }) => `${code}: captured ${captured}, charged ${charged}`).join(' · ')}
  </p>`;
}

function decidedInWords({ by, at, reason }: NonNullable<ChargeLine['decided']>): TemplateResult {
  const what = reason === null ? 'Taken over' : `Declined (${declineReasons[reason]})`;
  return html`<p class="small soft">${what} by ${by ?? 'somebody no longer known'} on ${at.slice(0, 10)}</p>`;
}

customElements.define('gait-charges', Charges);
