// The picture of one therapist's week: a column for each day, visits where they stand, the place a visit would move to.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dayShort, lanesOf, timeInWords } from '../schedule.ts';
import type { ScheduleWeek, WeekTherapist, WeekVisit } from '../schedule.ts';

export interface WeekGrid {
  readonly week: ScheduleWeek;
  readonly therapist: WeekTherapist | null;
  readonly visits: readonly WeekVisit[];
  /** Whole hours shown, in minutes of the day. */
  readonly from: number;
  readonly to: number;
  readonly chosen: string | null;
  readonly conflicting: ReadonlySet<string>;
  /** Where the chosen visit would go. */
  readonly target: { readonly date: string; readonly from: number; readonly to: number } | null;
  readonly canMove: boolean;
  readonly onChoose: (visit: WeekVisit) => void;
  readonly onPointerDown: (event: PointerEvent, visit: WeekVisit) => void;
  readonly onKey: (event: KeyboardEvent, visit: WeekVisit) => void;
}

const stateWords = { booked: 'booked', held: 'accepted, not yet in the PT system', proposed: 'proposed' } as const;

export function weekGrid(grid: WeekGrid): TemplateResult {
  const { week, from, to } = grid;
  const hours = Array.from({ length: (to - from) / 60 }, (_, index) => from / 60 + index);
  return html`<div class="week" role="region" aria-label="The week" tabindex="0">
    <div class="week-hours" aria-hidden="true" data-minutes=${to - from}>
      ${hours.map((hour) => html`<span>${timeInWords(`${String(hour).padStart(2, '0')}:00`)}</span>`)}
    </div>
    ${week.days.map((day) => dayColumn(grid, day))}
  </div>`;
}

function dayColumn(grid: WeekGrid, { date, changesClock }: ScheduleWeek['days'][number]): TemplateResult {
  const { week, therapist, from, to, target } = grid;
  const away = therapist?.daysOff.includes(date) === true;
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const hours = away ? [] : (therapist?.hours ?? []).filter((one) => one.weekday === weekday);
  const its = lanesOf(grid.visits.filter((visit) => visit.date === date));
  return html`<section class="week-day ${date === week.today ? 'is-today' : ''}" aria-label=${dayShort(date)}>
    <h3>
      ${dayShort(date)} ${away ? html`<span class="mark warn">away</span>` : nothing}
      ${changesClock ? html`<span class="mark warn">clocks change</span>` : nothing}
    </h3>
    <div class="week-column" data-date=${date} data-minutes=${to - from}>
      ${hours.map(({ from: begins, to: ends }) => {
        const [first, last] = [minutes(begins), minutes(ends)];
        return html`<div class="week-open" data-top=${first - from} data-height=${last - first}></div>`;
      })}
      ${its.map((laid) => visitButton(grid, laid))}
      ${target === null || target.date !== date
        ? nothing
        : html`<div
            class="week-target"
            data-top=${target.from - from}
            data-height=${target.to - target.from}
            aria-hidden="true"
          ></div>`}
    </div>
  </section>`;
}

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

function visitButton(grid: WeekGrid, { visit, lane, lanes }: ReturnType<typeof lanesOf>[number]): TemplateResult {
  const { from, chosen, conflicting } = grid;
  const isConflict = conflicting.has(visit.visit);
  const name = visit.name ?? 'Name unknown';
  const moves = visit.state === 'proposed' && grid.canMove;
  return html`<button
    type="button"
    class="week-visit ${visit.state} ${isConflict ? 'conflict' : ''}"
    data-top=${visit.from - from}
    data-height=${visit.to - visit.from}
    data-lane=${lane}
    data-lanes=${lanes}
    data-visit=${visit.visit}
    aria-pressed=${chosen === visit.visit ? 'true' : 'false'}
    @click=${() => grid.onChoose(visit)}
    @pointerdown=${(event: PointerEvent) => (moves ? grid.onPointerDown(event, visit) : undefined)}
    @keydown=${(event: KeyboardEvent) => (moves ? grid.onKey(event, visit) : undefined)}
  >
    <span class="week-time">${timeInWords(visit.time)}</span> ${name}<span class="visually-hidden"
      >, ${stateWords[visit.state]}${isConflict ? ', conflict' : ''}${moves ? ', arrow keys move it' : ''}</span
    >
  </button>`;
}

/** Sets positions through the object model: the page's policy allows no style in the text of an element. */
export function placeVisits(root: ParentNode): void {
  for (const column of root.querySelectorAll<HTMLElement>('[data-minutes]'))
    column.style.setProperty('--minutes', column.dataset['minutes'] ?? '0');
  for (const part of root.querySelectorAll<HTMLElement>('[data-top]')) {
    part.style.setProperty('--top', part.dataset['top'] ?? '0');
    part.style.setProperty('--height', part.dataset['height'] ?? '0');
    part.style.setProperty('--lane', part.dataset['lane'] ?? '0');
    part.style.setProperty('--lanes', part.dataset['lanes'] ?? '1');
  }
}
