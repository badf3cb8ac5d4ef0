// A service line before and after a proposed change: what is billed struck out, what it would become beside it.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ProposedChange } from '../../domain/scrub/proposed-change.ts';
import { serviceInWords } from '../claim-words.ts';

export function lineChange(change: ProposedChange | null): TemplateResult | typeof nothing {
  if (change === null) return nothing;
  const { line, before, after } = change;
  return html`<p class="line-change">
    <span class="soft">${line === null ? 'new line' : `line ${line + 1}`}</span>
    ${before === null ? nothing : html`<del>${serviceInWords(before)}</del>`}
    ${after.length === 0
      ? html`<ins>taken off the claim</ins>`
      : after.map((service) => html`<ins>${serviceInWords(service)}</ins>`)}
  </p>`;
}
