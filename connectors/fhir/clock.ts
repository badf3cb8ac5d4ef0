// The clinic's wall clock at an instant, made once for a zone and used for thousands of appointments.

/** What the clocks of the clinic show; `startsAt` is the same instant in UTC. */
export interface WallClock {
  readonly date: string;
  readonly time: string;
  readonly startsAt: string;
}

/** Reads an ISO 8601 instant with an offset or Z; null for a text that is none. */
export type Clock = (instant: string) => WallClock | null;

/** `zone` must be one that exists. */
export function clockOf(zone: string): Clock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instant) => {
    const at = Date.parse(instant);
    if (Number.isNaN(at)) return null;
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
    return {
      date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
      time: `${part('hour')}:${part('minute')}`,
      startsAt: new Date(at).toISOString(),
    };
  };
}
