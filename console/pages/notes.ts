// The notes of the clinic: what is to be signed first, what waits for a second signature, what is done; beside them what is due.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { nameInWords } from '../care.ts';
import { dayInWords } from '../dates.ts';
import { kindWords, openInWords, stateMarks, stateWords } from '../note-words.ts';
import type { DueLine, NoteLine } from '../notes.ts';
import { dueList } from '../parts/due-list.ts';
import { emptyPanel, nothingMatches } from '../parts/empty-panel.ts';
import type { NothingHere } from '../parts/empty-panel.ts';
import { PageElement } from '../parts/page.ts';
import { fits, searchField } from '../parts/search-field.ts';
import { segmented } from '../parts/segmented.ts';
import { paths } from '../router.ts';

const filters = [
  ['mine', 'Mine to sign'],
  ['drafts', 'All drafts'],
  ['cosign', 'To co-sign'],
  ['done', 'Signed'],
] as const;
type Shown = (typeof filters)[number][0];

const nothingHere: Record<Shown, NothingHere> = {
  mine: ['Nothing of yours waits for a signature', 'A draft appears when a session is closed and drafted.'],
  drafts: ['There is no draft', 'A draft appears when a session is closed and drafted.'],
  cosign: [
    'Nothing waits for a co-signature',
    'What an assistant or a student signed appears here where it is needed.',
  ],
  done: ['Nothing is signed yet', 'Signed documents stay here with their versions and where they were filed.'],
};

class Notes extends PageElement {
  static override properties = {
    notes: { state: true },
    due: { state: true },
    dueFailure: { state: true },
    show: { state: true },
    search: { state: true },
  };
  declare notes: readonly NoteLine[] | null;
  declare due: readonly DueLine[] | null;
  /** Why the due list is missing; the notes are shown without it. */
  declare dueFailure: unknown;
  declare show: Shown;
  declare search: string;

  constructor() {
    super();
    this.notes = null;
    this.due = null;
    this.dueFailure = null;
    this.show = 'mine';
    this.search = '';
  }

  protected override firstUpdated(): void {
    void this.#load();
    void this.#loadDue();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.notes = await this.shell.api.notes.notes();
    });
  }

  readonly #loadDue = async (): Promise<void> => {
    this.dueFailure = null;
    try {
      this.due = await this.shell.api.notes.due();
    } catch (error) {
      this.dueFailure = error;
    }
  };

  #isShown({ state, author }: NoteLine): boolean {
    switch (this.show) {
      case 'mine':
        return state === 'draft' && (author === null || author.id === this.shell.session.user.id);
      case 'drafts':
        return state === 'draft';
      case 'cosign':
        return state === 'awaitingCosign';
      case 'done':
        return state === 'signed' || state === 'filed';
    }
  }

  protected override render(): TemplateResult {
    const { notes } = this;
    const ofKind = (notes ?? []).filter((note) => this.#isShown(note));
    const shown = ofKind.filter(({ patientName, kind, author }) =>
      fits(this.search, [nameInWords(patientName), kindWords[kind], author?.displayName ?? '']),
    );
    return html`<div class="page-head">
        <div>
          <h1>Notes</h1>
          <p class="soft">
            Drafts are made of what was recorded, and nothing else. A named clinician reads, corrects and signs.
          </p>
        </div>
      </div>
      ${this.failureNotice(() => void this.#load())}
      <div class="two-columns">
        <div class="column">
          <div class="toolbar" role="search">
            ${segmented({
              label: 'Which notes',
              choices: filters,
              chosen: this.show,
              onChoose: (show) => (this.show = show),
            })}
            ${searchField({
              id: 'note-search',
              hint: 'Search patient, kind, author',
              search: this.search,
              onSearch: (search) => (this.search = search),
            })}
          </div>
          ${notes === null
            ? this.failure === null
              ? html`<p class="loading" role="status">Loading …</p>`
              : nothing
            : shown.length === 0
              ? emptyPanel(ofKind.length === 0 ? nothingHere[this.show] : nothingMatches)
              : this.#table(shown)}
        </div>
        <aside class="column">
          ${dueList({
            due: this.due,
            failure: this.dueFailure,
            today: this.today,
            onAgain: () => void this.#loadDue(),
            onDraft: (session, kind) => void this.#draft(session, kind),
          })}
        </aside>
      </div>`;
  }

  async #draft(session: string, kind: NoteLine['kind'] | null): Promise<void> {
    await this.attempt(async () => {
      const { note } = await this.shell.api.notes.draft(session, kind);
      this.shell.go(paths.note(note));
    });
  }

  #table(shown: readonly NoteLine[]): TemplateResult {
    const isDone = this.show === 'done';
    return html`<div class="panel table-wrap" tabindex="0" role="region" aria-label="Notes">
      <table class="rows dense">
        <caption class="visually-hidden">
          Notes
        </caption>
        <thead>
          <tr>
            <th scope="col">Patient</th>
            <th scope="col">Document</th>
            <th scope="col">Visit</th>
            <th scope="col">Author</th>
            <th scope="col">${isDone ? 'State' : 'What is open'}</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((note) => this.#row(note, isDone))}
        </tbody>
      </table>
    </div>`;
  }

  #row(line: NoteLine, isDone: boolean): TemplateResult {
    const { note, patientName, kind, date, author, state, findings } = line;
    return html`<tr class="row">
      <td><a class="row-link" href=${paths.note(note)}>${nameInWords(patientName)}</a></td>
      <td data-label="Document">${kindWords[kind]}</td>
      <td class="nowrap" data-label="Visit">${dayInWords(date, this.today)}</td>
      <td data-label="Author">${author?.displayName ?? 'nobody yet'}</td>
      <td data-label=${isDone ? 'State' : 'What is open'}>
        ${isDone
          ? html`<span class="mark ${stateMarks[state]}">${stateWords[state]}</span>`
          : html`<span class=${findings.block > 0 ? 'note-blocked' : ''}>${openInWords(line)}</span>`}
      </td>
    </tr>`;
  }
}

customElements.define('gait-notes', Notes);
