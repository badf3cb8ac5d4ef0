// One call of the call list: why it is to be made, the number and the words once somebody opens it, and what came of it.
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DecisionName, WorkItemPage } from '../api.ts';
import { dueInWords, instantInWords } from '../dates.ts';
import type { CallLine } from '../outreach.ts';
import { paths } from '../router.ts';
import { decisionButton, decisionDone, whatHappensNext } from '../words.ts';
import { copyList } from './copy-list.ts';
import { decisionBody } from './decision-fields.ts';
import { errorNotice } from './page.ts';
import type { Shell } from './page.ts';
import './decision-dialog.ts';

class CallCard extends LitElement {
  static override properties = {
    shell: { attribute: false },
    call: { attribute: false },
    page: { state: true },
    failure: { state: true },
  };
  declare shell: Shell;
  declare call: CallLine;
  declare page: WorkItemPage | null;
  declare failure: unknown;

  constructor() {
    super();
    this.page = null;
    this.failure = null;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  async #open(): Promise<void> {
    this.failure = null;
    try {
      this.page = await this.shell.api.work.workItem(this.call.workItem);
    } catch (error) {
      this.failure = error;
    }
  }

  #decide(decision: DecisionName): void {
    const { page, shell, call } = this;
    if (page === null) return;
    const zone = shell.session.clinic.timezone;
    void this.querySelector('gait-decision-dialog')?.open({
      decision,
      summary: call.name === null ? [] : [['Patient', call.name]],
      zone,
      send: async (values) => {
        const hash = page.revision?.hash ?? null;
        await shell.api.work.decide(
          call.workItem,
          decisionBody(decision, hash, values, zone, shell.now().toISOString()),
        );
        shell.announce(`${decisionDone(decision)}. ${whatHappensNext(decision, page.item)}`);
      },
      done: () => this.dispatchEvent(new CustomEvent('made', { bubbles: true })),
    });
  }

  protected override render(): TemplateResult {
    const { call, shell, page } = this;
    const zone = shell.session.clinic.timezone;
    const due = dueInWords(call.dueAt, shell.now(), zone);
    const name = call.name ?? 'Name unknown';
    return html`<article class="call-card" aria-label=${`Call ${name}`}>
      <div class="call-card-head">
        <h3><a href=${paths.patientMessages(call.patient)}>${name}</a></h3>
        <span class="due ${due.state}">${due.words}</span>
        ${call.isEscalated ? html`<span class="mark danger">escalated</span>` : nothing}
      </div>
      <p>${call.reason}</p>
      ${call.startsAt === null
        ? nothing
        : html`<p class="small soft">Visit ${instantInWords(call.startsAt, shell.now(), zone)}</p>`}
      ${this.failure === null ? nothing : errorNotice(this.failure, () => void this.#open())}
      ${page === null
        ? html`<div class="buttons">
            <button class="button" @click=${() => void this.#open()}>Show the number and the words</button>
          </div>`
        : this.#opened(page)}
      <gait-decision-dialog></gait-decision-dialog>
    </article>`;
  }

  #opened(page: WorkItemPage): TemplateResult {
    const mayDecide = this.shell.session.user.roles.some((role) => role === page.item.role);
    const values = page.copyReady ?? [];
    return html`${values.length === 0
      ? html`<p class="soft">No number is known. Ask at the next visit.</p>`
      : copyList(values)}
    ${page.item.decisions.length === 0
      ? html`<p class="soft">Somebody has made this call already.</p>`
      : mayDecide
        ? html`<p class="small soft call-question">What came of it?</p>
            <div class="buttons">
              ${page.item.decisions.map(
                (decision, index) =>
                  html`<button
                    class="button small ${index === 0 ? 'primary' : ''}"
                    @click=${() => this.#decide(decision)}
                  >
                    ${decisionButton(decision)} …
                  </button>`,
              )}
            </div>`
        : html`<p class="soft">The front desk writes down what came of it.</p>`}`;
  }
}

customElements.define('gait-call-card', CallCard);
