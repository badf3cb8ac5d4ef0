// The schedule: a therapist's week with what is booked, held and proposed; proposals are moved, accepted, and conflicts shown.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dateOfDay, dayInWords, dayNumber, dateInZone } from '../dates.ts';
import { PageElement } from '../parts/page.ts';
import { conflictList, seriesList } from '../parts/schedule-lists.ts';
import { segmented } from '../parts/segmented.ts';
import { visitPanel } from '../parts/visit-panel.ts';
import { startDrag } from '../parts/week-drag.ts';
import { placeVisits, weekGrid } from '../parts/week-grid.ts';
import { answerWords, movedTime, shownHours } from '../schedule.ts';
import type { Broken, ConflictAhead, OpenSeries, ScheduleWeek, VisitPlace, WeekVisit } from '../schedule.ts';
import { hoursIn, hoursInWords } from '../hours.ts';
import { settingField, settingsDialog } from '../parts/settings-dialog.ts';
import { paths } from '../router.ts';

const nobody = 'nobody';

class SchedulePage extends PageElement {
  static override properties = {
    week: { state: true },
    conflicts: { state: true },
    therapist: { state: true },
    chosen: { state: true },
    target: { state: true },
    breaks: { state: true },
    busy: { state: true },
    refusal: { state: true },
    told: { state: true },
    timesRefusal: { state: true },
  };
  declare week: ScheduleWeek | null;
  declare conflicts: readonly ConflictAhead[] | null;
  declare therapist: string;
  declare chosen: WeekVisit | null;
  declare target: VisitPlace | null;
  declare breaks: readonly Broken[] | null;
  declare busy: boolean;
  declare refusal: unknown;
  declare told: string | null;
  declare timesRefusal: unknown;
  #checks = 0;

  constructor() {
    super();
    this.week = null;
    this.conflicts = null;
    this.therapist = '';
    this.chosen = null;
    this.target = null;
    this.breaks = null;
    this.busy = false;
    this.refusal = null;
    this.told = null;
    this.timesRefusal = null;
  }

  protected override firstUpdated(): void {
    void this.#load(null);
    void this.#lookForConflicts();
  }

  protected override updated(): void {
    placeVisits(this);
  }

