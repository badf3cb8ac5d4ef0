// The mark of Gait, drawn with the colours of the style sheet.
import { html } from 'lit';
import type { TemplateResult } from 'lit';

export function brandMark(): TemplateResult {
  return html`<svg viewBox="0 0 32 32" aria-hidden="true">
    <rect class="brand-mark" width="32" height="32" rx="8" />
    <path class="brand-line" d="M7 21.5c4 0 4.5-11 9-11s5 11 9 11" />
    <circle class="brand-dot" cx="7" cy="21.5" r="2.3" />
    <circle class="brand-dot" cx="25" cy="21.5" r="2.3" />
  </svg>`;
}
