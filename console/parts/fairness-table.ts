// Whether offers reach everybody alike, as a table per group: few people are not shown, unknown is a group of its own.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { EquityCell } from '../../domain/waitlist/equity.ts';
import { dayInWords } from '../dates.ts';
import { groupValueInWords, groupWords, shareInWords } from '../waitlist.ts';
import type { Fairness } from '../waitlist.ts';

const columns = ['People', 'Could use a time', 'Were asked', 'Share asked', 'Took it', 'Share of those asked'];

function cells(
  { people, eligible, offers, acceptances, offered, accepted }: EquityCell,
  smallCell: number,
): TemplateResult {
  if (people === null || eligible === null || offers === null || acceptances === null)
    return html`<td colspan=${columns.length} class="soft">
      fewer than ${smallCell} people, or readable from the others: not shown
    </td>`;
  return html`<td class="number">${people}</td>
    <td class="number">${eligible}</td>
    <td class="number">${offers}</td>
    <td class="number">${shareInWords(offered)}</td>
    <td class="number">${acceptances}</td>
    <td class="number">${shareInWords(accepted)}</td>`;
}

export function fairnessTable({ from, slots, groups, total, smallCell }: Fairness, today: string): TemplateResult {
  const groupNames = ['channel', 'language', 'payerClass'] as const;
  return html`<section class="panel" aria-labelledby="fairness-title">
    <div class="panel-head">
      <h2 id="fairness-title">Do offers reach everybody alike?</h2>
      <span class="small soft"
        >since ${dayInWords(from, today)} · ${slots} freed ${slots === 1 ? 'visit' : 'visits'}</span
      >
    </div>
    ${slots === 0
      ? html`<p class="panel-note small soft">No visit has been offered since.</p>`
      : html`<div class="table-wrap" tabindex="0" role="region" aria-label="Offers by group">
            <table class="fairness">
              <caption class="visually-hidden">
                Offers and acceptances by channel, language and kind of insurance
              </caption>
              <thead>
                <tr>
                  <th scope="col">Group</th>
                  ${columns.map((words) => html`<th scope="col" class="number">${words}</th>`)}
                </tr>
              </thead>
              <tbody>
                <tr>
                  <th scope="row">Everybody</th>
                  ${cells(total, smallCell)}
                </tr>
              </tbody>
              ${groupNames.map((group) =>
                groups[group].length === 0
                  ? nothing
                  : html`<tbody>
                      <tr class="group-head">
                        <th scope="rowgroup" colspan=${columns.length + 1}>${groupWords[group]}</th>
                      </tr>
                      ${groups[group].map(
                        (cell) =>
                          html`<tr>
                            <th scope="row">${groupValueInWords(cell.value)}</th>
                            ${cells(cell, smallCell)}
                          </tr>`,
                      )}
                    </tbody>`,
              )}
            </table>
          </div>
          <p class="panel-note small soft">
            In brackets the range in which the true share lies in 95 of 100 cases. Counts are of waiting patients and
            freed visits, not of different people.
          </p>`}
  </section>`;
}
