// The billing tables a command or the server asks: CMS's own where the clinic loaded them, else the few rows Gait ships.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSONSchema } from 'json-schema-to-ts';
import { codeTable } from '../../domain/billing-tables/codes.ts';
import type { CodesFile } from '../../domain/billing-tables/codes-schema.ts';
import { codesFileSchema } from '../../domain/billing-tables/codes-schema.ts';
import type { FeeScheduleTable } from '../../domain/billing-tables/fee-schedule.ts';
import type { MueTable } from '../../domain/billing-tables/mue.ts';
import type { PtpTable } from '../../domain/billing-tables/ptp.ts';
import type { TableKind } from '../../domain/billing-tables/table-file.ts';
import { tableKinds } from '../../domain/billing-tables/table-file.ts';
import type { BillingTables } from '../../domain/billing-tables/tables.ts';
import type { Threshold } from '../../domain/billing-tables/thresholds.ts';
import { thresholdsFileSchema } from '../../domain/billing-tables/thresholds.ts';
import type { Validator } from '../http/validation.ts';
import type { TableFile } from './table-files.ts';
import { listTableFiles, readTableFile } from './table-files.ts';

/** The rows that come with Gait. */
export const shippedTables = join(import.meta.dirname, '../../rules/billing-tables');

/** Where loaded tables stand unless a command names another folder. @param home the state folder of the checkout */
export function loadedTables(home: string): string {
  return join(home, 'tables');
}

/**
 * Reads every table. Of a kind that the clinic has loaded, the shipped rows are not used: they are a part only.
 * @param folder where the clinic's loaded tables stand; null: the shipped rows alone
 * @throws GaitError `file.unreadable` naming a file that is damaged, `input.invalid` for rule data of another shape
 */
export async function readBillingTables(validator: Validator, folder: string | null): Promise<BillingTables> {
  const shipped = await listTableFiles(validator, shippedTables);
  const loaded = folder === null ? [] : await listTableFiles(validator, folder);
  const ptp: PtpTable[] = [];
  const mue: MueTable[] = [];
  const fees: FeeScheduleTable[] = [];
  for (const kind of tableKinds)
    for (const { file } of chosen(kind, loaded, shipped)) {
      const edition = await readTableFile(validator, file);
      if (edition.kind === 'ptp') ptp.push(edition.table);
      else if (edition.kind === 'mue') mue.push(edition.table);
      else fees.push(edition.table);
    }
  return { ptp, mue, fees, codes: codeTable(await readCodes(validator)), thresholds: await readThresholds(validator) };
}

/** Of the edits the edition that began last alone is read: it holds the history, and is large. */
function chosen(kind: TableKind, loaded: readonly TableFile[], shipped: readonly TableFile[]): readonly TableFile[] {
  const own = loaded.filter(({ header }) => header.kind === kind);
  const files = own.length > 0 ? own : shipped.filter(({ header }) => header.kind === kind);
  return kind === 'ptp' ? files.slice(-1) : files;
}

/** The therapy codes of `codes.json`. */
export function readCodes(validator: Validator): Promise<CodesFile> {
  return ruleFile<CodesFile>(validator, 'codes.json', codesFileSchema);
}

async function readThresholds(validator: Validator): Promise<readonly Threshold[]> {
  return (await ruleFile<{ rows: Threshold[] }>(validator, 'kx-thresholds.json', thresholdsFileSchema)).rows;
}

/** Reads one JSON file of `rules/billing-tables`. @throws GaitError `input.invalid` naming the file of another shape */
export async function ruleFile<T>(validator: Validator, name: string, schema: JSONSchema): Promise<T> {
  const value: unknown = JSON.parse(await readFile(join(shippedTables, name), 'utf8'));
  assertShape<T>(validator, schema, value, name);
  return value;
}

function assertShape<T>(validator: Validator, schema: JSONSchema, value: unknown, name: string): asserts value is T {
  validator.check(schema, value, name);
}
