// What the clinic knows of itself: therapists with their hours and days off, rooms with what is in them.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { hoursIn, hoursInWords } from '../hours.ts';
import { PageElement } from '../parts/page.ts';
import { settingField, settingsDialog } from '../parts/settings-dialog.ts';
import { paths } from '../router.ts';
import type { ScheduleStaff } from '../schedule.ts';

type Therapist = ScheduleStaff['therapists'][number];
type Room = ScheduleStaff['rooms'][number];

class TherapistsPage extends PageElement {
  static override properties = { staff: { state: true }, refusal: { state: true }, edited: { state: true } };
  declare staff: ScheduleStaff | null;
  declare refusal: unknown;
  /** Of whom the open dialog speaks; null: somebody new. */
  declare edited: Therapist | Room | null;

  constructor() {
    super();
    this.staff = null;
    this.refusal = null;
    this.edited = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.staff = await this.shell.api.schedule.scheduleStaff();
    });
  }

  get #mayChange(): boolean {
    return this.shell.session.user.roles.some((role) => role === 'frontDesk' || role === 'admin');
  }

  async #open(id: 'therapist' | 'room', edited: Therapist | Room | null): Promise<void> {
    this.edited = edited;
    this.refusal = null;
    await this.updateComplete;
    const dialog = this.querySelector<HTMLDialogElement>(`#${id}`);
    for (const [name, value] of Object.entries(valuesOf(edited)))
      dialog?.querySelector<HTMLInputElement>(`#${id}-${name}`)?.setAttribute('value', value);
    dialog?.querySelector('form')?.reset();
    dialog?.showModal();
  }

  async #keep(event: SubmitEvent, kind: 'therapists' | 'rooms', facts: object | null): Promise<void> {
    event.preventDefault();
    if (facts === null) return;
    const { edited } = this;
    const ref = edited === null ? null : 'therapist' in edited ? edited.therapist : edited.room;
    const active = edited?.active ?? true;
    try {
      await this.shell.api.schedule.keepStaff(kind, ref, {
        active,
        ...facts,
        ...(edited === null ? {} : { revision: edited.revision }),
      });
      for (const dialog of this.querySelectorAll('dialog')) dialog.close();
      this.shell.announce('Kept.');
      await this.#load();
    } catch (error) {
      this.refusal = error;
    }
  }

  /** Null, and the field says why, where the hours or days cannot be read. */
  #therapistFacts(): object | null {
    const text = (name: string): string =>
      this.querySelector<HTMLInputElement>(`#therapist-${name}`)?.value.trim() ?? '';
    const hours = hoursIn(text('hours'));
    const daysOff = listIn(text('daysOff'));
    if (!this.#holds('hours', hours !== null, 'Write it as Mon-Fri 8:00-12:00, 13:00-17:00')) return null;
    const areDays = daysOff.every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day));
    if (!this.#holds('daysOff', areDays, 'Write days as 2026-12-24, 2026-12-31')) return null;
    return {
      name: text('name'),
      hours: text('hours') === '' ? null : hours,
      daysOff,
      skills: listIn(text('skills')),
      locations: listIn(text('locations')),
    };
  }

  #holds(name: string, holds: boolean, words: string): boolean {
    const input = this.querySelector<HTMLInputElement>(`#therapist-${name}`);
    input?.setCustomValidity(holds ? '' : words);
    return input?.reportValidity() ?? holds;
  }

  #roomFacts(): object {
    const text = (name: string): string => this.querySelector<HTMLInputElement>(`#room-${name}`)?.value.trim() ?? '';
    return { name: text('name'), location: text('location'), equipment: listIn(text('equipment')) };
  }

  protected override render(): TemplateResult {
    const { staff } = this;
    return html`<a class="crumb" href=${paths.schedule}>← Schedule</a>
      <div class="page-head">
        <div>
          <h1>Therapists and rooms</h1>
          <p class="soft">Imports name them; what else is known of them is yours to say. Proposals keep to it.</p>
        </div>
        ${this.#mayChange
          ? html`<div class="buttons">
              <button class="button" @click=${() => void this.#open('therapist', null)}>Add a therapist</button>
              <button class="button" @click=${() => void this.#open('room', null)}>Add a room</button>
            </div>`
          : nothing}
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${staff === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : html`${this.#therapists(staff)} ${this.#rooms(staff)}`}
      ${this.#dialogs()}`;
  }

  #therapists({ therapists }: ScheduleStaff): TemplateResult {
    return html`<section class="panel" aria-labelledby="therapists-title">
      <div class="panel-head"><h2 id="therapists-title">Therapists</h2></div>
      ${therapists.length === 0
        ? html`<p class="panel-note small soft">No import has named one yet.</p>`
        : html`<table class="rows">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Hours</th>
                <th scope="col">Days off ahead</th>
                <th scope="col">Skills</th>
                <th scope="col"><span class="visually-hidden">What to do</span></th>
              </tr>
            </thead>
            <tbody>
              ${therapists.map((one) => this.#therapist(one))}
            </tbody>
          </table>`}
    </section>`;
  }

  #therapist(one: Therapist): TemplateResult {
    const { name, hours, daysOff, skills, active } = one;
    const ahead = daysOff.filter((day) => day >= this.today);
    return html`<tr class="row">
      <td>${name ?? 'No name'} ${active ? nothing : html`<span class="mark">no longer here</span>`}</td>
      <td data-label="Hours">
        ${hours === null ? 'not said: those of the visits so far' : hoursInWords(hours) || 'none'}
      </td>
      <td data-label="Days off">${ahead.length === 0 ? 'none known' : ahead.join(', ')}</td>
      <td data-label="Skills">${skills.join(', ') || 'none known'}</td>
      <td>${this.#buttons('therapist', one, name ?? 'without a name')}</td>
    </tr>`;
  }

  #rooms({ rooms }: ScheduleStaff): TemplateResult {
    return html`<section class="panel" aria-labelledby="rooms-title">
      <div class="panel-head"><h2 id="rooms-title">Rooms</h2></div>
      ${rooms.length === 0
        ? html`<p class="panel-note small soft">None is kept: proposals ask for no room.</p>`
        : html`<table class="rows">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Site</th>
                <th scope="col">What is in it</th>
                <th scope="col"><span class="visually-hidden">What to do</span></th>
              </tr>
            </thead>
            <tbody>
              ${rooms.map(
                (one) =>
                  html`<tr class="row">
                    <td>${one.name} ${one.active ? nothing : html`<span class="mark">not used</span>`}</td>
                    <td data-label="Site">${one.location === '' ? 'the only one' : one.location}</td>
                    <td data-label="What is in it">${one.equipment.join(', ') || 'nothing special'}</td>
                    <td>${this.#buttons('room', one, one.name)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`}
    </section>`;
  }

  #buttons(id: 'therapist' | 'room', one: Therapist | Room, name: string): TemplateResult | typeof nothing {
    if (!this.#mayChange) return nothing;
    return html`<div class="buttons">
      <button class="button small" aria-label=${`Change ${name}`} @click=${() => void this.#open(id, one)}>
        Change
      </button>
      <button
        class="button small"
        aria-label=${`${one.active ? 'Leave out' : 'Take in again'} ${name}`}
        @click=${(event: SubmitEvent) => void this.#switch(event, one)}
      >
        ${one.active ? 'Leave out' : 'Take in again'}
      </button>
    </div>`;
  }

  async #switch(event: SubmitEvent, one: Therapist | Room): Promise<void> {
    this.edited = one;
    const active = !one.active;
    if ('therapist' in one) {
      const { name, skills, locations, hours, daysOff } = one;
      await this.#keep(event, 'therapists', { name: name ?? 'No name', skills, locations, hours, daysOff, active });
    } else {
      const { name, location, equipment } = one;
      await this.#keep(event, 'rooms', { name, location, equipment, active });
    }
  }

  #dialogs(): TemplateResult {
    const hours = 'Such as Mon-Fri 8:00-12:00, 13:00-17:00. Empty: not said, the visits so far show them.';
    return html`${settingsDialog({
      id: 'therapist',
      title: this.edited === null ? 'Add a therapist' : 'Change a therapist',
      failure: this.refusal,
      fields: [
        settingField('therapist', { name: 'name', label: 'Name' }),
        settingField('therapist', { name: 'hours', label: 'Hours of the week', hint: hours, optional: true }),
        settingField('therapist', {
          name: 'daysOff',
          label: 'Days off',
          hint: 'Such as 2026-12-24, 2026-12-31',
          optional: true,
        }),
        settingField('therapist', { name: 'skills', label: 'Skills', hint: 'With commas between', optional: true }),
        settingField('therapist', { name: 'locations', label: 'Sites', hint: 'With commas between', optional: true }),
      ],
      button: 'Keep',
      onSubmit: (event) => this.#keep(event, 'therapists', this.#therapistFacts()),
    })}
    ${settingsDialog({
      id: 'room',
      title: this.edited === null ? 'Add a room' : 'Change a room',
      failure: this.refusal,
      fields: [
        settingField('room', { name: 'name', label: 'Name' }),
        settingField('room', { name: 'location', label: 'Site', optional: true }),
        settingField('room', {
          name: 'equipment',
          label: 'What is in it',
          hint: 'With commas between',
          optional: true,
        }),
      ],
      button: 'Keep',
      onSubmit: (event) => this.#keep(event, 'rooms', this.#roomFacts()),
    })}`;
  }
}

const listIn = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

/** What stands in the fields of the dialog. */
function valuesOf(one: Therapist | Room | null): Record<string, string> {
  if (one === null) return { name: '', hours: '', daysOff: '', skills: '', locations: '', location: '', equipment: '' };
  if ('therapist' in one) {
    const { name, hours, daysOff, skills, locations } = one;
    return {
      name: name ?? '',
      hours: hours === null ? '' : hoursInWords(hours),
      daysOff: daysOff.join(', '),
      skills: skills.join(', '),
      locations: locations.join(', '),
    };
  }
  return { name: one.name, location: one.location, equipment: one.equipment.join(', ') };
}

customElements.define('gait-therapists', TherapistsPage);
