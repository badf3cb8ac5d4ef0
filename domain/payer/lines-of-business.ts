// The lines of business Gait tells apart, because the time a payer has to answer hangs on them.

/** `medicaid` and `chip` are fee for service; `marketplace` is a qualified health plan on a federal exchange. */
export const linesOfBusiness = [
  'medicare',
  'medicareAdvantage',
  'medicaid',
  'medicaidManagedCare',
  'chip',
  'chipManagedCare',
  'marketplace',
  'commercial',
  'workersCompensation',
  'auto',
  'unknown',
] as const;

export type LineOfBusiness = (typeof linesOfBusiness)[number];
