// The minutes as they stand and the units they support, always in sight while they are typed.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { MinutesCheck } from '../../domain/capture/minutes.ts';
import type { Units } from '../../domain/units/units.ts';
import type { CaptureVisit } from './answers.ts';

const ruleWords = { cms: 'all timed minutes together (CMS)', midpoint: 'each service for itself' } as const;

export function minutesPanel(check: MinutesCheck, totalMinutes: number | null, visit: CaptureVisit): TemplateResult {
  const { counts, untimed, warnings } = check;
  return html`<section class="panel capture-minutes" aria-labelledby="capture-minutes-title">
    <div class="panel-head"><h2 id="capture-minutes-title">Minutes and units</h2></div>
    <div class="panel-body">
      <dl class="capture-figures">
        <div>
          <dt>Timed minutes</dt>
          <dd>${timedInWords(check)}</dd>
        </div>
        <div>
          <dt>Total minutes</dt>
          <dd>${totalMinutes ?? 'missing'}</dd>
        </div>
        ${counts.map(
          (count) =>
            html`<div>
              <dt>${counts.length === 1 ? 'Timed units' : `Timed units, ${ruleWords[count.rule]}`}</dt>
              <dd>${count.totalUnits}</dd>
            </div>`,
        )}
      </dl>
      ${counts.map(
        (count) =>
          html`<p class="small">
            ${unitsInWords(count.units)}${counts.length === 1
              ? html`<br /><span class="soft"
                    >Counted
                    ${ruleWords[count.rule]}${visit.counting.rule === null
                      ? ''
                      : `: ${visit.counting.rule.citation}`}</span
                  >`
              : nothing}
          </p>`,
      )}
      ${counts.length > 1
        ? html`<p class="small soft">How this payer counts is not on file, so both ways are shown.</p>`
        : nothing}
      ${untimed.length === 0
        ? nothing
        : html`<p class="small">One unit each, however long: ${[...new Set(untimed)].join(', ')}</p>`}
      ${assistantWords(check)}
      ${warnings.length === 0
        ? nothing
        : html`<ul class="capture-warnings small">
            ${warnings.map(({ words }) => html`<li>${words}</li>`)}
          </ul>`}
    </div>
  </section>`;
}

function assistantWords({ counts: [first] }: MinutesCheck): TemplateResult | typeof nothing {
  const share = first?.assistantShare ?? null;
  if (share === null || share.modifier === null) return nothing;
  return html`<p class="small">
    By the assistant:
    ${share.services
      .map(({ code, units, modified }) => `${code} ${modified ?? 'unknown'} of ${units} with ${share.modifier ?? ''}`)
      .join(', ')}
  </p>`;
}

/** "97110 × 2, 97140 × 1" */
function unitsInWords(units: Units): string {
  return Object.entries(units)
    .map(([code, count]) => `${code} × ${count}`)
    .join(', ');
}

/** The one line that stays in sight on a narrow tablet. */
export function minutesInWords(check: MinutesCheck, totalMinutes: number | null): string {
  const { counts } = check;
  const units = counts.map(({ totalUnits }) => String(totalUnits)).join(' or ');
  return [
    `Timed minutes: ${timedInWords(check)}`,
    `total: ${totalMinutes ?? 'missing'}`,
    units === '' ? 'no unit yet' : `${units} ${units === '1' ? 'unit' : 'units'}`,
  ].join(' · ');
}

/** Where minutes or codes are missing, the sum is told as what it is so far. */
function timedInWords({ timedMinutes, counts: [first] }: MinutesCheck): string {
  if (timedMinutes !== null) return String(timedMinutes);
  return first === undefined ? 'none yet' : `${first.timedMinutes} so far`;
}
