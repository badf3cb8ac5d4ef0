// Resolves the terms of a claim: Gait's defaults, the regulation of its line of business, then what the clinic's contract says.
import type { LineOfBusiness } from '../payer/lines-of-business.ts';
import type { ClaimTermSettings, ClaimTermValues, ClaimTermsBook } from './terms-schema.ts';

/** What holds for one claim, and the citation of each term that a regulation sets; the others are the clinic's or Gait's own. */
export interface ClaimTerms extends ClaimTermValues {
  readonly citations: Readonly<Partial<Record<keyof ClaimTermValues, string>>>;
}

/**
 * @param of `on` is the day the claim is sent or decided about, `YYYY-MM-DD`; `contract` is what clinic and payer agreed
 */
export function resolveClaimTerms(
  book: ClaimTermsBook,
  of: { readonly lineOfBusiness: LineOfBusiness; readonly on: string; readonly contract?: ClaimTermSettings },
): ClaimTerms {
  const { lineOfBusiness, on, contract = {} } = of;
  const rows = book.rows.filter(
    (row) =>
      row.lineOfBusiness === lineOfBusiness &&
      row.effectiveFrom <= on &&
      (row.effectiveTo === null || on <= row.effectiveTo),
  );
  let settings: ClaimTermValues = book.defaults.settings;
  let citations: ClaimTerms['citations'] = {};
  for (const row of rows) {
    settings = { ...settings, ...row.settings };
    citations = {
      ...citations,
      ...Object.fromEntries(Object.keys(row.settings).map((setting) => [setting, row.citation])),
    };
  }
  const agreed = new Set(Object.keys(contract));
  const cited = Object.fromEntries(Object.entries(citations).filter(([setting]) => !agreed.has(setting)));
  return { ...settings, ...contract, citations: cited };
}
