// The waitlist: freed visits with who is asked right now, visits nobody has described yet, who waits, and whether offers are fair.
import { html, nothing } from 'lit';
import { paths } from '../router.ts';
import type { TemplateResult } from 'lit';
import { instantOf } from '../../domain/zoned-time.ts';
import { dayInWords, dateInZone, instantInWords } from '../dates.ts';
import { freedSlotsTable } from '../parts/freed-slots-table.ts';
import { fairnessTable } from '../parts/fairness-table.ts';
import { PageElement } from '../parts/page.ts';
import { settingsDialog } from '../parts/settings-dialog.ts';
import { factFields, factsIn, missingInWords, wishesFields, wishesIn } from '../parts/waitlist-forms.ts';
import type { MovableVisits } from '../parts/waitlist-forms.ts';
import { needsInWords, priorityWords, timesInWords } from '../waitlist.ts';
import type {
  Fairness,
  FreedSlotLine,
  VisitQuestion,
  WaitingEntry,
  WaitingPage,
  WaitlistChoices,
} from '../waitlist.ts';

/** An hour that was always free: everything about it has to be said. */
const freeHour = { appointment: null, missing: ['startsAt', 'minutes', 'therapist', 'discipline'] } as const;

/** How often the time left is told anew. */
const tickMs = 30_000;

class Waitlist extends PageElement {
  static override properties = {
    waiting: { state: true },
    slots: { state: true },
    fairness: { state: true },
    choices: { state: true },
    visits: { state: true },
    asked: { state: true },
    removing: { state: true },
    dialogFailure: { state: true },
  };
  declare waiting: WaitingPage | null;
  declare slots: readonly FreedSlotLine[] | null;
  declare fairness: Fairness | null;
  declare choices: WaitlistChoices | null;
  declare visits: MovableVisits;
  declare asked: Pick<VisitQuestion, 'missing'> & { readonly appointment: string | null };
  declare removing: WaitingEntry | null;
  declare dialogFailure: unknown;
  #timer = 0;

  constructor() {
    super();
    this.waiting = null;
    this.slots = null;
    this.fairness = null;
    this.choices = null;
    this.visits = [];
    this.asked = freeHour;
    this.removing = null;
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

  protected override firstUpdated(): void {
    void this.#load();
  }

  get #isDesk(): boolean {
    return this.shell.session.user.roles.some((role) => role === 'frontDesk' || role === 'admin');
  }

