// What a decision is told in: before it is made what it concerns, and afterwards what was decided and what happens next.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DecisionName, Json, WorkItemPage } from '../api.ts';
import { dayInWords, instantInWords } from '../dates.ts';
import { paths } from '../router.ts';
import { decisionDone, quantityInWords, whatHappensNext } from '../words.ts';
import { leadsToSubmission } from './decision-fields.ts';
import { valueAt } from './draft-values.ts';
import { personInWords, shortHash } from './page.ts';
import type { Shell } from './page.ts';

/** A decision made on this page just now; `delivered`: whoever waits for it has it. */
export interface Outcome {
  readonly decision: DecisionName;
  readonly delivered: boolean;
}

const numberOf = (value: Json): number | null => (typeof value === 'number' ? value : null);

/** What a decision concerns, in the words of the draft: what will reach the payer is named before it does. */
export function decisionSummary(decision: DecisionName, page: WorkItemPage, today: string): [string, string][] {
  const { item, draft, revision } = page;
  const day = (value: Json): string => dayInWords(typeof value === 'string' ? value : null, today);
  const lines: [string, string][] = [];
  if (item.patientName) lines.push(['Patient', item.patientName]);
  if (item.payer) lines.push(['Payer', item.payer.name]);
  if (!leadsToSubmission(decision)) return lines;
  const visits = valueAt(draft, 'service.visits');
  const units = valueAt(draft, 'service.units');
  const from = valueAt(draft, 'service.from');
  const to = valueAt(draft, 'service.to');
  if (typeof visits === 'number' || typeof units === 'number')
    lines.push(['Asked for', quantityInWords({ visits: numberOf(visits), units: numberOf(units) })]);
  if (typeof from === 'string' || typeof to === 'string') lines.push(['Dates', `${day(from)} to ${day(to)}`]);
  if (revision) lines.push(['Revision', `${revision.number} · ${shortHash(revision.hash)}`]);
  return lines;
}

/** What was decided: on this page just now, or by somebody before. */
export function outcomeNotice(
  page: WorkItemPage,
  outcome: Outcome | null,
  shell: Shell,
): TemplateResult | typeof nothing {
  if (outcome !== null) return decidedNow(page, outcome);
  return page.item.decision === null ? nothing : decidedBefore(page.item.decision, shell);
}

function decidedNow({ item, revision }: WorkItemPage, { decision, delivered }: Outcome): TemplateResult {
  const of = revision && decision === 'approve' ? ` · revision ${revision.number}` : '';
  return html`<div class="notice good" id="outcome" tabindex="-1" role="status">
    <strong>${decisionDone(decision)}${of}.</strong>
    <span>${whatHappensNext(decision, item)}</span>
    ${delivered
      ? nothing
      : html`<span>Your decision is recorded; it is still being passed on, nothing more is asked of you.</span>`}
    <div class="buttons"><a class="button small" href=${paths.workList}>Back to the work list</a></div>
  </div>`;
}

function decidedBefore(made: NonNullable<WorkItemPage['item']['decision']>, shell: Shell): TemplateResult {
  const { by, at, decision, reason, hash, delivered = true } = made;
  const when = instantInWords(at, shell.now(), shell.session.clinic.timezone);
  return html`<div class="notice" id="outcome" tabindex="-1">
    <strong>${decisionDone(decision)} by ${personInWords(by, shell.session)}, ${when}.</strong>
    ${reason ? html`<span>Reason: ${reason}</span>` : nothing}
    ${delivered
      ? nothing
      : html`<span>It is recorded and still being passed on; nothing more is asked of anybody.</span>`}
    ${hash ? html`<span class="small">Revision <span class="mono">${shortHash(hash)}</span></span>` : nothing}
  </div>`;
}
