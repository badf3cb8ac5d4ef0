// What stands beside the week: the chosen visit, what a move would break, and what a person may do with it.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dayInWords } from '../dates.ts';
import { timeInWords } from '../schedule.ts';
import type { Broken, ConflictAhead, ScheduleWeek, VisitPlace, WeekVisit } from '../schedule.ts';
import { errorNotice } from './page.ts';

export interface VisitPanel {
  readonly week: ScheduleWeek;
  readonly visit: WeekVisit;
  readonly target: VisitPlace | null;
  /** Null: not yet known. */
  readonly breaks: readonly Broken[] | null;
  readonly conflicts: readonly ConflictAhead[];
  readonly failure: unknown;
  readonly busy: boolean;
  readonly mayChange: boolean;
  readonly onPlace: (place: VisitPlace) => void;
  readonly onMove: () => void;
  readonly onBack: () => void;
  readonly onRemove: () => void;
  readonly onPropose: (visitsPerWeek: readonly number[] | null) => void;
  readonly onTimes: () => void;
}

export function visitPanel(panel: VisitPanel): TemplateResult {
  const { week, visit, conflicts } = panel;
  const who = week.therapists.find(({ therapist }) => therapist === visit.therapist)?.name ?? 'unknown';
  const where = week.rooms.find(({ room }) => room === visit.room)?.name ?? null;
  return html`<section class="panel" aria-labelledby="chosen-visit">
    <div class="panel-head"><h2 id="chosen-visit" tabindex="-1">${visit.name ?? 'Name unknown'}</h2></div>
    <div class="panel-body schedule-visit">
      <p>
        ${dayInWords(visit.date, week.today)}, ${timeInWords(visit.time)} ·
        ${visit.minutes === null ? 'length unknown' : `${visit.minutes} minutes`} ·
        ${who}${where === null ? '' : ` · ${where}`}
      </p>
      <p>
        <span class="mark">${visit.state === 'held' ? 'accepted, to be entered in the PT system' : visit.state}</span>
        ${visit.kind === 'telehealth' ? html`<span class="mark">video</span>` : nothing}
      </p>
      ${visit.notes.length === 0
        ? nothing
        : html`<ul class="small">
            ${visit.notes.map((note) => html`<li>${note}</li>`)}
          </ul>`}
      ${conflicts.map(
        ({ words, suggestion }) =>
          html`<div class="notice warn"><strong>${words}.</strong><span>${suggestion.words}.</span></div>`,
      )}
      ${panel.failure === null ? nothing : errorNotice(panel.failure)}
      ${visit.state === 'proposed' && panel.mayChange ? moveForm(panel) : nothing}
      ${visit.state !== 'proposed' && panel.mayChange ? proposeForm(panel) : nothing}
    </div>
  </section>`;
}

function moveForm(panel: VisitPanel): TemplateResult {
  const { week, visit, target, breaks, busy } = panel;
  const place: VisitPlace = target ?? {
    date: visit.date,
    time: visit.time,
    therapist: visit.therapist,
    room: visit.room,
  };
  const change = (part: Partial<VisitPlace>): void => panel.onPlace({ ...place, ...part });
  const valueOf = (event: Event): string =>
    event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement ? event.target.value : '';
  const therapists = week.therapists.map(({ therapist, name }) => [therapist, name ?? 'no name'] as const);
  const rooms = week.rooms.map(
    ({ room, name, location }) => [room, location === '' ? name : `${name}, ${location}`] as const,
  );
  return html`<div class="form-grid">
      <div class="field">
        <label for="move-date">Day</label>
        <input
          id="move-date"
          type="date"
          .value=${place.date}
          @change=${(event: Event) => change({ date: valueOf(event) })}
        />
      </div>
      <div class="field">
        <label for="move-time">Time</label>
        <input
          id="move-time"
          type="time"
          step=${week.grainMinutes * 60}
          .value=${place.time}
          @change=${(event: Event) => change({ time: valueOf(event) })}
        />
      </div>
      ${choice('move-therapist', 'Therapist', therapists, place.therapist, (therapist) => change({ therapist }))}
      ${rooms.length === 0 ? nothing : choice('move-room', 'Room', rooms, place.room, (room) => change({ room }))}
    </div>
    ${target === null ? nothing : told(target, breaks, week.today)}
    <div class="buttons">
      ${target === null
        ? nothing
        : html`<button
              class="button primary"
              ?disabled=${busy || breaks === null || breaks.some(({ isDouble }) => isDouble)}
              @click=${panel.onMove}
            >
              ${breaks !== null && breaks.length > 0 ? 'Move it here all the same' : 'Move it here'}
            </button>
            <button class="button" @click=${panel.onBack}>Put it back</button>`}
      <button class="button danger" ?disabled=${busy} @click=${panel.onRemove}>Take it out</button>
    </div>`;
}

function choice(
  id: string,
  label: string,
  choices: readonly (readonly [string, string])[],
  chosen: string | null,
  onChoose: (value: string) => void,
): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select
      id=${id}
      @change=${(event: Event) =>
        event.target instanceof HTMLSelectElement ? onChoose(event.target.value) : undefined}
    >
      ${choices.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
    </select>
  </div>`;
}

/** What the move would break, before anybody accepts it. */
function told({ date, time }: VisitPlace, breaks: readonly Broken[] | null, today: string): TemplateResult {
  const at = `${dayInWords(date, today)}, ${timeInWords(time)}`;
  if (breaks === null) return html`<p role="status" class="soft">${at}: looking …</p>`;
  if (breaks.length === 0)
    return html`<div class="notice good" role="status"><strong>${at} is free and breaks no rule.</strong></div>`;
  return html`<div class="notice ${breaks.some(({ isDouble }) => isDouble) ? 'danger' : 'warn'}" role="status">
    <strong>${at}:</strong>
    <ul>
      ${breaks.map(({ words }) => html`<li>${words}.</li>`)}
    </ul>
  </div>`;
}

function proposeForm({ busy, onPropose, onTimes }: VisitPanel): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const said = form instanceof HTMLFormElement ? new FormData(form).get('weeks') : null;
    const text = typeof said === 'string' ? said : '';
    const counts = text.split(/[\s,]+/).filter((one) => /^[0-7]$/.test(one));
    onPropose(counts.length === 0 ? null : counts.map(Number));
  };
  return html`<form @submit=${submit}>
    <div class="field">
      <label for="propose-weeks">Visits a week</label>
      <input id="propose-weeks" name="weeks" autocomplete="off" placeholder="as the plan of care says" />
      <span class="hint">Week by week, such as 3, 3, 2, 1. Empty: as the plan of care has it.</span>
    </div>
    <div class="buttons">
      <button class="button primary" ?disabled=${busy}>Propose visits</button>
      <button type="button" class="button" @click=${onTimes}>When the patient can come</button>
    </div>
  </form>`;
}
