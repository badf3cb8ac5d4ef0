// The copy-ready values of a packet: one button beside each, one for all of them, because they are typed into somebody else's portal.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { CopyValue } from '../api.ts';
import './copy-button.ts';

export function copyList(values: readonly CopyValue[]): TemplateResult {
  const all = values.map(({ label, value }) => `${label}: ${value}`).join('\n');
  return html`<div class="buttons"><gait-copy-button .text=${all} .words=${'Copy all'}></gait-copy-button></div>
    <dl>
      ${values.map(
        ({ label, value }) =>
          html`<div class="copy-line">
            <dt>${label}</dt>
            <dd class="value">${value}</dd>
            <dd><gait-copy-button .text=${value} .what=${label}></gait-copy-button></dd>
          </div>`,
      )}
    </dl>`;
}
