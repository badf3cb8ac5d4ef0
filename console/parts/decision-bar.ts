// The foot of a draft: whose revision it is, whether it was changed since, and the buttons of the decisions it can have.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DecisionName, WorkItemPage } from '../api.ts';
import { instantInWords } from '../dates.ts';
import { decisionButton } from '../words.ts';
import { errorNotice, personInWords, shortHash } from './page.ts';
import type { Shell } from './page.ts';

interface DecisionBar {
  readonly shell: Shell;
  readonly page: WorkItemPage;
  readonly editable: boolean;
  /** Whether the person has typed something that is not saved. */
  readonly isEdited: boolean;
  readonly busy: boolean;
  /** Why saving failed; null: it did not. */
  readonly saveFailure: unknown;
  readonly onReload: () => void;
  readonly onSave: () => void;
  readonly onUndo: () => void;
  readonly onDecide: (decision: DecisionName) => void;
}

export function decisionBar(bar: DecisionBar): TemplateResult {
  const { page, editable, isEdited, saveFailure } = bar;
  return html`<div class="decision-bar">
    ${saveFailure === null ? nothing : html`${errorNotice(saveFailure, bar.onReload, 'Load the stored revision')}`}
    ${revisionLine(bar)}
    <div class="buttons">${editable && isEdited ? savingButtons(bar) : decisionButtons(page, bar.onDecide)}</div>
  </div>`;
}

/** The revision that a decision would be about; null where the item holds nothing to be read. */
const revisionOf = (page: WorkItemPage): WorkItemPage['revision'] => (page.fields.length > 0 ? page.revision : null);

function revisionLine({ shell, page, isEdited }: DecisionBar): TemplateResult | typeof nothing {
  const revision = revisionOf(page);
  if (revision === null) return nothing;
  return html`<p class="revision-line">
    <span>
      Revision ${revision.number} by ${personInWords(revision.by, shell.session)},
      ${instantInWords(revision.at, shell.now(), shell.session.clinic.timezone)}
    </span>
    <span>Fingerprint <span class="mono">${shortHash(revision.hash)}</span></span>
    ${isEdited ? html`<strong class="due today">Not saved yet</strong>` : nothing}
  </p>`;
}

function savingButtons({ busy, onSave, onUndo }: DecisionBar): TemplateResult {
  return html`<button class="button primary" ?disabled=${busy} @click=${onSave}>
      ${busy ? 'Saving …' : 'Save as a new revision'}
    </button>
    <button class="button" @click=${onUndo}>Undo my edits</button>`;
}

function decisionButtons(page: WorkItemPage, onDecide: DecisionBar['onDecide']): TemplateResult[] {
  const revision = revisionOf(page);
  return page.item.decisions.map(
    (decision, index) =>
      html`<button
        class="button ${decision === 'reject' ? 'danger' : index === 0 ? 'primary' : ''}"
        @click=${() => onDecide(decision)}
      >
        ${decision === 'approve' && revision
          ? `Approve revision ${revision.number} …`
          : `${decisionButton(decision)} …`}
      </button>`,
  );
}
