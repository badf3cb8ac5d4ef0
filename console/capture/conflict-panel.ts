// Two devices changed one session: each section that both changed, side by side, and a person takes one or both.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Choice, Section } from '../../domain/capture/merge.ts';
import { canKeepBoth } from '../../domain/capture/merge.ts';
import type { SessionRecord } from './answers.ts';
import { sectionInWords, sectionNames } from './section-words.ts';

export interface Conflict {
  readonly clashes: readonly Section[];
  readonly mine: SessionRecord;
  readonly theirs: SessionRecord;
  readonly chosen: ReadonlyMap<Section, Choice>;
  readonly nameOf: (ref: string) => string;
  readonly onChoose: (section: Section, choice: Choice) => void;
  readonly onDone: () => void;
}

export function conflictPanel(conflict: Conflict): TemplateResult {
  const { clashes, chosen, onDone } = conflict;
  const left = clashes.filter((section) => !chosen.has(section)).length;
  return html`<section class="panel capture-conflict" aria-labelledby="capture-conflict-title">
    <div class="panel-head"><h2 id="capture-conflict-title">Changed on two devices</h2></div>
    <div class="panel-body">
      <p>
        What only one device changed is already put together. For the sections below both changed: choose what holds.
        Nothing is lost until you have chosen.
      </p>
      ${clashes.map((section) => clash(conflict, section))}
      <div class="buttons">
        <button type="button" class="button primary" ?disabled=${left > 0} @click=${onDone}>
          ${left === 0 ? 'Keep this' : `Keep this (${left} still to choose)`}
        </button>
      </div>
    </div>
  </section>`;
}

function clash({ mine, theirs, chosen, nameOf, onChoose }: Conflict, section: Section): TemplateResult {
  const side = (choice: Choice, title: string, of: SessionRecord): TemplateResult =>
    html`<div class="capture-side">
      <h4>${title}</h4>
      <ul>
        ${sectionInWords(of, section, nameOf).map((line) => html`<li>${line}</li>`)}
      </ul>
      ${take(section, choice, 'Take this', chosen, onChoose)}
    </div>`;
  return html`<div class="capture-clash" role="group" aria-label=${sectionNames[section]}>
    <h3>${sectionNames[section]}</h3>
    <div class="capture-sides">
      ${side('mine', 'On this tablet', mine)} ${side('theirs', 'On the other device', theirs)}
    </div>
    ${canKeepBoth(section, mine) ? take(section, 'both', 'Take both', chosen, onChoose) : nothing}
  </div>`;
}

function take(
  section: Section,
  choice: Choice,
  words: string,
  chosen: ReadonlyMap<Section, Choice>,
  onChoose: Conflict['onChoose'],
): TemplateResult {
  return html`<button
    type="button"
    class="button"
    aria-pressed=${chosen.get(section) === choice ? 'true' : 'false'}
    @click=${() => onChoose(section, choice)}
  >
    ${words}
  </button>`;
}
