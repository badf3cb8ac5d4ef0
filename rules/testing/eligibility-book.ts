// The rule data as it ships, for the tests.
import { readFileSync } from 'node:fs';
import type { RejectRow } from '../../domain/x12/code-words.ts';
import { eligibilitySettings } from '../../domain/eligibility/settings.ts';
import type {
  EligibilityBook,
  EligibilityDefaults,
  EligibilityMeanings,
  EligibilityRule,
  EligibilitySettings,
} from '../../domain/eligibility/settings-schema.ts';

function file<Value>(path: string): Value {
  return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) as Value;
}

/** rules/rules.test.ts and rules/eligibility.test.ts check the files against their schemas. */
export const book: EligibilityBook = {
  defaults: file<EligibilityDefaults>('eligibility/defaults.json'),
  payers: file<{ rows: EligibilityRule[] }>('eligibility/payers.json').rows,
  meanings: file<EligibilityMeanings>('eligibility/meanings.json'),
  rejects: file<{ rows: RejectRow[] }>('codes/aaa.json').rows,
};

/** The settings of a payer that no row knows. */
export const defaultSettings: EligibilitySettings = eligibilitySettings(book, { payer: 'nobody', on: '2026-06-01' });
