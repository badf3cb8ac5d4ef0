// The protocol of a clinic's data on the page of the data audit: what is looked for, who does what, how often, and by which rule.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ProtocolPart } from '../../domain/data-audit/protocol.ts';
import { dayInWords } from '../dates.ts';

export function dataProtocol(parts: readonly ProtocolPart[], today: string): TemplateResult {
  return html`<section class="panel" aria-labelledby="protocol-title">
    <div class="panel-head"><h2 id="protocol-title">The rules, and who does what</h2></div>
    <div class="panel-body">
      ${parts.map(
        ({ title, rules, who, often, source, retrieved }) =>
          html`<details class="protocol">
            <summary>${title}</summary>
            <ul>
              ${rules.map((rule) => html`<li>${rule}</li>`)}
            </ul>
            <p><strong>Who:</strong> ${who}. <strong>How often:</strong> ${often}.</p>
            <p class="small soft">Source: ${source} (read ${dayInWords(retrieved, today)})</p>
          </details>`,
      )}
    </div>
  </section>`;
}
