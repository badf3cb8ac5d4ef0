// The clocks of one zone, made once and read for thousands of rows: making a clock takes longer than reading it twenty times.

/** What the clocks show (calendar date, HH:MM), and the same instant in ISO UTC. */
export interface Moment {
  readonly date: string;
  readonly time: string;
  readonly startsAt: string;
}

const dayMilliseconds = 86_400_000;
const mostRemembered = 20_000;

export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  /** By day, counted in UTC: a schedule asks for the same days again and again. */
  readonly #offsets = new Map<number, number>();

  /** @param zone of the IANA list, one that exists */
  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /**
   * The instant (ISO UTC) at which the clocks show `date` and `time` (HH:MM). `null` for an hour that daylight saving skips; of an hour that
   * comes twice the first one.
   */
  instantAt(date: string, time: string): string | null {
    const wall = Date.parse(`${date}T${time}:00Z`);
    const today = Math.floor(wall / dayMilliseconds);
    const [before, after] = [this.#offsetAtStartOf(today - 1), this.#offsetAtStartOf(today + 2)];
    // No clock is moved in between.
    if (before === after) return new Date(wall - before).toISOString();
    for (const guess of [wall - before, wall - after]) {
      if (guess + this.#offsetAt(guess) === wall) return new Date(guess).toISOString();
    }
    return null;
  }

  /** What the clocks show at an instant, told with its offset (ISO 8601); null where the text is no such instant. */
  momentOf(text: string): Moment | null {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
    const at = Date.parse(text);
    if (Number.isNaN(at)) return null;
    const wall = new Date(at + this.#offsetAt(at)).toISOString();
    return { date: wall.slice(0, 10), time: wall.slice(11, 16), startsAt: new Date(at).toISOString() };
  }

  /** In milliseconds east of UTC. */
  #offsetAt(instant: number): number {
    const parts = this.#format.formatToParts(instant);
    const part = (type: string): number => Number(parts.find((found) => found.type === type)?.value);
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return wall - instant;
  }

  #offsetAtStartOf(day: number): number {
    const known = this.#offsets.get(day);
    if (known !== undefined) return known;
    const offset = this.#offsetAt(day * dayMilliseconds);
    if (this.#offsets.size >= mostRemembered) this.#offsets.clear();
    this.#offsets.set(day, offset);
    return offset;
  }
}
