// An amount of money as somebody types it.

/** What to say where nothing can be read. */
export const howToTypeDollars = 'Enter dollars, such as 1250 or 12.50.';

/** "$1,250.50" → 125050; undefined for anything but an amount in dollars, with both digits of the cents or none. */
export function centsOf(text: string): number | undefined {
  const parts = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{2}))?$/.exec(text);
  if (parts?.[1] === undefined) return undefined;
  return Number(parts[1].replaceAll(',', '')) * 100 + Number(parts[2] ?? '0');
}
