// One document: its text with every value's source, what is open beside its sentence, and the signature of a named clinician.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { nameInWords } from '../care.ts';
import type { SectionTexts } from '../calls/notes.ts';
import { dayInWords } from '../dates.ts';
import { kindWords, stateMarks, stateWords, writtenByWords } from '../note-words.ts';
import type { HowSettled, NotePage, ShownGap, ShownMissing, ShownNoteFinding } from '../notes.ts';
import { completenessPanel, filingPanel, openPanel, sourcePanel, versionsPanel } from '../parts/note-aside.ts';
import { noteText, oneStop, sentenceId } from '../parts/note-text.ts';
import type { SentencePlace } from '../parts/note-text.ts';
import { PageElement, shortHash } from '../parts/page.ts';
import * as asking from '../parts/note-asking.ts';
import type { Asking } from '../parts/note-asking.ts';
import { SayDialog } from '../parts/say-dialog.ts';
import type { SayRequest } from '../parts/say-dialog.ts';
import { paths } from '../router.ts';

class NoteElement extends PageElement {
  static override properties = {
    note: { attribute: false },
    page: { state: true },
    pointed: { state: true },
    editing: { state: true },
  };
  declare note: string;
  declare page: NotePage | null;
  declare pointed: readonly string[];
  declare editing: SentencePlace | null;

