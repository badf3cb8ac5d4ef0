// Figures of claims: what is owed and how old it is, how claims went by payer, what was denied, how long it took, and what was paid.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AttendanceFigures } from '../../domain/attendance/figures.ts';
import type { DraftFigures } from '../../domain/note-audit/figures.ts';
import type { ClaimStatistics, PayerClaims } from '../../domain/claim-figures/statistics.ts';
import { amountInWords, denialClassInWords } from '../claim-words.ts';
import { dateOfDay, dayInWords, dayNumber } from '../dates.ts';
import { bandInWords, changeInWords, countInWords, knownInWords, shareInWords, spentInWords } from '../figure-words.ts';
import { draftFigures } from '../parts/draft-figures.ts';
import { attendanceFigures } from '../parts/attendance-figures.ts';
import { claimTabs } from '../parts/claim-tabs.ts';
import { emptyPanel } from '../parts/empty-panel.ts';
import { figureTable } from '../parts/figure-table.ts';
import { PageElement } from '../parts/page.ts';
import { segmented } from '../parts/segmented.ts';
import { paths } from '../router.ts';

const spans = [
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', '365 days'],
  ['all', 'All'],
] as const;

type SpanName = (typeof spans)[number][0];

class Figures extends PageElement {
  static override properties = {
    statistics: { state: true },
    attendance: { state: true },
    drafts: { state: true },
    span: { state: true },
  };
  declare statistics: ClaimStatistics | null;
  declare attendance: AttendanceFigures | null;
  declare drafts: DraftFigures | null;
  declare span: SpanName;

  constructor() {
    super();
    this.statistics = null;
    this.attendance = null;
    this.drafts = null;
    this.span = '90';
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const { span } = this;
    await this.attempt(async () => {
      const from = span === 'all' ? null : dateOfDay(dayNumber(this.today) + 1 - Number(span));
      const [statistics, attendance, drafts] = await Promise.all([
        this.shell.api.claims.claimStatistics(from),
        this.shell.api.outreach.attendanceFigures(from),
        this.shell.api.notes.draftFigures(from),
      ]);
      if (span !== this.span) return;
      this.statistics = statistics;
      this.attendance = attendance;
      this.drafts = drafts;
    });
  }

  #pick(span: SpanName): void {
    if (span === this.span) return;
    this.span = span;
    this.statistics = null;
    this.attendance = null;
    this.drafts = null;
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { statistics } = this;
    return html`<div class="page-head">
        <div>
          <h1>Figures</h1>
          <p class="soft" role="status">
            ${statistics === null
              ? this.failure === null
                ? 'Loading …'
                : ''
              : `${statistics.total.figures.claims} claims taken in · owed as of ${dayInWords(statistics.asOf, this.today)}`}
          </p>
        </div>
      </div>
      ${claimTabs('figures', this.shell.session)} ${this.failureNotice(() => void this.#load())}
      <div class="toolbar">
        ${segmented({
          label: 'Claims taken in within',
          choices: spans,
          chosen: this.span,
          onChoose: (span) => this.#pick(span),
        })}
      </div>
      ${statistics === null ? nothing : this.#all(statistics)}
      ${this.attendance === null ? nothing : attendanceFigures(this.attendance, this.today)}
      ${this.drafts === null ? nothing : draftFigures(this.drafts)}`;
  }

  #all(statistics: ClaimStatistics): TemplateResult {
    const { total, payers } = statistics;
    const rows = payers.length === 1 ? payers : [total, ...payers];
    const isEmpty = total.figures.claims === 0;
    return html`${isEmpty
      ? emptyPanel(['No claim was taken in', 'Figures are of claims that were taken in within these days.'])
      : nothing}
    ${payers.length === 0 ? nothing : owed(rows)}
    ${isEmpty ? nothing : html`${went(rows)} ${decided(rows)} ${denied(total)} ${answered(rows)} ${days(total)}`}
    ${therapists(statistics)} ${this.#unusual(statistics)}`;
  }

  #unusual({ unusualPayments }: ClaimStatistics): TemplateResult | typeof nothing {
    if (unusualPayments.length === 0) return nothing;
    return figureTable({
      title: 'Unusual payments',
      words: 2,
      note: 'Allowed more or less than the same payer allowed for the same code, modifiers and units before. A person looks at each of them.',
      columns: ['Claim', 'Payer', 'Units', 'Allowed', 'Usual', 'Difference', 'Earlier payments'],
      rows: unusualPayments.map((one) => [
        html`<a href=${paths.claim(one.claim)}>${[one.code, ...one.modifiers].join(' ')}</a>
          <span class="under">${dayInWords(one.on, this.today)}</span>`,
        one.payer,
        String(one.units),
        amountInWords(one.allowedCents),
        amountInWords(one.usualCents),
        changeInWords(one.differenceCents),
        String(one.earlierPayments),
      ]),
    });
  }
}

const nameOf = ({ payer }: PayerClaims): TemplateResult | string =>
  payer === null ? html`<strong>All payers</strong>` : payer;

