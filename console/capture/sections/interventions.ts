// What was done: a tap adds an intervention of the clinic's own list, steppers take minutes, dose and load.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { codeStanding } from '../../../domain/billing-tables/codes.ts';
import { blankIntervention } from '../../../domain/session/blank.ts';
import type { Intervention, Load } from '../../../domain/session/schema.ts';
import {
  assistanceLevels,
  bandColors,
  bodyParts,
  progressions,
  responses,
  skills,
} from '../../../domain/session/words.ts';
import { adder, asOptions, choices, pick, several, stepper, words } from '../controls.ts';
import type { Editing, ListEditing } from '../frame.ts';
import { entryClass, entryHead, listEditing, section, sideOptions } from '../frame.ts';

export function interventionsSection(editing: Editing): TemplateResult {
  const { record, day, locked, change, view, look } = editing;
  const put = (interventions: Intervention[]): void => change({ ...record, interventions });
  const list = listEditing<Intervention>(record.interventions, put);
  const add = (entry: Intervention): void => {
    look({ openIntervention: record.interventions.length });
    list.add(entry);
  };
  const there = new Set(record.interventions.map(({ name }) => name.toLowerCase()));
  const offered = day.interventions.filter(({ name }) => !there.has(name.toLowerCase()));
  return section(
    editing,
    { title: 'Interventions', topic: 'interventions', filled: record.interventions.length > 0 },
    html`${record.interventions.map((one, at) =>
      view.openIntervention === at && !locked ? open(editing, list, at) : closed(editing, list, one, at),
    )}
    ${locked
      ? nothing
      : html`<div class="capture-add">
          <span class="label">Add</span>
          <div class="choices-row">
            ${offered
              .slice(0, 14)
              .map(
                ({ name, code, part }) =>
                  html`<button type="button" @click=${() => add({ ...blankIntervention(name), code, part })}>
                    + ${name}
                  </button>`,
              )}
          </div>
          <datalist id="capture-offered">${offered.map(({ name }) => html`<option value=${name}></option>`)}</datalist>
          ${adder(
            'Another intervention',
            'Another intervention',
            (name) => {
              const known = offered.find((one) => one.name.toLowerCase() === name.toLowerCase());
              add({ ...blankIntervention(known?.name ?? name), code: known?.code ?? null, part: known?.part ?? null });
            },
            'capture-offered',
          )}
        </div>`}`,
  );
}

/** One line: what it is with its dose. A tap opens it. */
function closed(editing: Editing, list: ListEditing<Intervention>, one: Intervention, at: number): TemplateResult {
  const { locked, look } = editing;
  const title = html`<button
    type="button"
    class="entry-open"
    ?disabled=${locked}
    aria-expanded="false"
    @click=${() => look({ openIntervention: at })}
  >
    <strong>${one.name}</strong> <span class="soft">${doseInWords(one)}</span>
  </button>`;
  return html`<div class=${entryClass(one)}>${entryHead(title, one.name, list, at, locked)}</div>`;
}

function open(editing: Editing, list: ListEditing<Intervention>, at: number): TemplateResult {
  const one = list.entries[at];
  if (one === undefined) return html``;
  const set = (changes: Partial<Intervention>): void => list.set(at, changes);
  const title = html`<button
    type="button"
    class="entry-open"
    aria-expanded="true"
    @click=${() => editing.look({ openIntervention: null })}
  >
    <strong>${one.name}</strong>
  </button>`;
  return html`<div class="${entryClass(one)} open">
    ${entryHead(title, one.name, list, at, false)}
    <div class="capture-row">
      ${stepper({
        label: 'Minutes',
        value: one.minutes,
        first: 10,
        max: 240,
        quick: [5, 10, 15, 20],
        onChange: (minutes) => set({ minutes }),
      })}
      ${codePick(editing, one, set)}
    </div>
    <div class="capture-row">
      ${stepper({ label: 'Sets', value: one.sets, first: 3, onChange: (sets) => set({ sets }) })}
      ${stepper({
        label: 'Repetitions',
        value: one.repetitions,
        first: 10,
        onChange: (repetitions) => set({ repetitions }),
      })}
      ${loadPick(one, set)}
    </div>
    <div class="capture-row">
      ${choices({ label: 'Side', options: sideOptions, chosen: one.side, onChoose: (side) => set({ side }) })}
      ${choices({
        label: 'Compared with last time',
        options: asOptions(progressions),
        chosen: one.progression,
        onChoose: (progression) => set({ progression }),
      })}
    </div>
    ${choices({
      label: 'Response',
      options: asOptions(responses),
      chosen: one.response,
      onChoose: (response) => set({ response }),
    })}
    ${several({
      label: 'What you did beyond watching',
      options: skills,
      chosen: one.skills,
      onChange: (chosen) => set({ skills: chosen }),
    })}
    <details>
      <summary>Part, help, hold, words</summary>
      ${more(editing, one, set)}
    </details>
  </div>`;
}

