// Dictation on the capture page: typed or spoken, read on the tablet itself, filled in with every entry to be confirmed, undone with one tap.
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { allConfirmed, stillUnsure, withDictation } from '../../domain/capture/dictate.ts';
import { parseDictation } from '../../domain/dictation/parse.ts';
import type { Dictated } from '../../domain/dictation/parse.ts';
import { phraseBook } from '../../domain/dictation/phrases.ts';
import { PageElement } from '../parts/page.ts';
import type { SessionRecord } from './answers.ts';
import type { Editing } from './frame.ts';
import { Recorder } from './recorder.ts';

/** What the last dictation came to. */
interface Taken {
  readonly before: SessionRecord;
  readonly entries: number;
  readonly notUnderstood: readonly string[];
}

class DictationElement extends PageElement {
  static override properties = {
    editing: { attribute: false },
    session: { attribute: false },
    text: { state: true },
    taken: { state: true },
    recorder: { state: true },
    isWriting: { state: true },
  };
  declare editing: Editing;
  /** Reference of the session that is dictated. */
  declare session: string;
  declare text: string;
  declare taken: Taken | null;
  declare recorder: Recorder | null;
  declare isWriting: boolean;

  /** The record as the dictation left it: while it stands so, it can be undone without losing anything else. */
  #after: SessionRecord | 'next' | null = null;

  readonly #onNetwork = (): void => this.requestUpdate();

  constructor() {
    super();
    this.text = '';
    this.taken = null;
    this.recorder = null;
    this.isWriting = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#onNetwork);
    window.addEventListener('offline', this.#onNetwork);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#onNetwork);
    window.removeEventListener('offline', this.#onNetwork);
    this.recorder?.drop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.#after === 'next' && changed.has('editing')) this.#after = this.editing.record;
  }

  protected override render(): TemplateResult {
    const { record, change } = this.editing;
    const left = stillUnsure(record);
    return html`<section class="panel capture-section" aria-labelledby="capture-dictation">
      <div class="panel-head"><h2 id="capture-dictation">Dictation</h2></div>
      <div class="panel-body capture-body">
        ${this.failureNotice()}
        <label class="field">
          <span>What was done and found</span>
          <textarea
            rows="3"
            autocomplete="off"
            placeholder="Leg press 3 sets of 10 at 50 pounds. Left knee flexion 110 degrees."
            .value=${this.text}
            @input=${(event: Event) => (this.text = (event.target as HTMLTextAreaElement).value)}
          ></textarea>
        </label>
        <div class="buttons">
          <button
            class="button primary"
            type="button"
            ?disabled=${this.text.trim() === ''}
            @click=${() => this.#fill()}
          >
            Fill in
          </button>
          ${this.#speech()}
        </div>
        ${this.#outcome()}
        ${left === 0
          ? nothing
          : html`<div class="notice warn" role="status">
              <strong>${left} ${left === 1 ? 'entry waits' : 'entries wait'} to be confirmed.</strong>
              <span>Look at each below, correct it or tap “That is right”.</span>
              <div class="buttons">
                <button class="button small" type="button" @click=${() => change(allConfirmed(record))}>
                  All of it is right
                </button>
              </div>
            </div>`}
      </div>
    </section>`;
  }

  #speech(): unknown {
    if (this.editing.day.listening?.hasSpeech !== true) return nothing;
    if (this.recorder !== null)
      return html`<button class="button" type="button" @click=${() => void this.#stop()}>Stop and write down</button>
        <span class="mark warn" role="status">Recording …</span>`;
    if (this.isWriting) return html`<span class="mark" role="status">Writing down …</span>`;
    if (!navigator.onLine)
      return html`<span class="small soft" role="status">Recording needs the connection; type instead.</span>`;
    if (!Recorder.canRecord)
      return html`<span class="small soft">This browser cannot record here; type instead.</span>`;
    return html`<button class="button" type="button" @click=${() => void this.#record()}>Record</button>`;
  }

  #outcome(): unknown {
    const { taken } = this;
    if (taken === null) return nothing;
    return html`<div class="notice" role="status" data-dictated=${taken.entries}>
      <strong>
        ${taken.entries === 0
          ? 'Nothing was filled in.'
          : `${taken.entries} ${taken.entries === 1 ? 'entry was' : 'entries were'} filled in.`}
      </strong>
      ${taken.notUnderstood.length === 0
        ? nothing
        : html`<span
            >Not understood, enter it by hand: ${taken.notUnderstood.map((words) => `“${words}”`).join(', ')}.</span
          >`}
      ${this.editing.record === this.#after
        ? html`<div class="buttons">
            <button class="button small" type="button" @click=${() => this.#undo(taken)}>Undo the dictation</button>
          </div>`
        : nothing}
    </div>`;
  }

  #fill(): void {
    const { record, day, change } = this.editing;
    if (day.listening === undefined) return;
    const { vocabulary, measures } = day.listening;
    const text = this.text.trim();
    const dictated = parseDictation(text, record, { book: phraseBook(vocabulary), measures });
    this.taken = {
      before: record,
      entries: entriesOf(dictated),
      notUnderstood: dictated.notUnderstood.map(({ from, to }) => text.slice(from, to)),
    };
    this.text = '';
    this.#after = 'next';
    change(withDictation(record, dictated));
    this.shell.announce('The dictation was filled in. Confirm what is marked.');
  }

  /** Back to the record before it. */
  #undo({ before }: Taken): void {
    this.editing.change(before);
    this.taken = null;
    this.shell.announce('The dictation was undone.');
  }

  async #record(): Promise<void> {
    await this.attempt(async () => {
      this.recorder = await Recorder.begin();
    });
  }

  async #stop(): Promise<void> {
    const { recorder } = this;
    if (recorder === null) return;
    this.recorder = null;
    this.isWriting = true;
    await this.attempt(async () => {
      const { mediaType, audio } = await recorder.end();
      const text = await this.shell.api.capture.writtenDown(this.session, mediaType, audio);
      this.text = this.text.trim() === '' ? text : `${this.text.trim()} ${text}`;
    });
    this.isWriting = false;
  }
}

/** How many entries and single fields a dictation filled. */
function entriesOf({ sources }: Dictated): number {
  const places = sources.map(({ path }) => /^\/(?:subjective\/)?[A-Za-z]+(?:\/\d+)?/.exec(path)?.[0] ?? path);
  return new Set(places).size;
}

customElements.define('gait-dictation', DictationElement);
