// Writes down a word of a patient on messages: what they agree to or do not want, on which channels, and how that is known.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { categories, channels } from '../../domain/outreach/words.ts';
import { categoryInWords, channelWords } from '../outreach-words.ts';
import type { WrittenConsent } from '../outreach.ts';
import { SentForm } from './sent-form.ts';

const asked = categories.filter((category) => category !== 'answer');

class ConsentForm extends SentForm<WrittenConsent> {
  protected override read(data: FormData) {
    const picked = <One extends string>(name: string, all: readonly One[]): readonly One[] =>
      all.filter((one) => data.getAll(name).includes(one));
    const [ofCategories, ofChannels] = [picked('category', asked), picked('channel', channels)];
    const text = data.get('evidence');
    const evidence = typeof text === 'string' ? text.trim() : '';
    const state = data.get('state') === 'granted' ? ('granted' as const) : ('revoked' as const);
    if (ofCategories.length === 0 || ofChannels.length === 0)
      return { complaint: 'Pick at least one kind of message and one channel.' };
    if (state === 'granted' && evidence === '') return { complaint: 'Say how you know that they agreed.' };
    const said: WrittenConsent = {
      state,
      ...(ofCategories.length === asked.length ? {} : { categories: ofCategories }),
      ...(ofChannels.length === channels.length ? {} : { channels: ofChannels }),
      source: data.get('source') === 'intake' ? 'intake' : 'staff',
      ...(evidence === '' ? {} : { evidence }),
    };
    return { said };
  }

  protected override stored(form: HTMLFormElement): void {
    form.reset();
  }

  protected override render(): TemplateResult {
    return html`<form class="consent-form" novalidate @submit=${this.submit}>
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
      ${this.foot('Write it down')}
    </form>`;
  }
}

customElements.define('gait-consent-form', ConsentForm);
