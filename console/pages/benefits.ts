// Coverage checks of the visits ahead: what each payer said in a line, what is unknown, and what a person still has to do.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FieldName } from '../../domain/eligibility/fields.ts';
import { batchInWords, stateInWords, stateMark, valueInWords } from '../benefit-words.ts';
import type { CheckBatch, CheckFilter, CheckLine, SummaryStructure } from '../benefits.ts';
import { dayInWords, distanceInWords, instantInWords } from '../dates.ts';
import { emptyPanel, nothingMatches } from '../parts/empty-panel.ts';
import type { NothingHere } from '../parts/empty-panel.ts';
import { PageElement } from '../parts/page.ts';
import { fits, searchField } from '../parts/search-field.ts';
import { segmented } from '../parts/segmented.ts';
import { paths } from '../router.ts';

const filters: readonly (readonly [CheckFilter, string])[] = [
  ['all', 'All'],
  ['answered', 'Answered'],
  ['exception', 'Exceptions'],
  ['waiting', 'Waiting'],
];

const nothingHere: Record<CheckFilter, NothingHere> = {
  all: ['No visit ahead has been checked yet', 'Checks are made overnight, for new patients, and when a flow asks.'],
  answered: ['No payer has answered yet', 'Waiting and exceptions show where the questions are.'],
  exception: ['Nobody needs to call', 'Every answer for the visits ahead is complete enough.'],
  waiting: ['No question is under way', 'Every check of the visits ahead is over.'],
};

class Benefits extends PageElement {
  static override properties = {
    items: { state: true },
    batch: { state: true },
    show: { state: true },
    search: { state: true },
  };
  declare items: readonly CheckLine[] | null;
  declare batch: CheckBatch | null;
  declare show: CheckFilter;
  declare search: string;

  constructor() {
    super();
    this.items = null;
    this.batch = null;
    this.show = 'all';
    this.search = '';
  }

  protected override firstUpdated(): void {
    this.show = this.shell.listView.checks;
    void this.#load();
  }

