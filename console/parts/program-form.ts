// The form by which whoever treats enters a home program: for whom, on which days, which exercises.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { exercisesIn, nameInWords, weekdayNames } from '../care.ts';
import type { CarePage, NewProgram } from '../care.ts';

/** The program of a filled-in form, or what is wrong with it in words. */
export function programFrom(
  form: FormData,
): { readonly patient: string; readonly said: NewProgram } | { readonly wrong: string } {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const weekdays = form.getAll('weekday').map(Number);
  if (text('patient') === '') return { wrong: 'Choose a patient.' };
  if (weekdays.length === 0) return { wrong: 'Choose at least one day.' };
  const read = exercisesIn(text('exercises'));
  if ('wrong' in read) return read;
  const endsOn = text('endsOn') === '' ? null : text('endsOn');
  if (endsOn !== null && endsOn < text('startsOn')) return { wrong: 'The program ends before it begins.' };
  const program = { title: text('title'), exercises: read.exercises };
  return { patient: text('patient'), said: { program, startsOn: text('startsOn'), endsOn, weekdays } };
}

export function programDialog(
  { patients, today }: CarePage,
  wrong: string | null,
  add: (event: SubmitEvent) => Promise<void>,
): TemplateResult {
  const close = (event: Event): void => {
    if (event.target instanceof Element) event.target.closest('dialog')?.close();
  };
  const sorted = [...patients].sort((one, other) => nameInWords(one.name).localeCompare(nameInWords(other.name)));
  return html`<dialog id="add-program" aria-labelledby="add-program-title">
    <h2 id="add-program-title">Add a home program</h2>
    <form @submit=${add}>
      ${wrong === null ? nothing : html`<div class="notice danger" role="alert"><strong>${wrong}</strong></div>`}
      <div class="field">
        <label for="program-patient">Patient</label>
        <select id="program-patient" name="patient" required>
          <option value="">Choose …</option>
          ${sorted.map(({ patient, name }) => html`<option value=${patient}>${nameInWords(name)}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="program-title">Title</label>
        <input id="program-title" name="title" required maxlength="120" autocomplete="off" />
      </div>
      <div class="field">
        <label for="program-exercises">Exercises, one a line</label>
        <textarea
          id="program-exercises"
          name="exercises"
          rows="5"
          required
          aria-describedby="program-hint"
          placeholder="Step up | ten times each side | https://…"
        ></textarea>
        <span class="hint" id="program-hint">Name | how | link to a video. How and link may be left out.</span>
      </div>
      <fieldset class="field">
        <legend class="label">Days</legend>
        <div class="care-days">
          ${weekdayNames.map(
            (name, day) => html`<label><input type="checkbox" name="weekday" value=${String(day)} />${name}</label>`,
          )}
        </div>
      </fieldset>
      <div class="care-dates">
        <div class="field">
          <label for="program-starts">First day</label>
          <input id="program-starts" name="startsOn" type="date" required .value=${today} />
        </div>
        <div class="field">
          <label for="program-ends">Last day (optional)</label>
          <input id="program-ends" name="endsOn" type="date" />
        </div>
      </div>
      <p class="small soft">The patient gets a link on these days, never the words of the program in a message.</p>
      <div class="buttons">
        <button type="button" class="button" @click=${close}>Cancel</button>
        <button class="button primary">Add</button>
      </div>
    </form>
  </dialog>`;
}
