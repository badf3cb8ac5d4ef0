// What the server answers about the waitlist, and how it is said.
import type { EquityReport } from '../domain/waitlist/equity.ts';
import type { LedgerLine } from '../domain/waitlist/ledger.ts';
import type { SlotPhase } from '../domain/waitlist/offer.ts';
import type { Priority } from '../domain/waitlist/book-schema.ts';
import { clockInWords, instantInWords } from './dates.ts';

export interface Wishes {
  readonly discipline: string;
  readonly minutes: number;
  readonly therapists: readonly string[] | null;
  readonly wantedTherapist: string | null;
  readonly locations: readonly string[] | null;
  readonly equipment: readonly string[];
  /** Null: nobody asked. */
  readonly times: readonly { readonly weekday: number; readonly from: string; readonly to: string }[] | null;
  readonly noticeMinutes: number;
  readonly visitsPerWeek: number | null;
  readonly daysApart: number;
  readonly planFrom: string | null;
  readonly planTo: string | null;
}

export interface WaitingEntry {
  readonly entry: string;
  readonly patient: string;
  readonly patientName: string | null;
  readonly wishes: Wishes;
  /** In the order of the wishes; null in it: a name nobody has written. */
  readonly therapistNames: readonly (string | null)[] | null;
  readonly priority: Priority;
  /** The visit that would be moved: its instant, or its day where no time is known. */
  readonly replacesAt: string | null;
  readonly state: 'waiting' | 'paused';
  readonly waitingSince: string;
}

/** A cancelled visit that staff have yet to describe. */
export interface VisitQuestion {
  readonly workItem: string;
  readonly appointment: string;
  readonly patientName: string | null;
  readonly at: string | null;
  readonly missing: readonly string[];
}

export interface WaitingPage {
  readonly entries: readonly WaitingEntry[];
  readonly questions: readonly VisitQuestion[];
}

export interface FreedSlotLine {
  readonly slot: string;
  readonly start: string;
  readonly minutes: number;
  readonly therapist: string | null;
  readonly discipline: string;
  readonly location: string | null;
  readonly equipment: readonly string[] | null;
  readonly phase: SlotPhase;
  readonly winner: string | null;
  readonly open: readonly { readonly patientName: string | null; readonly until: string }[];
  readonly asked: number;
  readonly toAsk: number;
  /** Who may fit once staff have found out what is unknown. */
  readonly needStaff: number;
  readonly waitsUntil: string | null;
}

export type SlotLedgerLine = LedgerLine & {
  readonly patientName: string | null;
  readonly offerRef: string | null;
  readonly queued: boolean;
};

export interface SlotLedger extends FreedSlotLine {
  readonly rankedAt: string;
  readonly lines: readonly SlotLedgerLine[];
}

export interface WaitlistChoices {
  readonly patients: readonly { readonly patient: string; readonly name: string }[];
  readonly therapists: readonly {
    readonly therapist: string;
    readonly name: string | null;
    readonly disciplines: readonly string[];
  }[];
  readonly locations: readonly string[];
  readonly equipment: readonly string[];
}

export type Fairness = EquityReport & { readonly from: string; readonly slots: number };

export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export const priorityWords: Readonly<Record<Priority, string>> = {
  urgent: 'urgent',
  soon: 'soon',
  routine: 'routine',
};

/** "12 minutes left", "1 hour 5 minutes left". */
export function timeLeft(until: string, now: Date): string {
  const minutes = Math.ceil((Date.parse(until) - now.getTime()) / 60_000);
  if (minutes <= 0) return 'time is up';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const words = [
    ...(hours === 0 ? [] : [`${hours} hour${hours === 1 ? '' : 's'}`]),
    ...(rest === 0 ? [] : [`${rest} minute${rest === 1 ? '' : 's'}`]),
  ];
  return `${words.join(' ')} left`;
}

