// A dialog of settings: a labelled control for each, what the server refused, and the buttons.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Setting } from '../connection-systems.ts';
import { errorNotice } from './page.ts';

interface SettingsDialog {
  readonly id: string;
  readonly title: string;
  /** Why the last try was refused; null: there was none. */
  readonly failure: unknown;
  readonly fields: TemplateResult | readonly TemplateResult[];
  readonly button: string;
  readonly onSubmit: (event: SubmitEvent) => Promise<void>;
}

export function settingsDialog(dialog: SettingsDialog): TemplateResult {
  const { id, title, failure, fields, button, onSubmit } = dialog;
  return html`<dialog id=${id} aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    <form @submit=${onSubmit}>
      ${failure === null ? nothing : errorNotice(failure)} ${fields}
      <div class="buttons">
        <button type="button" class="button" @click=${closeDialog}>Cancel</button>
        <button class="button primary">${button}</button>
      </div>
    </form>
  </dialog>`;
}

function closeDialog(event: Event): void {
  if (event.target instanceof Element) event.target.closest('dialog')?.close();
}

/** @param prefix of the control's id, as a page may ask for the same setting in several dialogs */
export function settingField(prefix: string, setting: Setting): TemplateResult {
  const id = `${prefix}-${setting.name}`;
  return html`<div class="field">
    <label for=${id}>${setting.label}</label>
    ${control(id, setting)} ${setting.hint ? html`<span class="hint" id="${id}-hint">${setting.hint}</span>` : nothing}
  </div>`;
}

function control(id: string, setting: Setting): TemplateResult {
  const { name, choices, json, secret, date, number } = setting;
  if (choices)
    return html`<select id=${id} name=${name}>
      ${choices.map((choice) => html`<option value=${choice}>${choice}</option>`)}
    </select>`;
  if (json)
    return html`<textarea id=${id} name=${name} rows="4" spellcheck="false" aria-describedby="${id}-hint"></textarea>`;
  return html`<input
    id=${id}
    name=${name}
    type=${secret ? 'password' : date ? 'date' : number ? 'number' : 'text'}
    autocomplete=${secret ? 'new-password' : 'off'}
    value=${setting.value ?? ''}
    ?required=${setting.optional !== true}
    aria-describedby=${setting.hint ? `${id}-hint` : nothing}
  />`;
}