  async #load(): Promise<void> {
    const { api } = this.shell;
    await this.attempt(async () => {
      [this.waiting, this.slots, this.fairness] = await Promise.all([
        api.waitlist.waiting(),
        api.waitlist.freedSlots(),
        api.waitlist.waitlistFairness(),
      ]);
    });
  }

  async #again(): Promise<void> {
    await this.#load();
    if (this.failure === null) this.shell.announce('The waitlist was read again.');
  }

  async #open(id: string): Promise<void> {
    this.dialogFailure = null;
    this.visits = [];
    await this.attempt(async () => {
      this.choices ??= await this.shell.api.waitlist.waitlistChoices();
    });
    await this.updateComplete;
    this.querySelector<HTMLDialogElement>(id)?.showModal();
  }

  /** Sends a form; what the server refuses stays in the dialog. */
  async #send(event: SubmitEvent, send: (data: FormData) => Promise<unknown>, said: string): Promise<void> {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    this.dialogFailure = null;
    try {
      await send(new FormData(form));
      form.reset();
      form.closest('dialog')?.close();
      await this.#load();
      this.shell.announce(said);
    } catch (error) {
      this.dialogFailure = error;
    }
  }

  async #setState(entry: WaitingEntry, state: 'waiting' | 'paused' | 'removed', said: string): Promise<void> {
    const done = await this.attempt(() => this.shell.api.waitlist.waitlistState(entry.entry, state));
    if (!done) return;
    await this.#load();
    this.shell.announce(said);
  }

  protected override render(): TemplateResult {
    const { waiting, slots, fairness } = this;
    const now = this.shell.now();
    return html`<a class="crumb" href=${paths.schedule}>← Schedule</a>
      <div class="page-head">
        <div>
          <h1>Waitlist</h1>
          <p class="soft" role="status">
            ${waiting === null || slots === null
              ? this.failure === null
                ? 'Loading …'
                : ''
              : `${waiting.entries.length} on the list · ${slots.length} freed ${slots.length === 1 ? 'visit' : 'visits'} ahead`}
          </p>
        </div>
        <div class="buttons">
          ${this.#isDesk
            ? html`<button class="button primary" @click=${() => void this.#open('#add-waiting')}>Add a patient</button>
                <button class="button" @click=${() => this.#ask(freeHour)}>Offer a free time</button>`
            : nothing}
          <button class="button" @click=${() => void this.#again()}>Read again</button>
        </div>
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${waiting === null || slots === null
        ? nothing
        : html`${freedSlotsTable(slots, now, this.zone)} ${this.#questions(waiting.questions)}
          ${this.#entries(waiting.entries)}`}
      ${fairness === null ? nothing : fairnessTable(fairness, this.today)} ${this.#dialogs()}`;
  }

  #questions(questions: readonly VisitQuestion[]): TemplateResult | typeof nothing {
    if (questions.length === 0) return nothing;
    return html`<section class="panel" aria-labelledby="questions-title">
      <div class="panel-head"><h2 id="questions-title">Cancelled visits that cannot be offered yet</h2></div>
      <ul class="plain-list">
        ${questions.map(
          (one) =>
            html`<li>
              <span
                >${this.#when(one.at)}, given up by ${one.patientName ?? 'a patient without a name'}: nobody has told
                ${missingInWords(one.missing)}.</span
              >
              ${this.#isDesk
                ? html`<button class="button small" @click=${() => this.#ask(one)}>Say what it is</button>`
                : nothing}
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #when(at: string | null): string {
    if (at === null) return 'A visit';
    return at.includes('T') ? instantInWords(at, this.shell.now(), this.zone) : dayInWords(at, this.today);
  }

  #ask(question: typeof this.asked): void {
    this.asked = question;
    void this.#open('#say-facts');
  }

  #entries(entries: readonly WaitingEntry[]): TemplateResult {
    const now = this.shell.now();
    return html`<section class="panel" aria-labelledby="entries-title">
      <div class="panel-head"><h2 id="entries-title">Who waits</h2></div>
      ${entries.length === 0
        ? html`<p class="panel-note small soft">Nobody waits for a visit.</p>`
        : html`<table class="rows waitlist-rows">
            <caption class="visually-hidden">
              Patients who wait, the longest wait first
            </caption>
            <thead>
              <tr>
                <th scope="col">Patient</th>
                <th scope="col">Needs</th>
                <th scope="col">Can come</th>
                <th scope="col">Urgency</th>
                <th scope="col">Since</th>
                ${this.#isDesk ? html`<th scope="col"><span class="visually-hidden">Change</span></th>` : nothing}
              </tr>
            </thead>
            <tbody>
              ${entries.map((entry) => this.#entry(entry, now))}
            </tbody>
          </table>`}
    </section>`;
  }

  #entry(entry: WaitingEntry, now: Date): TemplateResult {
    const { patientName, wishes, priority, state, waitingSince } = entry;
    const name = patientName ?? 'Name unknown';
    return html`<tr class="row">
      <th scope="row">${name} ${state === 'paused' ? html`<span class="mark warn">paused</span>` : nothing}</th>
      <td data-label="Needs">${needsInWords(entry, now, this.zone)}</td>
      <td data-label="Can come">${timesInWords(wishes.times)}</td>
      <td data-label="Urgency">${priorityWords[priority]}</td>
      <td data-label="Since" class="nowrap">
        ${dayInWords(dateInZone(new Date(waitingSince), this.zone), this.today)}
      </td>
      ${this.#isDesk
        ? html`<td class="row-actions">
            <button
              class="button small"
              aria-label="${state === 'paused' ? 'Resume' : 'Pause'} ${name}"
              @click=${() =>
                void (state === 'paused'
                  ? this.#setState(entry, 'waiting', `${name} waits again.`)
                  : this.#setState(entry, 'paused', `${name} is not asked for now.`))}
            >
              ${state === 'paused' ? 'Resume' : 'Pause'}
            </button>
            <button class="button small danger" aria-label="Remove ${name}" @click=${() => this.#remove(entry)}>
              Remove
            </button>
          </td>`
        : nothing}
    </tr>`;
  }

  #remove(entry: WaitingEntry): void {
    this.removing = entry;
    this.dialogFailure = null;
    void this.updateComplete.then(() => this.querySelector<HTMLDialogElement>('#remove-waiting')?.showModal());
  }

  readonly #onPatient = (patient: string): void => {
    this.visits = [];
    if (patient === '') return;
    void this.shell.api.waitlist.movableVisits(patient).then(
      (visits) => {
        this.visits = visits;
      },
      (error: unknown) => {
        this.dialogFailure = error;
      },
    );
  };

  #dialogs(): TemplateResult {
    const { choices, asked, removing } = this;
    const { api } = this.shell;
    return html`${choices === null
      ? nothing
      : settingsDialog({
          id: 'add-waiting',
          title: 'Put a patient on the waitlist',
          failure: this.dialogFailure,
          fields: wishesFields({
            choices,
            visits: this.visits,
            now: this.shell.now(),
            zone: this.zone,
            onPatient: this.#onPatient,
          }),
          button: 'Put on the list',
          onSubmit: (event) =>
            this.#send(event, (data) => api.waitlist.addWaiting(wishesIn(data)), 'The patient is on the waitlist.'),
        })}
    ${choices === null
      ? nothing
      : settingsDialog({
          id: 'say-facts',
          title: asked.appointment === null ? 'Which time is free?' : 'What is the cancelled visit?',
          failure: this.dialogFailure,
          fields: factFields(asked.missing, choices),
          button: 'Offer it',
          onSubmit: (event) =>
            this.#send(
              event,
              (data) => api.waitlist.openSlot(factsIn(data, asked.appointment, (local) => instantOf(local, this.zone))),
              'The visit is offered.',
            ),
        })}
    ${removing === null
      ? nothing
      : settingsDialog({
          id: 'remove-waiting',
          title: 'Take this patient off the waitlist?',
          failure: this.dialogFailure,
          fields: html`<p>
            ${removing.patientName ?? 'The patient'} loses the place in line. To leave them out for a while only, pause
            them.
          </p>`,
          button: 'Take off the list',
          onSubmit: (event) =>
            this.#send(
              event,
              () => api.waitlist.waitlistState(removing.entry, 'removed'),
              'The patient is off the waitlist.',
            ),
        })}`;
  }
}

customElements.define('gait-waitlist', Waitlist);
