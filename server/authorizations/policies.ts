// The policy in force for a payer: the rule data that ships with Gait, under what the clinic set for itself.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GaitError } from '../../domain/errors.ts';
import type { ClaimTermSettings } from '../../domain/claim/terms-schema.ts';
import { dateInZone } from '../../domain/calendar.ts';
import type { LineOfBusiness } from '../../domain/payer/lines-of-business.ts';
import { linesOfBusiness } from '../../domain/payer/lines-of-business.ts';
import { findPayer, resolvePolicy } from '../../domain/payer/policy.ts';
import {
  payerRulesFileSchema,
  policyDefaultsSchema,
  policySettingsSchema,
  turnaroundRulesFileSchema,
} from '../../domain/payer/schema.ts';
import type {
  PayerPolicy,
  PayerRule,
  PolicyDefaults,
  PolicySettings,
  RuleBook,
  TurnaroundRule,
} from '../../domain/payer/schema.ts';
import type { Db } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';

/** A clinic's day and zone, and what it set for itself. */
export interface ClinicDay {
  readonly date: string;
  readonly zone: string;
}

/** The caller hands over its own connection: a transaction that waited for a second one would starve the pool. */
export interface Policies {
  /** The policy for one payer of this clinic on a day; `name` is the payer's name where no rule tells it. */
  policyFor(
    db: Db,
    clinic: string,
    of: { payer: string; lineOfBusiness: LineOfBusiness; on: string; name?: string },
  ): Promise<PayerPolicy>;
  /** The line of business of a payer as the clinic or the rules in force on a day tell it; `unknown` where none does. */
  lineOfBusiness(db: Db, clinic: string, payer: string, on: string): Promise<LineOfBusiness>;
  /** What the clinic's contract with a payer says of claims, over what it says under `*` for every one. */
  claimTerms(db: Db, clinic: string, payer: string): Promise<ClaimTermSettings>;
  /** The names by which the clinic's exports call payers, each with Gait's payer id. */
  payerNames(db: Db, clinic: string): Promise<Readonly<Record<string, string>>>;
  /** Today in the clinic's zone. */
  today(db: Db, clinic: string, at: Date): Promise<ClinicDay>;
}

/** Reads the rule files once, at start. Throws `input.invalid` naming the file that has another shape. */
export async function readRuleBook(
  validator: Validator,
  folder = join(import.meta.dirname, '../../rules'),
): Promise<RuleBook> {
  const payersFolder = join(folder, 'payers');
  const names = (await readdir(payersFolder)).filter((name) => name.endsWith('.json')).sort();
  const payers: PayerRule[] = [];
  for (const name of names) {
    const file: unknown = JSON.parse(await readFile(join(payersFolder, name), 'utf8'));
    assertPayerRules(validator, file, name);
    payers.push(...file.rows);
  }
  const defaults: unknown = JSON.parse(await readFile(join(folder, 'defaults', 'authorization.json'), 'utf8'));
  assertDefaults(validator, defaults);
  const text = await readFile(join(folder, 'regulations', 'prior-authorization-turnaround.json'), 'utf8');
  const turnarounds: unknown = JSON.parse(text);
  assertTurnarounds(validator, turnarounds);
  return { defaults, payers, turnarounds: turnarounds.rows };
}

function assertDefaults(validator: Validator, file: unknown): asserts file is PolicyDefaults {
  validator.check(policyDefaultsSchema, file, 'defaults');
}

function assertPayerRules(validator: Validator, file: unknown, where: string): asserts file is { rows: PayerRule[] } {
  validator.check(payerRulesFileSchema, file, where.replace(/\.json$/, ''));
}

function assertTurnarounds(validator: Validator, file: unknown): asserts file is { rows: TurnaroundRule[] } {
  validator.check(turnaroundRulesFileSchema, file, 'turnarounds');
}

export function createPolicies(needs: { readonly validator: Validator; readonly book: RuleBook }): Policies {
  const settingsOf = async (db: Db, clinic: string) => {
    const row = await db
      .selectFrom('clinics')
      .select(['timezone', 'settings'])
      .where('id', '=', clinic)
      .executeTakeFirst();
    if (row === undefined) throw new GaitError('reference.unknown', 'There is no such clinic.');
    return row;
  };
  return {
    async policyFor(db, clinic, of) {
      const { settings } = await settingsOf(db, clinic);
      const rows = settings.payers ?? [];
      const name = rows.find((row) => row.payer === of.payer)?.name ?? of.name;
      return resolvePolicy(needs.book, of, overrideFor(needs.validator, rows, of.payer), name);
    },
    async lineOfBusiness(db, clinic, payer, on) {
      const { settings } = await settingsOf(db, clinic);
      const own = settings.payers?.find((row) => row.payer === payer)?.lineOfBusiness;
      return own ?? findPayer(needs.book.payers, payer, on)?.lineOfBusiness ?? 'unknown';
    },
    async claimTerms(db, clinic, payer) {
      const { settings } = await settingsOf(db, clinic);
      const own = (id: string) => settings.payers?.find((row) => row.payer === id)?.claims ?? {};
      return { ...own('*'), ...own(payer) };
    },
    async payerNames(db, clinic) {
      const { settings } = await settingsOf(db, clinic);
      return Object.fromEntries(
        (settings.payers ?? []).flatMap(({ payer, name, exportedAs }) =>
          [...(name === undefined ? [] : [name]), ...(exportedAs ?? [])].map((text) => [text, payer]),
        ),
      );
    },
    async today(db, clinic, at) {
      const { timezone } = await settingsOf(db, clinic);
      return { date: dateInZone(at.toISOString(), timezone), zone: timezone };
    },
  };
}

/** What the clinic set for this payer, or, under the payer `*`, for every one. */
function overrideFor(
  validator: Validator,
  rows: readonly Record<string, unknown>[],
  payer: string,
): PolicySettings | null {
  const settings = (id: string): PolicySettings => {
    const row = rows.find((one) => one['payer'] === id);
    if (row === undefined) return {};
    const { payer: _payer, name: _name, lineOfBusiness: _line, exportedAs: _exported, claims: _claims, ...rest } = row;
    assertSettings(validator, rest);
    return rest;
  };
  const merged = { ...settings('*'), ...settings(payer) };
  return Object.keys(merged).length === 0 ? null : merged;
}

function assertSettings(validator: Validator, value: unknown): asserts value is PolicySettings {
  validator.check(policySettingsSchema, value, 'settings.payers');
}

/** The line of business a text names; `unknown` where it names none. */
export function lineOfBusinessOf(text: string): LineOfBusiness {
  return linesOfBusiness.find((line) => line === text) ?? 'unknown';
}
