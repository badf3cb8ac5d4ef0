// One session as it was captured, read only: where the values of a document come from.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { documentKinds } from '../../domain/note/source-schema.ts';
import type { StoredSession } from '../capture/answers.ts';
import { dayInWords } from '../dates.ts';
import { kindWords } from '../note-words.ts';
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
      ${stored !== null && stored.state === 'closed' && this.shell.session.user.roles.includes('therapist')
        ? this.#drafting()
        : nothing}
      ${stored === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : this.#record(stored)}`;
  }

  /** Another document of the same session: a progress report, a letter. */
  #drafting(): TemplateResult {
    return html`<form class="toolbar" @submit=${this.#draft}>
      <div class="field">
        <label for="draft-kind">Draft a document of this session</label>
        <select id="draft-kind" name="kind">
          <option value="">the one that suits it</option>
          ${documentKinds.map((kind) => html`<option value=${kind}>${kindWords[kind]}</option>`)}
        </select>
      </div>
      <button class="button">Draft</button>
    </form>`;
  }

  readonly #draft = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const chosen = new FormData(event.target).get('kind');
    const kind = documentKinds.find((one) => one === chosen) ?? null;
    void this.attempt(async () => {
      const { note } = await this.shell.api.notes.draft(this.session, kind);
      this.shell.go(paths.note(note));
    });
  };

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