  /** @param of any day of the week; null: the present one */
  async #load(of: string | null): Promise<void> {
    await this.attempt(async () => {
      const week = await this.shell.api.schedule.scheduleWeek(of);
      this.week = week;
      const known = [...week.therapists.map(({ therapist }) => therapist), nobody];
      if (!known.includes(this.therapist)) this.therapist = known[0] ?? nobody;
      const still = week.visits.find(({ visit }) => visit === this.chosen?.visit);
      this.#choose(still ?? null);
    });
  }

  async #lookForConflicts(): Promise<void> {
    await this.attempt(async () => {
      this.conflicts = await this.shell.api.schedule.scheduleConflicts();
    });
  }

  #choose(visit: WeekVisit | null): void {
    this.chosen = visit;
    this.target = null;
    this.breaks = null;
    this.refusal = null;
  }

  get #mayChange(): boolean {
    return this.shell.session.user.roles.some((role) => role === 'frontDesk' || role === 'admin');
  }

  /** Stages a place for the chosen visit and asks what it would break; the newest question counts. */
  async #place(place: VisitPlace): Promise<void> {
    const visit = this.chosen;
    if (visit === null || visit.series === null || place.date === '' || place.time === '') return;
    this.target = place;
    this.breaks = null;
    this.refusal = null;
    const asked = (this.#checks += 1);
    try {
      const breaks = await this.shell.api.schedule.checkMove({ series: visit.series, visit: visit.visit }, place);
      if (asked === this.#checks && this.target !== null) this.breaks = breaks;
    } catch (error) {
      if (asked === this.#checks) this.refusal = error;
    }
  }

  async #change(work: (visit: WeekVisit & { series: string }, series: OpenSeries) => Promise<unknown>, words: string) {
    const { week, chosen } = this;
    const series = week?.series.find((one) => one.series === chosen?.series);
    if (week === null || chosen === null || chosen.series === null || series === undefined || this.busy) return;
    this.busy = true;
    this.refusal = null;
    try {
      const shown = this.target?.date ?? week.monday;
      await work({ ...chosen, series: chosen.series }, series);
      this.shell.announce(words);
      await this.#load(shown);
    } catch (error) {
      this.refusal = error;
    } finally {
      this.busy = false;
    }
  }

  #move(): Promise<void> {
    const { target, breaks } = this;
    return this.#change(async (visit, series) => {
      if (target === null || breaks === null) return;
      const { therapist } = target;
      await this.shell.api.schedule.moveVisit(visit, target, series.revision, breaks.length > 0);
      if (therapist !== null) this.therapist = therapist;
    }, 'The visit was moved.');
  }

  #remove(): Promise<void> {
    return this.#change(
      (visit, series) => this.shell.api.schedule.removeVisit(visit, series.revision),
      'The visit was taken out of the proposal.',
    );
  }

  async #accept(series: OpenSeries): Promise<void> {
    if (series.workItem === null || this.busy) return;
    const { workItem, hash } = series;
    this.busy = true;
    await this.attempt(async () => {
      await this.shell.api.work.decide(workItem, { decision: 'accept', hash });
      this.told = 'Accepted. Each visit is held; an item in the work list says what to enter in the PT system.';
      this.shell.announce('Accepted.');
    });
    this.busy = false;
    const failure = this.failure;
    await this.#load(this.week?.monday ?? null);
    this.failure ??= failure;
  }

  async #propose(visitsPerWeek: readonly number[] | null): Promise<void> {
    const patient = this.chosen?.patient;
    if (patient === undefined || this.busy) return;
    this.busy = true;
    this.refusal = null;
    try {
      const { outcome, series } = await this.shell.api.schedule.proposeSeries({
        patient,
        ...(visitsPerWeek === null ? {} : { visitsPerWeek }),
      });
      this.told = answerWords[outcome];
      this.shell.announce(answerWords[outcome]);
      await this.#load(this.week?.monday ?? null);
      const found = this.week?.series.find((one) => one.series === series);
      if (found !== undefined) await this.#show(found);
    } catch (error) {
      this.refusal = error;
    } finally {
      this.busy = false;
    }
  }

  /** Turns to the week and the therapist of the first visit of a series. */
  async #show({ series, firstAt }: OpenSeries): Promise<void> {
    if (firstAt === null) return;
    await this.#load(dateInZone(new Date(firstAt), this.zone));
    const first = this.week?.visits.find((one) => one.series === series && one.state === 'proposed');
    if (first !== undefined) this.#turnTo(first);
  }

  async #showConflict({ date, appointments }: ConflictAhead): Promise<void> {
    await this.#load(date);
    const visit = this.week?.visits.find((one) => appointments.includes(one.visit));
    if (visit !== undefined) this.#turnTo(visit);
  }

  #turnTo(visit: WeekVisit): void {
    this.therapist = visit.therapist ?? nobody;
    this.#choose(visit);
  }

  async #openTimes(): Promise<void> {
    const patient = this.chosen?.patient;
    if (patient === undefined) return;
    await this.attempt(async () => {
      const times = await this.shell.api.schedule.patientTimes(patient);
      this.timesRefusal = null;
      const input = this.querySelector<HTMLInputElement>('#times-hours');
      if (input !== null) input.value = times === null ? '' : hoursInWords(times);
      this.querySelector<HTMLDialogElement>('#patient-times')?.showModal();
    });
  }

  async #keepTimes(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const patient = this.chosen?.patient;
    const times = hoursIn(this.querySelector<HTMLInputElement>('#times-hours')?.value ?? '');
    if (patient === undefined) return;
    if (times === null) {
      this.querySelector<HTMLInputElement>('#times-hours')?.setCustomValidity('Write it as Mon-Fri 8:00-12:00');
      this.querySelector<HTMLInputElement>('#times-hours')?.reportValidity();
      return;
    }
    try {
      await this.shell.api.schedule.keepPatientTimes(patient, times);
      this.querySelector<HTMLDialogElement>('#patient-times')?.close();
      this.shell.announce('Written down.');
    } catch (error) {
      this.timesRefusal = error;
    }
  }

  #drag(event: PointerEvent, visit: WeekVisit): void {
    const { week } = this;
    if (week === null) return;
    const place = ({ date, time }: { date: string; time: string }): VisitPlace => ({
      date,
      time,
      therapist: visit.therapist,
      room: visit.room,
    });
    startDrag(event, {
      root: this,
      from: shownHours(week).from,
      grain: week.grainMinutes,
      minutes: visit.to - visit.from,
      onOver: (at) => {
        if (this.chosen?.visit !== visit.visit) this.#choose(visit);
        this.target = place(at);
        this.breaks = null;
      },
      onDrop: (at) => void this.#place(place(at)),
    });
  }

  #key(event: KeyboardEvent, visit: WeekVisit): void {
    const { week } = this;
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (step === undefined || week === null) return;
    event.preventDefault();
    if (this.chosen?.visit !== visit.visit) this.#choose(visit);
    const [days = 0, grains = 0] = step;
    const at = this.target ?? visit;
    void this.#place({
      date: dateOfDay(dayNumber(at.date) + days),
      time: movedTime(at.time, grains * week.grainMinutes, week.grainMinutes),
      therapist: at.therapist,
      room: at.room,
    });
  }

  protected override render(): TemplateResult {
    const { week } = this;
    return html`<div class="page-head">
        <div>
          <h1>Schedule</h1>
          <p class="soft">
            ${week === null
              ? ''
              : `${dayInWords(week.monday, week.today)} to ${dayInWords(week.days[6]?.date, week.today)}`}
          </p>
        </div>
        <div class="buttons">
          <button class="button" @click=${() => void this.#turn(-7)}>Week before</button>
          <button class="button" @click=${() => void this.#load(null)}>This week</button>
          <button class="button" @click=${() => void this.#turn(7)}>Week after</button>
          <a class="button" href=${paths.waitlist}>Waitlist</a>
          <a class="button" href=${paths.therapists}>Therapists and rooms</a>
        </div>
      </div>
      ${this.failureNotice(() => void this.#load(this.week?.monday ?? null))}
      ${this.told === null ? nothing : html`<div class="notice good" role="status"><strong>${this.told}</strong></div>`}
      ${week === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : this.#content(week)}
      ${this.#timesDialog()}`;
  }

  #turn(days: number): Promise<void> {
    return this.#load(this.week === null ? null : dateOfDay(dayNumber(this.week.monday) + days));
  }

  #content(week: ScheduleWeek): TemplateResult {
    const { chosen, target } = this;
    const own = week.visits.filter((one) => (one.therapist ?? nobody) === this.therapist);
    const conflicts = this.conflicts ?? [];
    const lasts = chosen === null ? 0 : chosen.to - chosen.from;
    const from = target === null ? 0 : minutesOf(target.time);
    return html`<div class="toolbar">
        ${segmented({
          label: 'Whose week',
          choices: choicesOf(week),
          chosen: this.therapist,
          onChoose: (therapist) => {
            this.therapist = therapist;
          },
        })}
      </div>
      <div class="schedule">
        <div>
          ${weekGrid({
            week,
            therapist: week.therapists.find(({ therapist }) => therapist === this.therapist) ?? null,
            visits: own,
            ...shownHours(week),
            chosen: chosen?.visit ?? null,
            conflicting: new Set(conflicts.flatMap(({ appointments }) => appointments)),
            target: target === null ? null : { date: target.date, from, to: from + lasts },
            canMove: this.#mayChange,
            onChoose: (visit) => {
              if (this.chosen?.visit !== visit.visit) this.#choose(visit);
            },
            onPointerDown: (event, visit) => this.#drag(event, visit),
            onKey: (event, visit) => this.#key(event, visit),
          })}
          <p class="week-key small">
            <span>booked</span><span class="held">accepted, to be entered in the PT system</span
            ><span class="proposed">proposed: drag it, or choose it and use the arrow keys</span
            ><span class="conflict">conflict</span>
          </p>
          ${this.#hoursNote(week)}
        </div>
        <div>
          ${chosen === null ? nothing : this.#panel(week, chosen, conflicts)}
          ${seriesList({
            week,
            now: this.shell.now(),
            busy: this.busy,
            mayDecide: this.#mayChange,
            onShow: (series) => void this.#show(series),
            onAccept: (series) => void this.#accept(series),
          })}
          ${conflictList({
            conflicts: this.conflicts,
            today: week.today,
            onShow: (conflict) => void this.#showConflict(conflict),
          })}
        </div>
      </div>`;
  }

  #panel(week: ScheduleWeek, visit: WeekVisit, conflicts: readonly ConflictAhead[]): TemplateResult {
    return visitPanel({
      week,
      visit,
      target: this.target,
      breaks: this.breaks,
      conflicts: conflicts.filter(({ appointments }) => appointments.includes(visit.visit)),
      failure: this.refusal,
      busy: this.busy,
      mayChange: this.#mayChange,
      onPlace: (place) => void this.#place(place),
      onMove: () => void this.#move(),
      onBack: () => this.#choose(visit),
      onRemove: () => void this.#remove(),
      onPropose: (visitsPerWeek) => void this.#propose(visitsPerWeek),
      onTimes: () => void this.#openTimes(),
    });
  }

  #hoursNote(week: ScheduleWeek): TemplateResult | typeof nothing {
    const shown = week.therapists.find(({ therapist }) => therapist === this.therapist);
    return shown === undefined || shown.hoursSaid
      ? nothing
      : html`<p class="small soft">
          Nobody has said when ${shown.name ?? 'this therapist'} works: the light hours are those of the visits so far.
        </p>`;
  }

  #timesDialog(): TemplateResult {
    return settingsDialog({
      id: 'patient-times',
      title: 'When the patient can come',
      failure: this.timesRefusal,
      fields: settingField('times', {
        name: 'hours',
        label: 'Hours of the week',
        hint: 'Such as Mon-Thu 8:00-12:00; Fri 13:00-17:00. The waitlist and proposals keep to them.',
      }),
      button: 'Write down',
      onSubmit: (event) => this.#keepTimes(event),
    });
  }
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Each therapist, and whose visits nobody knows where there are any. */
function choicesOf(week: ScheduleWeek): readonly (readonly [string, string])[] {
  const proposed = (therapist: string): string => {
    const count = week.visits.filter((one) => one.therapist === therapist && one.state === 'proposed').length;
    return count === 0 ? '' : ` (${count} proposed)`;
  };
  const named = week.therapists.map(
    ({ therapist, name }) => [therapist, `${name ?? 'No name'}${proposed(therapist)}`] as const,
  );
  const unknown = named.length === 0 || week.visits.some(({ therapist }) => therapist === null);
  return unknown ? [...named, [nobody, 'Therapist unknown'] as const] : named;
}

customElements.define('gait-schedule', SchedulePage);
