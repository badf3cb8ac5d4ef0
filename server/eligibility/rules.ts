// The rule data about eligibility: read once at start, asked for a payer and a day.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSONSchema } from 'json-schema-to-ts';
import { planServiceType } from '../../domain/eligibility/grade.ts';
import { eligibilitySettings, serviceTypesToAsk } from '../../domain/eligibility/settings.ts';
import {
  eligibilityDefaultsSchema,
  eligibilityRulesSchema,
  meaningsSchema,
} from '../../domain/eligibility/settings-schema.ts';
import type {
  EligibilityBook,
  EligibilityDefaults,
  EligibilityMeanings,
  EligibilityRule,
  EligibilitySettings,
} from '../../domain/eligibility/settings-schema.ts';
import type { TonightSettings } from '../../domain/eligibility/tonight.ts';
import { codeTableSchema, rejectTableSchema } from '../../domain/x12/code-words.ts';
import type { CodeTable, RejectRow } from '../../domain/x12/code-words.ts';
import type { Validator } from '../http/validation.ts';

/** Codes that stand in a summary, in our own words: service types, whom a contact belongs to, periods of a frequency. */
export interface SummaryWords {
  readonly serviceTypes: Readonly<Record<string, string>>;
  readonly contacts: Readonly<Record<string, string>>;
  readonly periods: Readonly<Record<string, string>>;
  /** Service types with which a limit of visits may be shared: none of a whole plan, none of a physician's visit. */
  readonly mayShareLimit: readonly string[];
}

export interface EligibilityRules {
  readonly words: SummaryWords;
  settings(payer: string, on: string): EligibilitySettings;
  serviceTypes(payer: string, on: string): readonly string[];
  tonight(payer: string, on: string): TonightSettings;
}

/** Throws `input.invalid` naming the file that has another shape. */
export async function readEligibilityRules(
  validator: Validator,
  folder = join(import.meta.dirname, '../../rules'),
): Promise<EligibilityRules> {
  const file = async <T>(name: string, schema: JSONSchema): Promise<T> => {
    const value: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
    assertShape<T>(validator, schema, value, name);
    return value;
  };
  const [defaults, payers, meanings, rejects, entities, periods] = await Promise.all([
    file<EligibilityDefaults>('eligibility/defaults.json', eligibilityDefaultsSchema),
    file<{ rows: EligibilityRule[] }>('eligibility/payers.json', eligibilityRulesSchema),
    file<EligibilityMeanings>('eligibility/meanings.json', meaningsSchema),
    file<{ rows: RejectRow[] }>('codes/aaa.json', rejectTableSchema),
    file<CodeTable>('codes/entities.json', codeTableSchema),
    file<CodeTable>('codes/benefit-periods.json', codeTableSchema),
  ]);
  const { serviceTypeWords: serviceTypes, costServiceTypes } = meanings;
  const words: SummaryWords = {
    serviceTypes,
    contacts: wordsOf(entities),
    periods: wordsOf(periods),
    mayShareLimit: Object.keys(serviceTypes).filter(
      (type) => type !== planServiceType && !costServiceTypes.includes(type),
    ),
  };
  return rulesOf({ defaults, payers: payers.rows, meanings, rejects: rejects.rows }, words);
}

function wordsOf({ rows }: CodeTable): Readonly<Record<string, string>> {
  return Object.fromEntries(rows.map(({ code, meaning }) => [code, meaning]));
}

function rulesOf(book: EligibilityBook, words: SummaryWords): EligibilityRules {
  const settings = (payer: string, on: string): EligibilitySettings => eligibilitySettings(book, { payer, on });
  return {
    words,
    settings,
    serviceTypes: (payer, on) => serviceTypesToAsk(settings(payer, on)),
    tonight(payer, on) {
      const { visitWithinDays, firstVisitWithinDays, staleAfterDays, benefitYear } = settings(payer, on);
      const benefitYearStarts = benefitYear === 'calendarYear' ? '01-01' : null;
      return { visitWithinDays, firstVisitWithinDays, staleAfterDays, benefitYearStarts };
    },
  };
}

function assertShape<T>(validator: Validator, schema: JSONSchema, value: unknown, name: string): asserts value is T {
  validator.check(schema, value, name);
}
