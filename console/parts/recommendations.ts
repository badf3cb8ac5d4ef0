// What a manager does well to look at first today, each with its reason and where it is done.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Recommendation } from '../../domain/attendance/recommendations.ts';
import type { Recommendations } from '../outreach.ts';
import { paths } from '../router.ts';

const places: Readonly<Record<Recommendation['kind'], readonly [path: string, words: string]>> = {
  callFirst: [paths.messages, 'Messages'],
  findTime: [paths.messages, 'Messages'],
  fillSlot: [paths.workList, 'Work list'],
  rebook: [paths.attendance, 'Attendance'],
  load: [paths.schedule, 'Schedule'],
  conflict: [paths.schedule, 'Schedule'],
};

export function recommendationsPanel({ lines }: Recommendations): TemplateResult {
  return html`<section class="panel" aria-labelledby="first-title">
    <div class="panel-head">
      <h2 id="first-title">To look at first</h2>
      <span class="small soft">suggested; you decide</span>
    </div>
    ${lines.length === 0
      ? html`<p class="panel-note small soft">Nothing stands out in what is known of today and the next days.</p>`
      : html`<ol class="recommendations">
          ${lines.map(({ kind, words, why, patient, name }) => {
            const [path, page] = places[kind];
            return html`<li>
              <div>
                <strong>${words}</strong>
                ${patient === null
                  ? ''
                  : html`· <a href=${paths.patientMessages(patient)}>${name ?? 'Name unknown'}</a>`}
                <span class="under">${why}</span>
              </div>
              <a class="small" href=${path}>${page}</a>
            </li>`;
          })}
        </ol>`}
  </section>`;
}
