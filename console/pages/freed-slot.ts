// One freed visit: how it stands and, for each who waited, why asked or why not; answers by phone are written down here.
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { instantInWords } from '../dates.ts';
import { PageElement } from '../parts/page.ts';
import { settingsDialog } from '../parts/settings-dialog.ts';
import { paths } from '../router.ts';
import { slotInWords } from '../waitlist.ts';
import type { SlotLedger, SlotLedgerLine } from '../waitlist.ts';

const tickMs = 30_000;

class FreedSlot extends PageElement {
  static override properties = {
    slot: { attribute: false },
    page: { state: true },
    dialogFailure: { state: true },
  };
  declare slot: string;
  declare page: SlotLedger | null;
  declare dialogFailure: unknown;
  #timer = 0;

  constructor() {
    super();
    this.slot = '';
    this.page = null;
    this.dialogFailure = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(() => this.requestUpdate(), tickMs);
  }

  override disconnectedCallback(): void {
    window.clearInterval(this.#timer);
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('slot')) return;
    this.page = null;
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.page = await this.shell.api.waitlist.freedSlot(this.slot);
    });
  }

  get #isDesk(): boolean {
    return this.shell.session.user.roles.some((role) => role === 'frontDesk' || role === 'admin');
  }

  async #do(deed: () => Promise<unknown>, said: string): Promise<void> {
    const done = await this.attempt(async () => {
      await deed();
    });
    if (!done) return;
    await this.#load();
    this.shell.announce(said);
  }

  readonly #takeBack = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    this.dialogFailure = null;
    try {
      await this.shell.api.waitlist.takeSlotBack(this.slot);
      this.querySelector<HTMLDialogElement>('#take-back')?.close();
      await this.#load();
      this.shell.announce('The visit is not offered any more.');
    } catch (error) {
      this.dialogFailure = error;
    }
  };

  protected override render(): TemplateResult {
    const { page } = this;
    return html`<a class="crumb" href=${paths.waitlist}>← Waitlist</a> ${this.failureNotice(() => void this.#load())}
      ${page === null
        ? this.failure === null
          ? html`<h1 class="visually-hidden">Freed visit</h1>
              <p class="loading" role="status">Loading …</p>`
          : nothing
        : this.#content(page)}
      ${settingsDialog({
        id: 'take-back',
        title: 'Take this time back?',
        failure: this.dialogFailure,
        fields: html`<p>
          Nobody is asked any more. Who is asked just now, or has said yes, is told that the time is not open.
        </p>`,
        button: 'Take it back',
        onSubmit: this.#takeBack,
      })}`;
  }

  #content(page: SlotLedger): TemplateResult {
    const now = this.shell.now();
    const facts = [
      page.discipline,
      `${page.minutes} minutes`,
      `with ${page.therapist ?? 'a therapist without a name'}`,
      page.location === null ? 'place unknown' : page.location,
      page.equipment === null
        ? 'equipment unknown'
        : page.equipment.length === 0
          ? 'no special equipment'
          : page.equipment.join(', '),
    ];
    const goesOn =
      page.phase === 'offering' || page.phase === 'held' || page.phase === 'exhausted' || page.phase === 'lapsed';
    return html`<div class="page-head">
        <div>
          <h1>Freed visit ${instantInWords(page.start, now, this.zone)}</h1>
          <p class="soft">${facts.join(' · ')}</p>
        </div>
        <div class="buttons">
          ${goesOn && this.#isDesk
            ? html`<button
                class="button danger"
                @click=${() => this.querySelector<HTMLDialogElement>('#take-back')?.showModal()}
              >
                Take it back
              </button>`
            : nothing}
          <button class="button" @click=${() => void this.#load()}>Read again</button>
        </div>
      </div>
      <p class="notice ${page.phase === 'booked' ? 'good' : ''}" role="status">
        <strong>${slotInWords(page, now, this.zone)}</strong>
        ${page.phase === 'held'
          ? html`<span>The work list has the item to book it; when it is done there, the patient waits no more.</span>`
          : nothing}
      </p>
      <section class="panel" aria-labelledby="ledger-title">
        <div class="panel-head">
          <h2 id="ledger-title">Why this one, why not me</h2>
          <span class="small soft">everybody who waited, as of ${instantInWords(page.rankedAt, now, this.zone)}</span>
        </div>
        ${page.lines.length === 0
          ? html`<p class="panel-note small soft">Nobody was waiting.</p>`
          : html`<table class="rows waitlist-rows">
              <caption class="visually-hidden">
                Everybody who waited, in the order of asking
              </caption>
              <thead>
                <tr>
                  <th scope="col" class="number">Place</th>
                  <th scope="col">Patient</th>
                  <th scope="col">What came of it, and why</th>
                  ${this.#isDesk ? html`<th scope="col"><span class="visually-hidden">Do</span></th>` : nothing}
                </tr>
              </thead>
              <tbody>
                ${page.lines.map((line) => this.#line(line, goesOn))}
              </tbody>
            </table>`}
      </section>`;
  }

  #line(line: SlotLedgerLine, goesOn: boolean): TemplateResult {
    return html`<tr class="row">
      <td class="number" data-label="Place">${line.place ?? '–'}</td>
      <th scope="row">${line.patientName ?? 'Name unknown'}</th>
      <td data-label="What came of it">${line.words}</td>
      ${this.#isDesk ? html`<td class="row-actions">${goesOn ? this.#deeds(line) : nothing}</td>` : nothing}
    </tr>`;
  }

  #deeds({ offer, offerRef, eligible, entry, queued, patientName }: SlotLedgerLine): TemplateResult | typeof nothing {
    const { api } = this.shell;
    const name = patientName ?? 'the patient';
    if (offerRef !== null && offer !== null && offer.outcome !== 'accepted' && offer.outcome !== 'withdrawn')
      return html`<button
          class="button small"
          aria-label="Said yes by phone: ${name}"
          @click=${() => void this.#do(() => api.waitlist.answerOffer(offerRef, 'yes'), 'The answer is written down.')}
        >
          Said yes by phone
        </button>
        ${offer.outcome === 'open'
          ? html`<button
              class="button small"
              aria-label="Said no by phone: ${name}"
              @click=${() =>
                void this.#do(() => api.waitlist.answerOffer(offerRef, 'no'), 'The answer is written down.')}
            >
              Said no
            </button>`
          : nothing}`;
    if (offer === null && eligible === 'confirm' && !queued)
      return html`<button
        class="button small"
        aria-label="I found out: it fits, ask ${name}"
        @click=${() => void this.#do(() => api.waitlist.askWaiting(this.slot, entry), `${name} is asked next.`)}
      >
        I found out: it fits, ask
      </button>`;
    return nothing;
  }
}

customElements.define('gait-freed-slot', FreedSlot);
