// Clock times of a clinic, which a person reads and types, as instants and back.
/** "2026-05-12T09:30" as the clock of `zone` shows it at an instant. */
export function localTime(instant: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant (ISO UTC) at which the clock of `zone` shows `local`; null when `local` is no date and time. */
export function instantOf(local: string, zone: string): string | null {
  const wanted = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN;
  if (Number.isNaN(wanted)) return null;
  // Two rounds settle the offset also beside a change of clocks.
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${localTime(new Date(guess), zone)}:00Z`);
    guess += wanted - shown;
  }
  return new Date(guess).toISOString();
}
