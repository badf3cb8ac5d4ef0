// The panels of an item about benefits: the sheet of the call, whose answers are the decision, and the decisions without a call.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DecisionName, WorkItemPage } from '../api.ts';
import type { CallDraft } from '../benefits.ts';
import { decisionButton } from '../words.ts';
import './call-sheet.ts';
import type { Shell } from './page.ts';

interface CallPanel {
  readonly shell: Shell;
  readonly page: WorkItemPage;
  readonly draft: CallDraft;
  readonly onCalled: (delivered: boolean) => Promise<void>;
  readonly onDecide: (decision: DecisionName) => void;
}

export function callPanel({ shell, page, draft, onCalled, onDecide }: CallPanel): TemplateResult {
  const { decision: decided, status, decisions } = page.item;
  const open = decided === null && status === 'open';
  // What the payer did not take is corrected first; a call is the other way.
  const corrects = page.item.kind === 'eligibility.correct';
  const buttons = html`<div class="buttons">
    ${decisions
      .filter((decision) => decision !== 'called')
      .map(
        (decision, index) =>
          html`<button class="button ${corrects && index === 0 ? 'primary' : ''}" @click=${() => onDecide(decision)}>
            ${decisionButton(decision)} …
          </button>`,
      )}
  </div>`;
  return html`${corrects && open
      ? html`<section class="panel" aria-labelledby="correct-title">
          <div class="panel-head"><h2 id="correct-title">Correct and check again</h2></div>
          <div class="panel-body">
            <p>Correct the insurance in the PT system, let its reports be imported, then have it checked again.</p>
            ${buttons}
          </div>
        </section>`
      : nothing}
    <section class="panel" aria-labelledby="draft-title">
      <div class="panel-head"><h2 id="draft-title">${corrects ? 'Or call' : 'The call'}</h2></div>
      <div class="panel-body">
        <gait-call-sheet .shell=${shell} .page=${page} .draft=${draft} .onCalled=${onCalled}></gait-call-sheet>
      </div>
      ${open && !corrects
        ? html`<div class="decision-bar plain">
            <p class="revision-line"><span>Or, without a call:</span></p>
            ${buttons}
          </div>`
        : nothing}
    </section>`;
}
