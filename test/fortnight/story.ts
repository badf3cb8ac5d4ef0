// One fortnight of the demo clinic, written before anything runs: who has which visit, who cancels, misses, answers and what, when
// the vendor is away. Drawn from a seed: the same seed tells the same story.
import type { Channel, Purpose } from '../../domain/outreach/words.ts';
import type { Priority } from '../../domain/waitlist/book-schema.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { addDays } from '../../sandbox/clinic/calendar.ts';
import { seededRandom } from '../../sandbox/random.ts';
import type { Random } from '../../sandbox/random.ts';

export interface StoryPatient {
  readonly ref: string;
  /** E.164; two of a household may share one. */
  readonly phone: string | null;
  readonly email: string | null;
  /** The zone they named at the desk; null: their state tells. */
  readonly named: string | null;
  readonly state: string;
  /** Every zone in which they may be, written down here: the tests do not ask the code under test. */
  readonly zones: readonly string[];
  readonly preferred: readonly Channel[];
  /** Texts to it are taken by the vendor and never arrive. */
  readonly landline: boolean;
}

export interface StoryVisit {
  readonly ref: string;
  readonly patient: string;
  readonly therapist: string;
  /** ISO UTC */
  readonly start: string;
  readonly minutes: number;
  readonly bookedAt: string;
  /** When it is cancelled in the schedule; null: never. */
  readonly cancelledAt: string | null;
  /** When the schedule says that the patient did not come; null: they came, or it was cancelled. */
  readonly missedAt: string | null;
}

export interface StoryEntry {
  readonly ref: string;
  readonly patient: string;
  readonly since: string;
  readonly priority: Priority;
  readonly equipment: readonly string[];
}

/** What a patient writes so many minutes after a message reached them, `times` times in the same moment. */
export interface Said {
  readonly afterMinutes: number;
  readonly text: string;
  readonly times: number;
}

/** Words that answer nothing that was just sent. */
export interface Remark extends Omit<Said, 'afterMinutes'> {
  readonly patient: string;
  readonly at: string;
}

export interface Story {
  readonly seed: number;
  readonly zone: string;
  /** The first and the last moment at which anything happens, ISO UTC. */
  readonly from: string;
  readonly to: string;
  readonly patients: readonly StoryPatient[];
  readonly visits: readonly StoryVisit[];
  readonly waiting: readonly StoryEntry[];
  readonly remarks: readonly Remark[];
  /** The vendor of texts and calls refuses everything. */
  readonly outage: { readonly from: string; readonly to: string };
}

export interface StoryOptions {
  readonly seed: number;
  /** Visits in all; twenty to a fortnight of one half-day therapist, 1,200 to the demo clinic. */
  readonly visits?: number;
  /** The first Monday, `YYYY-MM-DD`. By itself a fortnight in which the clocks change. */
  readonly monday?: string;
  /** Patients who share a place of the week, each with every so many-th day: two by itself. */
  readonly perPlace?: number;
}

const zone = 'America/Chicago';
const minuteMs = 60_000;
const usualVisits = 1200;
/** The clocks go back on 1 November 2026 and forward on 14 March 2027. */
const mondays = ['2026-10-26', '2027-03-08'] as const;

