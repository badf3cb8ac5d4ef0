// The goals of an episode as fields: words, what they measure, from where to where, by when.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Goal } from '../../domain/note/source-schema.ts';
import { measureIds } from '../../domain/session/words.ts';
import { numberIn } from './plan-form.ts';

const units = ['degrees', 'points', 'percent', 'seconds', 'meters', 'feet', 'of 10', 'of 5'] as const;
const terms = ['short', 'long'] as const;

export function goalFields(
  goals: readonly Goal[],
  change: (goals: readonly Goal[]) => void,
  fresh: () => Goal,
): TemplateResult {
  return html`<fieldset class="goal-fields">
    <legend>Goals</legend>
    ${goals.map((goal, at) =>
      goalField(
        goal,
        at,
        (next) => change(goals.map((one, index) => (index === at ? { ...one, ...next } : one))),
        () => change(goals.filter((_, index) => index !== at)),
      ),
    )}
    <button type="button" class="button small" @click=${() => change([...goals, fresh()])}>Add a goal</button>
  </fieldset>`;
}

function goalField(goal: Goal, at: number, set: (next: Partial<Goal>) => void, remove: () => void): TemplateResult {
  const id = (name: string): string => `goal-${at}-${name}`;
  const measured = goal.of !== null && 'measure' in goal.of ? goal.of.measure : '';
  const motion = goal.of !== null && 'motion' in goal.of ? goal.of : null;
  return html`<div class="goal-field">
    <div class="draft-grid">
      ${input(id('words'), `Goal ${at + 1}`, goal.words, 'text', (words) => set({ words }), 'double')}
      ${select(id('term'), 'Term', ['', ...terms], goal.term ?? '', 'not said', (text) =>
        set({ term: terms.find((one) => one === text) ?? null }),
      )}
      ${motion !== null
        ? html`<p class="small soft">
            Measured by ${[motion.side, motion.part, motion.motion].filter((word) => word !== null).join(' ')}
          </p>`
        : select(id('of'), 'Measured by', ['', ...measureIds], measured, 'words only', (text) => {
            const measure = measureIds.find((one) => one === text);
            set({ of: measure === undefined ? null : { measure } });
          })}
      ${input(id('from'), 'From', goal.baseline, 'number', (text) => set({ baseline: numberIn(text) }))}
      ${input(id('to'), 'To', goal.target, 'number', (text) => set({ target: numberIn(text) }))}
      ${select(id('unit'), 'Unit', ['', ...units], goal.unit ?? '', 'none', (text) =>
        set({ unit: units.find((one) => one === text) ?? null }),
      )}
      ${input(id('due'), 'By', goal.due, 'date', (text) => set({ due: text === '' ? null : text }))}
    </div>
    <button type="button" class="link-button small" @click=${remove}>
      Take out<span class="visually-hidden"> goal ${at + 1}</span>
    </button>
  </div>`;
}

function input(
  id: string,
  label: string,
  value: string | number | null,
  type: 'text' | 'number' | 'date',
  onInput: (text: string) => void,
  size = '',
): TemplateResult {
  return html`<div class="field ${size}">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      type=${type}
      autocomplete="off"
      .value=${value === null ? '' : String(value)}
      @change=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) onInput(event.target.value);
      }}
    />
  </div>`;
}

function select(
  id: string,
  label: string,
  values: readonly string[],
  chosen: string,
  none: string,
  onChoose: (value: string) => void,
): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select
      id=${id}
      @change=${(event: Event) => {
        if (event.target instanceof HTMLSelectElement) onChoose(event.target.value);
      }}
    >
      ${values.map(
        (value) => html`<option value=${value} ?selected=${value === chosen}>${value === '' ? none : value}</option>`,
      )}
    </select>
  </div>`;
}
