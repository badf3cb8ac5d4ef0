// When a patient may be reached: the clock where they are, in every zone in which they may be.
import { addDays } from '../calendar.ts';
import { instantOf, localTime } from '../zoned-time.ts';

/** Clock times "HH:MM"; `from` may be later than `to`: then the quiet goes over midnight. */
export interface Quiet {
  readonly from: string;
  readonly to: string;
}

/** How far ahead the next moment is looked for: the nights of several zones overlap after three at the latest. */
const mostSteps = 12;

/**
 * The zones a patient may be in: the one they named, else those of the state they live in, else the clinic's.
 * @param of.named IANA zone, null when nobody named one
 * @param of.state two letters, null when no address is known
 */
export function zonesOf(
  states: Readonly<Record<string, readonly string[]>>,
  of: { readonly named: string | null; readonly state: string | null; readonly clinic: string },
): readonly string[] {
  if (of.named !== null) return [of.named];
  const state = of.state?.trim().toUpperCase() ?? '';
  return states[state] ?? [of.clinic];
}

function isQuietAt(clock: string, { from, to }: Quiet): boolean {
  return from <= to ? clock >= from && clock < to : clock >= from || clock < to;
}

/** The instant at which quiet ends in this zone, if it is quiet there at `instant`; else null. */
function quietUntil(instant: string, zone: string, quiet: Quiet): string | null {
  const [day = '', clock = ''] = localTime(new Date(instant), zone).split('T');
  if (!isQuietAt(clock, quiet)) return null;
  const ends = clock < quiet.to ? day : addDays(day, 1);
  const end = instantOf(`${ends}T${quiet.to}`, zone);
  // Where the clocks are put forward over the end of quiet, the next full hour after it serves.
  return end !== null && end > instant ? end : new Date(Date.parse(instant) + 3_600_000).toISOString();
}

/**
 * The first instant, now or later, at which it is quiet in none of the zones; null if there is none within the next days.
 * @param instant ISO UTC
 */
export function nextAllowed(instant: string, zones: readonly string[], quiet: Quiet): string | null {
  let at = instant;
  for (let step = 0; step < mostSteps; step += 1) {
    const ends = zones.map((zone) => quietUntil(at, zone, quiet)).filter((end) => end !== null);
    if (ends.length === 0) return at;
    at = ends.reduce((latest, end) => (end > latest ? end : latest));
  }
  return null;
}
