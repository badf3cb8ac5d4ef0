// What payers said of a claim and what was posted to it: books to the cent, every line behind them, acknowledgments and statuses.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Session } from '../api.ts';
import { amountInWords } from '../claim-words.ts';
import type { KeptStatus } from '../claims.ts';
import { dayInWords, instantInWords } from '../dates.ts';
import { ledgerKindInWords } from '../remittances.ts';
import type { Ledger, LedgerLine } from '../remittances.ts';
import { paths } from '../router.ts';
import { personInWords } from './page.ts';

const standings: Record<Ledger['books']['standing'], string> = {
  open: 'no payer has decided',
  partly: 'not everything is decided',
  settled: 'settled',
  overpaid: 'more was paid than was left',
  contradictory: 'the decisions contradict each other',
};

interface BooksShown {
  readonly session: Session;
  readonly now: Date;
  readonly zone: string;
  readonly today: string;
  readonly showsRemittances: boolean;
  /** Where a payment of the patient is entered. */
  readonly paymentForm: TemplateResult;
}

export function claimBooks(
  { books, posted, payments, entries }: Ledger,
  { session, now, zone, today, showsRemittances, paymentForm }: BooksShown,
): TemplateResult {
  const figures: readonly (readonly [string, number | null])[] = [
    ['Charge', books.chargeCents],
    ['Paid', books.paidCents],
    ['Adjusted', books.adjustedCents],
    ['Written off', books.writtenOffCents],
    ['Patient', books.patientCents],
    ['Open', books.openCents],
    ['Patient paid', books.patientPaidCents],
    ['Patient still owes', books.patientBalanceCents],
  ];
  return html`<section class="panel" aria-labelledby="books-title">
    <div class="panel-head">
      <h2 id="books-title">Books</h2>
      <span class="small soft">${standings[books.standing]}</span>
    </div>
    <dl class="figures">
      ${figures.map(
        ([words, cents]) =>
          html`<div>
            <dt>${words}</dt>
            <dd>${amountInWords(cents)}</dd>
          </div>`,
      )}
    </dl>
    ${posted.length === 0
      ? html`<p class="panel-body soft">Nothing was posted to this claim yet.</p>`
      : posted.map(
          (one) =>
            html`<table class="rows dense">
              <caption class="table-caption">
                <strong>${one.payer}</strong
                >, status ${one.status ?? 'unknown'}, paid ${amountInWords(one.paidCents)}
                ${showsRemittances ? html`<a href=${paths.remittance(one.remittance)}>Remittance</a>` : nothing}
              </caption>
              ${ledgerHead()}
              <tbody>
                ${one.lines.map((line) => ledgerRow(line))}
              </tbody>
            </table>`,
        )}
    ${payments.length === 0
      ? nothing
      : html`<table class="rows dense">
          <caption class="table-caption">
            <strong>Paid by the patient</strong>
          </caption>
          <tbody>
            ${payments.map(
              ({ on, cents, method }) =>
                html`<tr>
                  <td>${dayInWords(on, today)}</td>
                  <td data-label="How">${method ?? 'unknown'}</td>
                  <td class="number" data-label="Amount">${amountInWords(cents)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`}
    ${entries.length === 0
      ? nothing
      : html`<table class="rows dense">
          <caption class="table-caption">
            <strong>Written off or left to the patient</strong>
          </caption>
          <tbody>
            ${entries.map(
              ({ kind, of, cents, by, at }) =>
                html`<tr>
                  <td>${entryInWords(kind, of)}</td>
                  <td data-label="By">${personInWords(by, session)}, ${instantInWords(at, now, zone)}</td>
                  <td class="number" data-label="Amount">${amountInWords(cents)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`}
    <div class="panel-body">${paymentForm}</div>
  </section>`;
}

function entryInWords(kind: Ledger['entries'][number]['kind'], of: Ledger['entries'][number]['of']): string {
  if (kind === 'leftToPatient') return 'Left to the patient';
  return of === 'patient' ? 'Written off, of the patient’s balance' : 'Written off, open at insurance';
}

export function ledgerHead(): TemplateResult {
  return html`<thead>
    <tr>
      <th scope="col">Line</th>
      <th scope="col">What</th>
      <th scope="col">Code</th>
      <th scope="col" class="number">Amount</th>
      <th scope="col">Where it stands</th>
    </tr>
  </thead>`;
}

export function ledgerRow({ kind, group, reason, cents, line, source }: LedgerLine): TemplateResult {
  const code = [group, reason].filter((part) => part !== null).join('-');
  return html`<tr>
    <td data-label="Line">${line ?? 'all'}</td>
    <td data-label="What">${ledgerKindInWords(kind)}</td>
    <td data-label="Code">${code === '' ? '–' : code}</td>
    <td class="number" data-label="Amount">${amountInWords(cents)}</td>
    <td class="soft" data-label="Stands in">${source}</td>
  </tr>`;
}

/** Acknowledgments (277CA) and answers to status questions (277), the newest first. */
export function claimStatuses(
  statuses: readonly KeptStatus[],
  { now, zone, today }: { readonly now: Date; readonly zone: string; readonly today: string },
): TemplateResult | typeof nothing {
  if (statuses.length === 0) return nothing;
  return html`<section class="panel" aria-labelledby="statuses-title">
    <div class="panel-head"><h2 id="statuses-title">Acknowledgments and statuses</h2></div>
    <ol class="statuses">
      ${statuses.map(
        ({ at, isSentBack, statuses: told }) =>
          html`<li>
            <p class="small soft">${instantInWords(at, now, zone)}</p>
            ${isSentBack ? html`<span class="mark danger">sent back</span>` : nothing}
            ${told.map(
              ({ category, status, entity, effectiveOn, paidCents }) =>
                html`<p>
                  <strong>${category.code}</strong> ${category.meaning ?? 'no words for this category'}
                  <span class="under"
                    >${status.code}
                    ${status.meaning ?? 'no words for this status'}${entity === null
                      ? ''
                      : ` · ${entity}`}${effectiveOn === null
                      ? ''
                      : ` · ${dayInWords(effectiveOn, today)}`}${paidCents === null
                      ? ''
                      : ` · paid ${amountInWords(paidCents)}`}</span
                  >
                </p>`,
            )}
          </li>`,
      )}
    </ol>
  </section>`;
}
