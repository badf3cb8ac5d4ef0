// What a manager does well to look at first today, each with its reason and where it is done.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Recommendation } from '../../domain/attendance/recommendations.ts';
import type { Recommendations } from '../outreach.ts';
import { paths } from '../router.ts';

/** Where a line is done. */
function placeOf({ kind, about }: Recommendation): readonly [path: string, words: string] {
  switch (kind) {
    case 'callFirst':
    case 'findTime':
      return [paths.messages, 'Messages'];
    case 'fillSlot':
      return [about === null ? paths.waitlist : paths.freedSlot(about), 'Waitlist'];
    case 'rebook':
      return [paths.attendance, 'Attendance'];
    case 'load':
    case 'conflict':
      return [paths.schedule, 'Schedule'];
  }
}

export function recommendationsPanel(found: Recommendations | 'loading' | 'failed'): TemplateResult {
  return html`<section class="panel" aria-labelledby="first-title">
    <div class="panel-head">
      <h2 id="first-title">To look at first</h2>
      <span class="small soft">suggested; you decide</span>
    </div>
    ${found === 'loading'
      ? note('Loading …')
      : found === 'failed'
        ? note('It could not be worked out. Read again, or see Messages and Schedule.')
        : found.lines.length === 0
          ? note('Nothing stands out in what is known of today and the next days.')
          : html`<ol class="recommendations">
              ${found.lines.map((line) => lineOf(line))}
            </ol>`}
  </section>`;
}

const note = (words: string): TemplateResult => html`<p class="panel-note small soft" role="status">${words}</p>`;

function lineOf(line: Recommendations['lines'][number]): TemplateResult {
  const { words, why, patient, name } = line;
  const [path, page] = placeOf(line);
  return html`<li>
    <div>
      <strong>${words}</strong>
      ${patient === null ? nothing : html`· <a href=${paths.patientMessages(patient)}>${name ?? 'Name unknown'}</a>`}
      <span class="under">${why}</span>
    </div>
    <a class="small" href=${path}>${page}</a>
  </li>`;
}