/** How a freed slot stands, for the desk. */
export function slotInWords(slot: FreedSlotLine, now: Date, zone: string): string {
  const { phase, open, winner, waitsUntil, needStaff, asked } = slot;
  switch (phase) {
    case 'held':
      return `${winner ?? 'A patient'} said yes: book it`;
    case 'booked':
      return `Booked for ${winner ?? 'a patient'}`;
    case 'takenBack':
      return 'Taken back, not offered any more';
    case 'lapsed':
      return 'Still free: too little time to ask anybody more';
    case 'exhausted':
      if (needStaff > 0) return `Still free: find out about ${needStaff} who may fit`;
      return asked === 0 ? 'Still free: nobody who waits can use it' : 'Still free: everybody who fits was asked';
    case 'offering': {
      const asking = open.map(
        ({ patientName, until }) =>
          `Asking ${patientName ?? 'a patient'} until ${clockInWords(new Date(until), zone)} (${timeLeft(until, now)})`,
      );
      if (asking.length > 0) return asking.join('; ');
      return waitsUntil === null
        ? 'The next is asked in a moment'
        : `Waits until ${instantInWords(waitsUntil, now, zone)}, then asks the next`;
    }
  }
}

/** "8:00 AM" of `08:00`. */
function clockOfDay(clock: string): string {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  const half = hours % 24 < 12 ? 'AM' : 'PM';
  return `${hours % 12 === 0 ? 12 : hours % 12}:${String(minutes).padStart(2, '0')} ${half}`;
}

/** "Mon, Wed 8:00 AM–12:00 PM"; days of the same hours stand together; or that nobody asked. */
export function timesInWords(times: Wishes['times']): string {
  if (times === null) return 'nobody asked yet';
  if (times.length === 0) return 'never';
  const byHours = Map.groupBy(times, ({ from, to }) => `${clockOfDay(from)}–${clockOfDay(to)}`);
  return [...byHours]
    .map(([hours, windows]) => {
      const days = [...new Set(windows.map(({ weekday }) => weekday))].sort();
      return `${days.length === weekdays.length ? 'every day' : days.map((day) => weekdays[day] ?? '').join(', ')} ${hours}`;
    })
    .join('; ');
}

/** What a patient needs, in one line. */
export function needsInWords({ wishes, therapistNames, replacesAt }: WaitingEntry, now: Date, zone: string): string {
  const { discipline, minutes, locations, equipment, visitsPerWeek } = wishes;
  const moved = replacesAt === null ? '' : /T/.test(replacesAt) ? instantInWords(replacesAt, now, zone) : replacesAt;
  return [
    `${discipline}, ${minutes} minutes`,
    ...(therapistNames === null
      ? []
      : [`with ${therapistNames.map((name) => name ?? 'a therapist without a name').join(' or ')}`]),
    ...(locations === null ? [] : [`at ${locations.join(' or ')}`]),
    ...(equipment.length === 0 ? [] : [`needs ${equipment.join(', ')}`]),
    ...(visitsPerWeek === null ? [] : [`${visitsPerWeek} a week`]),
    ...(replacesAt === null ? [] : [`instead of ${moved}`]),
  ].join(' · ');
}

export const groupWords = {
  channel: 'How patients are reached',
  language: 'Language',
  payerClass: 'Kind of insurance',
} as const;

const valueWords: Readonly<Record<string, string>> = {
  text: 'Text',
  email: 'E-mail',
  voice: 'Call',
  en: 'English',
  es: 'Spanish',
  medicare: 'Medicare',
  medicareAdvantage: 'Medicare Advantage',
  medicaid: 'Medicaid',
  medicaidManagedCare: 'Medicaid managed care',
  chip: 'CHIP',
  chipManagedCare: 'CHIP managed care',
  marketplace: 'Marketplace',
  commercial: 'Commercial',
  workersCompensation: 'Workers’ compensation',
  auto: 'Auto',
};

/** A group's name; unknown is a group of its own. */
export function groupValueInWords(value: string | null): string {
  return value === null ? 'Unknown' : (valueWords[value] ?? value);
}

const whole = (share: number): string => `${Math.round(share * 100)} %`;

/** "40 % (25–57 %)"; nobody to count: a dash. */
export function shareInWords(
  share: { readonly share: number; readonly low: number; readonly high: number } | null,
): string {
  return share === null ? '–' : `${whole(share.share)} (${Math.round(share.low * 100)}–${whole(share.high)})`;
}
