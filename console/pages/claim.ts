// One claim: its lines beside the note, what was found and proposed, its books and its life, and a reason where a finding may stand.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Role } from '../api.ts';
import { amountInWords, claimStateInWords, severityInWords, severityMark, stateMarkOf } from '../claim-words.ts';
import { canBeTakenBack } from '../claims.ts';
import type { ClaimFinding, ClaimPage } from '../claims.ts';
import { dayInWords, instantInWords } from '../dates.ts';
import { claimLines, claimSuggestions } from '../parts/claim-lines.ts';
import { claimBooks, claimStatuses } from '../parts/claim-money.ts';
import { history } from '../parts/history.ts';
import { lineChange } from '../parts/line-change.ts';
import { PageElement, personInWords } from '../parts/page.ts';
import '../parts/payment-form.ts';
import '../parts/take-back.ts';
import type { Ledger } from '../remittances.ts';
import { paths } from '../router.ts';
import { roleInWords } from '../words.ts';

class ClaimView extends PageElement {
  static override properties = {
    claim: { attribute: false },
    page: { state: true },
    ledger: { state: true },
    overriding: { state: true },
    reason: { state: true },
    told: { state: true },
  };
  /** The reference in the address. */
  declare claim: string;
  declare page: ClaimPage | null;
  /** Null for those who have nothing to do with money. */
  declare ledger: Ledger | null;
  /** Key of the finding whose reason is being written. */
  declare overriding: string | null;
  declare reason: string;
  /** What was just done; null: nothing. */
  declare told: string | null;

  constructor() {
    super();
    this.claim = '';
    this.page = null;
    this.ledger = null;
    this.overriding = null;
    this.reason = '';
    this.told = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  readonly #load = async (): Promise<void> => {
    this.told = null;
    await this.attempt(async () => {
      const { api } = this.shell;
      const mayReadBooks = this.#hasRole('biller', 'frontDesk', 'admin');
      const [page, ledger] = await Promise.all([
        api.claims.claim(this.claim),
        mayReadBooks ? api.claims.ledger(this.claim) : null,
      ]);
      this.page = page;
      this.ledger = ledger;
    });
  };

