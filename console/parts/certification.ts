// How a plan of care was certified, recorded by a person: the physician's signature, or an order on file and the plan sent.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Certification, PlanPage } from '../notes.ts';

export function certificationPanel(
  { certification }: PlanPage,
  onSubmit: (event: SubmitEvent) => void,
): TemplateResult {
  const order = certification?.orderOnFile ?? null;
  const option = (value: string, words: string, isChosen: boolean): TemplateResult =>
    html`<option value=${value} ?selected=${isChosen}>${words}</option>`;
  return html`<section class="panel no-print" aria-labelledby="plan-certification">
    <div class="panel-head"><h2 id="plan-certification">Certification</h2></div>
    <form class="panel-body plan-facts" @submit=${onSubmit}>
      <p class="small soft">
        By the physician’s signature; the first plan also by an order on file and the plan sent within thirty days.
      </p>
      <div class="draft-grid">
        ${day('certifiedOn', 'Signed by the physician on', certification?.certifiedOn ?? null)}
        <div class="field">
          <label for="orderOnFile">Signed order on file</label>
          <select id="orderOnFile" name="orderOnFile">
            ${option('', 'not known', order === null)} ${option('yes', 'yes', order === true)}
            ${option('no', 'no', order === false)}
          </select>
        </div>
        ${day('transmittedOn', 'Plan sent to the physician on', certification?.transmittedOn ?? null)}
      </div>
      <div class="buttons"><button class="button">Keep the certification</button></div>
    </form>
  </section>`;
}

function day(name: string, label: string, value: string | null): TemplateResult {
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input id=${name} name=${name} type="date" .value=${value ?? ''} />
  </div>`;
}

/** What the form says; an empty field is not known. */
export function certificationIn(form: FormData): Certification {
  const text = (name: string): string | null => {
    const value = form.get(name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const order = text('orderOnFile');
  return {
    certifiedOn: text('certifiedOn'),
    orderOnFile: order === null ? null : order === 'yes',
    transmittedOn: text('transmittedOn'),
  };
}
