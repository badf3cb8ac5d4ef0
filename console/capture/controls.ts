// Controls for a thumb: steppers, rows of choices, words. Each says nothing (null) until somebody touched it.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

export interface Stepper {
  readonly label: string;
  readonly value: number | null;
  /** Where the first touch of + or − begins. */
  readonly first: number;
  readonly step?: number;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  /** Whether a part of one can be meant; otherwise what is typed is rounded. */
  readonly parts?: boolean;
  /** Values that are one tap away. */
  readonly quick?: readonly number[];
  readonly disabled?: boolean;
  readonly onChange: (value: number | null) => void;
}

export function stepper(of: Stepper): TemplateResult {
  const { label, value, first, step = 1, min = 0, max = 9999, unit, quick = [], disabled = false, onChange } = of;
  const within = (wished: number): number => Math.min(max, Math.max(min, wished));
  const typed = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const text = event.target.value.trim();
    const number = Number(text);
    if (text === '') onChange(null);
    else if (Number.isFinite(number)) onChange(within(of.parts === true ? number : Math.round(number)));
  };
  return html`<div class="stepper" role="group" aria-label=${label}>
    <span class="label">${label}</span>
    <div class="stepper-row">
      <button
        type="button"
        aria-label=${`${label}: less`}
        ?disabled=${disabled}
        @click=${() => onChange(within(value === null ? first : value - step))}
      >
        −
      </button>
      <input
        inputmode="decimal"
        autocomplete="off"
        aria-label=${label}
        placeholder="–"
        ?disabled=${disabled}
        .value=${live(value === null ? '' : String(value))}
        @change=${typed}
      />
      <button
        type="button"
        aria-label=${`${label}: more`}
        ?disabled=${disabled}
        @click=${() => onChange(within(value === null ? first : value + step))}
      >
        +
      </button>
      ${unit === undefined ? nothing : html`<span class="small soft">${unit}</span>`}
      ${quick.map(
        (one) =>
          html`<button
            type="button"
            class="quick"
            aria-label=${`${label}: ${one}`}
            aria-pressed=${value === one ? 'true' : 'false'}
            ?disabled=${disabled}
            @click=${() => onChange(one)}
          >
            ${one}
          </button>`,
      )}
    </div>
  </div>`;
}

export interface Choices<T extends string | number | boolean> {
  readonly label: string;
  readonly options: readonly (readonly [value: T, words: string])[];
  readonly chosen: T | null;
  readonly disabled?: boolean;
  /** Tapping what is chosen takes it back. */
  readonly onChoose: (value: T | null) => void;
}

export function choices<T extends string | number | boolean>(of: Choices<T>): TemplateResult {
  const { label, options, chosen, disabled = false, onChoose } = of;
  return html`<div class="tap-choices" role="group" aria-label=${label}>
    <span class="label">${label}</span>
    <div class="choices-row">
      ${options.map(
        ([value, words]) =>
          html`<button
            type="button"
            aria-pressed=${chosen === value ? 'true' : 'false'}
            ?disabled=${disabled}
            @click=${() => onChoose(chosen === value ? null : value)}
          >
            ${words}
          </button>`,
      )}
    </div>
  </div>`;
}

export interface Several<T extends string> {
  readonly label: string;
  readonly options: readonly T[];
  readonly chosen: readonly T[];
  readonly disabled?: boolean;
  readonly onChange: (chosen: T[]) => void;
}

export function several<T extends string>({
  label,
  options,
  chosen,
  disabled = false,
  onChange,
}: Several<T>): TemplateResult {
  return html`<div class="tap-choices" role="group" aria-label=${label}>
    <span class="label">${label}</span>
    <div class="choices-row">
      ${options.map(
        (one) =>
          html`<button
            type="button"
            aria-pressed=${chosen.includes(one) ? 'true' : 'false'}
            ?disabled=${disabled}
            @click=${() => onChange(chosen.includes(one) ? chosen.filter((each) => each !== one) : [...chosen, one])}
          >
            ${one}
          </button>`,
      )}
    </div>
  </div>`;
}

export interface Picker<T extends string> {
  readonly label: string;
  readonly options: readonly (readonly [value: T, words: string])[];
  readonly chosen: T | null;
  /** What stands there while nothing is chosen. */
  readonly none?: string;
  readonly disabled?: boolean;
  readonly onChoose: (value: T | null) => void;
}

export function pick<T extends string>(of: Picker<T>): TemplateResult {
  const { label, options, chosen, none = '–', disabled = false, onChoose } = of;
  const onChange = (event: Event): void => {
    const value = event.target instanceof HTMLSelectElement ? event.target.value : '';
    onChoose(options.find(([one]) => one === value)?.[0] ?? null);
  };
  return html`<label class="field pick">
    <span class="label">${label}</span>
    <select ?disabled=${disabled} @change=${onChange}>
      <option value="" ?selected=${chosen === null}>${none}</option>
      ${options.map(([value, words]) => html`<option value=${value} ?selected=${chosen === value}>${words}</option>`)}
    </select>
  </label>`;
}

export interface Words {
  readonly label: string;
  readonly value: string | null;
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly onInput: (words: string | null) => void;
}

export function words({ label, value, hint, disabled = false, onInput }: Words): TemplateResult {
  const typed = (event: Event): void => {
    const text = event.target instanceof HTMLTextAreaElement ? event.target.value : '';
    onInput(text.trim() === '' ? null : text);
  };
  return html`<label class="field">
    <span class="label">${label}</span>
    <textarea
      rows="2"
      spellcheck="true"
      autocomplete="off"
      placeholder=${hint ?? nothing}
      ?disabled=${disabled}
      .value=${value ?? ''}
      @input=${typed}
    ></textarea>
  </label>`;
}

/** Something typed and added with one tap; the field is empty again afterwards. */
export function adder(label: string, hint: string, onAdd: (text: string) => void, list?: string): TemplateResult {
  const add = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget instanceof HTMLFormElement ? event.currentTarget : null;
    const input = form?.querySelector('input');
    const text = input?.value.trim() ?? '';
    if (input === null || input === undefined || text === '') return;
    input.value = '';
    onAdd(text);
  };
  return html`<form class="adder" @submit=${add}>
    <input aria-label=${label} placeholder=${hint} autocomplete="off" list=${list ?? nothing} />
    <button class="button">Add</button>
  </form>`;
}

/** Words as their own options, in the form `pick` and `choices` take. */
export function asOptions<T extends string>(all: readonly T[]): readonly (readonly [T, string])[] {
  return all.map((one) => [one, one] as const);
}