  #hasRole(...wanted: readonly Role[]): boolean {
    return this.shell.session.user.roles.some((role) => wanted.includes(role));
  }

  readonly #takenBack = async (): Promise<void> => {
    const words = 'A void of this claim is laid before a biller. Nothing is sent before it is approved.';
    this.shell.announce(words);
    await this.#load();
    this.told = words;
    await this.updateComplete;
    this.querySelector<HTMLElement>('#told')?.focus();
  };

  async #override(key: string): Promise<void> {
    const done = await this.attempt(() => this.shell.api.claims.overrideFinding(this.claim, key, this.reason));
    if (!done) return;
    this.overriding = null;
    this.reason = '';
    this.shell.announce('The finding stands with your reason.');
    await this.#load();
  }

  protected override render(): TemplateResult {
    const { page } = this;
    return html`<p class="back"><a href=${paths.claims}>← Claims</a></p>
      ${this.failureNotice(page === null ? () => void this.#load() : undefined)}
      ${page === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : this.#whole(page)}`;
  }

  #whole(page: ClaimPage): TemplateResult {
    const { claim } = page;
    const { life } = page;
    const day = page.from === null ? 'day of service unknown' : `service ${dayInWords(page.from, this.today)}`;
    const now = this.shell.now();
    const takesBack = life !== null && canBeTakenBack(life.state) && this.#hasRole('biller', 'admin');
    return html`<div class="page-head">
        <div>
          <h1>${page.patientName ?? 'Name not available'}</h1>
          <p class="item-meta">
            <strong>${claim.payer.name ?? page.payer}</strong> <span>${day}</span>
            <span>charge ${amountInWords(page.chargeCents)}</span>
            <span class="marks">
              <span class="mark ${stateMarkOf(life?.state ?? null)}">${claimStateInWords(life?.state ?? null)}</span>
            </span>
            ${life === null ? nothing : html`<span>since ${instantInWords(life.since, now, this.zone)}</span>`}
          </p>
          <p class="small soft">
            ${page.checkedAt === null
              ? 'Not checked yet'
              : `Checked ${instantInWords(page.checkedAt, this.shell.now(), this.zone)}`}
            ${page.checkedAt !== null && !page.isChecked ? '; the claim was changed since' : ''}
          </p>
        </div>
        ${page.workItem === null && !takesBack
          ? nothing
          : html`<div class="buttons">
              ${page.workItem === null
                ? nothing
                : html`<a class="button" href=${paths.workItem(page.workItem.id)}>Open the item</a>`}
              ${takesBack
                ? html`<gait-take-back
                    .shell=${this.shell}
                    .claim=${this.claim}
                    .onTakenBack=${this.#takenBack}
                  ></gait-take-back>`
                : nothing}
            </div>`}
      </div>
      ${this.told === null
        ? nothing
        : html`<div class="notice good" id="told" tabindex="-1"><strong>${this.told}</strong></div>`}
      <div class=${page.statuses.length + page.timeline.length === 0 ? '' : 'two-columns'}>
        <div class="column">
          ${this.#findings(page)} ${claimLines(page, this.today)} ${claimSuggestions(page, this.today)}
          ${this.ledger === null
            ? nothing
            : claimBooks(this.ledger, {
                session: this.shell.session,
                now,
                zone: this.zone,
                today: this.today,
                showsRemittances: this.#hasRole('biller', 'admin'),
                paymentForm: html`<gait-payment-form
                  .shell=${this.shell}
                  .claim=${this.claim}
                  .onChanged=${this.#load}
                ></gait-payment-form>`,
              })}
          ${this.#notChecked(page)}
        </div>
        <div class="column">
          ${claimStatuses(page.statuses, { now, zone: this.zone, today: this.today })}
          ${page.timeline.length === 0
            ? nothing
            : html`<section class="panel" aria-labelledby="history-title">
                <div class="panel-head"><h2 id="history-title">What happened so far</h2></div>
                <div class="panel-body">${history(page.timeline, this.shell.session, now)}</div>
              </section>`}
        </div>
      </div>`;
  }

  #findings({ findings, checkedAt }: ClaimPage): TemplateResult {
    if (findings.length === 0)
      return html`<div class="panel empty">
        <h2>${checkedAt === null ? 'Nobody has checked this claim' : 'Nothing stands against this claim'}</h2>
        <p>${checkedAt === null ? 'A flow checks claims overnight.' : 'Every rule that could be checked is met.'}</p>
      </div>`;
    return html`<section class="panel" aria-labelledby="findings-title">
      <div class="panel-head"><h2 id="findings-title">What was found</h2></div>
      <p class="panel-note small soft">
        Gait changes no claim: correct it in the billing system, and the next import shows it here.
      </p>
      <ol class="findings">
        ${findings.map((finding) => this.#finding(finding))}
      </ol>
    </section>`;
  }

  #finding(finding: ClaimFinding): TemplateResult {
    const { citation, overridden, line, key, lowered, loweredBy } = finding;
    const where = [citation.source, citation.section, citation.version].filter((part) => part !== undefined).join(', ');
    const facts = Object.entries(finding.facts).filter(([, value]) => value !== null);
    return html`<li class="finding">
      <p class="marks">
        <span class="mark ${overridden === null ? severityMark(finding.severity) : ''}"
          >${overridden === null ? severityInWords(finding.severity) : 'overridden'}</span
        >
        <span class="soft">${line === null ? 'the claim' : `line ${line + 1}`}</span>
        <span class="soft">${finding.rule}</span>
      </p>
      <p><strong>${finding.message}</strong></p>
      <p>${finding.fix} <span class="soft">(${roleInWords(finding.role)})</span></p>
      ${lineChange(finding.change)}
      ${facts.length === 0
        ? nothing
        : html`<dl class="facts">
            ${facts.map(
              ([name, value]) =>
                html`<div>
                  <dt>${name}</dt>
                  <dd>${Array.isArray(value) ? value.join(', ') : String(value)}</dd>
                </div>`,
            )}
          </dl>`}
      <p class="small soft">
        ${citation.url === undefined
          ? where
          : html`<a href=${citation.url} rel="noreferrer" target="_blank">${where}</a>`}
        ${lowered === undefined
          ? nothing
          : html`· severity lowered from “${severityInWords(lowered.from)}” by
            ${personInWords(loweredBy ?? lowered.by, this.shell.session)} on ${dayInWords(lowered.on, this.today)}`}
        ${finding.stale ? ` · to be looked up again since ${finding.staleSince ?? 'a while'}` : ''}
      </p>
      ${overridden === null ? this.#overrideForm(finding.role, key) : this.#overridden(overridden)}
    </li>`;
  }

  /** Only who may decide is asked for a reason. */
  #overrideForm(role: string, key: string): TemplateResult | typeof nothing {
    const { roles } = this.shell.session.user;
    if (!roles.some((own) => own === role || own === 'biller')) return nothing;
    if (this.overriding !== key)
      return html`<button
        class="button small"
        type="button"
        @click=${() => {
          this.overriding = key;
          this.reason = '';
        }}
      >
        Let it stand …
      </button>`;
    return html`<form
      class="field"
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#override(key);
      }}
    >
      <label for="override-reason">Why may this stand?</label>
      <textarea
        id="override-reason"
        rows="2"
        required
        .value=${this.reason}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLTextAreaElement) this.reason = event.target.value;
        }}
      ></textarea>
      <div class="buttons">
        <button class="button small primary" type="submit">Let it stand</button>
        <button
          class="button small"
          type="button"
          @click=${() => {
            this.overriding = null;
          }}
        >
          Cancel
        </button>
      </div>
    </form>`;
  }

  #notChecked({ notChecked }: ClaimPage): TemplateResult | typeof nothing {
    if (notChecked.length === 0) return nothing;
    return html`<details class="panel">
      <summary>${notChecked.length} ${notChecked.length === 1 ? 'rule' : 'rules'} could not be checked</summary>
      <ul>
        ${notChecked.map(
          ({ rule, line, why }) =>
            html`<li><strong>${rule}</strong>${line === null ? '' : `, line ${line + 1}`}: ${why}</li>`,
        )}
      </ul>
    </details>`;
  }

  #overridden({ at, by, reason }: NonNullable<ClaimFinding['overridden']>): TemplateResult {
    const who = personInWords(by, this.shell.session);
    return html`<p class="small">
      May stand, says ${who}, ${instantInWords(at, this.shell.now(), this.zone)}:
      ${reason ?? 'the reason is no longer kept'}
    </p>`;
  }
}

customElements.define('gait-claim', ClaimView);
