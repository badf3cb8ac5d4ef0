// The last imported reports: what each brought, and which rows were refused, by row and column and never by value.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ImportedReport } from '../api.ts';

const kinds: Readonly<Record<string, string>> = {
  patients: 'Patients',
  authorizations: 'Authorizations',
  appointments: 'Schedule',
  notes: 'Notes',
  charges: 'Charges',
  outcomes: 'Outcome scores',
};

/** What needs a look first, then what is as it should be. */
const countWords: readonly (readonly [keyof ImportedReport['counts'], string])[] = [
  ['unknownPayers', 'with a payer nobody has mapped'],
  ['unmatched', 'of a patient who is not known'],
  ['cancelled', 'visits gone from the schedule'],
  ['added', 'new'],
  ['changed', 'changed'],
  ['same', 'as before'],
];

/** `when` says an instant in words, `nameOf` a connection. */
export function importList(
  imports: readonly ImportedReport[],
  when: (instant: string) => string,
  nameOf: (connection: string) => string,
): TemplateResult {
  return html`<section class="below" aria-labelledby="imports-title">
    <h2 id="imports-title">Last imports</h2>
    ${imports.length === 0
      ? html`<p class="soft">No report was imported yet.</p>`
      : html`<div class="panel">
          <table class="rows">
            <caption class="visually-hidden">
              Reports imported last
            </caption>
            <thead>
              <tr>
                <th scope="col">Report</th>
                <th scope="col">From</th>
                <th scope="col">Imported</th>
                <th scope="col">Rows</th>
                <th scope="col">Refused</th>
              </tr>
            </thead>
            <tbody>
              ${imports.map(
                (one) =>
                  html`<tr class="row">
                    <td><strong>${kinds[one.kind] ?? one.kind}</strong></td>
                    <td data-label="From">${nameOf(one.connection)}</td>
                    <td data-label="Imported">${when(one.at)}</td>
                    <td data-label="Rows">${rowsInWords(one)}</td>
                    <td data-label="Refused">${refused(one)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`}
  </section>`;
}

export function rowsInWords({ counts }: Pick<ImportedReport, 'counts'>): string {
  const words = countWords.flatMap(([count, what]) => (counts[count] > 0 ? [`${counts[count]} ${what}`] : []));
  return words.length === 0 ? 'none' : words.join(', ');
}

function refused({ refused: count, rejected }: ImportedReport): TemplateResult {
  if (count === 0) return html`none`;
  return html`<details>
    <summary><span class="mark warn">${count} ${count === 1 ? 'row' : 'rows'}</span></summary>
    <ul>
      ${rejected.map(
        ({ row, column, reason }) =>
          html`<li>
            ${row === 0 ? 'the whole file' : `row ${row}`}${column === null ? '' : `, ${column}`}: ${reason}
          </li>`,
      )}
    </ul>
    ${count > rejected.length ? html`<p class="soft">and ${count - rejected.length} more</p>` : nothing}
  </details>`;
}