function more(
  { record, day }: Editing,
  one: Intervention,
  set: (changes: Partial<Intervention>) => void,
): TemplateResult {
  return html`<div class="capture-row">
      ${pick({ label: 'Part', options: asOptions(bodyParts), chosen: one.part, onChoose: (part) => set({ part }) })}
      ${pick({
        label: 'Help needed',
        options: asOptions(assistanceLevels),
        chosen: one.assistance,
        onChoose: (assistance) => set({ assistance }),
      })}
      ${stepper({
        label: 'Hold',
        unit: 's',
        value: one.holdSeconds,
        first: 10,
        step: 5,
        onChange: (holdSeconds) => set({ holdSeconds }),
      })}
      ${record.clinicians.length < 2
        ? nothing
        : choices({
            label: 'Given by',
            options: record.clinicians.map(
              ({ ref }) => [ref, day.people.find(({ id }) => id === ref)?.displayName ?? 'A colleague'] as const,
            ),
            chosen: one.by,
            onChoose: (by) => set({ by }),
          })}
    </div>
    ${words({
      label: 'How the patient responded, in words',
      value: one.responseWords,
      onInput: (responseWords) => set({ responseWords }),
    })}`;
}

function codePick(
  { record, day }: Editing,
  one: Intervention,
  set: (changes: Partial<Intervention>) => void,
): TemplateResult {
  const codes = day.codes.rows.filter(
    (row) => codeStanding(row, record.date) === 'valid' && row.time.kind !== 'monthly',
  );
  return pick({
    label: 'Code',
    options: codes.map(
      ({ code, words: said, time }) => [code, `${code} ${said}${time.kind === 'timed' ? '' : ' (untimed)'}`] as const,
    ),
    chosen: one.code,
    none: 'No code',
    onChoose: (code) => set({ code }),
  });
}

const units = [
  ['lb', 'lb'],
  ['kg', 'kg'],
  ['level', 'level'],
  ['band', 'band'],
  ['bodyweight', 'body'],
] as const satisfies readonly (readonly [Load['unit'], string])[];

function loadPick({ load }: Intervention, set: (changes: Partial<Intervention>) => void): TemplateResult {
  const unit = load?.unit ?? null;
  return html`${choices({
    label: 'Load',
    options: units,
    chosen: unit,
    onChoose: (chosen) => set({ load: chosen === null ? null : { value: null, unit: chosen, band: null } }),
  })}
  ${unit === 'band'
    ? pick({
        label: 'Band',
        options: asOptions(bandColors),
        chosen: load?.band ?? null,
        onChoose: (band) => set({ load: { value: null, unit: 'band', band } }),
      })
    : unit === null || unit === 'bodyweight'
      ? nothing
      : stepper({
          label: unit === 'level' ? 'Level' : `Weight (${unit})`,
          parts: true,
          value: load?.value ?? null,
          first: 5,
          onChange: (value) => set({ load: { value, unit, band: null } }),
        })}`;
}

/** "97110 · 12 min · 3 × 10 · 5 lb · left" */
export function doseInWords(one: Intervention): string {
  const { code, minutes, sets, repetitions, holdSeconds, load, side, response } = one;
  const dose = sets === null && repetitions === null ? null : `${sets ?? '?'} × ${repetitions ?? '?'}`;
  return [
    code ?? 'no code',
    minutes === null ? 'minutes missing' : `${minutes} min`,
    dose,
    holdSeconds === null ? null : `hold ${holdSeconds} s`,
    loadInWords(load),
    side,
    response,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function loadInWords(load: Load | null): string | null {
  if (load === null) return null;
  if (load.unit === 'band') return `${load.band ?? '?'} band`;
  if (load.unit === 'bodyweight') return 'body weight';
  return load.unit === 'level' ? `level ${load.value ?? '?'}` : `${load.value ?? '?'} ${load.unit}`;
}
