// Beside the week: proposals that wait for staff, and the conflicts of the days ahead with what would mend them.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dayInWords, instantInWords } from '../dates.ts';
import { paths } from '../router.ts';
import type { ConflictAhead, OpenSeries, ScheduleWeek } from '../schedule.ts';

export interface SeriesList {
  readonly week: ScheduleWeek;
  readonly now: Date;
  readonly busy: boolean;
  readonly mayDecide: boolean;
  readonly onShow: (series: OpenSeries) => void;
  readonly onAccept: (series: OpenSeries) => void;
}

export function seriesList({ week, now, busy, mayDecide, onShow, onAccept }: SeriesList): TemplateResult {
  return html`<section class="panel" aria-labelledby="open-series">
    <div class="panel-head"><h2 id="open-series">Proposed series</h2></div>
    ${week.series.length === 0
      ? html`<p class="panel-note small soft">
          No series waits. Choose a visit of a patient to have more proposed, or let a flow ask.
        </p>`
      : html`<ul class="schedule-list">
          ${week.series.map(
            (one) =>
              html`<li>
                <strong>${one.name ?? 'Name unknown'}</strong>
                <span>
                  ${one.visits}
                  ${one.visits === 1 ? 'visit' : 'visits'}${one.firstAt === null
                    ? ''
                    : `, the first ${instantInWords(one.firstAt, now, week.zone)}`}
                  ·
                  ${one.gap < 0.001
                    ? 'none better is possible'
                    : `at most ${(one.gap * 100).toFixed(1)} % could be better`}
                </span>
                ${one.unplaced.map(
                  ({ week: monday, missing, reasons }) =>
                    html`<span class="small">
                      Week of ${dayInWords(monday, week.today)}: ${missing} without a place.
                      ${reasons.map(({ words }) => `${words}.`).join(' ')}
                    </span>`,
                )}
                <div class="buttons">
                  <button class="button small" ?disabled=${one.firstAt === null} @click=${() => onShow(one)}>
                    Show
                  </button>
                  ${mayDecide
                    ? html`<button
                          class="button small primary"
                          ?disabled=${busy || one.visits === 0}
                          @click=${() => onAccept(one)}
                        >
                          Accept all
                        </button>
                        ${one.workItem === null ? nothing : html`<a href=${paths.workItem(one.workItem)}>Reject …</a>`}`
                    : nothing}
                </div>
              </li>`,
          )}
        </ul>`}
  </section>`;
}

export interface ConflictList {
  readonly conflicts: readonly ConflictAhead[] | null;
  readonly today: string;
  readonly onShow: (conflict: ConflictAhead) => void;
}

export function conflictList({ conflicts, today, onShow }: ConflictList): TemplateResult {
  return html`<section class="panel" aria-labelledby="conflicts-ahead">
    <div class="panel-head">
      <h2 id="conflicts-ahead">Conflicts ahead</h2>
      <span class="small soft">the next two weeks</span>
    </div>
    ${conflicts === null
      ? html`<p class="panel-note small soft" role="status">Looking …</p>`
      : conflicts.length === 0
        ? html`<p class="panel-note small soft">None is known.</p>`
        : html`<ul class="schedule-list">
            ${conflicts.map(
              (one) =>
                html`<li>
                  <strong>${one.name ?? 'No patient'}</strong>
                  <span>${one.words}.</span>
                  <span class="small">${one.suggestion.words}.</span>
                  <div class="buttons">
                    <button
                      class="button small"
                      aria-label=${`Show ${dayInWords(one.date, today)}`}
                      @click=${() => onShow(one)}
                    >
                      Show
                    </button>
                  </div>
                </li>`,
            )}
          </ul>`}
  </section>`;
}
