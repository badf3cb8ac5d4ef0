// The episode of care of a patient: diagnoses, history, prior function, precautions and goals, as a clinician enters them.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Episode, Goal } from '../../domain/note/source-schema.ts';
import { dayInWords } from '../dates.ts';
import { diagnosesText, episodeFrom, newGoal } from '../episode-form.ts';
import type { StoredEpisode } from '../notes.ts';
import { goalFields } from '../parts/goal-fields.ts';
import { PageElement } from '../parts/page.ts';
import { paths } from '../router.ts';

const potentials = ['excellent', 'good', 'fair', 'guarded'] as const;

class EpisodeElement extends PageElement {
  static override properties = {
    patient: { attribute: false },
    stored: { state: true },
    goals: { state: true },
    wrong: { state: true },
  };
  declare patient: string;
  declare stored: StoredEpisode | null;
  declare goals: readonly Goal[];
  declare wrong: string | null;

  constructor() {
    super();
    this.stored = null;
    this.goals = [];
    this.wrong = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.stored = await this.shell.api.notes.episode(this.patient);
      this.goals = this.stored.episode.goals;
    });
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { stored } = this;
    if (stored === null || !(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    const read = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    const said = episodeFrom(stored.episode, this.goals, read);
    this.wrong = 'wrong' in said ? said.wrong : null;
    if ('wrong' in said) return;
    const endedOn = read('endedOn') === '' ? null : read('endedOn');
    const saved = await this.attempt(() =>
      this.shell.api.notes.saveEpisode(this.patient, stored.revision, said.episode, endedOn).then(() => undefined),
    );
    if (!saved) return;
    this.shell.announce('The episode is kept.');
    await this.#load();
  };

  protected override render(): TemplateResult {
    const { stored } = this;
    return html`<nav class="crumb" aria-label="Way back">
        <a href=${paths.progress(this.patient)}>Progress</a>
      </nav>
      <div class="page-head">
        <div>
          <h1>Episode of care</h1>
          <p class="soft">What every document of this patient draws on. What stays empty stands in them as a gap.</p>
        </div>
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${stored === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : this.#form(stored)}`;
  }

  #form(stored: StoredEpisode): TemplateResult {
    const { episode, beganOn, endedOn, revision } = stored;
    const { treatmentDays, plan } = episode;
    return html`<form class="panel panel-body episode-form" novalidate @submit=${this.#save}>
      <p class="small soft">
        ${revision === 0 ? 'Nobody entered it yet: this is what the chart tells.' : `Revision ${revision}.`}
        ${beganOn === null ? '' : `Care began ${dayInWords(beganOn, this.today)}.`} Days of treatment so far:
        ${treatmentDays ?? 'unknown'}.
        ${plan === null ? 'No plan of care is on file.' : `Plan of care to ${dayInWords(plan.to, this.today)}.`}
      </p>
      ${lines('diagnoses', 'Diagnoses, one a line: code, then words', diagnosesText(episode))}
      <div class="draft-grid">
        ${dateField('onset', 'Onset', episode.onset)} ${dateField('startOfCare', 'Start of care', episode.startOfCare)}
        ${dateField('endedOn', 'Ended on', endedOn)} ${this.#potential(episode)}
      </div>
      ${lines('history', 'History', episode.history ?? '')}
      ${lines('priorFunction', 'Function before', episode.priorFunction ?? '')}
      ${lines('limitations', 'Limitations, one a line', episode.limitations.join('\n'))}
      ${lines('precautions', 'Precautions, one a line', episode.precautions.join('\n'))}
      ${goalFields(
        this.goals,
        (goals) => (this.goals = goals),
        () => newGoal(`goal_${crypto.randomUUID().slice(0, 8)}`),
      )}
      <details>
        <summary>Letter and discharge</summary>
        ${lines('askOfPhysician', 'What the physician is asked or told', episode.askOfPhysician ?? '')}
        ${lines('dischargeReason', 'Why care ends', episode.dischargeReason ?? '')}
        ${lines('dischargePlan', 'What comes after', episode.dischargePlan ?? '')}
      </details>
      ${this.wrong === null
        ? nothing
        : html`<div class="notice danger" role="alert"><strong>${this.wrong}</strong></div>`}
      <div class="buttons"><button class="button primary">Keep the episode</button></div>
    </form>`;
  }

  #potential({ rehabPotential }: Episode): TemplateResult {
    return html`<div class="field">
      <label for="rehabPotential">Rehabilitation potential</label>
      <select id="rehabPotential" name="rehabPotential">
        <option value="" ?selected=${rehabPotential === null}>not said</option>
        ${potentials.map((one) => html`<option value=${one} ?selected=${rehabPotential === one}>${one}</option>`)}
      </select>
    </div>`;
  }
}

function lines(name: string, label: string, value: string): TemplateResult {
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <textarea id=${name} name=${name} rows="2" .value=${value}></textarea>
  </div>`;
}

function dateField(name: string, label: string, value: string | null): TemplateResult {
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input id=${name} name=${name} type="date" .value=${value ?? ''} />
  </div>`;
}

customElements.define('gait-episode', EpisodeElement);
