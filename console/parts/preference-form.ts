// How a patient likes to be reached: the channel they like best, language, the zone they live in, the hours they want messages in.
import { html } from 'lit';
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import { channels } from '../../domain/outreach/words.ts';
import { channelWords } from '../outreach-words.ts';
import type { ContactPreference } from '../outreach.ts';
import { SentForm } from './sent-form.ts';

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

class PreferenceForm extends SentForm<ContactPreference> {
  static override properties: PropertyDeclarations = { ...SentForm.properties, preference: { attribute: false } };
  declare preference: ContactPreference;

  protected override updated(changed: PropertyValues): void {
    // What is stored is what the form shows anew.
    if (changed.has('preference')) this.querySelector('form')?.reset();
  }

  protected override read(data: FormData) {
    const value = (name: string): string | null => {
      const text = data.get(name);
      return typeof text === 'string' && text !== '' ? text : null;
    };
    const best = channels.find((channel) => channel === value('channel'));
    const [from, to] = [value('from'), value('to')];
    if ((from === null) !== (to === null)) return { complaint: 'Give both hours or none.' };
    if (from !== null && to !== null && from >= to) return { complaint: 'The hours end before they begin.' };
    const said: ContactPreference = {
      // The others follow in the order they had.
      channels: best === undefined ? [] : [best, ...this.preference.channels.filter((one) => one !== best)],
      language: value('language'),
      zone: value('zone'),
      hours: from === null || to === null ? null : { from, to },
    };
    return { said };
  }

  protected override render(): TemplateResult {
    const { channels: order, language, zone, hours } = this.preference;
    const known = zone === null || zones.some((one) => one === zone) ? zones : [...zones, zone];
    return html`<form class="preference-form" novalidate @submit=${this.submit}>
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
      ${this.foot('Save')}
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
