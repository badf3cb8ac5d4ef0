// A row of choices of which one holds: which of a list's lines are shown.
import { html } from 'lit';
import type { TemplateResult } from 'lit';

export interface Segmented<Choice extends string> {
  /** What is chosen, for who cannot see the row. */
  readonly label: string;
  readonly choices: readonly (readonly [choice: Choice, words: string])[];
  readonly chosen: Choice;
  readonly onChoose: (choice: Choice) => void;
}

export function segmented<Choice extends string>({
  label,
  choices,
  chosen,
  onChoose,
}: Segmented<Choice>): TemplateResult {
  return html`<div class="segmented" role="group" aria-label=${label}>
    ${choices.map(
      ([choice, words]) =>
        html`<button
          type="button"
          aria-pressed=${chosen === choice ? 'true' : 'false'}
          @click=${() => onChoose(choice)}
        >
          ${words}
        </button>`,
    )}
  </div>`;
}
