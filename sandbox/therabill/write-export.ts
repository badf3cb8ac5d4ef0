// Writes what the synthetic clinic exports from its Therabill into the folders of a connection: claims, clients and payments.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { billingOf, medicarePatients } from '../clinic/billing/generate.ts';
import { claimFileText } from '../clinic/billing/write.ts';
import { generateClinic } from '../clinic/generate.ts';
import type { TherabillFault } from './faults.ts';
import { clientsText, ownLabels, paidByPatients, paymentsOf, paymentsText } from './tables.ts';

export interface ExportOptions {
  readonly folder: string;
  readonly seed: number;
  readonly today: string;
  readonly canary: string | null;
  readonly fault: TherabillFault | null;
  readonly perFile: number;
  /** So many claims; all when absent. */
  readonly claims: number | null;
}

export interface WrittenExport {
  readonly claims: readonly string[];
  readonly clients: readonly string[];
  readonly payments: readonly string[];
  /** What a connection needs to read the tables. */
  readonly labels: typeof ownLabels;
  /** What patients paid by claim, in cents. */
  readonly paidByPatients: Readonly<Record<string, number>>;
}

const renamed: ReadonlyMap<string, string> = new Map([
  ['Amount', 'Total Collected'],
  ['Carrier', 'Insurer of record'],
]);

/** The bytes of a table; Windows-1252 is written for the characters it shares with Latin-1. */
function bytesOf(text: string, fault: TherabillFault | null): Buffer {
  return fault === 'windows1252' ? Buffer.from(text, 'latin1') : Buffer.from(text, 'utf8');
}

/** A column at the end of every line. */
function withColumn(text: string): string {
  return text.replaceAll('\r\n', ',x\r\n').replace(/,x\r\n/, ',Custom Field 1\r\n');
}

export function writeTherabillExport(options: ExportOptions): WrittenExport {
  const { folder, seed, today, canary, fault, perFile } = options;
  const clinic = generateClinic({ seed, today, canary, medicare: medicarePatients });
  const billing = billingOf(clinic, canary);
  const billed = billing.claims.slice(0, options.claims ?? undefined);
  const payments = paymentsOf(billed, seed);
  const labels = fault === 'renamedLabel' ? renamed : new Map<string, string>();
  const table = (text: string): Buffer => bytesOf(fault === 'unknownColumn' ? withColumn(text) : text, fault);
  const files = Array.from({ length: Math.ceil(billed.length / perFile) }, (_, at) => {
    const some = billed.slice(at * perFile, (at + 1) * perFile).map(({ claim }) => claim);
    return [`claims_${today}_${at + 1}.837`, Buffer.from(claimFileText(some, today, at + 1))] as const;
  });
  const leave = (kind: string, named: readonly (readonly [string, Buffer])[]): string[] =>
    named.flatMap(([name, bytes]) => {
      const place = join(folder, kind);
      mkdirSync(place, { recursive: true });
      const content = fault === 'halfWritten' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
      const names = fault === 'duplicate' ? [name, name.replace(/(\.\w+)$/, ' (1)$1')] : [name];
      for (const one of names) {
        writeFileSync(join(place, `.${one}.part`), content);
        renameSync(join(place, `.${one}.part`), join(place, one));
      }
      return names;
    });
  return {
    claims: leave('claims', files),
    clients: leave('clients', [[`Clients_${today}.csv`, table(clientsText(clinic.patients, labels))]]),
    payments: leave('payments', [[`Payments_${today}.csv`, table(paymentsText(payments, labels))]]),
    labels: ownLabels,
    paidByPatients: paidByPatients(payments),
  };
}
