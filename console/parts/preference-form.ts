// How a patient likes to be reached: the channel they like best, language, the zone they live in, the hours they want messages in.
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { channels } from '../../domain/outreach/words.ts';
import { channelWords } from '../outreach-words.ts';
import type { ContactPreference } from '../outreach.ts';
import { errorNotice } from './page.ts';

const languages = [
  ['en', 'English'],
  ['es', 'Spanish'],
] as const;

const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
] as const;

class PreferenceForm extends LitElement {
  static override properties = {
    preference: { attribute: false },
    send: { attribute: false },
    failure: { state: true },
    busy: { state: true },
    complaint: { state: true },
  };
  declare preference: ContactPreference;
  declare send: (preference: ContactPreference) => Promise<void>;
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

  protected override updated(changed: PropertyValues): void {
    // What is stored is what the form shows anew.
    if (changed.has('preference')) this.querySelector('form')?.reset();
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || this.busy) return;
    const data = new FormData(form);
    const value = (name: string): string | null => {
      const text = data.get(name);
      return typeof text === 'string' && text !== '' ? text : null;
    };
    const best = channels.find((channel) => channel === value('channel'));
    const [from, to] = [value('from'), value('to')];
    this.complaint =
      (from === null) !== (to === null)
        ? 'Give both hours or none.'
        : from !== null && to !== null && from >= to
          ? 'The hours end before they begin.'
          : null;
    if (this.complaint !== null) return;
    this.busy = true;
    this.failure = null;
    try {
      await this.send({
        // The others follow in the order they had.
        channels: best === undefined ? [] : [best, ...this.preference.channels.filter((one) => one !== best)],
        language: value('language'),
        zone: value('zone'),
        hours: from === null || to === null ? null : { from, to },
      });
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  };

  protected override render(): TemplateResult {
    const { channels: order, language, zone, hours } = this.preference;
    const known = zone === null || zones.some((one) => one === zone) ? zones : [...zones, zone];
    return html`<form class="preference-form" novalidate @submit=${this.#submit}>
      ${this.#select('channel', 'Likes best', 'Nobody asked', order[0] ?? null, [
        ...channels.map((one) => [one, channelWords[one]] as const),
      ])}
      ${this.#select('language', 'Language', "The clinic's", language, languages)}
      ${this.#select(
        'zone',
        'Lives in the zone of',
        'Where the address says',
        zone,
        known.map((one) => [one, one.replace(/^.*\//, '').replaceAll('_', ' ')] as const),
      )}
      <div class="field">
        <span class="label" id="hours-label">Wants messages between</span>
        <div class="hours" role="group" aria-labelledby="hours-label">
          <input type="time" name="from" aria-label="From" value=${hours?.from ?? ''} />
          <span>and</span>
          <input type="time" name="to" aria-label="To" value=${hours?.to ?? ''} />
        </div>
        <span class="hint">By the patient's clock. Empty: any hour that the rules allow.</span>
      </div>
      ${this.complaint === null
        ? nothing
        : html`<div class="notice danger" role="alert"><strong>${this.complaint}</strong></div>`}
      ${this.failure === null ? nothing : errorNotice(this.failure)}
      <div class="buttons">
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Sending …' : 'Save'}</button>
      </div>
    </form>`;
  }

  #select(
    name: string,
    label: string,
    none: string,
    chosen: string | null,
    choices: readonly (readonly [value: string, words: string])[],
  ): TemplateResult {
    const id = `preference-${name}`;
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} name=${name}>
        <option value="" ?selected=${chosen === null}>${none}</option>
        ${choices.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
      </select>
    </div>`;
  }
}

customElements.define('gait-preference-form', PreferenceForm);
