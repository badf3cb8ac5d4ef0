// The document on the page: sections of sentences, each value a stop that shows where it comes from, findings beside their sentence.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Sentence } from '../../domain/note/document-schema.ts';
import { findingWords, inOrder } from '../note-words.ts';
import type { NotePage, Resolution, ShownGap, ShownNoteFinding } from '../notes.ts';
import { piecesOf } from './note-pieces.ts';
import type { Piece } from './note-pieces.ts';

/** A sentence by its place; `sentence` one past the last: a new one at the end of the section. */
export interface SentencePlace {
  readonly section: number;
  readonly sentence: number;
}

export interface NoteText {
  readonly page: NotePage;
  /** Whether sentences may be changed. */
  readonly isOpen: boolean;
  readonly editing: SentencePlace | null;
  readonly onPoint: (pointers: readonly string[]) => void;
  readonly onEdit: (place: SentencePlace) => void;
  readonly onKeep: (place: SentencePlace, text: string) => void;
  readonly onCancel: () => void;
  readonly onSettle: (finding: ShownNoteFinding) => void;
  readonly onAccept: (gap: ShownGap) => void;
}

export function noteText(view: NoteText): TemplateResult {
  const { document, verification } = view.page;
  const whole = inOrder(verification.findings.filter(({ section }) => section === null));
  return html`<div class="note-text" @keydown=${moveByArrows}>
    ${whole.map((finding) => findingCard(view, finding))}
    ${document.sections.map((section, at) =>
      section.sentences.length === 0 && !view.isOpen
        ? nothing
        : html`<section class="note-section" aria-labelledby=${`section-${at}`}>
            <h3 id=${`section-${at}`}>${section.heading}</h3>
            ${section.sentences.map((sentence, index) => sentenceOf(view, sentence, { section: at, sentence: index }))}
            ${isAt(view.editing, { section: at, sentence: section.sentences.length })
              ? editor(view, { section: at, sentence: section.sentences.length }, '')
              : view.isOpen
                ? html`<button
                    type="button"
                    class="link-button small no-print note-add"
                    @click=${() => view.onEdit({ section: at, sentence: section.sentences.length })}
                  >
                    Add a sentence<span class="visually-hidden"> to ${section.heading}</span>
                  </button>`
                : nothing}
          </section>`,
    )}
  </div>`;
}

function isAt(editing: SentencePlace | null, { section, sentence }: SentencePlace): boolean {
  return editing !== null && editing.section === section && editing.sentence === sentence;
}

function sentenceOf(view: NoteText, sentence: Sentence, place: SentencePlace): TemplateResult {
  const { page } = view;
  const isHere = (one: { readonly section: number | null; readonly sentence: number | null }): boolean =>
    one.section === place.section && one.sentence === place.sentence;
  const findings = page.verification.findings.filter(isHere);
  const gaps = page.gaps.filter(isHere);
  if (isAt(view.editing, place)) return editor(view, place, sentence.text);
  const pieces = piecesOf(sentence, { traces: page.verification.traces.filter(isHere), gaps, findings });
  const writer = page.writers[place.section]?.[place.sentence];
  const open = findings.some(({ resolution }) => resolution === null);
  return html`<span class="note-sentence ${open ? 'doubted' : ''}" id=${sentenceId(place)}
      >${pieces.map((piece) => pieceOf(view, piece, findings))}${writer === 'person'
        ? html`<span class="note-own" title="Worded by a person"
            ><span class="visually-hidden"> (worded by a person)</span></span
          >`
        : nothing}${view.isOpen
        ? html`<button type="button" class="note-pencil no-print" @click=${() => view.onEdit(place)}>
            <span aria-hidden="true">✎</span><span class="visually-hidden">Change the sentence: ${sentence.text}</span>
          </button>`
        : nothing}
    </span>
    ${inOrder(findings).map((finding) => findingCard(view, finding))} ${gaps.map((gap) => gapCard(view, gap, place))}`;
}

export function sentenceId({ section, sentence }: SentencePlace): string {
  return `sentence-${section}-${sentence}`;
}

function pieceOf({ page, onPoint }: NoteText, piece: Piece, findings: readonly ShownNoteFinding[]): TemplateResult {
  const about = findings.filter(({ key }) => piece.findings.includes(key));
  const mark = about.some(({ severity }) => severity === 'block') ? 'blocked' : about.length > 0 ? 'asked' : '';
  const { text, pointers } = piece;
  if (piece.gap !== null) return html`<span class="note-gap">${text}</span>`;
  if (pointers.length === 0) return mark === '' ? html`${text}` : html`<mark class="note-mark ${mark}">${text}</mark>`;
  const said = pointers.flatMap((pointer) => page.sources[pointer]?.words ?? []).join(' ');
  const point = (): void => onPoint(pointers);
  // No button element: one does not break over lines, and long quotes would tear the text apart.
  return html`<span
    role="button"
    tabindex="-1"
    class="note-value ${mark}"
    title=${said}
    @mouseenter=${point}
    @focus=${point}
    @click=${point}
    >${text}</span
  >`;
}

