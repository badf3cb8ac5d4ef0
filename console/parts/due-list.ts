// What is due: notes, signatures, progress reports, certifications, each with its day, the days of treatment and the rule.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DocumentKind } from '../../domain/note/source-schema.ts';
import { nameInWords } from '../care.ts';
import { dayInWords } from '../dates.ts';
import { draftKindOf, dueMarks, dueStateWords, dueWords } from '../note-words.ts';
import type { DueLine } from '../notes.ts';
import { paths } from '../router.ts';
import { errorNotice } from './page.ts';

export interface DueListView {
  /** null: still loading, or `failure` tells why not. */
  readonly due: readonly DueLine[] | null;
  readonly failure: unknown;
  readonly today: string;
  readonly onAgain: () => void;
  readonly onDraft: (session: string, kind: DocumentKind | null) => void;
}

export function dueList(view: DueListView): TemplateResult {
  const { due, failure, onAgain } = view;
  return html`<section class="panel" aria-labelledby="due-title">
    <div class="panel-head">
      <h2 id="due-title">Due</h2>
      ${due === null ? nothing : html`<span class="small soft">${due.length}</span>`}
    </div>
    ${failure !== null
      ? html`<div class="panel-body">${errorNotice(failure, onAgain)}</div>`
      : due === null
        ? html`<p class="panel-note loading" role="status">Loading …</p>`
        : due.length === 0
          ? html`<p class="panel-note small soft">Nothing is due.</p>`
          : html`<ul class="due-list">
              ${due.map((line) => dueItem(view, line))}
            </ul>`}
  </section>`;
}

function dueItem({ today, onDraft }: DueListView, line: DueLine): TemplateResult {
  const { kind, due, state, words, treatmentDays, rule, source, name, patient, note, session } = line;
  return html`<li>
    <p>
      <strong>${dueWords[kind]}</strong>
      <span class="mark ${dueMarks[state]}">${due === null ? 'day unknown' : dueStateWords[state]}</span>
    </p>
    <p><a href=${paths.progress(patient)}>${nameInWords(name)}</a></p>
    <p class="small">${due === null ? words : `By ${dayInWords(due, today)}. ${words}.`}</p>
    ${treatmentDays === null
      ? nothing
      : html`<p class="small soft">
          ${treatmentDays.soFar} of ${treatmentDays.dueBy} days of treatment
          <meter min="0" max=${treatmentDays.dueBy} value=${Math.min(treatmentDays.soFar, treatmentDays.dueBy)}></meter>
        </p>`}
    ${rule === null ? nothing : html`<p class="small soft" title=${source ?? ''}>Rule ${rule}</p>`}
    ${note !== null
      ? html`<a class="button small" href=${paths.note(note)}
          >Open the draft<span class="visually-hidden"> of ${nameInWords(name)}</span></a
        >`
      : session !== null
        ? html`<button class="button small" @click=${() => onDraft(session, draftKindOf(kind))}>
            Draft it<span class="visually-hidden">: ${dueWords[kind]} of ${nameInWords(name)}</span>
          </button>`
        : nothing}
  </li>`;
}
