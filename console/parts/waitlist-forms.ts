// The forms of the waitlist: what a patient needs and when they can come, and what a freed visit is.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Json } from '../api.ts';
import { instantInWords } from '../dates.ts';
import { priorityWords, weekdays } from '../waitlist.ts';
import type { WaitlistChoices } from '../waitlist.ts';

/** Booked visits that lie ahead. */
export type MovableVisits = readonly { readonly appointment: string; readonly at: string }[];

interface WishesForm {
  readonly choices: WaitlistChoices;
  readonly visits: MovableVisits;
  readonly now: Date;
  readonly zone: string;
  readonly onPatient: (patient: string) => void;
}

const nameOf = ({ name, therapist }: WaitlistChoices['therapists'][number]): string => name ?? `Number ${therapist}`;

export function wishesFields({ choices, visits, now, zone, onPatient }: WishesForm): TemplateResult {
  const { patients, therapists, locations, equipment } = choices;
  return html`<div class="field">
      <label for="wait-patient">Patient</label>
      <select
        id="wait-patient"
        name="patient"
        required
        @change=${(event: Event) => onPatient(event.target instanceof HTMLSelectElement ? event.target.value : '')}
      >
        <option value="">Choose …</option>
        ${patients.map(({ patient, name }) => html`<option value=${patient}>${name}</option>`)}
      </select>
    </div>
    <div class="fields-row">
      ${numberField('minutes', 'Minutes', { value: 45, min: 5, max: 480 })}
      ${textField('discipline', 'Discipline', { value: 'PT' })}
      <div class="field">
        <label for="wait-priority">How urgent, by the therapist</label>
        <select id="wait-priority" name="priority">
          ${(['routine', 'soon', 'urgent'] as const).map(
            (one) => html`<option value=${one}>${priorityWords[one]}</option>`,
          )}
        </select>
      </div>
    </div>
    ${timesField()}
    <div class="field">
      <label for="wait-wanted">Therapist who treats the patient</label>
      <select id="wait-wanted" name="wantedTherapist">
        <option value="">Nobody in particular</option>
        ${therapists.map((one) => html`<option value=${one.therapist}>${nameOf(one)}</option>`)}
      </select>
    </div>
    ${checks(
      'therapists',
      'Only with these therapists',
      therapists.map((one) => [one.therapist, nameOf(one)]),
      'None ticked: anybody of the discipline.',
    )}
    ${checks(
      'locations',
      'Only at these places',
      locations.map((one) => [one, one]),
      'None ticked: anywhere.',
    )}
    ${checks(
      'equipment',
      'What the room must have',
      equipment.map((one) => [one, one]),
    )}
    <div class="fields-row">
      ${numberField('visitsPerWeek', 'Visits a week by the plan', { min: 1, max: 7 })}
      ${numberField('daysApart', 'Days between visits, at least', { value: 1, min: 1, max: 30 })}
      ${numberField('noticeMinutes', 'Minutes of notice', { value: 60, min: 0, max: 10_080 })}
    </div>
    <div class="field">
      <label for="wait-replaces">Visit that would be moved</label>
      <select id="wait-replaces" name="replaces">
        <option value="">None: it is one more visit</option>
        ${visits.map(
          ({ appointment, at }) => html`<option value=${appointment}>${instantInWords(at, now, zone)}</option>`,
        )}
      </select>
    </div>`;
}

function timesField(): TemplateResult {
  return html`<fieldset class="times">
    <legend>When the patient can come</legend>
    <p class="hint">Leave all empty if nobody has asked.</p>
    ${weekdays.map(
      (day, index) =>
        html`<div class="time-row">
          <span>${day}</span>
          <input type="time" name="from-${index}" aria-label="${day} from" />
          <span aria-hidden="true">to</span>
          <input type="time" name="to-${index}" aria-label="${day} to" />
        </div>`,
    )}
  </fieldset>`;
}

function textField(name: string, label: string, { value = '', prefix = 'wait' } = {}): TemplateResult {
  return html`<div class="field">
    <label for="${prefix}-${name}">${label}</label>
    <input id="${prefix}-${name}" name=${name} value=${value} required autocomplete="off" />
  </div>`;
}

function numberField(
  name: string,
  label: string,
  { value, min, max, prefix = 'wait' }: { value?: number; min: number; max: number; prefix?: string },
): TemplateResult {
  return html`<div class="field">
    <label for="${prefix}-${name}">${label}</label>
    <input
      id="${prefix}-${name}"
      name=${name}
      type="number"
      min=${min}
      max=${max}
      value=${value ?? ''}
      ?required=${prefix === 'fact'}
    />
  </div>`;
}