function owed(rows: readonly PayerClaims[]): TemplateResult {
  const bands = rows[0]?.receivables.byAge.filter(({ fromDays }) => fromDays !== null) ?? [];
  const undated = rows.some(({ receivables }) => receivables.byAge.some(({ fromDays }) => fromDays === null));
  const shown = [...bands, ...(undated ? [{ fromDays: null, toDays: null }] : [])];
  return figureTable({
    title: 'Owed',
    note: 'Open at insurance, by days since service; what patients owe once every payer has decided. Days in A/R: all of it over the average daily charge.',
    columns: ['Payer', 'Open', ...shown.map(bandInWords), 'Patients', 'On a plan', 'Written off', 'Days in A/R'],
    rows: rows.map((one) => {
      const { open, byAge, patients, underPlan, writtenOff, daysInReceivables } = one.receivables;
      const inBand = ({ fromDays }: { readonly fromDays: number | null }) =>
        byAge.find((band) => band.fromDays === fromDays)?.open ?? { known: null, unknownFor: 0 };
      return [
        nameOf(one),
        html`<strong>${knownInWords(open, 'none')}</strong>`,
        ...shown.map((band) => knownInWords(inBand(band), '–')),
        knownInWords(patients, '–'),
        knownInWords(underPlan, '–'),
        knownInWords(writtenOff, '–'),
        daysInReceivables === null ? 'unknown' : String(daysInReceivables),
      ];
    }),
  });
}

function went(rows: readonly PayerClaims[]): TemplateResult {
  return figureTable({
    title: 'Checked and sent',
    note: 'Stopped: found, before it was sent, that must not go out so. Accepted: by the first word of clearinghouse or payer.',
    columns: [
      'Payer',
      'Taken in',
      'Checked',
      'With findings',
      'Stopped',
      'Settled',
      'Overridden',
      'Sent',
      'Accepted',
      'Sent back',
      'No answer',
      'Accepted share',
    ],
    rows: rows.map((one) => {
      const { figures } = one;
      return [
        nameOf(one),
        String(figures.claims),
        String(figures.checked),
        countInWords(figures.withFindings),
        countInWords(figures.stopped),
        countInWords(figures.stoppedAndSettled),
        countInWords(figures.overridden),
        String(figures.sent),
        countInWords(figures.accepted),
        countInWords(figures.sentBack),
        String(figures.notAnswered),
        shareInWords(figures.acceptanceShare),
      ];
    }),
  });
}

function decided(rows: readonly PayerClaims[]): TemplateResult {
  return figureTable({
    title: 'Decided',
    note: 'By the first decision of the payer. Denied share: wholly or partly.',
    columns: ['Payer', 'Decided', 'Paid in full', 'Paid partly', 'Denied', 'Denied share'],
    rows: rows.map((one) => {
      const { figures } = one;
      return [
        nameOf(one),
        String(figures.decided),
        countInWords(figures.paidInFull),
        countInWords(figures.paidPartly),
        countInWords(figures.denied),
        shareInWords(figures.denialShare),
      ];
    }),
  });
}

function answered(rows: readonly PayerClaims[]): TemplateResult {
  return figureTable({
    title: 'Denials answered',
    note: 'Of claims that a workflow follows. Recovered: what that payer has posted since.',
    columns: ['Payer', 'Corrected', 'Won by it', 'Appealed', 'Won by it', 'Recovered', 'Not followed'],
    rows: rows.map((one) => {
      const { corrected, wonByCorrection, appealed, wonByAppeal, recoveredCents, deniedNotFollowed } = one.figures;
      return [
        nameOf(one),
        countInWords(corrected),
        countInWords(wonByCorrection),
        countInWords(appealed),
        countInWords(wonByAppeal),
        knownInWords(recoveredCents, 'unknown'),
        String(deniedNotFollowed),
      ];
    }),
  });
}

function denied({ figures: { denials } }: PayerClaims): TemplateResult | typeof nothing {
  if (denials.length === 0) return nothing;
  return figureTable({
    title: 'Denied at first',
    words: 2,
    columns: ['Reason', 'What it is', 'Claims', 'Denied'],
    rows: denials.map(({ group, reason, class: kind, claims, cents }) => [
      `${group}-${reason}`,
      denialClassInWords(kind),
      String(claims),
      amountInWords(cents),
    ]),
  });
}

function days({ figures: f }: PayerClaims): TemplateResult {
  const steps = [
    ['Note signed to claim taken in', f.noteToTakenIn],
    ['Taken in to sent', f.takenInToSent],
    ['Sent to acknowledged', f.sentToAcknowledged],
    ['Sent to decided', f.sentToDecided],
    ['Decided to closed', f.decidedToClosed],
  ] as const;
  return figureTable({
    title: 'Days',
    columns: ['From and to', 'Median', '90th percentile', 'Claims', 'Unknown for'],
    rows: steps.map(([words, { count, medianDays, days90thPercentile, unknownFor }]) => [
      words,
      spentInWords(medianDays),
      spentInWords(days90thPercentile),
      String(count),
      String(unknownFor),
    ]),
  });
}

function therapists({ therapists: all }: ClaimStatistics): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return figureTable({
    title: 'Therapists',
    note: 'Allowed by the first payers, paid by all of them, of what they have decided.',
    columns: ['Therapist', 'Visits', 'Billed', 'Allowed', 'Paid', 'Paid per visit'],
    rows: all.map(({ name, therapist, visits, billed, allowed, paid, paidPerVisitCents }) => [
      name ?? therapist ?? 'not named',
      countInWords(visits),
      knownInWords(billed, 'unknown'),
      knownInWords(allowed, 'unknown'),
      knownInWords(paid, 'unknown'),
      amountInWords(paidPerVisitCents),
    ]),
  });
}

customElements.define('gait-figures', Figures);
