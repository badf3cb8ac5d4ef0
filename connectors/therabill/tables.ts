// Therabill's exported tables, row by row: clients as any list of patients, and payments with who made them.
import { decoded } from '../csv/decode.ts';
import { parseTable } from '../csv/table.ts';
import type { Table } from '../csv/table.ts';
import type { Cells, Columns } from '../csv/cells.ts';
import { normalized } from '../csv/labels.ts';
import { missingColumns } from '../reports/parse-report.ts';
import { readPatient } from '../reports/read-rows.ts';
import type { PatientRow } from '../pt-records/rows.ts';
import type { TherabillConfig } from './config.ts';

const makers = ['patient', 'payer', 'other'] as const;
const paymentMethods = ['cash', 'check', 'card', 'other'] as const;

/** One payment. Positive cents came in, negative went back. */
export interface PaymentRow {
  /** Therabill's own number of it: without one it could be posted twice. */
  readonly paymentId: string;
  readonly recordNumber: string;
  /** CLM01 of the claim it is for. */
  readonly claimNumber: string | null;
  readonly serviceDate: string | null;
  readonly paidOn: string;
  readonly cents: number;
  readonly paidBy: (typeof makers)[number];
  readonly method: (typeof paymentMethods)[number] | null;
}

const neededOfPayments = ['paymentId', 'recordNumber', 'paidOn', 'amount', 'paidBy'];

type Read<Row> = (bytes: Uint8Array, config: TherabillConfig) => Promise<Table<Row>>;

/** Without the columns that the practice said need not be read. */
function told<Row>(table: Table<Row>, { ignored }: TherabillConfig): Table<Row> {
  const unread = new Set(ignored.map(normalized));
  return { ...table, unknownColumns: table.unknownColumns.filter((label) => !unread.has(normalized(label))) };
}

/** Only the fields a profile names a label for. */
function labelsIn(columns: Readonly<Record<string, readonly string[] | undefined>>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([field, list]) => (list === undefined ? [] : [[field, list]])),
  );
}

const writingOf = ({ profile }: TherabillConfig) => ({ ...profile, timeFormats: [] });

export const readClients: Read<PatientRow> = async (bytes, config) => {
  const { profile } = config;
  return told(
    await parseTable(decoded(bytes), {
      labels: labelsIn(profile.clients),
      writing: writingOf(config),
      missing: (columns) => missingColumns(columns, 'patients', { payerName: ['Insurance'] }),
      read: (cells) => readPatient(cells, profile),
      key: (row) => `${row.recordNumber}/${row.coverage?.order}`,
      wholeRows: true,
    }),
    config,
  );
};

export const readPayments: Read<PaymentRow> = async (bytes, config) =>
  told(
    await parseTable(decoded(bytes), {
      labels: labelsIn(config.profile.payments),
      writing: writingOf(config),
      missing: (columns: Columns) => neededOfPayments.filter((field) => !columns.has(field)),
      read: (cells) => payment(cells, config),
      key: (row) => row.paymentId,
      wholeRows: true,
    }),
    config,
  );

/** Everything that says how much, when and by whom is essential: a misread payment is worse than a missing one. */
function payment(cells: Cells, { profile }: TherabillConfig): PaymentRow {
  const paidBy = cells.word('paidBy', makers, profile.words.paidBy, true);
  if (cells.text('paidBy') === null) cells.fail('paidBy', 'empty', true);
  if (cells.text('paidOn') === null) cells.fail('paidOn', 'empty', true);
  if (cells.text('amount') === null) cells.fail('amount', 'empty', true);
  return {
    paymentId: cells.needed('paymentId'),
    recordNumber: cells.needed('recordNumber'),
    claimNumber: cells.text('claimNumber'),
    serviceDate: cells.date('serviceDate'),
    paidOn: cells.date('paidOn', true) ?? '',
    cents: cells.cents('amount', true) ?? 0,
    paidBy: paidBy ?? 'other',
    method: cells.word('method', paymentMethods, profile.words.method),
  };
}