function checks(
  name: string,
  legend: string,
  options: readonly (readonly [value: string, words: string])[],
  hint = '',
): TemplateResult | typeof nothing {
  if (options.length === 0) return nothing;
  return html`<fieldset class="checks">
    <legend>${legend}</legend>
    ${hint === '' ? nothing : html`<p class="hint">${hint}</p>`}
    ${options.map(
      ([value, words]) => html`<label><input type="checkbox" name=${name} value=${value} /> ${words}</label>`,
    )}
  </fieldset>`;
}

const textOf = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === 'string' ? value.trim() : '';
};
const numberOf = (data: FormData, name: string): number | null =>
  textOf(data, name) === '' ? null : Number(textOf(data, name));
const ticked = (data: FormData, name: string): string[] => data.getAll(name).filter((one) => typeof one === 'string');

/** The body for the server; empty lists where any will do are null. */
export function wishesIn(data: FormData): Json {
  const orAny = (name: string): string[] | null => {
    const chosen = ticked(data, name);
    return chosen.length === 0 ? null : chosen;
  };
  const times = weekdays.flatMap((_, weekday) => {
    const [from, to] = [textOf(data, `from-${weekday}`), textOf(data, `to-${weekday}`)];
    return from === '' || to === '' ? [] : [{ weekday, from, to }];
  });
  return {
    patient: textOf(data, 'patient'),
    priority: textOf(data, 'priority'),
    replaces: textOf(data, 'replaces') === '' ? null : textOf(data, 'replaces'),
    wishes: {
      discipline: textOf(data, 'discipline'),
      minutes: numberOf(data, 'minutes') ?? 45,
      therapists: orAny('therapists'),
      wantedTherapist: textOf(data, 'wantedTherapist') === '' ? null : textOf(data, 'wantedTherapist'),
      locations: orAny('locations'),
      equipment: ticked(data, 'equipment'),
      times: times.length === 0 ? null : times,
      noticeMinutes: numberOf(data, 'noticeMinutes') ?? 0,
      visitsPerWeek: numberOf(data, 'visitsPerWeek'),
      daysApart: numberOf(data, 'daysApart') ?? 1,
      planFrom: null,
      planTo: null,
    },
  };
}

const questions: Readonly<Record<string, string>> = {
  startsAt: 'When it begins',
  minutes: 'How many minutes',
  therapist: 'With whom',
  discipline: 'Discipline',
};

/** What the schedule does not tell, in words. */
export function missingInWords(missing: readonly string[]): string {
  return missing.map((fact) => (questions[fact] ?? fact).toLowerCase()).join(', ');
}

/** Only what is missing is asked. */
export function factFields(missing: readonly string[], choices: WaitlistChoices): TemplateResult {
  return html`${missing.includes('startsAt')
    ? html`<div class="field">
        <label for="fact-startsAt">When it begins</label>
        <input id="fact-startsAt" name="startsAt" type="datetime-local" required />
        <span class="hint">By the clinic’s clock.</span>
      </div>`
    : nothing}
  ${missing.includes('minutes')
    ? numberField('minutes', 'How many minutes', { min: 5, max: 480, prefix: 'fact' })
    : nothing}
  ${missing.includes('therapist')
    ? html`<div class="field">
        <label for="fact-therapist">With whom</label>
        <select id="fact-therapist" name="therapist" required>
          <option value="">Choose …</option>
          ${choices.therapists.map((one) => html`<option value=${one.therapist}>${nameOf(one)}</option>`)}
        </select>
      </div>`
    : nothing}
  ${missing.includes('discipline') ? textField('discipline', 'Discipline', { value: 'PT', prefix: 'fact' }) : nothing}`;
}

/** @param instantOf reads a time of the clinic's clock, `YYYY-MM-DDTHH:MM`, as an instant */
export function factsIn(data: FormData, appointment: string | null, instantOf: (local: string) => string | null): Json {
  const startsAt = textOf(data, 'startsAt') === '' ? null : instantOf(textOf(data, 'startsAt'));
  const minutes = numberOf(data, 'minutes');
  const [therapist, discipline] = [textOf(data, 'therapist'), textOf(data, 'discipline')];
  return {
    appointment,
    ...(startsAt === null ? {} : { startsAt }),
    ...(minutes === null ? {} : { minutes }),
    ...(therapist === '' ? {} : { therapist }),
    ...(discipline === '' ? {} : { discipline }),
  };
}
