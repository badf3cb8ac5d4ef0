// The value without which a draft cannot go on: who fills it in, and the way to its field.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Json, WorkItemPage } from '../api.ts';
import { roleInWords } from '../words.ts';
import { controlId } from './draft-form.ts';
import { asText, valueAt } from './draft-values.ts';

/** Nothing where the draft, as it is being edited, has the value. @param roles of the person who reads it */
export function missingNotice(
  { missing, fields }: WorkItemPage,
  draft: Json,
  editable: boolean,
  roles: readonly string[],
): TemplateResult | typeof nothing {
  if (missing === null) return nothing;
  const value = valueAt(draft, missing.path);
  const fillable = value === null || typeof value !== 'object' || Array.isArray(value);
  if (fillable && !['unknown', 'none'].includes(asText(value))) return nothing;
  const leadsToField = editable && fillable && fields.find(({ path }) => path === missing.path)?.editable !== false;
  return html`<div class="notice danger">
    <strong>Missing: ${missing.label}</strong>
    ${missing.owner === undefined || roles.includes(missing.owner)
      ? nothing
      : html`<span>${roleInWords(missing.owner)} fills this in; the item stands in that list too.</span>`}
    ${leadsToField
      ? html`<div class="buttons">
          <button class="button small" @click=${() => goTo(controlId(missing.path))}>Go to the missing field</button>
        </div>`
      : nothing}
  </div>`;
}

function goTo(id: string): void {
  const control = document.getElementById(id);
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
}
