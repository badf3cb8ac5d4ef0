// One session as it was captured, read only: where the values of a document come from.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { StoredSession } from '../capture/answers.ts';
import { dayInWords } from '../dates.ts';
import { PageElement } from '../parts/page.ts';
import { paths } from '../router.ts';
import { sessionInWords } from '../session-words.ts';

class SessionElement extends PageElement {
  static override properties = { session: { attribute: false }, stored: { state: true } };
  declare session: string;
  declare stored: (StoredSession & { readonly appointment: string }) | null;

  constructor() {
    super();
    this.stored = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.stored = await this.shell.api.capture.sessionRecord(this.session);
    });
  }

  protected override render(): TemplateResult {
    const { stored } = this;
    return html`<nav class="crumb" aria-label="Way back"><a href=${paths.notes}>Notes</a></nav>
      <div class="page-head">
        <div>
          <h1>Session record</h1>
          ${stored === null
            ? nothing
            : html`<p class="soft">
                ${dayInWords(stored.record.date, this.today)} · ${stored.state === 'closed' ? 'closed' : 'still open'}
              </p>`}
        </div>
        ${stored?.record.date === this.today
          ? html`<div class="buttons">
              <a class="button" href=${paths.captureSession(stored.appointment)}>Open it in Capture</a>
            </div>`
          : nothing}
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${stored === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : this.#record(stored)}`;
  }

  #record({ record }: StoredSession): TemplateResult {
    const { totalMinutes, timedMinutes } = record;
    const minutes = (count: number | null): string => (count === null ? 'unknown' : String(count));
    return html`<section class="panel panel-body session-record" aria-label="What was recorded">
      <p>Total minutes <strong>${minutes(totalMinutes)}</strong> · timed <strong>${minutes(timedMinutes)}</strong></p>
      ${sessionInWords(record).map(
        ({ title, entries }) =>
          html`<h2>${title}</h2>
            <ul>
              ${entries.map((entry) => html`<li>${entry}</li>`)}
            </ul>`,
      )}
    </section>`;
  }
}

customElements.define('gait-session', SessionElement);
