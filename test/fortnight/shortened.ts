// A story in shortened time for the real stack: every hour of it passes in seconds, and a visit begins three hours after its reminder
// is due, which is what the clinic's settings then say.
import type { Remark, Story, StoryPatient, StoryVisit } from './story.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const reminderMs = 48 * 60 * minuteMs;
/** The least that a clinic may set. */
export const shortReminderHours = 3;

/** One zone for each hour of the day, from west to east. */
const zonesOfTheWorld = [
  'Pacific/Pago_Pago',
  'Pacific/Honolulu',
  'America/Anchorage',
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Halifax',
  'America/Sao_Paulo',
  'Atlantic/South_Georgia',
  'Atlantic/Cape_Verde',
  'Europe/London',
  'Europe/Paris',
  'Europe/Athens',
  'Asia/Riyadh',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Brisbane',
  'Pacific/Guadalcanal',
  'Pacific/Auckland',
] as const;

/** A zone in which it is about `hour` o'clock now: the night has patients of its own. */
export function zoneAt(hour: number, now: Date): string {
  const away = (zone: string): number => {
    const there = Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit' }).format(now));
    return Math.abs(((there - hour + 36) % 24) - 12);
  };
  return zonesOfTheWorld.toSorted((one, other) => away(one) - away(other))[0] ?? 'Europe/London';
}

export interface Pace {
  /** When the story begins, milliseconds since 1970. */
  readonly begin: number;
  /** So long lasts one of its days. */
  readonly millisecondsADay: number;
  /** Where it is day all the time, and where it is night. */
  readonly dayZone: string;
  readonly nightZone: string;
}

/** The real moment of a moment of the story. */
export function realTime(story: Pick<Story, 'from'>, pace: Pace, instant: number): number {
  return pace.begin + ((instant - Date.parse(story.from)) / dayMs) * pace.millisecondsADay;
}

/** The same story in shortened time; who is far away has night now. */
export function shortened(story: Story, pace: Pace): Story {
  const real = (instant: string): string => new Date(realTime(story, pace, Date.parse(instant))).toISOString();
  // All visits are on one real day: who waits for a time of it has none.
  const waiting = story.waiting.map((one, index) => ({ ...one, patient: `pat_${9_001 + index}`, equipment: [] }));
  const idle = waiting.map(
    ({ patient }, index): StoryPatient => ({
      ref: patient,
      phone: `+1708555${String(1_000 + index)}`,
      email: index % 3 === 0 ? null : `w${index}@example.org`,
      named: pace.dayZone,
      state: 'IL',
      zones: [pace.dayZone],
      preferred: [],
      landline: false,
    }),
  );
  return {
    ...story,
    zone: pace.dayZone,
    from: real(story.from),
    to: real(story.to),
    patients: [...story.patients.map((one) => settled(one, pace)), ...idle],
    waiting,
    visits: story.visits.map((one) => moved(story, one, pace, real)),
    remarks: story.remarks.map((one): Remark => ({ ...one, at: real(one.at) })),
    outage: { from: real(story.outage.from), to: real(story.outage.to) },
  };
}

const farAway = ['Asia/Tokyo', 'Pacific/Honolulu'];

/** A telephone that takes no texts cannot be played by the sandbox; the other two proofs have it. */
function settled(patient: StoryPatient, { dayZone, nightZone }: Pace): StoryPatient {
  const zone = patient.zones.some((one) => farAway.includes(one)) ? nightZone : dayZone;
  return { ...patient, named: zone, zones: [zone], landline: false };
}

/** A therapist's name for each visit, of letters alone: `visit_12_0_3` is with Bc Ad. */
function nameOf(visit: string): string {
  const [, place = '', odd = '', index = ''] = visit.split('_');
  const letters = (digits: string): string =>
    [...digits].map((digit) => String.fromCharCode(97 + Number(digit))).join('');
  return `Tess${letters(place)} Ward${letters(`${odd}${index}`)}`;
}

/** Schedules know whole minutes. */
function moved(story: Story, visit: StoryVisit, pace: Pace, real: (instant: string) => string): StoryVisit {
  const due = realTime(story, pace, Date.parse(visit.start) - reminderMs);
  const start = Math.ceil((due + shortReminderHours * 60 * minuteMs) / minuteMs) * minuteMs;
  return {
    ...visit,
    // Nobody has two of these visits at once.
    therapist: nameOf(visit.ref),
    start: new Date(start).toISOString(),
    bookedAt: real(visit.bookedAt),
    cancelledAt: visit.cancelledAt === null ? null : real(visit.cancelledAt),
    missedAt: visit.missedAt === null ? null : real(visit.missedAt),
  };
}
