// The tables that this practice exports from its Therabill: some columns under labels of its own, payments of patients and payers.
import { serviceDays } from '../../domain/claim/facts.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import type { ClinicPatient } from '../clinic/model.ts';
import { seededRandom } from '../random.ts';

/** One payment as the practice took it down. */
interface Payment {
  readonly id: string;
  readonly recordNumber: string;
  readonly claim: string;
  readonly dateOfService: string;
  readonly paidOn: string;
  readonly cents: number;
  readonly by: 'Client' | 'Insurance' | 'Write-off';
  readonly method: string;
}

interface Column<Row> {
  readonly label: string;
  readonly value: (row: Row) => string | null;
}

const slashes = (date: string | null): string | null => {
  const [year, month, day] = date?.split('-') ?? [];
  return date === null ? null : `${month}/${day}/${year}`;
};

const clients: readonly Column<ClinicPatient>[] = [
  // "Client #" and "Carrier" are this practice's own.
  { label: 'Client #', value: (row) => row.recordNumber },
  { label: 'Last Name', value: (row) => row.name.family },
  { label: 'First Name', value: (row) => row.name.given },
  { label: 'DOB', value: (row) => slashes(row.birthDate) },
  { label: 'Sex', value: (row) => (row.gender === 'unknown' ? 'U' : row.gender.charAt(0).toUpperCase()) },
  { label: 'Home Phone', value: (row) => row.contact.phone },
  { label: 'Email', value: (row) => row.contact.email },
  { label: 'Street', value: (row) => row.address?.line ?? null },
  { label: 'City', value: (row) => row.address?.city ?? null },
  { label: 'State', value: (row) => row.address?.state ?? null },
  { label: 'Zip', value: (row) => row.address?.postalCode ?? null },
  { label: 'Carrier', value: (row) => row.coverage.payerName },
  { label: 'Policy Number', value: (row) => row.coverage.memberId },
  { label: 'Group Number', value: (row) => row.coverage.groupNumber },
  {
    label: 'Relationship',
    value: (row) => (row.coverage.relationship === 'self' ? 'Insured' : row.coverage.relationship),
  },
];

const payments: readonly Column<Payment>[] = [
  { label: 'Payment #', value: (row) => row.id },
  { label: 'Client #', value: (row) => row.recordNumber },
  { label: 'Claim #', value: (row) => row.claim },
  { label: 'DOS', value: (row) => slashes(row.dateOfService) },
  { label: 'Payment Date', value: (row) => slashes(row.paidOn) },
  { label: 'Amount', value: (row) => `${row.cents < 0 ? '-' : ''}$${Math.abs(row.cents / 100).toFixed(2)}` },
  { label: 'Paid By', value: (row) => row.by },
  { label: 'Payment Method', value: (row) => row.method },
];

/** The labels of this practice that Therabill does not have of itself, as a connection's setting takes them. */
export const ownLabels = {
  clients: { recordNumber: ['Client #'], payerName: ['Carrier'] },
  payments: { recordNumber: ['Client #'] },
} as const;

/** A cell as spreadsheet programs write it. */
function cell(value: string | null): string {
  const text = value ?? '';
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param renamed a label that somebody changed since, to the new one */
function text<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  renamed: ReadonlyMap<string, string>,
): string {
  const header = columns.map(({ label }) => cell(renamed.get(label) ?? label));
  const lines = rows.map((row) => columns.map(({ value }) => cell(value(row))));
  return [header, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

export function clientsText(patients: readonly ClinicPatient[], renamed: ReadonlyMap<string, string>): string {
  return text(clients, patients, renamed);
}

/** Copayments at the visit, one of them paid back, checks by mail, and what payers paid and was written off. */
export function paymentsOf(
  billed: readonly { readonly recordNumber: string; readonly claim: Claim }[],
  seed: number,
): Payment[] {
  const random = seededRandom(seed);
  const all = billed.flatMap(({ recordNumber, claim }, at): Omit<Payment, 'id'>[] => {
    const day = serviceDays(claim)?.from ?? null;
    if (day === null) return [];
    const of = { recordNumber, claim: claim.patientControlNumber ?? '', dateOfService: day, paidOn: day };
    const cents = random.pick([2_000, 3_000, 4_500]);
    const copay = { ...of, cents, by: 'Client', method: random.pick(['Credit Card', 'Cash', 'Check']) } as const;
    if (at % 7 === 3) return [copay, { ...copay, cents: -cents }];
    if (at % 3 === 0) return [copay];
    const charge = claim.chargeCents ?? 0;
    return at % 5 === 1
      ? [
          { ...of, cents: Math.round(charge * 0.6), by: 'Insurance', method: 'Electronic' },
          { ...of, cents: Math.round(charge * 0.3), by: 'Write-off', method: 'Other' },
        ]
      : [];
  });
  return all.map((payment, at) => ({ id: `P${String(at + 1).padStart(5, '0')}`, ...payment }));
}

export function paymentsText(rows: readonly Payment[], renamed: ReadonlyMap<string, string>): string {
  return text(payments, rows, renamed);
}

/** What patients paid, by claim: the sum of it in cents. */
export function paidByPatients(rows: readonly Payment[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { by, claim, cents } of rows) if (by === 'Client') sums[claim] = (sums[claim] ?? 0) + cents;
  return sums;
}
