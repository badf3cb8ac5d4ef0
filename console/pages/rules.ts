// How each rule of the claim checks does, and the lower severity that is proposed for a noisy one: a practice admin decides, with a reason.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { severityInWords, severityMark } from '../claim-words.ts';
import type { RuleDecision, RuleRecord, RuleRecords } from '../claims.ts';
import { dayInWords } from '../dates.ts';
import { claimTabs } from '../parts/claim-tabs.ts';
import { emptyPanel, nothingMatches } from '../parts/empty-panel.ts';
import { PageElement, personInWords } from '../parts/page.ts';
import { ruleDecisionForm } from '../parts/rule-decision.ts';
import { fits, searchField } from '../parts/search-field.ts';

const decided: Record<RuleDecision, string> = {
  lower: 'Severity lowered',
  keep: 'Severity kept',
  restore: 'Own severity restored',
};

class Rules extends PageElement {
  static override properties = {
    rules: { state: true },
    deciding: { state: true },
    reason: { state: true },
    search: { state: true },
  };
  declare rules: RuleRecords | null;
  /** Name of the rule that is being decided about. */
  declare deciding: string | null;
  declare reason: string;
  declare search: string;

  constructor() {
    super();
    this.rules = null;
    this.deciding = null;
    this.reason = '';
    this.search = '';
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.attempt(async () => {
      this.rules = await this.shell.api.claims.ruleRecords();
    });
  }

