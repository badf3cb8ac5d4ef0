// One table of figures: the first column says of what, the last ones are numbers.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

type Cell = TemplateResult | string;

export function figureTable(of: {
  readonly title: string;
  readonly note?: string;
  /** So many columns in front are words; one unless given. */
  readonly words?: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}): TemplateResult {
  const { title, note, words: wordColumns = 1, columns, rows } = of;
  return html`<section class="panel table-wrap" tabindex="0" role="region" aria-label=${title}>
    <div class="panel-head"><h2>${title}</h2></div>
    ${note === undefined ? nothing : html`<p class="panel-note small soft">${note}</p>`}
    <table class="rows dense">
      <caption class="visually-hidden">
        ${title}
      </caption>
      <thead>
        <tr>
          ${columns.map(
            (words, index) => html`<th scope="col" class=${index < wordColumns ? '' : 'number'}>${words}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr class="row">
              ${cells.map((cell, index) =>
                index === 0
                  ? html`<td class="nowrap">${cell}</td>`
                  : html`<td class=${index < wordColumns ? '' : 'number'} data-label=${columns[index] ?? ''}>
                      ${cell}
                    </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
