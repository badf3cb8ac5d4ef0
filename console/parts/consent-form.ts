// Writes down a word of a patient on messages: what they agree to or do not want, on which channels, and how that is known.
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { categories, channels } from '../../domain/outreach/words.ts';
import { categoryInWords, channelWords } from '../outreach-words.ts';
import type { WrittenConsent } from '../outreach.ts';
import { errorNotice } from './page.ts';

const asked = categories.filter((category) => category !== 'answer');

class ConsentForm extends LitElement {
  static override properties = {
    send: { attribute: false },
    failure: { state: true },
    busy: { state: true },
    complaint: { state: true },
  };
  /** Stores the word; a refusal rejects and stays on the form with what was typed. */
  declare send: (word: WrittenConsent) => Promise<void>;
  declare failure: unknown;
  declare busy: boolean;
  declare complaint: string | null;

  constructor() {
    super();
    this.failure = null;
    this.busy = false;
    this.complaint = null;
  }

  protected override createRenderRoot(): this {
    return this;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || this.busy) return;
    const data = new FormData(form);
    const picked = <One extends string>(name: string, all: readonly One[]): readonly One[] =>
      all.filter((one) => data.getAll(name).includes(one));
    const [ofCategories, ofChannels] = [picked('category', asked), picked('channel', channels)];
    const text = data.get('evidence');
    const evidence = typeof text === 'string' ? text.trim() : '';
    const state = data.get('state') === 'granted' ? 'granted' : 'revoked';
    this.complaint =
      ofCategories.length === 0 || ofChannels.length === 0
        ? 'Pick at least one kind of message and one channel.'
        : state === 'granted' && evidence === ''
          ? 'Say how you know that they agreed.'
          : null;
    if (this.complaint !== null) return;
    this.busy = true;
    this.failure = null;
    try {
      await this.send({
        state,
        ...(ofCategories.length === asked.length ? {} : { categories: ofCategories }),
        ...(ofChannels.length === channels.length ? {} : { channels: ofChannels }),
        source: data.get('source') === 'intake' ? 'intake' : 'staff',
        ...(evidence === '' ? {} : { evidence }),
      });
      form.reset();
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  };

  protected override render(): TemplateResult {
    return html`<form class="consent-form" novalidate @submit=${this.#submit}>
      <fieldset class="field">
        <legend class="label">The patient</legend>
        <div class="choices">
          <label><input type="radio" name="state" value="granted" checked />agrees to</label>
          <label><input type="radio" name="state" value="revoked" />does not want</label>
        </div>
      </fieldset>
      <fieldset class="field">
        <legend class="label">Messages about</legend>
        <div class="choices">
          ${asked.map(
            (category) =>
              html`<label
                ><input type="checkbox" name="category" value=${category} checked />${categoryInWords(category)}</label
              >`,
          )}
        </div>
      </fieldset>
      <fieldset class="field">
        <legend class="label">By</legend>
        <div class="choices">
          ${channels.map(
            (channel) =>
              html`<label
                ><input type="checkbox" name="channel" value=${channel} checked />${channelWords[channel]}</label
              >`,
          )}
        </div>
      </fieldset>
      <fieldset class="field">
        <legend class="label">How it came</legend>
        <div class="choices">
          <label><input type="radio" name="source" value="staff" checked />said so to staff</label>
          <label><input type="radio" name="source" value="intake" />on an intake form</label>
        </div>
      </fieldset>
      <div class="field wide">
        <label for="consent-evidence">How you know</label>
        <textarea id="consent-evidence" name="evidence" maxlength="500" aria-describedby="consent-hint"></textarea>
        <span class="hint" id="consent-hint"
          >When and how they said so, or which form they signed. Needed where they agree.</span
        >
      </div>
      ${this.complaint === null
        ? nothing
        : html`<div class="notice danger" role="alert"><strong>${this.complaint}</strong></div>`}
      ${this.failure === null ? nothing : errorNotice(this.failure)}
      <div class="buttons">
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Sending …' : 'Write it down'}</button>
      </div>
    </form>`;
  }
}

customElements.define('gait-consent-form', ConsentForm);