function editor(view: NoteText, place: SentencePlace, text: string): TemplateResult {
  const keep = (event: Event): void => {
    event.preventDefault();
    const area = event.target instanceof Element ? event.target.closest('form')?.querySelector('textarea') : null;
    view.onKeep(place, area?.value.trim() ?? '');
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') view.onCancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep(event);
  };
  return html`<form class="note-editor no-print" id=${sentenceId(place)} @submit=${keep} @keydown=${onKey}>
    <label class="visually-hidden" for="note-words">${text === '' ? 'The new sentence' : 'The sentence'}</label>
    <textarea id="note-words" rows="3" .value=${text}></textarea>
    <div class="buttons">
      <button class="button small primary">Keep</button>
      <button type="button" class="button small" @click=${view.onCancel}>Cancel</button>
      ${text === ''
        ? nothing
        : html`<button type="button" class="button small danger" @click=${() => view.onKeep(place, '')}>
            Take the sentence out
          </button>`}
      <span class="small soft">Ctrl+Enter keeps, Esc cancels</span>
    </div>
  </form>`;
}

function findingCard(view: NoteText, finding: ShownNoteFinding): TemplateResult {
  const { severity, resolution, message, fix, pointers } = finding;
  const kind = resolution !== null ? 'settled' : severity === 'block' ? 'danger' : 'warn';
  const sources = pointers.flatMap((pointer) => view.page.sources[pointer]?.words ?? []);
  return html`<div class="note-card ${kind} no-print" id=${`finding-${finding.key}`}>
    <p>
      <strong>${findingWords[finding.class]}</strong>
      ${resolution !== null
        ? html`<span class="mark">stands</span>`
        : severity === 'block'
          ? html`<span class="mark danger">stops the signature</span>`
          : html`<span class="mark warn">to be looked at</span>`}
    </p>
    <p>${message}</p>
    ${sources.length === 0 ? nothing : html`<p class="small soft">${[...new Set(sources)].join(' ')}</p>`}
    ${resolution === null
      ? html`<p class="small">${fix}</p>
          ${view.isOpen
            ? html`<div class="buttons">
                ${finding.section === null || finding.sentence === null
                  ? nothing
                  : html`<button
                      type="button"
                      class="button small"
                      @click=${() => view.onEdit({ section: finding.section ?? 0, sentence: finding.sentence ?? 0 })}
                    >
                      Change the sentence
                    </button>`}
                ${finding.mayStand
                  ? html`<button type="button" class="button small" @click=${() => view.onSettle(finding)}>
                      It is right as it stands
                    </button>`
                  : html`<span class="small soft">Nobody may let this stand.</span>`}
              </div>`
            : nothing}`
      : html`<p class="small">${whoSettled(view.page, resolution)}: ${resolution.reason}</p>`}
  </div>`;
}

function gapCard(view: NoteText, gap: ShownGap, place: SentencePlace): TemplateResult | typeof nothing {
  const { resolution, key } = gap;
  if (resolution === null && !view.isOpen) return nothing;
  return html`<div class="note-card ${resolution === null ? 'gap' : 'settled'} no-print" id=${`gap-${key}`}>
    <p><strong>Gap</strong> <span class="small">${gap.text}</span></p>
    ${resolution === null
      ? html`<div class="buttons">
          <button type="button" class="button small" @click=${() => view.onEdit(place)}>Fill it in</button>
          <button type="button" class="button small" @click=${() => view.onAccept(gap)}>
            Leave it open, with a reason
          </button>
        </div>`
      : html`<p class="small">Left open. ${whoSettled(view.page, resolution)}: ${resolution.reason}</p>`}
  </div>`;
}

export function whoSettled({ resolutions }: NotePage, { key, by }: Resolution): string {
  return resolutions.find((one) => one.key === key)?.byName ?? by;
}

/** Left and right go from value to value, Home and End to the first and the last: Tab alone would be a long way. */
function moveByArrows(event: KeyboardEvent): void {
  const { target, currentTarget, key } = event;
  if (!(target instanceof HTMLElement) || !(currentTarget instanceof HTMLElement)) return;
  if (!target.matches('.note-value, .note-pencil')) return;
  const stops = [...currentTarget.querySelectorAll<HTMLElement>('.note-value, .note-pencil')];
  const at = stops.indexOf(target);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: stops.length - 1 }[key];
  const stop = to === undefined ? undefined : stops[to];
  if (stop === undefined) return;
  event.preventDefault();
  for (const one of stops) one.tabIndex = one === stop ? 0 : -1;
  stop.focus();
}

/** Leaves one stop of the text in the order of Tab. */
export function oneStop(root: ParentNode): void {
  const stops = [...root.querySelectorAll<HTMLElement>('.note-value, .note-pencil')];
  const kept = stops.find((stop) => stop === root.ownerDocument?.activeElement) ?? stops[0];
  for (const stop of stops) stop.tabIndex = stop === kept ? 0 : -1;
}
