// The settings in force for one payer on one day: the clinic's own before the payer's row before the defaults.
import { newestInForce } from '../payer/policy.ts';
import type { EligibilityBook, EligibilitySettings, EligibilitySettingsRow } from './settings-schema.ts';

/** @param override what the clinic set for this payer; absent settings fall through */
export function eligibilitySettings(
  book: EligibilityBook,
  question: { readonly payer: string; readonly on: string },
  override: EligibilitySettingsRow = {},
): EligibilitySettings {
  const row = newestInForce(
    book.payers.filter(({ payer }) => payer === question.payer),
    question.on,
  );
  return {
    ...book.defaults.settings,
    ...row?.settings,
    ...override,
    meanings: book.meanings,
    rejects: book.rejects,
    rule: row === null ? null : { id: row.id, source: row.source, retrieved: row.retrieved },
  };
}

/** The service types of one request: one, unless the payer is known to take more. */
export function serviceTypesToAsk(
  settings: Pick<EligibilitySettings, 'serviceTypes' | 'serviceTypesPerRequest'>,
): string[] {
  return settings.serviceTypes.slice(0, settings.serviceTypesPerRequest);
}
