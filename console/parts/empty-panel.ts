// What stands where a list has nothing to show: why, and what would fill it.
import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** Title and a sentence. */
export type NothingHere = readonly [title: string, words: string];

export function emptyPanel([title, words]: NothingHere): TemplateResult {
  return html`<div class="panel empty">
    <h2>${title}</h2>
    <p>${words}</p>
  </div>`;
}

/** A list whose lines are all hidden by the search. */
export const nothingMatches: NothingHere = ['Nothing matches', 'Change the search to see the others.'];
