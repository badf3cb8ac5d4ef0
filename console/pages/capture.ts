// Capture: the visits of today, each with its session: to begin, to go on with, or closed; what waits on this tablet is sent.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { CaptureDay, CaptureVisit } from '../capture/answers.ts';
import { openDay, openTablet, sendWaiting, unsentOn } from '../capture/open.ts';
import { canKeep } from '../capture/tablet.ts';
import { clockInWords, dayInWords } from '../dates.ts';
import { emptyPanel } from '../parts/empty-panel.ts';
import { clinicName, PageElement } from '../parts/page.ts';
import { segmented } from '../parts/segmented.ts';
import { paths } from '../router.ts';

class CaptureElement extends PageElement {
  static override properties = {
    day: { state: true },
    fromTablet: { state: true },
    unsent: { state: true },
    whose: { state: true },
  };
  declare day: CaptureDay | null;
  declare fromTablet: boolean;
  declare unsent: ReadonlySet<string>;
  declare whose: 'mine' | 'all';

  constructor() {
    super();
    this.day = null;
    this.fromTablet = false;
    this.unsent = new Set();
    this.whose = 'mine';
  }

  protected override firstUpdated(): void {
    void keepConsole();
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      const { api, session } = this.shell;
      const tablet = await openTablet(api, session);
      const { day, fromTablet } = await openDay(api, tablet);
      [this.day, this.fromTablet] = [day, fromTablet];
      this.unsent = new Set((await unsentOn(tablet)).keys());
      if (fromTablet || tablet === null) return;
      const waited = this.unsent.size;
      this.unsent = new Set((await sendWaiting(api, tablet, day.day)).keys());
      // What was sent just now changed what the day says of its sessions.
      if (this.unsent.size < waited) this.day = await api.capture.captureDay();
    });
  }

  protected override render(): TemplateResult {
    const { day } = this;
    return html`<div class="page-head">
        <div>
          <h1>Capture</h1>
          <p class="soft">
            ${day === null ? '' : `${dayInWords(day.day, this.today)} · `}${clinicName(this.shell.session)}
          </p>
        </div>
        <div class="buttons"><button class="button" @click=${() => void this.#load()}>Read again</button></div>
      </div>
      ${this.failureNotice(() => void this.#load())} ${this.#notices()}
      ${day === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : day.visits.length === 0
          ? emptyPanel(['No visit today', 'Visits come from the schedule of the PT system.'])
          : this.#visits(day)}`;
  }

  /** Where the schedule names the person who is signed in, their own visits are shown first. */
  #visits({ visits }: CaptureDay): TemplateResult {
    const own = plain(this.shell.session.user.displayName);
    const mine = visits.filter(({ therapist }) => therapist !== null && plain(therapist) === own);
    const shown = mine.length > 0 && this.whose === 'mine' ? mine : visits;
    return html`${mine.length === 0
        ? nothing
        : html`<div class="toolbar">
            ${segmented({
              label: 'Whose visits',
              choices: [
                ['mine', `Mine (${mine.length})`],
                ['all', `Everybody’s (${visits.length})`],
              ],
              chosen: this.whose,
              onChoose: (whose) => (this.whose = whose),
            })}
          </div>`}
      <ul class="capture-day">
        ${shown.map((visit) => this.#visit(visit))}
      </ul>`;
  }

  #notices(): TemplateResult[] {
    const notices: TemplateResult[] = [];
    if (!canKeep())
      notices.push(
        html`<div class="notice warn">
          <strong>This browser keeps nothing when the connection is lost.</strong>
          <span>Open the console by its https address.</span>
        </div>`,
      );
    if (this.fromTablet)
      notices.push(
        html`<div class="notice warn" role="status">
          <strong>No connection: these are the visits as they were told last.</strong>
          <span>You can go on capturing. It is kept on this tablet and sent when the connection is back.</span>
        </div>`,
      );
    else if (this.unsent.size > 0)
      notices.push(
        html`<div class="notice warn" role="status">
          <strong>Something on this tablet waits for you.</strong>
          <span>Open each session that is marked “not sent”: it was changed elsewhere too, or was refused.</span>
        </div>`,
      );
    return notices;
  }

  #visit(visit: CaptureVisit): TemplateResult {
    const { appointment, name, startsAt, session, last, therapist } = visit;
    const time = startsAt === null ? 'time unknown' : clockInWords(new Date(startsAt), this.zone);
    return html`<li>
      <a class="capture-visit panel" href=${paths.captureSession(appointment)}>
        <span class="capture-time">${time}</span>
        <span class="capture-who">
          <strong>${name === null ? 'Name unknown' : `${name.family}, ${name.given}`}</strong>
          <span class="small soft"
            >${last === null
              ? 'no earlier session here'
              : `last session ${dayInWords(last.date, this.today)}`}${therapist === null
              ? ''
              : ` · with ${therapist}`}</span
          >
        </span>
        <span class="marks">
          ${this.unsent.has(appointment) ? html`<span class="mark warn">not sent</span>` : nothing}
          ${session === null
            ? this.unsent.has(appointment)
              ? nothing
              : html`<span class="mark">not begun</span>`
            : session.state === 'closed'
              ? html`<span class="mark good">closed</span>`
              : html`<span class="mark accent">open</span>`}
        </span>
      </a>
    </li>`;
  }
}

function plain(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Has the browser keep the console's own files, so that it starts without a connection. */
async function keepConsole(): Promise<void> {
  if (!canKeep()) return;
  await navigator.serviceWorker.register('/console/service-worker.js').catch(() => undefined);
}

customElements.define('gait-capture', CaptureElement);