  constructor() {
    super();
    this.page = null;
    this.pointed = [];
    this.editing = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override updated(): void {
    const text = this.querySelector('.note-text');
    if (text !== null) oneStop(text);
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.page = await this.shell.api.notes.note(this.note);
    });
  }

  get #isOpen(): boolean {
    return this.page?.state === 'draft' && this.shell.session.user.roles.includes('therapist');
  }

  async #edit(place: SentencePlace): Promise<void> {
    this.editing = place;
    await this.updateComplete;
    this.querySelector<HTMLTextAreaElement>('.note-editor textarea')?.focus();
  }

  async #keep(place: SentencePlace, text: string): Promise<void> {
    const { page } = this;
    if (page === null) return;
    const kept = await this.attempt(async () => {
      await this.shell.api.notes.edit(page.note, page.revision, withText(page, place, text));
      this.page = await this.shell.api.notes.note(this.note);
    });
    if (!kept) return;
    this.shell.announce('Kept. The document was checked against the record anew.');
    await this.#back(place);
  }

  /** Closes the editor; the focus goes back to where it was. */
  async #back(place: SentencePlace | null): Promise<void> {
    this.editing = null;
    await this.updateComplete;
    if (place === null) return;
    this.querySelector<HTMLElement>(`#${sentenceId(place)} button:last-of-type`)?.focus();
  }

  #ask(request: SayRequest): void {
    const dialog = this.querySelector('gait-say-dialog');
    if (dialog instanceof SayDialog) void dialog.open(request);
  }

  /** Runs a deed of a dialog, then shows the document as it is now. */
  #deed(deed: (page: NotePage, said: { words: string; choice: string }) => Promise<unknown>, done: string) {
    return {
      send: async (said: { readonly words: string; readonly choice: string }): Promise<void> => {
        if (this.page === null) return;
        await deed(this.page, said);
      },
      done: (): void => {
        this.shell.announce(done);
        void this.#load();
      },
    };
  }

  #settle(finding: ShownNoteFinding): void {
    this.#reason([finding.key], 'stands', asking.stands(finding));
  }

  #accept({ key }: ShownGap | ShownMissing, text: string): void {
    this.#reason([key], 'gapAccepted', asking.leftOpen(text));
  }

  #acceptAll(gaps: readonly ShownGap[]): void {
    this.#reason(
      gaps.map(({ key }) => key),
      'gapAccepted',
      asking.allLeftOpen(gaps),
    );
  }

  #reason(findings: readonly string[], how: HowSettled, asked: Asking): void {
    this.#ask({
      ...asked,
      ...this.#deed(
        ({ note, revision }, { words }) =>
          this.shell.api.notes.settle(note, { revision, findings, how, reason: words }),
        'It is settled, with your reason.',
      ),
    });
  }

  #sign(page: NotePage): void {
    const { as, attestation, hash } = page.signing;
    if (as === null || attestation === null) return;
    const signed = { hash, attestation: attestation.id };
    this.#ask({
      ...asking.signature(page, as, attestation.text, this.today),
      ...this.#deed(
        ({ note, revision }, { choice }) =>
          as === 'cosigner'
            ? this.shell.api.notes.cosign(note, signed)
            : this.shell.api.notes.sign(note, {
                revision,
                ...signed,
                ...(choice === 'needed' || choice === 'notNeeded' ? { cosign: choice } : {}),
              }),
        as === 'author' ? 'Signed.' : 'Co-signed.',
      ),
    });
  }

  async #takeOver({ note, revision }: NotePage): Promise<void> {
    const taken = await this.attempt(() => this.shell.api.notes.takeOver(note, revision).then(() => undefined));
    if (!taken) return;
    this.shell.announce('You are the author now: you answer for it.');
    await this.#load();
  }

  #addendum({ signing }: NotePage): void {
    this.#ask({
      ...asking.addendum(signing.addendumAttestation.text),
      ...this.#deed(({ note }, { words }) => this.shell.api.notes.addendum(note, words), 'The addendum is signed.'),
    });
  }

  #discard(): void {
    this.#ask({
      ...asking.discarding,
      ...this.#deed(
        ({ note, revision }, { words }) => this.shell.api.notes.discard(note, revision, words),
        'The draft is discarded.',
      ),
    });
  }

  readonly #jump = (id: string): void => {
    const place = this.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
    place?.scrollIntoView({ block: 'center' });
    place?.querySelector('button')?.focus({ preventScroll: true });
  };

  protected override render(): TemplateResult {
    const { page } = this;
    return html`<nav class="crumb" aria-label="Way back"><a href=${paths.notes}>Notes</a></nav>
      ${page === null
        ? html`<div class="page-head"><h1>Note</h1></div>
            ${this.failureNotice(() => void this.#load())}
            ${this.failure === null ? html`<p class="loading" role="status">Loading …</p>` : nothing}`
        : html`${this.#head(page)} ${this.failureNotice(() => void this.#load())} ${this.#body(page)}
            <gait-say-dialog></gait-say-dialog>`}`;
  }

  #head(page: NotePage): TemplateResult {
    const { document, state, writtenBy, author, patient, date } = page;
    return html`<div class="page-head">
      <div>
        <h1>${document.title}</h1>
        <p class="item-meta">
          <strong>${nameInWords(patient.name)}</strong>
          <span>${dayInWords(date, this.today)}</span>
          <span class="mark ${stateMarks[state]}">${stateWords[state]}</span>
          <span class="soft no-print">${author === null ? 'no author yet' : author.displayName}</span>
        </p>
        <p class="small soft no-print">${writtenByWords[writtenBy]}. You read it, correct it and sign it.</p>
      </div>
      <div class="buttons">
        <a class="button" href=${paths.progress(patient.ref)}>Progress</a>
        <button class="button" @click=${() => window.print()}>Print</button>
      </div>
    </div>`;
  }

  #body(page: NotePage): TemplateResult {
    const clock = { today: this.today, zone: this.zone };
    return html`${!page.session.isAsDrafted && page.state === 'draft'
        ? html`<div class="notice warn">
            <strong>The session was changed after this was drafted.</strong>
            <span>Discard this draft and draft it anew, or check the text against the session.</span>
          </div>`
        : nothing}
      <div class="two-columns note-columns">
        <div class="column">
          <article class="panel panel-body" aria-label=${kindWords[page.kind]}>
            ${noteText({
              page,
              isOpen: this.#isOpen,
              editing: this.editing,
              onPoint: (pointers) => (this.pointed = pointers),
              onEdit: (place) => void this.#edit(place),
              onKeep: (place, text) => void this.#keep(place, text),
              onCancel: () => void this.#back(this.editing),
              onSettle: (finding) => this.#settle(finding),
              onAccept: (gap) => this.#accept(gap, gap.text),
            })}
          </article>
          ${versionsPanel(page, this.shell, this.zone)} ${this.#signing(page)}
        </div>
        <aside class="column">
          ${sourcePanel(page, this.pointed, clock)}
          ${page.state === 'draft'
            ? openPanel({
                page,
                isOpen: this.#isOpen,
                jump: this.#jump,
                onAcceptAll: (gaps) => this.#acceptAll(gaps),
              })
            : nothing}
          ${filingPanel(page, this.shell, this.zone)}
          ${completenessPanel({
            page,
            isOpen: this.#isOpen,
            onAccept: (missing) => this.#accept(missing, missing.words),
          })}
        </aside>
      </div>`;
  }

  #signing(page: NotePage): TemplateResult | typeof nothing {
    const { state, signing } = page;
    if (state === 'discarded') return nothing;
    const isDone = signing.as === null;
    return html`<section class="panel note-signing no-print" aria-labelledby="note-signing">
      <div class="panel-head"><h2 id="note-signing">${isDone ? 'After the signature' : 'Signature'}</h2></div>
      <div class="panel-body">
        ${isDone || signing.maySign
          ? nothing
          : html`<ul class="note-why">
              ${signing.whyNot.map(({ words }) => html`<li>${words}</li>`)}
            </ul>`}
        ${isDone ? nothing : html`<p class="small soft">${signing.cosignature.words}</p>`}
        <p class="small soft">
          Content <span class="mono">${shortHash(signing.hash)}</span>: what you see is what is signed.
        </p>
        <p class="small soft">The patient is told: ${page.automation}</p>
        <div class="buttons">
          ${isDone
            ? html`<button class="button" @click=${() => this.#addendum(page)}>Add an addendum …</button>`
            : html`<button class="button primary" ?disabled=${!signing.maySign} @click=${() => this.#sign(page)}>
                ${signing.as === 'author' ? 'Sign …' : 'Co-sign …'}
              </button>`}
          ${this.#isOpen && signing.whyNot.some(({ code }) => code === 'notAuthor' || code === 'credentialChanged')
            ? html`<button class="button" @click=${() => void this.#takeOver(page)}>Take it over as its author</button>`
            : nothing}
          ${this.#isOpen
            ? html`<button class="button danger" @click=${() => this.#discard()}>Discard …</button>`
            : nothing}
        </div>
      </div>
    </section>`;
  }
}

/** The sentences of every section, with one of them changed, added behind the last, or taken out. */
function withText({ document }: NotePage, { section, sentence }: SentencePlace, text: string): SectionTexts[] {
  return document.sections.map(({ id, sentences }, at) => {
    const texts = sentences.map((each) => each.text);
    if (at === section) texts[sentence] = text;
    return { id, texts };
  });
}

customElements.define('gait-note', NoteElement);
