// The clocks every machine reads: instants from instants and dates, and the pauses that hang on no payer. Pure.

/** An instant, ISO 8601 in UTC. */
export type Instant = string;

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A doubtful sending is inquired about so often, so far apart, before a person is asked. */
export const inquiriesBeforePerson = 3;
const inquiryPauseMs = 15 * 60_000;
/** A call the server refused for good, and an assessment that does not come, are tried again after this pause. */
export const refusedCallPauseMs = hourMs;
/** Dates have no hour and the domain no clinic's zone: 17:00 UTC is within the day of every US zone. */
const withinTheDay = 'T17:00:00.000Z';
/** Clocks of a person's machine and of the server may differ by so much. */
const clockSkewMs = 5 * 60_000;

/** `at` plus milliseconds, as an instant. */
export function after(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString();
}

/** A date as an instant within that day. */
export function withinDay(date: string): Instant {
  return date + withinTheDay;
}

/** A date or an instant named by a person, as an instant not before `at`. */
export function untilInstant(until: string, at: Instant): Instant {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(until) ? withinDay(until) : until;
  const ms = Date.parse(instant);
  return Number.isNaN(ms) || ms <= Date.parse(at) ? after(at, dayMs) : new Date(ms).toISOString();
}

/** When to inquire again about a sending whose fate is unknown. */
export function nextInquiry(at: Instant): Instant {
  return after(at, inquiryPauseMs);
}

/** The first of some instants; null: there is none. */
export function earliest(times: readonly (Instant | null)[]): Instant | null {
  let first: Instant | null = null;
  for (const time of times) if (time !== null && (first === null || time < first)) first = time;
  return first;
}

/** `true` if something is said to have happened at an instant that has not come yet at `now`. */
export function liesAhead(instant: Instant, now: Instant): boolean {
  return Date.parse(instant) > Date.parse(now) + clockSkewMs;
}
