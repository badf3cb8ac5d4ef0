// The draft as a form made from the server's list of fields; the one missing element is marked and can be jumped to.
import { html, noChange, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { TemplateResult } from 'lit';
import type { DraftField, Json } from '../api.ts';
import { columnsOf, fromControl, partsOf, rowsToText, textToRows, toControl, valueAt } from './draft-values.ts';

const groupNames: Record<string, string> = {
  patient: 'Patient',
  coverage: 'Coverage',
  provider: 'Provider',
  renderingProvider: 'Rendering provider',
  referringProvider: 'Referring provider',
  service: 'What is requested',
  clinical: 'Why it is needed',
  claim: 'Claim',
  payment: 'Payment',
  here: 'Claims here that may be it',
  found: 'What is in it',
};

const longTypes = new Set(['longText', 'textarea', 'multiline', 'list']);

export interface DraftFormOptions {
  readonly fields: readonly DraftField[];
  readonly draft: Json;
  readonly first: Json;
  readonly missing: { readonly path: string; readonly label: string } | null;
  readonly editable: boolean;
  onChange(path: string, value: Json): void;
}

/** The id of a field's control, so that "go to the missing field" and labels find it. */
export function controlId(path: string): string {
  return `draft-${path.replace(/[^A-Za-z0-9]+/g, '-')}`;
}

/** Every field to show: those of the server, and the missing element even where the server lists no field for it. */
export function fieldsShown(options: Pick<DraftFormOptions, 'fields' | 'missing'>): readonly DraftField[] {
  const { fields, missing } = options;
  if (missing === null || fields.some((field) => field.path === missing.path)) return fields;
  return [...fields, { path: missing.path, label: missing.label, type: 'text', required: true, copyReady: false }];
}

export function draftForm(options: DraftFormOptions): TemplateResult {
  const groups = Map.groupBy(fieldsShown(options), (field) => {
    const [head = '', ...rest] = partsOf(field.path);
    return rest.length === 0 ? '' : head;
  });
  return html`${[...groups].map(
    ([group, fields]) =>
      html`<fieldset class="draft-group">
        <legend>${groupNames[group] ?? (group === '' ? 'Request' : group)}</legend>
        <div class="draft-grid">${fields.map((field) => fieldControl(field, options))}</div>
      </fieldset>`,
  )}`;
}

function fieldControl(field: DraftField, options: DraftFormOptions): TemplateResult {
  const id = controlId(field.path);
  const value = valueAt(options.draft, field.path);
  const columns = field.type === 'structured' ? columnsOf(field.path) : null;
  const shown = columns ? rowsToText(field.path, value) : toControl(value);
  const missing = options.missing?.path === field.path && (shown === '' || shown === 'none');
  const changed = JSON.stringify(value) !== JSON.stringify(valueAt(options.first, field.path));
  const long =
    columns !== null ||
    longTypes.has(field.type) ||
    (typeof value === 'string' && (value.length > 60 || value.includes('\n')));
  const needed = field.required && toControl(value) === '' && !missing;
  const how = columns ? `One to a line: ${columns.map(([name]) => name).join(', ')}` : null;
  const hint = missing ? 'This is the one element still missing.' : needed ? 'Not filled in yet.' : how;
  const describedBy = hint === null ? nothing : `${id}-hint`;
  // What is being typed is never rewritten under the cursor: a half-written date or a fresh line is no value yet.
  const bound = document.activeElement?.id === id ? noChange : live(shown === 'none' ? '' : shown);
  const onInput = (event: Event): void => {
    if (
      event.target instanceof HTMLInputElement ||
      event.target instanceof HTMLTextAreaElement ||
      event.target instanceof HTMLSelectElement
    )
      options.onChange(
        field.path,
        columns ? textToRows(field.path, event.target.value) : fromControl(field.type, event.target.value),
      );
  };
  return html`<div
    class="field ${long ? 'wide' : toControl(value).length > 22 ? 'double' : ''} ${missing ? 'missing' : ''} ${changed
      ? 'changed'
      : ''}"
  >
    <label for=${id}>${field.label}</label>
    ${control()} ${hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}
  </div>`;

  function control(): TemplateResult {
    const invalid = missing ? 'true' : nothing;
    // What has parts of its own is shown, and edited through the fields of its parts.
    const structured = typeof value === 'object' && value !== null && field.type !== 'list';
    const locked =
      !options.editable ||
      field.editable === false ||
      ((structured || field.type === 'structured') && columns === null);
    if (field.options !== undefined && !locked)
      return html`<select id=${id} aria-invalid=${invalid} aria-describedby=${describedBy} @change=${onInput}>
        ${['', ...field.options].map(
          (option) =>
            html`<option value=${option} ?selected=${toControl(value) === option}>${option || 'unknown'}</option>`,
        )}
      </select>`;
    if (long || (structured && toControl(value).includes('\n')))
      return html`<textarea
        id=${id}
        aria-invalid=${invalid}
        aria-describedby=${describedBy}
        ?readonly=${locked}
        .value=${bound}
        @input=${onInput}
      ></textarea>`;
    const type = field.type === 'date' ? 'date' : 'text';
    return html`<input
      id=${id}
      type=${type}
      inputmode=${field.type === 'number' || field.type === 'integer' ? 'numeric' : nothing}
      autocomplete="off"
      spellcheck="false"
      aria-invalid=${invalid}
      aria-describedby=${describedBy}
      ?readonly=${locked}
      .value=${bound}
      @input=${onInput}
    />`;
  }
}
