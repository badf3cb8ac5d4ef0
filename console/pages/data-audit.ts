// The data audit, for admins: start one, see how complete each system's records are, what is wrong in which, and who was put together.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type {
  DataAuditPage,
  FindingGroup,
  NamedSystem,
  PatientLink,
  ReconciliationState,
  ReconciledVisits,
  ShownFinding,
  ShownRecord,
} from '../data-audit.ts';
import { instantInWords } from '../dates.ts';
import { dataProtocol } from '../parts/data-protocol.ts';
import { emptyPanel } from '../parts/empty-panel.ts';
import { figureTable } from '../parts/figure-table.ts';
import { PageElement } from '../parts/page.ts';
import { saveTable } from '../parts/save-table.ts';
import { paths } from '../router.ts';

const lookAgainMilliseconds = 2_000;

const severityWords: Readonly<Record<FindingGroup['severity'], readonly [words: string, mark: string]>> = {
  error: ['stops later work', 'danger'],
  warning: ['to be corrected', 'warn'],
  note: ['to be known', ''],
};

/** What stops later work stands first. */
const bySeverity = ['error', 'warning', 'note'];

const groupKey = ({ code, system, field }: FindingGroup): string => [code, system, field ?? ''].join('/');

class DataAudit extends PageElement {
  static override properties = {
    page: { state: true },
    opened: { state: true },
    findings: { state: true },
    visits: { state: true },
    comparison: { state: true },
    busy: { state: true },
  };
  declare page: DataAuditPage | null;
  /** The group whose records are listed. */
  declare opened: string | null;
  declare findings: readonly ShownFinding[] | null;
  declare visits: ReconciledVisits | null;
  declare comparison: ReconciliationState | null;
  declare busy: boolean;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.page = null;
    this.opened = null;
    this.findings = null;
    this.visits = null;
    this.comparison = null;
    this.busy = false;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#again);
  }

  async #load(): Promise<void> {
    clearTimeout(this.#again);
    const before = this.page?.newest?.state;
    await this.attempt(async () => {
      [this.page, this.comparison] = await Promise.all([
        this.shell.api.data.dataAudit(),
        this.shell.api.data.reconciliation(),
      ]);
    });
    const state = this.page?.newest?.state;
    if (state === 'asked' || state === 'running')
      this.#again = setTimeout(() => void this.#load(), lookAgainMilliseconds);
    else if (before === 'asked' || before === 'running') this.shell.announce('The audit has ended.');
  }

  async #start(): Promise<void> {
    this.busy = true;
    const started = await this.attempt(async () => {
      await this.shell.api.data.startDataAudit();
    });
    this.busy = false;
    if (!started) return;
    this.opened = null;
    this.shell.announce('The audit was started.');
    await this.#load();
  }

  async #show(group: FindingGroup): Promise<void> {
    const key = groupKey(group);
    if (this.opened === key) {
      this.opened = null;
      return;
    }
    this.opened = key;
    this.findings = null;
    await this.attempt(async () => {
      const { findings } = await this.shell.api.data.dataFindings(group);
      if (this.opened === key) this.findings = findings;
    });
  }

  async #export(): Promise<void> {
    await this.attempt(async () => {
      saveTable((await this.shell.api.data.dataAuditTable()).csv, 'data-audit.csv');
    });
  }

  async #exportLinks(): Promise<void> {
    await this.attempt(async () => {
      saveTable((await this.shell.api.data.linkTable()).csv, 'patient-links.csv');
    });
  }

  async #undo(link: PatientLink): Promise<void> {
    await this.attempt(async () => {
      await this.shell.api.data.takeApart(link.id);
      this.shell.announce('The two records stand apart again.');
      await this.#load();
    });
  }

  async #compareVisits(): Promise<void> {
    this.busy = true;
    await this.attempt(async () => {
      this.visits = await this.shell.api.data.reconcileVisits();
      this.comparison = await this.shell.api.data.reconciliation();
      this.shell.announce('The visits were compared.');
    });
    this.busy = false;
  }

  protected override render(): TemplateResult {
    const { page } = this;
    const underWay = page?.newest?.state === 'asked' || page?.newest?.state === 'running';
    return html`<a class="crumb" href=${paths.connections}>← Connections</a>
      <div class="page-head">
        <div>
          <h1>Data audit</h1>
          <p class="soft">Doubles, gaps and contradictions in the records, before work is built on them.</p>
        </div>
        <div class="buttons">
          ${page === null || page.last === null
            ? nothing
            : html`<button class="button" @click=${() => void this.#export()}>Export as CSV</button>`}
          <button class="button primary" ?disabled=${this.busy || underWay} @click=${() => void this.#start()}>
            ${underWay ? 'Under way …' : 'Start an audit'}
          </button>
        </div>
      </div>
      ${this.failureNotice(() => void this.#load())}
      ${page === null
        ? this.failure === null
          ? html`<p class="loading" role="status">Loading …</p>`
          : nothing
        : this.#content(page)}`;
  }

  #content(page: DataAuditPage): TemplateResult {
    const { newest, last, groups, links } = page;
    return html`${this.#progress(newest)}
    ${last === null
      ? newest === null
        ? emptyPanel(['No audit yet', 'Start one once the reports of every system are imported.'])
        : nothing
      : html`${this.#summary(last)} ${last.systems.length === 0 ? nothing : completeness(last.systems)}
        ${this.#groups(groups)}`}
    ${links.length === 0 ? nothing : this.#links(links)} ${this.#visitSection()}
    ${dataProtocol(page.protocol, this.today)}`;
  }

  #progress(newest: DataAuditPage['newest']): TemplateResult | typeof nothing {
    if (newest === null || newest.state === 'done') return nothing;
    if (newest.state === 'failed')
      return html`<div class="notice danger" role="alert">
        <strong>The last audit did not end.</strong>
        <span>Code: ${newest.failure ?? 'unknown'}. What stands below is of the audit before.</span>
      </div>`;
    const { done, total } = newest;
    return html`<div class="notice" role="status">
      <strong>${total === null ? 'The audit waits to begin.' : `${done} of ${total} records read.`}</strong>
      ${total === null || total === 0
        ? nothing
        : html`<progress value=${done} max=${total} aria-label="Records read"></progress>`}
    </div>`;
  }

  #summary({ figures, finishedAt }: NonNullable<DataAuditPage['last']>): TemplateResult | typeof nothing {
    if (figures === null) return nothing;
    const { records, patients, unreadable, bySeverity, since } = figures;
    const when = finishedAt === null ? '' : ` · ${instantInWords(finishedAt, this.shell.now(), this.zone)}`;
    return html`<section class="panel">
      <div class="panel-head"><h2>The last audit</h2></div>
      <div class="panel-body">
        <p>
          ${records} records of ${patients}
          patients${unreadable === 0 ? '' : `, ${unreadable} more could not be read`}${when}:
          <strong>${bySeverity.error}</strong> findings stop later work, ${bySeverity.warning} are to be corrected,
          ${bySeverity.note} to be known.
        </p>
        ${since === null
          ? nothing
          : html`<p class="soft">
              Since the audit before: ${since.new} new, ${since.gone} gone, ${since.unchanged} unchanged.
            </p>`}
      </div>
    </section>`;
  }

  #groups(groups: readonly FindingGroup[]): TemplateResult {
    if (groups.length === 0)
      return emptyPanel(['Nothing was found', 'The records are complete and agree with each other.']);
    return html`<section class="panel" aria-labelledby="findings-title">
      <div class="panel-head"><h2 id="findings-title">Findings</h2></div>
      <ul class="audit-list">
        ${groups
          .toSorted((one, other) => bySeverity.indexOf(one.severity) - bySeverity.indexOf(other.severity))
          .map((group) => this.#group(group))}
      </ul>
    </section>`;
  }

  #group(group: FindingGroup): TemplateResult {
    const key = groupKey(group);
    const isOpen = this.opened === key;
    const [words, mark] = severityWords[group.severity];
    const isOfSystem = group.code === 'missing.everywhere';
    const about = `${group.systemName}${group.fieldWords === null ? '' : `, ${group.fieldWords}`}: ${group.words}`;
    return html`<li>
      <div class="buttons">
        <span class="mark ${mark}">${words}</span>
        <span><strong>${group.count}</strong> × ${about}</span>
        ${isOfSystem
          ? nothing
          : html`<button class="button small" aria-expanded=${isOpen} @click=${() => void this.#show(group)}>
              ${isOpen ? 'Hide' : 'Show'}<span class="visually-hidden"> the records: ${about}</span>
            </button>`}
      </div>
      ${isOpen ? this.#records() : nothing}
    </li>`;
  }

  #records(): TemplateResult {
    const { findings } = this;
    if (findings === null) return this.failure === null ? html`<p class="loading" role="status">Loading …</p>` : html``;
    return html`<ul>
      ${findings.map(
        ({ subject, other, workItem, isNew }) =>
          html`<li>
            ${record(subject)}${other === null ? nothing : html` and ${record(other)}`}
            ${isNew ? html`<span class="mark">new</span>` : nothing}
            ${workItem === null ? nothing : html`<a href=${paths.workItem(workItem)}>Same person? Decide</a>`}
          </li>`,
      )}
    </ul>`;
  }

  #links(links: readonly PatientLink[]): TemplateResult {
    return html`<section class="panel" aria-labelledby="links-title">
      <div class="panel-head">
        <h2 id="links-title">Records put together</h2>
        <button class="button small" @click=${() => void this.#exportLinks()}>Export the links as CSV</button>
      </div>
      <p class="panel-note small soft">Nothing was deleted. Taken apart, everything goes back to where it stood.</p>
      <ul class="audit-list">
        ${links.map(
          (link) =>
            html`<li>
              <div class="buttons">
                <span>
                  <span class="mono">${link.patient}</span> stands with <span class="mono">${link.standsFor}</span>,
                  ${instantInWords(link.at, this.shell.now(), this.zone)}${link.stayed.length === 0
                    ? ''
                    : `; left where it was: ${[...new Set(link.stayed.map(({ what }) => what.replaceAll('_', ' ')))].join(', ')}`}
                </span>
                <button class="button small" @click=${() => void this.#undo(link)}>
                  Take apart<span class="visually-hidden"> ${link.patient}</span>
                </button>
              </div>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #comparison({ nextAt, isRunning, last }: ReconciliationState): TemplateResult {
    const when = (at: string): string => instantInWords(at, this.shell.now(), this.zone);
    return html`<p>
      ${isRunning
        ? 'A comparison is under way.'
        : nextAt === null
          ? 'It does not run by itself: the clinic’s settings say so.'
          : `It runs by itself every night, next ${when(nextAt)}.`}
      ${last === null ? 'Nothing was compared yet.' : `Last, ${when(last.finishedAt)}: ${found(last)}.`}
    </p>`;
  }

  #visitSection(): TemplateResult {
    const { visits } = this;
    return html`<section class="panel" aria-labelledby="visits-title">
      <div class="panel-head"><h2 id="visits-title">Visits</h2></div>
      <div class="panel-body">
        <p class="soft">
          Compares schedule, notes, charges and authorizations; a patient whose books disagree becomes an item of the
          work list.
        </p>
        ${this.comparison === null ? nothing : this.#comparison(this.comparison)}
        <p class="buttons">
          <button class="button" ?disabled=${this.busy} @click=${() => void this.#compareVisits()}>Compare now</button>
        </p>
        ${visits === null
          ? nothing
          : html`<p role="status">
              ${visits.patients} patients, ${visits.agree} agree. Items: ${visits.items.opened} opened,
              ${visits.items.changed} changed, ${visits.items.closed} closed.
            </p>`}
      </div>
    </section>`;
  }
}

/** What the last comparison found, of whatever kind: a night's or a person's. */
function found({ figures, failure }: NonNullable<ReconciliationState['last']>): string {
  if (figures === null) return `did not end (${failure ?? 'unknown'})`;
  const { patients, agree, items } = figures;
  return `${patients} patients, ${agree} agree, ${patients - agree} do not; ${items.opened} items opened, ${items.closed} closed`;
}

function record(one: ShownRecord | null): TemplateResult | typeof nothing {
  if (one === null) return nothing;
  const words = one.name ?? 'Name unknown';
  return one.authorization === null
    ? html`<span>${words}</span>`
    : html`<a href=${paths.authorization(one.authorization)}>${words}</a>`;
}

function completeness(systems: readonly NamedSystem[]): TemplateResult {
  const fields = systems[0]?.fields ?? [];
  return figureTable({
    title: 'How complete the records are',
    note: 'Of a system’s records, how many have the field. Unknown: it tells the field of nobody, so that nobody knows whether it keeps it.',
    columns: ['Field', ...systems.map(({ name, records }) => `${name} (${records})`)],
    rows: fields.map(({ field, words }) => [
      words,
      ...systems.map((system) => shareInWords(system.fields.find((one) => one.field === field)?.share ?? null)),
    ]),
  });
}

/** Never 100 % where one is missing. */
function shareInWords(share: number | null): string {
  return share === null ? 'unknown' : `${Math.floor(share * 100)} %`;
}

customElements.define('gait-data-audit', DataAudit);