  async #decide({ rule, variant }: RuleRecord, decision: RuleDecision): Promise<void> {
    const { reason } = this;
    const done = await this.attempt(() => this.shell.api.claims.decideRule({ rule, variant, decision, reason }));
    if (!done) return;
    this.#ask(null);
    this.shell.announce(`${decided[decision]}.`);
    await this.#load();
  }

  #ask(name: string | null): void {
    this.deciding = name;
    this.reason = '';
  }

  protected override render(): TemplateResult {
    const items = this.rules?.items ?? [];
    const shown = items.filter((one) => fits(this.search, [one.rule, one.variant]));
    const proposed = shown.filter((one) => one.proposed !== null);
    const others = shown.filter((one) => one.proposed === null);
    return html`<div class="page-head">
        <div>
          <h1>Rules</h1>
          <p class="soft" role="status">
            ${this.rules === null
              ? this.failure === null
                ? 'Loading …'
                : ''
              : `${shown.length} of ${items.length} shown · ${proposed.length} proposed to be lowered`}
          </p>
        </div>
      </div>
      ${claimTabs('rules', this.shell.session)} ${this.failureNotice(() => void this.#load())}
      <div class="toolbar" role="search">
        ${searchField({
          id: 'rule-search',
          hint: 'Search rule',
          search: this.search,
          onSearch: (search) => {
            this.search = search;
          },
        })}
      </div>
      ${this.rules === null
        ? nothing
        : shown.length === 0
          ? emptyPanel(
              items.length === 0
                ? ['No rule has found anything', 'Rules appear here once claims have been checked.']
                : nothingMatches,
            )
          : html`${this.#proposals(proposed, this.rules.threshold)} ${this.#table(others)}`}`;
  }

  #proposals(proposed: readonly RuleRecord[], threshold: RuleRecords['threshold']): TemplateResult | typeof nothing {
    if (proposed.length === 0 || threshold === null) return nothing;
    const { minimumJudged, precisionBelowPercent, windowDays } = threshold;
    return html`<section class="panel" aria-labelledby="proposed-title">
      <div class="panel-head"><h2 id="proposed-title">Proposed to be lowered</h2></div>
      <p class="panel-note small soft">
        Of at least ${minimumJudged} findings of the last ${windowDays} days that came to something, fewer than
        ${precisionBelowPercent}% were right: corrected, or denied by the payer. A lowered rule still asks; none becomes
        silent.
      </p>
      <ol class="findings">
        ${proposed.map((record) => this.#proposal(record))}
      </ol>
    </section>`;
  }

  #proposal(record: RuleRecord): TemplateResult {
    const { severity, proposed, sinceDecided } = record;
    const { judged, fixed, overridden, deniedLater } = sinceDecided;
    const from = severity === null ? 'unknown' : severityInWords(severity);
    const to = proposed === null ? 'unknown' : severityInWords(proposed);
    return html`<li class="finding">
      <p><strong>${record.rule}</strong> ${record.variant ?? ''}: <del>${from}</del> <ins>${to}</ins></p>
      <p class="soft">
        ${judged} came to something: ${fixed} fixed, ${overridden} overridden, ${deniedLater} denied afterwards ·
        ${shareInWords(sinceDecided.precision)} right
      </p>
      ${this.#form(record, `From “${from}” to “${to}”.`, [
        ['lower', 'Lower it'],
        ['keep', 'Leave it as it is'],
      ])}
    </li>`;
  }

  /** Only an admin is asked. */
  #form(
    record: RuleRecord,
    question: string,
    decisions: readonly (readonly [RuleDecision, string])[],
  ): TemplateResult | typeof nothing {
    if (!this.shell.session.user.roles.includes('admin')) return nothing;
    const name = nameOf(record);
    if (this.deciding !== name)
      return html`<button class="button small" type="button" @click=${() => this.#ask(name)}>
        ${record.lowered && record.proposed === null ? 'Restore' : 'Decide'} …<span class="visually-hidden"
          >${name}</span
        >
      </button>`;
    return ruleDecisionForm({
      question,
      decisions,
      reason: this.reason,
      onReason: (reason) => {
        this.reason = reason;
      },
      onDecide: (decision) => void this.#decide(record, decision),
      onCancel: () => this.#ask(null),
    });
  }

  #table(records: readonly RuleRecord[]): TemplateResult | typeof nothing {
    if (records.length === 0) return nothing;
    return html`<div class="panel table-wrap" tabindex="0" role="region" aria-label="Rules">
      <table class="rows dense">
        <caption class="visually-hidden">
          Rules and what became of their findings
        </caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Severity here</th>
            <th scope="col" class="number">Found</th>
            <th scope="col" class="number">Fixed</th>
            <th scope="col" class="number">Overridden</th>
            <th scope="col" class="number">Open</th>
            <th scope="col" class="number">Denied later</th>
            <th scope="col" class="number">Right</th>
          </tr>
        </thead>
        <tbody>
          ${records.map((record) => this.#row(record))}
        </tbody>
      </table>
    </div>`;
  }

  #row(record: RuleRecord): TemplateResult {
    const { rule, variant, severity, ownSeverity, lowered } = record;
    return html`<tr>
      <td>${rule}${variant === null ? nothing : html`<span class="under">${variant}</span>`}</td>
      <td data-label="Severity">
        ${severity === null
          ? html`<span class="soft">not in the book any more</span>`
          : html`<span class="mark ${severityMark(severity)}">${severityInWords(severity)}</span>`}
        ${lowered && ownSeverity !== null
          ? html`<span class="under">lowered from “${severityInWords(ownSeverity)}”</span>`
          : nothing}
        ${this.#decision(record)}
        ${lowered
          ? this.#form(record, 'Back to the rule’s own severity.', [['restore', 'Restore its own severity']])
          : nothing}
      </td>
      <td class="number" data-label="Found">${record.fired}</td>
      <td class="number" data-label="Fixed">${record.fixed}</td>
      <td class="number" data-label="Overridden">${record.overridden}</td>
      <td class="number" data-label="Open">${record.open}</td>
      <td class="number" data-label="Denied later">${record.deniedLater}</td>
      <td class="number" data-label="Right">${shareInWords(record.precision)}</td>
    </tr>`;
  }

  #decision({ decided: last }: RuleRecord): TemplateResult | typeof nothing {
    if (last === null) return nothing;
    const who = personInWords(last.by, this.shell.session);
    return html`<span class="under"
      >${decided[last.decision]} by ${who} on ${dayInWords(last.on, this.today)}:
      ${last.reason ?? 'the reason is no longer kept'}</span
    >`;
  }
}

function nameOf({ rule, variant }: RuleRecord): string {
  return variant === null ? rule : `${rule}/${variant}`;
}

/** "75%"; nothing came of any finding yet: "not known yet". */
function shareInWords(precision: number | null): string {
  return precision === null ? 'not known yet' : `${Math.round(precision * 100)}%`;
}

customElements.define('gait-rules', Rules);
