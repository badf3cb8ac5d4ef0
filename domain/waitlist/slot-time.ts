// When a freed slot is, as an item and a table say it.

/** When the slot is, by the clinic's clock. */
export function slotTimeInWords({ start, zone }: { readonly start: string; readonly zone: string }): string {
  const words = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(start));
  return words.replace(/[\u202f\u00a0]/g, ' ');
}
