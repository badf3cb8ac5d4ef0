// What a manager does well to look at first today: each line with its reason and where it is done. It orders attention and changes nothing.
import { dayNumber, spokenDate } from '../calendar.ts';
import type { ConfirmationState } from '../outreach/confirmation.ts';
import { compareText } from '../schedule/order.ts';
import type { AttendanceRule } from './book-schema.ts';
import type { Rebooking } from './missed.ts';

/** Instants are ISO UTC, dates `YYYY-MM-DD` in the clinic's zone. */
export interface ManagerFacts {
  readonly today: string;
  /** "Tue 10 Jun, 9:00 AM" of an instant, by the clinic's clock. */
  readonly spoken: (instant: string) => string;
  readonly rule: AttendanceRule;
  /** The clinic's share of missed visits; null: unknown. */
  readonly baseRate: number | null;
  readonly visits: readonly {
    readonly visit: string;
    readonly patient: string;
    readonly date: string;
    readonly startsAt: string | null;
    readonly risk: number | null;
    readonly from: 'model' | 'baseRate';
    readonly reasons: readonly string[];
    readonly confirmation: { readonly state: ConfirmationState; readonly words: string };
  }[];
  /** Slots ahead that nobody has. */
  readonly slots: readonly {
    readonly slot: string;
    readonly start: string;
    readonly minutes: number;
    /** Still to be asked, and asked already. */
    readonly waiting: number;
    readonly asked: number;
    readonly isOver: boolean;
  }[];
  /** What cannot stand as it is booked, with what would mend it. */
  readonly conflicts: readonly {
    readonly id: string;
    readonly date: string;
    readonly words: string;
    readonly patient: string | null;
    readonly suggestion: { readonly words: string };
  }[];
  readonly rebookings: readonly Rebooking[];
  /** Visits of a day ahead, of the whole clinic or of one therapist, against the same weekday of the weeks before. */
  readonly loads: readonly {
    readonly date: string;
    readonly therapist: string | null;
    readonly booked: number;
    /** Null: too few weeks are known. */
    readonly usual: number | null;
  }[];
}

export const recommendationKinds = ['callFirst', 'findTime', 'conflict', 'fillSlot', 'rebook', 'load'] as const;

export interface Recommendation {
  readonly kind: (typeof recommendationKinds)[number];
  readonly words: string;
  readonly why: string;
  /** Whom it is about; null: nobody in particular. */
  readonly patient: string | null;
  /** The visit, slot or item it is about; null: none. */
  readonly about: string | null;
}

/** So many of one kind; what is left is on its own page. */
const mostOfAKind = 5;
/** A day counts as uneven from this share of the usual on. */
const unevenShare = 0.25;
const leastUneven = 2;
const unconfirmed: readonly ConfirmationState[] = ['noAnswer', 'notReached', 'toCall', 'notAsked', 'called'];

/** In the order of kinds; within a kind the likeliest loss or the nearest hour first. */
export function recommendationsOf(facts: ManagerFacts): readonly Recommendation[] {
  const kinds = [callFirst, findTime, conflicting, fillSlots, rebook, uneven];
  return kinds.flatMap((ofKind) => ofKind(facts).slice(0, mostOfAKind));
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function callFirst({ visits, baseRate, rule, spoken }: ManagerFacts): Recommendation[] {
  if (baseRate === null) return [];
  const likely = visits.filter(
    ({ risk, from, confirmation }) =>
      from === 'model' &&
      risk !== null &&
      risk >= baseRate * rule.attention.timesBaseRate &&
      unconfirmed.includes(confirmation.state),
  );
  return likely
    .sort((one, other) => (other.risk ?? 0) - (one.risk ?? 0) || compareText(one.visit, other.visit))
    .map(({ visit, patient, startsAt, date, risk, reasons, confirmation }) => ({
      kind: 'callFirst',
      words: `Call about the visit of ${startsAt === null ? date : spoken(startsAt)}: ${confirmation.words}`,
      why: [`Missed with about ${percent(risk ?? 0)}, usual here ${percent(baseRate)}`, ...reasons].join('; '),
      patient,
      about: visit,
    }));
}

function findTime({ visits, spoken }: ManagerFacts): Recommendation[] {
  return visits
    .filter(({ confirmation: { state } }) => state === 'cannotCome' || state === 'anotherTime')
    .sort((one, other) => compareText(one.startsAt ?? one.date, other.startsAt ?? other.date))
    .map(({ visit, patient, startsAt, date, confirmation }) => ({
      kind: 'findTime',
      words: `Find another time for the visit of ${startsAt === null ? date : spoken(startsAt)}`,
      why: `The patient ${confirmation.words}; the hour stays taken until you move the visit`,
      patient,
      about: visit,
    }));
}

function conflicting({ conflicts, today }: ManagerFacts): Recommendation[] {
  return [...conflicts]
    .sort((one, other) => compareText(one.date, other.date) || compareText(one.id, other.id))
    .map(({ id, date, words, patient, suggestion }) => ({
      kind: 'conflict',
      words: `${spokenDate(dayNumber(date), dayNumber(today))}: ${words}`,
      why: suggestion.words,
      patient,
      about: id,
    }));
}

function fillSlots({ slots, spoken }: ManagerFacts): Recommendation[] {
  return [...slots]
    .sort((one, other) => compareText(one.start, other.start))
    .map(({ slot, start, minutes, waiting, asked, isOver }) => ({
      kind: 'fillSlot',
      words: `${spoken(start)} is free (${minutes} minutes)`,
      why: isOver
        ? `${asked} asked and nobody took it: offer it in person, or leave it free`
        : `${asked} asked so far, ${waiting} still to be asked; it is offered to one after the other`,
      patient: null,
      about: slot,
    }));
}

function rebook({ rebookings }: ManagerFacts): Recommendation[] {
  return rebookings.map(({ patient, appointment, reasons }) => ({
    kind: 'rebook',
    words: 'Book a missed visit anew',
    why: reasons.join('; '),
    patient,
    about: appointment,
  }));
}

function uneven({ loads, today }: ManagerFacts): Recommendation[] {
  return loads.flatMap(({ date, therapist, booked, usual }): Recommendation[] => {
    if (usual === null) return [];
    const difference = booked - usual;
    if (Math.abs(difference) < Math.max(leastUneven, usual * unevenShare)) return [];
    const day = spokenDate(dayNumber(date), dayNumber(today));
    const who = therapist === null ? '' : `${therapist}, `;
    return [
      {
        kind: 'load',
        words: `${who}${day}: ${booked} ${booked === 1 ? 'visit' : 'visits'} booked, ${Math.abs(difference)} ${difference < 0 ? 'fewer' : 'more'} than usual`,
        why: `${usual} is the middle of that weekday over the last weeks. ${
          difference < 0
            ? 'Offer the free hours to who waits or is behind the plan'
            : 'See who could come on another day'
        }`,
        patient: null,
        about: null,
      },
    ];
  });
}

/** The middle of some counts; null: there are too few of them. */
export function usualOf(counts: readonly number[], least = 4): number | null {
  if (counts.length < least) return null;
  const sorted = [...counts].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
