// The lines of a claim beside what the notes of the day have of them, and the codes and units the notes support.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ClaimLine } from '../../domain/claim/line-schema.ts';
import { amountInWords, serviceInWords } from '../claim-words.ts';
import type { ClaimPage, Documented, SuggestedLine } from '../claims.ts';
import { dayInWords } from '../dates.ts';
import { lineChange } from './line-change.ts';

/** What was billed beside what the note of the same day says. */
export function claimLines({ claim, documented, hasChart }: ClaimPage, today: string): TemplateResult {
  return html`<section class="panel" aria-labelledby="lines-title">
    <div class="panel-head"><h2 id="lines-title">Lines beside the note</h2></div>
    <table class="rows dense">
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Billed</th>
          <th scope="col" class="number">Charge</th>
          <th scope="col">In the note of that day</th>
        </tr>
      </thead>
      <tbody>
        ${claim.lines.map((line, index) => lineRow(line, index, documented[index] ?? [], hasChart, today))}
      </tbody>
    </table>
  </section>`;
}

function lineRow(
  line: ClaimLine,
  index: number,
  documented: readonly Documented[],
  hasChart: boolean,
  today: string,
): TemplateResult {
  const { procedure, units, chargeCents, from } = line;
  const service = { code: procedure?.code ?? null, modifiers: procedure?.modifiers ?? [], units };
  return html`<tr>
    <td data-label="Line">${index + 1}</td>
    <td data-label="Billed">
      ${serviceInWords(service)}
      ${from === null ? nothing : html`<span class="under">${dayInWords(from, today)}</span>`}
    </td>
    <td class="number" data-label="Charge">${amountInWords(chargeCents)}</td>
    <td data-label="In the note">
      ${documented.length === 0
        ? html`<span class="soft">${hasChart ? 'not in the note' : 'no chart at hand'}</span>`
        : documented.map(
            ({ minutes, by, text, elements }) =>
              html`<div class="noted">
                <strong>${minutes === null ? 'minutes unknown' : `${minutes} minutes`}</strong>${by === null
                  ? nothing
                  : `, by ${by}`}
                ${text === null ? nothing : html`<span class="under">${text}</span>`}
                ${elements.length === 0
                  ? nothing
                  : html`<ul class="elements" aria-label="What such a note tells">
                      ${elements.map(
                        ({ words, kind, isTold }) =>
                          html`<li class=${kind === 'against' ? 'against' : isTold ? 'told' : 'missing'}>
                            ${kind === 'against' ? `speaks of ${words}` : isTold ? words : `missing: ${words}`}
                          </li>`,
                      )}
                    </ul>`}
              </div>`,
          )}
    </td>
  </tr>`;
}

const differences: Record<SuggestedLine['difference'], string> = {
  same: 'as charged',
  fewer: 'fewer than charged',
  more: 'more than charged',
  uncharged: 'in the note, not charged',
  undocumented: 'charged, not in the note',
  unknown: 'the note does not tell',
};

const rules: Record<ClaimPage['suggestions'][number]['rule'], string> = {
  cms: 'units by the CMS rule',
  midpoint: 'units by the midpoint rule',
};

/** Codes and units the notes support, beside what was charged. */
export function claimSuggestions({ suggestions }: ClaimPage, today: string): TemplateResult | typeof nothing {
  if (suggestions.length === 0) return nothing;
  return html`<section class="panel" aria-labelledby="supported-title">
    <div class="panel-head">
      <h2 id="supported-title">What the notes support</h2>
      <span class="small soft">A proposal beside what was charged; nothing is changed by it</span>
    </div>
    ${suggestions.map(
      ({ day, rule, codes, reasons }) =>
        html`<table class="rows dense">
            <caption class="table-caption">
              <strong>${dayInWords(day, today)}</strong>
              <span class="soft">${rules[rule]}</span>
            </caption>
            <thead>
              <tr>
                <th scope="col">Code</th>
                <th scope="col" class="number">Charged</th>
                <th scope="col" class="number">Supported</th>
                <th scope="col">Why</th>
                <th scope="col">The line would become</th>
              </tr>
            </thead>
            <tbody>
              ${codes.map(
                (code) =>
                  html`<tr>
                    <td data-label="Code">${code.code}</td>
                    <td class="number" data-label="Charged">${code.chargedUnits ?? 'unknown'}</td>
                    <td class="number" data-label="Supported">${code.supportedUnits ?? 'unknown'}</td>
                    <td data-label="Why">
                      <span class="mark ${code.difference === 'same' ? 'good' : 'warn'}"
                        >${differences[code.difference]}</span
                      >
                      <span class="under">${code.reasons.join(' ')}</span>
                    </td>
                    <td data-label="Change">${code.change === null ? '–' : lineChange(code.change)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
          ${reasons.length === 0
            ? nothing
            : html`<details class="inset">
                <summary>How the units were counted</summary>
                <ul>
                  ${reasons.map((reason) => html`<li>${reason}</li>`)}
                </ul>
              </details>`}`,
    )}
  </section>`;
}
