// How a patient's care goes: flags with their reason, goals, outcome measures as pictures and in words.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { nameInWords } from '../care.ts';
import { dayInWords } from '../dates.ts';
import { flagWords, goalStateMarks, goalStateWords } from '../note-words.ts';
import type { ProgressGoalLine, ProgressPage } from '../notes.ts';
import { PageElement } from '../parts/page.ts';
import { courseInWords, trendPicture } from '../parts/trend-picture.ts';
import { paths } from '../router.ts';

class Progress extends PageElement {
  static override properties = { patient: { attribute: false }, page: { state: true } };
  declare patient: string;
  declare page: ProgressPage | null;

  constructor() {
    super();
    this.page = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.page = await this.shell.api.notes.progress(this.patient);
    });
  }

  readonly #draftPlan = async (): Promise<void> => {
    await this.attempt(async () => {
      const { plan } = await this.shell.api.notes.draftPlan(this.patient);
      this.shell.go(paths.planOfCare(plan));
    });
  };

  protected override render(): TemplateResult {
    const { page } = this;
    return html`<nav class="crumb" aria-label="Way back"><a href=${paths.notes}>Notes</a></nav>
      <div class="page-head">
        <div>
          <h1>Progress</h1>
          ${page === null
            ? nothing
            : html`<p class="item-meta">
                <strong>${nameInWords(page.name)}</strong>
                <span class="soft">Days of treatment: ${page.treatmentDays ?? 'unknown'}</span>
              </p>`}
        </div>
        <div class="buttons">
          <a class="button" href=${paths.episode(this.patient)}>Episode of care</a>
          ${page === null
            ? nothing
            : page.plan === null
              ? html`<button class="button" @click=${this.#draftPlan}>Draft a plan of care</button>`
              : html`<a class="button" href=${paths.planOfCare(page.plan)}>Plan of care</a>`}
        </div>
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${page === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : html`${this.#flags(page)} ${this.#goals(page)} ${this.#measures(page)}`}`;
  }

  #flags({ flags, goals, measures }: ProgressPage): TemplateResult {
    const nameOf = (about: string): string =>
      goals.find(({ id }) => id === about)?.words ??
      measures.find(({ measure }) => measure.measure === about)?.measure.name ??
      about;
    return html`<section class="panel" aria-labelledby="progress-flags">
      <div class="panel-head">
        <h2 id="progress-flags">What stands out</h2>
        <span class="small soft">You decide what comes of it</span>
      </div>
      ${flags.length === 0
        ? html`<p class="panel-note small soft">
            Nothing that is recorded raises a flag. What is unknown clears none.
          </p>`
        : html`<ul class="progress-flags">
            ${flags.map(
              ({ kind, about, why, source }) =>
                html`<li>
                  <p><strong>${flagWords[kind]}</strong>${about === null ? nothing : html` · ${nameOf(about)}`}</p>
                  <p>${why}.</p>
                  <p class="small soft">${source}</p>
                </li>`,
            )}
          </ul>`}
    </section>`;
  }

  #goals({ goals }: ProgressPage): TemplateResult {
    return html`<section class="panel" aria-labelledby="progress-goals">
      <div class="panel-head"><h2 id="progress-goals">Goals</h2></div>
      ${goals.length === 0
        ? html`<p class="panel-note small soft">
            No goal is on file. <a href=${paths.episode(this.patient)}>Enter the episode of care</a>.
          </p>`
        : html`<table class="rows">
            <caption class="visually-hidden">
              Goals with where they stand
            </caption>
            <thead>
              <tr>
                <th scope="col">Goal</th>
                <th scope="col">From</th>
                <th scope="col">To</th>
                <th scope="col">By</th>
                <th scope="col">Stands</th>
              </tr>
            </thead>
            <tbody>
              ${goals.map((goal) => this.#goal(goal))}
            </tbody>
          </table>`}
    </section>`;
  }

  #goal({ words, term, baseline, target, unit, due, state, stateOn }: ProgressGoalLine): TemplateResult {
    const value = (score: number | null): string =>
      score !== null ? `${score} ${unit ?? ''}`.trim() : unit === null ? 'in words' : 'unknown';
    return html`<tr class="row">
      <td><strong>${words}</strong>${term === null ? nothing : html`<span class="under">${term} term</span>`}</td>
      <td data-label="From">${value(baseline)}</td>
      <td data-label="To">${value(target)}</td>
      <td class="nowrap" data-label="By">${due === null ? 'no day' : dayInWords(due, this.today)}</td>
      <td data-label="Stands">
        ${state === null
          ? html`<span class="soft">not said yet</span>`
          : html`<span class="mark ${goalStateMarks[state]}">${goalStateWords[state]}</span>`}
        ${stateOn === null ? nothing : html`<span class="under">${dayInWords(stateOn, this.today)}</span>`}
      </td>
    </tr>`;
  }

  #measures({ measures }: ProgressPage): TemplateResult {
    return html`<section class="panel" aria-labelledby="progress-measures">
      <div class="panel-head">
        <h2 id="progress-measures">Outcome measures</h2>
        <span class="small soft">the dashed line: a change worth having since the first score</span>
      </div>
      ${measures.length === 0
        ? html`<p class="panel-note small soft">No outcome measure is on record.</p>`
        : html`<div class="progress-measures">
            ${measures.map(
              (course) =>
                html`<article>
                  <h3>${course.measure.name}</h3>
                  ${course.scores.length === 0 ? nothing : trendPicture(course)} ${courseInWords(course, this.today)}
                </article>`,
            )}
          </div>`}
    </section>`;
  }
}

customElements.define('gait-progress', Progress);
