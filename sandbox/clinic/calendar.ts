// Calendar dates as `YYYY-MM-DD` texts: adding days and finding Mondays.

const dayMilliseconds = 86_400_000;

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10);
}

/** The Monday of the week that holds `date`. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

/** Throws an Error with one sentence when `date` is no calendar date. */
export function checkedDate(date: string): string {
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || !parsed.toISOString().startsWith(date) || date.length !== 10) {
    throw new Error('The date must be written YYYY-MM-DD.');
  }
  return date;
}
