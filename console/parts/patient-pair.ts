// Two records side by side, with what each field says of the two being one person.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { instantInWords, recordInWords } from '../dates.ts';
import type { PairDraft } from '../data-audit.ts';

export function patientPair(
  { sources, rows, conclusion, weights }: PairDraft,
  now: Date,
  zone: string,
): TemplateResult {
  const source = ({ system, asOf }: PairDraft['sources']['first']): TemplateResult =>
    html`${system}<span class="under"
        >${asOf === null ? 'as of an unknown time' : `as of ${instantInWords(asOf, now, zone)}`}</span
      >`;
  const said = (value: string | null): string => (value === null ? 'unknown' : recordInWords(value, now, zone));
  return html`<p><strong>${conclusion}</strong></p>
    <div class="table-wrap" tabindex="0" role="region" aria-label="Both records">
      <table class="rows dense">
        <caption class="visually-hidden">
          Both records, field by field
        </caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">First record: ${source(sources.first)}</th>
            <th scope="col">Second record: ${source(sources.second)}</th>
            <th scope="col">What it says</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ label, first, second, words }) =>
              html`<tr class="row">
                <th scope="row">${label}</th>
                <td data-label="First record">${said(first)}</td>
                <td data-label="Second record">${said(second)}</td>
                <td data-label="What it says">${words ?? nothing}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <details>
      <summary>What each field weighs</summary>
      <p class="small soft">
        In bits: each one doubles how much likelier the records are of one person. The first number is against two
        strangers, the second against two people of one household, who have much in common.
      </p>
      <ul>
        ${weights.map(
          ({ words, strangerBits, householdBits }) =>
            html`<li>
              ${words}: ${signed(strangerBits)} against strangers, ${signed(householdBits)} in one household
            </li>`,
        )}
      </ul>
    </details>`;
}

function signed(bits: number): string {
  return bits > 0 ? `+${bits}` : `${bits}`.replace('-', '−');
}
