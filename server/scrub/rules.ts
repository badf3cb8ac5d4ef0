// The scrub rules and the tables behind them, read and compiled once: a rule that could fail later is refused here.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSONSchema } from 'json-schema-to-ts';
import type { BillingTables } from '../../domain/billing-tables/tables.ts';
import { denialRulesFileSchema } from '../../domain/claim/denial-schema.ts';
import type { DenialRow } from '../../domain/claim/denial-schema.ts';
import type { ScrubReference } from '../../domain/scrub/case.ts';
import { changesFileSchema } from '../../domain/scrub/change-schema.ts';
import type { ChangeRow } from '../../domain/scrub/change-schema.ts';
import { documentationElements } from '../../domain/scrub/chart/documentation.ts';
import { demotionFileSchema } from '../../domain/scrub/demotion-schema.ts';
import type { DemotionRow } from '../../domain/scrub/demotion-schema.ts';
import { documentationFileSchema } from '../../domain/scrub/documentation-schema.ts';
import type { DocumentationElement } from '../../domain/scrub/documentation-schema.ts';
import {
  filingCodesFileSchema,
  functionalReportingSchema,
  modifierGroupsSchema,
  progressReportsFileSchema,
} from '../../domain/scrub/reference-schema.ts';
import type {
  FilingCode,
  FunctionalReporting,
  ModifierGroups,
  ProgressReportPeriod,
} from '../../domain/scrub/reference-schema.ts';
import { profiledBook } from '../../domain/scrub/profile.ts';
import { payerProfilesFileSchema, profileOn } from '../../domain/scrub/profile-schema.ts';
import type { PayerProfile } from '../../domain/scrub/profile-schema.ts';
import { ruleBook } from '../../domain/scrub/rule-book.ts';
import type { RuleBook } from '../../domain/scrub/rule-book.ts';
import { scrubRulesFileSchema } from '../../domain/scrub/rule-schema.ts';
import type { ScrubRule, ScrubRulesFile } from '../../domain/scrub/rule-schema.ts';
import { readBillingTables } from '../billing-tables/billing-tables.ts';
import { readUnitRules } from '../billing-tables/unit-rules.ts';
import type { Validator } from '../http/validation.ts';

export interface ScrubRules {
  readonly rules: readonly ScrubRule[];
  /** The rules compiled, without any payer's own. */
  readonly book: RuleBook;
  /** The rules compiled, with those of the payer's own that hold on a day of service. */
  bookFor(payer: string, on: string): RuleBook;
  readonly tables: BillingTables;
  readonly reference: ScrubReference;
  /** What comes as data about single payers. */
  readonly payers: readonly PayerProfile[];
  /** Fixes of findings as changes of a line. */
  readonly changes: readonly ChangeRow[];
  /** When a lower severity is proposed. */
  readonly demotion: readonly DemotionRow[];
  /** What payers' reasons mean: whether a finding that stood was followed by a denial. */
  readonly denials: readonly DenialRow[];
}

const folder = join(import.meta.dirname, '../../rules/scrub');

/**
 * @param tables where the tables stand that the clinic loaded; null: the shipped rows alone
 * @throws GaitError `input.invalid` naming the file of another shape, or the rule and the place in it
 */
export async function readScrubRules(validator: Validator, tables: string | null): Promise<ScrubRules> {
  const file = <T>(name: string, schema: JSONSchema): Promise<T> => readRuleFile<T>(validator, name, schema);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const rules = (await Promise.all(names.map((name) => file<ScrubRulesFile>(name, scrubRulesFileSchema)))).flatMap(
    ({ rows }) => rows,
  );
  const [
    filingCodes,
    modifiers,
    progressReports,
    functionalReporting,
    documentation,
    payers,
    changes,
    demotion,
    denials,
    unitRules,
  ] = await Promise.all([
    file<{ rows: FilingCode[] }>('tables/filing-codes.json', filingCodesFileSchema),
    file<ModifierGroups>('tables/modifiers.json', modifierGroupsSchema),
    file<{ rows: ProgressReportPeriod[] }>('tables/progress-reports.json', progressReportsFileSchema),
    file<FunctionalReporting>('tables/functional-reporting.json', functionalReportingSchema),
    file<{ rows: DocumentationElement[] }>('tables/documentation.json', documentationFileSchema),
    file<{ rows: PayerProfile[] }>('tables/payers.json', payerProfilesFileSchema),
    file<{ rows: ChangeRow[] }>('tables/changes.json', changesFileSchema),
    file<{ rows: DemotionRow[] }>('tables/demotion.json', demotionFileSchema),
    file<{ rows: DenialRow[] }>('../claims/denials.json', denialRulesFileSchema),
    readUnitRules(validator),
  ]);
  const book = ruleBook(rules);
  const own = new Map(payers.rows.map(({ profile }) => [profile, profiledBook(rules, profile)]));
  return {
    rules,
    book,
    bookFor: (payer, on) => own.get(profileOn(payers.rows, payer, on)) ?? book,
    tables: await readBillingTables(validator, tables),
    reference: {
      filingCodes: filingCodes.rows,
      modifiers,
      progressReports: progressReports.rows,
      functionalReporting,
      documentation: documentationElements(documentation.rows),
      ...unitRules,
    },
    payers: payers.rows,
    changes: changes.rows,
    demotion: demotion.rows,
    denials: denials.rows,
  };
}

async function readRuleFile<T>(validator: Validator, name: string, schema: JSONSchema): Promise<T> {
  const value: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
  assertShape<T>(validator, schema, value, name);
  return value;
}

function assertShape<T>(validator: Validator, schema: JSONSchema, value: unknown, name: string): asserts value is T {
  validator.check(schema, value, name);
}