const at = (day: string, clock: string): number => Date.parse(instantOf(`${day}T${clock}`, zone) ?? '');
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Draws the story. Twelve places a day with each therapist: every patient comes Monday, Wednesday and Friday, or Tuesday and Thursday. */
export function fortnight({ seed, visits: wanted = usualVisits, monday, perPlace = 2 }: StoryOptions): Story {
  const random = seededRandom(seed);
  const first = monday ?? mondays[seed % mondays.length] ?? mondays[0];
  const days = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11].map((ahead) => addDays(first, ahead));
  const perDay = Math.max(1, Math.round(wanted / days.length));
  const patients: StoryPatient[] = [];
  const visits: StoryVisit[] = [];
  const outageDay = random.pick([1, 2, 3, 6, 7, 8]);
  for (let place = 0; place < perDay; place += 1) {
    // By itself one who comes on odd days and one who comes on even days share the place.
    for (let odd = 0; odd < perPlace; odd += 1) {
      const patient = patientOf(patients.length, patients.at(-1), random);
      patients.push(patient);
      days
        .filter((_, index) => index % perPlace === odd)
        .forEach((day, index) => visits.push(visitOf({ place, odd, index, day, patient: patient.ref }, random)));
    }
  }
  const from = iso(at(addDays(first, -3), '07:00'));
  const outageFrom = at(days[outageDay] ?? first, '00:00');
  return {
    seed,
    zone,
    from,
    to: iso(at(addDays(first, 13), '07:00')),
    patients,
    visits: visits.slice(0, wanted),
    waiting: waitingOf(patients, first, random),
    remarks: remarksOf(patients, days, random),
    outage: { from: iso(outageFrom), to: iso(outageFrom + 24 * 60 * minuteMs) },
  };
}

const elsewhere: readonly Pick<StoryPatient, 'named' | 'state' | 'zones'>[] = [
  { named: 'America/Los_Angeles', state: 'IL', zones: ['America/Los_Angeles'] },
  { named: 'Pacific/Honolulu', state: 'IL', zones: ['Pacific/Honolulu'] },
  { named: 'Asia/Tokyo', state: 'IL', zones: ['Asia/Tokyo'] },
  { named: null, state: 'AZ', zones: ['America/Phoenix', 'America/Denver'] },
  { named: null, state: 'TN', zones: ['America/Chicago', 'America/New_York'] },
  { named: null, state: 'HI', zones: ['Pacific/Honolulu'] },
];
const athome = { named: null, state: 'IL', zones: [zone] } as const;

function patientOf(index: number, before: StoryPatient | undefined, random: Random): StoryPatient {
  const shares = before !== undefined && before.phone !== null && random.chance(5);
  const own = `+1${312 + (index >> 13)}555${String(1000 + index).slice(-4)}`;
  const reach = random.between(0, 99);
  return {
    ref: `pat_${index + 1}`,
    phone: shares ? before.phone : reach < 4 ? null : own,
    email: reach >= 4 && reach < 30 ? null : reach < 2 ? null : `p${index + 1}@example.org`,
    ...(random.chance(15) ? random.pick(elsewhere) : athome),
    preferred: random.pick([[], [], [], ['text'], ['email'], ['voice', 'text']] as const),
    landline: random.chance(6),
  };
}

interface Place {
  readonly place: number;
  readonly odd: number;
  readonly index: number;
  readonly day: string;
  readonly patient: string;
}

function visitOf({ place, day, patient, index, odd }: Place, random: Random): StoryVisit {
  const start = at(day, clockOf(8 * 60 + (place % 12) * 45));
  const late = random.chance(5);
  const cancelled = random.chance(9);
  // 12 in a hundred of all visits are missed: of those that were not cancelled a little more.
  const missed = !cancelled && random.chance(13.2);
  return {
    ref: `visit_${place + 1}_${odd}_${index + 1}`,
    patient,
    therapist: `th_${Math.floor(place / 12) + 1}`,
    start: iso(start),
    minutes: 45,
    bookedAt: iso(start - (late ? random.between(1, 30) : random.between(100, 900)) * 60 * minuteMs),
    cancelledAt: cancelled ? iso(start - random.between(30, 60 * 60) * minuteMs) : null,
    missedAt: missed ? iso(start + 90 * minuteMs) : null,
  };
}

function waitingOf(patients: readonly StoryPatient[], first: string, random: Random): StoryEntry[] {
  const most = Math.min(100, Math.max(4, Math.round(patients.length / 2.4)));
  return Array.from({ length: most }, (_, index) => ({
    ref: `wait_${index + 1}`,
    patient: patients[(index * 2) % patients.length]?.ref ?? '',
    since: iso(at(addDays(first, -random.between(4, 30)), '12:00')),
    priority: random.pick(['urgent', 'soon', 'routine', 'routine'] as const),
    equipment: random.chance(8) ? ['pool'] : [],
  }));
}

