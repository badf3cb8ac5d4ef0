// Amounts as the Medical Network wants them: text with two decimals.

/** 12550 as `125.50`. @param cents an integer, not below zero */
export function decimal(cents: number): string {
  const text = String(cents).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
