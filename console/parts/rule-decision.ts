// The form by which a practice admin decides about the severity of a rule, with the reason under their name.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { RuleDecision } from '../claims.ts';

export interface RuleForm {
  readonly question: string;
  readonly decisions: readonly (readonly [decision: RuleDecision, words: string])[];
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onDecide: (decision: RuleDecision) => void;
  readonly onCancel: () => void;
}

export function ruleDecisionForm(form: RuleForm): TemplateResult {
  const { question, decisions, reason } = form;
  return html`<form
    class="field"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const chosen = event.submitter?.getAttribute('value');
      const decision = decisions.find(([one]) => one === chosen)?.[0];
      if (decision !== undefined) form.onDecide(decision);
    }}
  >
    <label for="rule-reason">${question} Why?</label>
    <textarea
      id="rule-reason"
      rows="2"
      required
      .value=${reason}
      @input=${(event: Event) => {
        if (event.target instanceof HTMLTextAreaElement) form.onReason(event.target.value);
      }}
    ></textarea>
    <div class="buttons">
      ${decisions.map(
        ([decision, words], index) =>
          html`<button class="button small ${index === 0 ? 'primary' : ''}" type="submit" value=${decision}>
            ${words}
          </button>`,
      )}
      <button class="button small" type="button" @click=${form.onCancel}>Cancel</button>
    </div>
  </form>`;
}