  async #load(): Promise<void> {
    const { api } = this.shell;
    const show = this.show;
    await this.attempt(async () => {
      const [items, batches] = await Promise.all([
        api.benefits.benefitChecks(show, this.today),
        api.benefits.benefitBatches(),
      ]);
      if (show !== this.show) return;
      this.items = newestOf(items);
      // A call is a batch of one; what a person wants on top is the last round of questions.
      this.batch =
        batches.find(({ kind }) => kind === 'overnight') ?? batches.find(({ kind }) => kind !== 'called') ?? null;
    });
  }

  #pick(show: CheckFilter): void {
    this.show = show;
    this.shell.listView.checks = show;
    this.items = null;
    void this.#load();
  }

  #shown(items: readonly CheckLine[]): readonly CheckLine[] {
    return items.filter((item) => fits(this.search, [item.patientName, item.payer.name, stateInWords(item.state)]));
  }

  protected override render(): TemplateResult {
    const shown = this.items === null ? [] : this.#shown(this.items);
    return html`<div class="page-head">
        <div>
          <h1>Benefits</h1>
          <p class="soft" role="status">
            ${this.items === null
              ? this.failure === null
                ? 'Loading …'
                : ''
              : `${shown.length} of ${this.items.length} shown, the next visit on top`}
          </p>
        </div>
      </div>
      ${this.failureNotice(() => void this.#load())} ${this.#batchFigures()}
      <div class="toolbar" role="search">
        ${segmented({
          label: 'Which checks',
          choices: filters,
          chosen: this.show,
          onChoose: (show) => this.#pick(show),
        })}
        ${searchField({
          id: 'benefit-search',
          hint: 'Search name, payer, state',
          search: this.search,
          onSearch: (search) => {
            this.search = search;
          },
        })}
      </div>
      ${this.items === null
        ? nothing
        : shown.length === 0
          ? emptyPanel(this.items.length === 0 ? nothingHere[this.show] : nothingMatches)
          : this.#table(shown)}`;
  }

  #batchFigures(): TemplateResult | typeof nothing {
    if (this.batch === null) return nothing;
    const { kind, startedAt, finishedAt, checks } = this.batch;
    const at = (instant: string): string => instantInWords(instant, this.shell.now(), this.zone);
    const counts: readonly (readonly [string, number])[] = [
      ['Answered', checks.answered ?? 0],
      ['Refused', checks.rejected ?? 0],
      ['By phone', checks.byPhone ?? 0],
      ['Could not be asked', checks.failed ?? 0],
      ['Waiting', (checks.open ?? 0) + (checks.pending ?? 0)],
    ];
    return html`<section class="panel batch" aria-labelledby="batch-title">
      <div class="panel-head">
        <h2 id="batch-title">${batchInWords(kind)}</h2>
        <span class="small soft"
          >${finishedAt === null ? `begun ${at(startedAt)}, under way` : `finished ${at(finishedAt)}`}</span
        >
      </div>
      <dl class="figures">
        ${counts.map(
          ([words, count]) =>
            html`<div>
              <dt>${words}</dt>
              <dd>${count}</dd>
            </div>`,
        )}
      </dl>
    </section>`;
  }

  #table(shown: readonly CheckLine[]): TemplateResult {
    return html`<div class="panel table-wrap" tabindex="0" role="region" aria-label="Coverage checks">
      <table class="rows benefit-rows">
        <caption class="visually-hidden">
          Coverage checks by the day of the visit, one line for each coverage
        </caption>
        <thead>
          <tr>
            <th scope="col">Patient</th>
            <th scope="col">Visit</th>
            <th scope="col">Payer</th>
            <th scope="col">State</th>
            <th scope="col">Copay and coinsurance</th>
            <th scope="col">Deductible left</th>
            <th scope="col">Visits left</th>
            <th scope="col">Authorization</th>
          </tr>
        </thead>
        <tbody>
          ${shown.flatMap((item) =>
            item.summaries.length === 0
              ? [this.#row(item, null)]
              : item.summaries.map((summary) => this.#row(item, summary)),
          )}
        </tbody>
      </table>
    </div>`;
  }

  #row(item: CheckLine, summary: SummaryStructure | null): TemplateResult {
    const value = (name: FieldName): TemplateResult => {
      const known = summary?.[name] ?? null;
      return known === null
        ? html`<span class="soft">unknown</span>`
        : html`${valueInWords(name, known, null, this.today)}`;
    };
    const several = item.summaries.length > 1 && summary !== null;
    const inactive = summary?.active === false;
    return html`<tr class="row">
      <td>
        <a class="row-link" href=${paths.benefit(item.check)}>${item.patientName ?? 'Name not available'}</a>
        ${several ? html`<span class="under">coverage ${summary.coverage}</span>` : nothing}
      </td>
      <td class="nowrap" data-label="Visit">
        ${dayInWords(item.serviceDate, this.today)}
        <span class="under">${distanceInWords(item.serviceDate, this.today)}</span>
      </td>
      <td data-label="Payer">${item.payer.name}</td>
      <td data-label="State">
        <span class="marks">
          <span class="mark ${stateMark(item.state)}">${stateInWords(item.state)}</span>
          ${inactive ? html`<span class="mark danger">not active</span>` : nothing}
          ${item.deliveredAt === null ? nothing : html`<span class="mark accent">delivered</span>`}
          ${item.workItem === null
            ? nothing
            : html`<span class="mark warn">${item.workItem.kind === 'eligibility.call' ? 'call' : 'correct'}</span>`}
        </span>
        ${item.workItem === null ? nothing : html`<span class="under">${item.workItem.reason}</span>`}
      </td>
      <td data-label="Copay">${value('copayCents')} <span class="under">coinsurance ${value('coinsurance')}</span></td>
      <td data-label="Deductible left">${value('deductibleLeftCents')}</td>
      <td data-label="Visits left">${value('visitsLeft')}</td>
      <td data-label="Authorization">${value('authorizationRequired')}</td>
    </tr>`;
  }
}

/** Of several checks of the same patient, payer and visit the last one: it is what holds. */
function newestOf(items: readonly CheckLine[]): readonly CheckLine[] {
  const at = ({ settledAt }: CheckLine): string => settledAt ?? '9999';
  const newest = new Map<string, CheckLine>();
  for (const item of items) {
    const key = `${item.patient}/${item.payer.id}/${item.serviceDate}`;
    const other = newest.get(key);
    if (other === undefined || at(other) < at(item)) newest.set(key, item);
  }
  const kept = new Set(newest.values());
  return items.filter((item) => kept.has(item));
}

customElements.define('gait-benefits', Benefits);
