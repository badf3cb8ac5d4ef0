// Care between visits: home programs with what was answered, plans that end, forms that are out, and where video visits take place.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import {
  adherenceInWords,
  doneInWords,
  formStateInWords,
  nameInWords,
  placeInWords,
  planInWords,
  weekdaysInWords,
} from '../care.ts';
import type { CarePage, FormLine, ProgramLine, ProgramPage, VideoVisit } from '../care.ts';
import { dayInWords, instantInWords } from '../dates.ts';
import { PageElement } from '../parts/page.ts';
import { programDialog, programFrom } from '../parts/program-form.ts';
import { paths } from '../router.ts';

class Care extends PageElement {
  static override properties = {
    page: { state: true },
    opened: { state: true },
    wrong: { state: true },
  };
  declare page: CarePage | null;
  declare opened: ProgramPage | null;
  /** What is wrong with the program that is being entered. */
  declare wrong: string | null;

  constructor() {
    super();
    this.page = null;
    this.opened = null;
    this.wrong = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.page = await this.shell.api.care.care();
    });
  }

  async #show({ program }: ProgramLine): Promise<void> {
    if (this.opened?.program === program) {
      this.opened = null;
      return;
    }
    await this.attempt(async () => {
      this.opened = await this.shell.api.care.program(program);
    });
  }

  async #end(program: string): Promise<void> {
    const ended = await this.attempt(() => this.shell.api.care.endProgram(program));
    if (!ended) return;
    this.opened = null;
    this.shell.announce('Nobody is reminded of this program from tomorrow on.');
    await this.#load();
  }

  readonly #add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const read = programFrom(new FormData(form));
    if ('wrong' in read) {
      this.wrong = read.wrong;
      return;
    }
    this.wrong = null;
    const added = await this.attempt(() => this.shell.api.care.addProgram(read.patient, read.said));
    form.closest('dialog')?.close();
    if (!added) return;
    form.reset();
    this.shell.announce('The program was added.');
    await this.#load();
  };

  async #setLink(event: SubmitEvent, { visit }: VideoVisit): Promise<void> {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const link = form.querySelector('input')?.value.trim() ?? '';
    const written = await this.attempt(() => this.shell.api.care.setVideoLink(visit, link));
    if (!written) return;
    form.reset();
    this.shell.announce('The link is kept. The reminder goes out with it.');
    await this.#load();
  }

  readonly #openForm = (): void => {
    this.wrong = null;
    this.querySelector<HTMLDialogElement>('#add-program')?.showModal();
  };

  protected override render(): TemplateResult {
    const { page } = this;
    return html`<div class="page-head">
        <div>
          <h1>Care</h1>
          <p class="soft">What happens between visits: home programs, plans that end, forms and video visits.</p>
        </div>
        ${page?.treats === true
          ? html`<div class="buttons">
              <button class="button primary" @click=${this.#openForm}>Add a home program</button>
            </div>`
          : nothing}
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${page === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : html`${page.treats ? html`${this.#programs(page)}${this.#plans(page)}` : nothing} ${this.#forms(page)}
          ${this.#videos(page)} ${page.treats ? programDialog(page, this.wrong, this.#add) : nothing}`}`;
  }

  #section(id: string, title: string, note: string, empty: string | null, body: () => TemplateResult): TemplateResult {
    return html`<section class="panel" aria-labelledby=${id}>
      <div class="panel-head">
        <h2 id=${id}>${title}</h2>
        <span class="small soft">${note}</span>
      </div>
      ${empty === null ? body() : html`<p class="panel-note small soft">${empty}</p>`}
    </section>`;
  }

  #programs({ programs, days, today }: CarePage): TemplateResult {
    const empty = programs.length === 0 ? 'No patient has a home program.' : null;
    return this.#section('care-programs', 'Home programs', `answers of the last ${days} days`, empty, () =>
      this.#table(
        ['Patient', 'Days', 'Answers', 'Last answer', ''],
        programs.map(
          (line) =>
            html`<tr class="row">
                <td><strong>${nameInWords(line.name)}</strong></td>
                <td data-label="Days">${weekdaysInWords(line.weekdays)}</td>
                <td data-label="Answers">${adherenceInWords(line.lately)}</td>
                <td data-label="Last answer">
                  ${line.lastAnswer === null ? 'none yet' : dayInWords(line.lastAnswer, today)}
                </td>
                <td>
                  <button
                    class="button small"
                    aria-expanded=${String(this.opened?.program === line.program)}
                    @click=${() => void this.#show(line)}
                  >
                    ${this.opened?.program === line.program ? 'Close' : 'Show'}<span class="visually-hidden">
                      the program of ${nameInWords(line.name)}</span
                    >
                  </button>
                </td>
              </tr>
              ${this.opened?.program === line.program ? this.#program(this.opened, today) : nothing}`,
        ),
        'Home programs with their answers',
      ),
    );
  }

  #program({ program, title, exercises, days }: ProgramPage, today: string): TemplateResult {
    return html`<tr>
      <td colspan="5">
        <h3>${title ?? 'Without a title'}</h3>
        <ul>
          ${exercises.map(
            ({ name, how, link }) =>
              html`<li>
                <strong>${name}</strong>${how === undefined ? nothing : html`: ${how}`}${link === undefined
                  ? nothing
                  : html` · <a href=${link} target="_blank" rel="noreferrer noopener">video</a>`}
              </li>`,
          )}
        </ul>
        ${days.length === 0
          ? html`<p class="soft">No answer yet.</p>`
          : html`<ul class="care-answers">
              ${days.map(
                ({ day, done, felt, words }) =>
                  html`<li>
                    <span>${dayInWords(day, today)}</span><strong>${doneInWords[done]}</strong
                    ><span>${felt === null ? 'how it felt: not said' : `hurt ${felt} of 10`}</span>${words === null
                      ? nothing
                      : html`<q>${words}</q>`}
                  </li>`,
              )}
            </ul>`}
        <div class="buttons">
          <button class="button small danger" @click=${() => void this.#end(program)}>End this program today</button>
        </div>
      </td>
    </tr>`;
  }

  #plans({ plans, withoutPlan, today }: CarePage): TemplateResult {
    const note =
      withoutPlan === 0 ? 'the next three weeks' : `the next three weeks; ${withoutPlan} patients have no plan on file`;
    const empty = plans.length === 0 ? 'No plan of care ends within three weeks.' : null;
    return this.#section('care-plans', 'Plans that end', note, empty, () =>
      this.#table(
        ['Patient', 'Plan of care'],
        plans.map(
          (plan) =>
            html`<tr class="row">
              <td><strong>${nameInWords(plan.name)}</strong></td>
              <td data-label="Plan of care">${planInWords(plan, today)}</td>
            </tr>`,
        ),
        'Plans of care that end soon',
      ),
    );
  }

  #forms({ forms }: CarePage): TemplateResult {
    const empty = forms.length === 0 ? 'No form was asked for in the last 30 days.' : null;
    return this.#section('care-forms', 'Forms before a first visit', 'the last 30 days', empty, () =>
      this.#table(
        ['Patient', 'Form', 'Since'],
        forms.map((form) => this.#form(form)),
        'Forms before a first visit',
      ),
    );
  }

  #form({ name, state, askedAt, answeredAt, workItem }: FormLine): TemplateResult {
    const words = formStateInWords[state];
    return html`<tr class="row">
      <td><strong>${nameInWords(name)}</strong></td>
      <td data-label="Form">
        ${workItem === null || state !== 'answered'
          ? words
          : html`<a href=${paths.workItem(workItem)}>${words}: review it</a>`}
      </td>
      <td data-label="Since">${instantInWords(answeredAt ?? askedAt, this.shell.now(), this.zone)}</td>
    </tr>`;
  }

  #videos({ videoVisits }: CarePage): TemplateResult {
    const empty = videoVisits.length === 0 ? 'No video visit is booked.' : null;
    return this.#section('care-videos', 'Video visits', 'the next two weeks', empty, () =>
      this.#table(
        ['Visit', 'Patient', 'Takes place at', 'Link'],
        videoVisits.map((visit) => this.#video(visit)),
        'Video visits of the next two weeks',
      ),
    );
  }

  #video(visit: VideoVisit): TemplateResult {
    const id = `link-${visit.visit}`;
    return html`<tr class="row">
      <td class="nowrap">${instantInWords(visit.startsAt, this.shell.now(), this.zone)}</td>
      <td data-label="Patient"><strong>${nameInWords(visit.name)}</strong></td>
      <td data-label="Takes place at">
        ${visit.place === null ? html`<span class="mark warn">no link yet</span>` : placeInWords[visit.place]}
      </td>
      <td>
        <form class="care-link" @submit=${(event: SubmitEvent) => void this.#setLink(event, visit)}>
          <label class="visually-hidden" for=${id}>Link of the visit of ${nameInWords(visit.name)}</label>
          <input id=${id} type="url" required pattern="https://.*" maxlength="200" placeholder="https://…" />
          <button class="button small">Keep</button>
        </form>
      </td>
    </tr>`;
  }

  #table(heads: readonly string[], rows: readonly TemplateResult[], caption: string): TemplateResult {
    return html`<table class="rows">
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) =>
            head === ''
              ? html`<th scope="col"><span class="visually-hidden">Actions</span></th>`
              : html`<th scope="col">${head}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
  }
}

customElements.define('gait-care', Care);
