// One claim: its lines beside the note of the day, what was found with where it stands written, and a reason where a finding may stand.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ClaimLine } from '../../domain/claim/line-schema.ts';
import { moneyInWords } from '../benefit-words.ts';
import { severityInWords, severityMark } from '../claims.ts';
import type { ClaimFinding, ClaimPage } from '../claims.ts';
import { dayInWords, instantInWords } from '../dates.ts';
import { PageElement, personInWords } from '../parts/page.ts';
import { paths } from '../router.ts';
import { roleInWords } from '../words.ts';

class ClaimView extends PageElement {
  static override properties = {
    claim: { attribute: false },
    page: { state: true },
    overriding: { state: true },
    reason: { state: true },
  };
  /** The reference in the address. */
  declare claim: string;
  declare page: ClaimPage | null;
  /** Key of the finding whose reason is being written. */
  declare overriding: string | null;
  declare reason: string;

  constructor() {
    super();
    this.claim = '';
    this.page = null;
    this.overriding = null;
    this.reason = '';
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.page = await this.shell.api.claim(this.claim);
    });
  }

  async #override(key: string): Promise<void> {
    const done = await this.attempt(() => this.shell.api.overrideFinding(this.claim, key, this.reason));
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
    const charge = page.chargeCents === null ? 'charge unknown' : `charge ${moneyInWords(page.chargeCents)}`;
    const day = page.from === null ? 'day of service unknown' : `service ${dayInWords(page.from, this.today)}`;
    return html`<div class="page-head">
        <div>
          <h1>${page.patientName ?? 'Name not available'}</h1>
          <p class="item-meta">
            <strong>${claim.payer.name ?? page.payer}</strong> <span>${day}</span> <span>${charge}</span>
          </p>
          <p class="small soft">
            ${page.checkedAt === null
              ? 'Not checked yet'
              : `Checked ${instantInWords(page.checkedAt, this.shell.now(), this.zone)}`}
            ${page.checkedAt !== null && !page.isChecked ? '; the claim was changed since' : ''}
          </p>
        </div>
        ${page.workItem === null
          ? nothing
          : html`<div class="buttons">
              <a class="button" href=${paths.workItem(page.workItem.id)}>Open the item</a>
            </div>`}
      </div>
      ${this.#findings(page)} ${this.#lines(page)} ${this.#notChecked(page)}`;
  }

  #findings({ findings, checkedAt }: ClaimPage): TemplateResult {
    if (findings.length === 0)
      return html`<div class="panel empty">
        <h2>${checkedAt === null ? 'Nobody has checked this claim' : 'Nothing stands against this claim'}</h2>
        <p>${checkedAt === null ? 'A flow checks claims overnight.' : 'Every rule that could be checked is met.'}</p>
      </div>`;
    return html`<section class="panel" aria-labelledby="findings-title">
      <div class="panel-head"><h2 id="findings-title">What was found</h2></div>
      <ol class="findings">
        ${findings.map((finding) => this.#finding(finding))}
      </ol>
    </section>`;
  }

  #finding(finding: ClaimFinding): TemplateResult {
    const { citation, overridden, line, key } = finding;
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

  /** What was billed beside what the note of the same day says. */
  #lines({ claim, visits }: ClaimPage): TemplateResult {
    return html`<section class="panel" aria-labelledby="lines-title">
      <div class="panel-head"><h2 id="lines-title">Lines beside the note</h2></div>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Billed</th>
            <th scope="col">Charge</th>
            <th scope="col">In the note of that day</th>
          </tr>
        </thead>
        <tbody>
          ${claim.lines.map((line, index) => this.#line(line, index, visits))}
        </tbody>
      </table>
    </section>`;
  }

  #line(line: ClaimLine, index: number, visits: ClaimPage['visits']): TemplateResult {
    const { procedure, units, chargeCents, from } = line;
    const noted = visits
      .filter(({ date }) => date === from)
      .flatMap(({ interventions }) => interventions ?? [])
      .filter(({ code }) => code === procedure?.code);
    return html`<tr>
      <td>${index + 1}</td>
      <td data-label="Billed">
        ${procedure === null ? 'no procedure' : [procedure.code, ...procedure.modifiers].join(' ')}
        <span class="under"
          >${units === null ? 'units unknown' : `${units} ${units === 1 ? 'unit' : 'units'}`}${from === null
            ? ''
            : `, ${dayInWords(from, this.today)}`}</span
        >
      </td>
      <td data-label="Charge">${chargeCents === null ? 'unknown' : moneyInWords(chargeCents)}</td>
      <td data-label="In the note">
        ${noted.length === 0
          ? html`<span class="soft">${visits.length === 0 ? 'no chart at hand' : 'not in the note'}</span>`
          : noted.map(
              ({ minutes, by, text }) =>
                html`<p>
                  ${(minutes ?? null) === null ? 'minutes unknown' : `${minutes} minutes`}${(by ?? null) === null
                    ? ''
                    : `, by ${by}`}
                  ${(text ?? null) === null ? nothing : html`<span class="under">${text}</span>`}
                </p>`,
            )}
      </td>
    </tr>`;
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
