// The field in which a person searches in what a list shows, and what fits the search.
import { html } from 'lit';
import type { TemplateResult } from 'lit';

export interface SearchField {
  readonly id: string;
  /** What can be searched for. */
  readonly hint: string;
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

export function searchField({ id, hint, search, onSearch }: SearchField): TemplateResult {
  return html`<div class="field search">
    <label class="visually-hidden" for=${id}>Search in what is shown</label>
    <input
      id=${id}
      type="search"
      placeholder=${hint}
      autocomplete="off"
      .value=${search}
      @input=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) onSearch(event.target.value);
      }}
    />
  </div>`;
}

/** Whether every word of a search stands in what is shown, in whatever order and case. */
export function fits(search: string, shown: readonly (string | null | undefined)[]): boolean {
  const text = shown.join(' ').toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => text.includes(word));
}