const unasked = ['YES', 'NO', 'ok see you then', 'STOP', 'CANCEL', 'START', 'HELP', 'R', 'who is this?'] as const;

/** One in twelve patients writes out of the blue: an answer to something old, or something new. */
function remarksOf(patients: readonly StoryPatient[], days: readonly string[], random: Random): Remark[] {
  return patients
    .filter(({ phone }) => phone !== null && random.chance(8))
    .map(({ ref: patient }) => ({
      patient,
      at: iso(at(random.pick(days), clockOf(random.between(0, 24 * 60 - 1)))),
      text: random.pick(unasked),
      times: random.chance(20) ? random.between(2, 6) : 1,
    }));
}

interface Habit {
  readonly percent: number;
  readonly text: string;
  readonly within: readonly [least: number, most: number];
  readonly times?: readonly [least: number, most: number];
}

const toReminder: readonly Habit[] = [
  { percent: 50, text: 'YES', within: [2, 300] },
  { percent: 4, text: 'Yes please, thank you!', within: [2, 300] },
  { percent: 4, text: 'NO', within: [5, 600] },
  { percent: 4, text: 'R', within: [5, 600] },
  { percent: 3, text: 'I will be ten minutes late', within: [60, 2_400] },
  { percent: 2, text: 'STOP', within: [1, 60] },
  { percent: 1.5, text: 'CANCEL', within: [1, 600] },
  { percent: 1, text: 'please stop by the desk for my bag', within: [5, 600] },
  { percent: 1, text: 'I am driving and answer later.', within: [0, 0], times: [3, 9] },
  { percent: 3, text: 'YES', within: [2, 120], times: [2, 8] },
];
const toOffer: readonly Habit[] = [
  { percent: 35, text: 'YES', within: [1, 22] },
  { percent: 8, text: 'YES', within: [1, 22], times: [2, 5] },
  { percent: 15, text: 'NO', within: [1, 25] },
  { percent: 12, text: 'YES', within: [31, 90] },
  { percent: 1, text: 'STOP', within: [1, 20] },
];
const toMissed: readonly Habit[] = [
  { percent: 45, text: 'YES', within: [5, 600] },
  { percent: 5, text: 'sorry I was ill', within: [5, 600] },
  { percent: 2, text: 'STOP', within: [1, 60] },
];
const habits: Partial<Record<Purpose, readonly Habit[]>> = {
  'visit.reminder': toReminder,
  'waitlist.offer': toOffer,
  'visit.missed': toMissed,
};

/** Mixes a text into a seed: the answer to a message does not hang on what else happens. */
function seedOf(seed: number, text: string): number {
  let mixed = seed | 0;
  for (const character of text) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return mixed >>> 0;
}

/** What a patient answers to a message; null: nothing. `about` is the visit, or slot and patient of an offer. */
export function answerTo(
  { seed }: Pick<Story, 'seed'>,
  { purpose, about }: { readonly purpose: Purpose; readonly about: string },
): Said | null {
  const random = seededRandom(seedOf(seed, `${purpose}/${about}`));
  let dice = random.between(0, 999) / 10;
  for (const { percent, text, within, times = [1, 1] } of habits[purpose] ?? []) {
    dice -= percent;
    if (dice < 0)
      return { text, afterMinutes: random.between(within[0], within[1]), times: random.between(times[0], times[1]) };
  }
  return null;
}

/** Whatever else happens to what was sent, drawn for it alone: `percent` of a hundred. */
export function happens({ seed }: Pick<Story, 'seed'>, what: string, percent: number): boolean {
  return seededRandom(seedOf(seed, what)).between(0, 9_999) < percent * 100;
}
