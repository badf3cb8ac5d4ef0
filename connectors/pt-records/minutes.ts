// How long a visit lasts where a system tells two instants instead.

const mostMinutes = 24 * 60;

/** Whole minutes from one ISO instant to another; null where one is unknown or they make no visit of up to a day. */
export function minutesBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  return minutes > 0 && minutes <= mostMinutes ? minutes : null;
}
