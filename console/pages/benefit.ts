// One coverage check: the benefit summary of every coverage the payer returned, on the screen and on paper.
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { reasonsInWords } from '../../domain/eligibility/tonight.ts';
import { stateInWords, stateMark } from '../benefit-words.ts';
import { nameInWords } from '../benefits.ts';
import type { CheckPage, CodeWords } from '../benefits.ts';
import { dayInWords, distanceInWords, dueInWords, instantInWords } from '../dates.ts';
import { benefitSection } from '../parts/benefit-section.ts';
import { fieldText } from '../parts/draft-values.ts';
import { clinicName, PageElement } from '../parts/page.ts';
import { paths } from '../router.ts';
import { kindInWords } from '../words.ts';

class Benefit extends PageElement {
  static override properties = {
    check: { attribute: false },
    page: { state: true },
    words: { state: true },
  };
  declare check: string;
  declare page: CheckPage | null;
  declare words: CodeWords | null;

  constructor() {
    super();
    this.check = '';
    this.page = null;
    this.words = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('check')) return;
    this.page = null;
    void this.#load();
  }

  async #load(): Promise<void> {
    const check = this.check;
    const { api } = this.shell;
    await this.attempt(async () => {
      const [page, words] = await Promise.all([api.benefits.benefitCheck(check), api.benefits.benefitWords()]);
      if (check !== this.check) return;
      this.words = words;
      this.page = page;
    });
  }

  protected override render(): TemplateResult {
    return html`<a class="crumb" href=${paths.benefits}>← Benefits</a> ${this.page === null
        ? html`${this.failureNotice(() => void this.#load())}
          ${this.failure === null
            ? html`<h1 class="visually-hidden">Benefit summary</h1>
                <p class="loading" role="status">Loading …</p>`
            : nothing}`
        : this.#content(this.page)}`;
  }

  #content(page: CheckPage): TemplateResult {
    const now = this.shell.now();
    const at = (instant: string | null): string => instantInWords(instant, now, this.zone);
    const { patient, coverage } = page;
    const identity = [
      `born ${patient.birthDate === null ? 'unknown' : fieldText({ type: 'date', path: '' }, patient.birthDate)}`,
      `member id ${coverage.memberId ?? 'unknown'}`,
      ...(coverage.order === null ? [] : [`${coverage.order} insurance`]),
    ].join(' · ');
    return html`<div class="page-head">
        <div>
          <h1>${nameInWords(patient.name) ?? 'Name not available'}</h1>
          <p class="item-meta">
            <strong>${page.payer.name}</strong>
            <span
              >Visit ${dayInWords(page.serviceDate, this.today)}, ${distanceInWords(page.serviceDate, this.today)}</span
            >
            <span class="marks">
              <span class="mark ${stateMark(page.state)}">${stateInWords(page.state)}</span>
              ${page.deliveredAt === null
                ? nothing
                : html`<span class="mark accent">delivered ${at(page.deliveredAt)}</span>`}
            </span>
          </p>
          <p class="small soft">${identity}</p>
          <p class="small soft">
            Checked because: ${reasonsInWords(page.reasons)} ·
            ${page.askedAt === null ? 'nobody was asked' : `asked ${at(page.askedAt)}`}
          </p>
          <p class="print-only small">
            ${clinicName(this.shell.session)} · printed ${at(now.toISOString())} by
            ${this.shell.session.user.displayName}
          </p>
        </div>
        <div class="buttons"><button class="button" @click=${() => window.print()}>Print the summary</button></div>
      </div>
      ${this.#openItem(page)} ${this.#summaries(page)}`;
  }

  #openItem({ workItem }: CheckPage): TemplateResult | typeof nothing {
    if (workItem === null) return nothing;
    const due = dueInWords(workItem.dueAt, this.shell.now(), this.zone);
    return html`<div class="notice warn">
      <strong>${kindInWords(workItem.kind)}: ${workItem.reason}</strong>
      <span class="due ${due.state}">${due.words}</span>
      <div class="buttons"><a class="button small" href=${paths.workItem(workItem.id)}>Open the item</a></div>
    </div>`;
  }

  #summaries(page: CheckPage): TemplateResult {
    if (page.summaries.length === 0)
      return html`<div class="panel empty">
        <h2>${page.state === 'open' || page.state === 'pending' ? 'No answer yet' : 'There is no summary'}</h2>
        <p>Everything about this patient’s benefits is unknown so far.</p>
      </div>`;
    return html`${page.summaries.map(({ summary }) =>
      summary === null
        ? html`<div class="notice danger"><strong>This summary is no longer kept.</strong></div>`
        : benefitSection(summary, {
            words: this.words,
            now: this.shell.now(),
            zone: this.zone,
            session: this.shell.session,
            before: page.before,
          }),
    )}`;
  }
}

customElements.define('gait-benefit', Benefit);
