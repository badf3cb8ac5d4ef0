// What the server answers about the visits of a day, with how far their confirmation has come.
import type { AppointmentStatus } from '../domain/appointment/schema.ts';
import type { Confirmation, ConfirmationState } from '../domain/outreach/confirmation.ts';

export interface VisitOfDay {
  readonly visit: string;
  readonly patient: string;
  readonly name: string | null;
  /** ISO UTC; null: the system tells no time. */
  readonly startsAt: string | null;
  readonly status: AppointmentStatus;
  /** The call about it; null: none was asked for. */
  readonly call: string | null;
  readonly confirmation: Confirmation;
}

export interface VisitsOfDay {
  readonly day: string;
  readonly visits: readonly VisitOfDay[];
}

export const visitStatusWords: Readonly<Record<AppointmentStatus, string>> = {
  booked: 'booked',
  arrived: 'arrived',
  cancelled: 'cancelled',
  missed: 'did not come',
};

/** How a state of confirmation is marked: what is well, what a person should look at, and what is neither. */
export const confirmationMarks: Readonly<Record<ConfirmationState, 'good' | 'warn' | 'danger' | ''>> = {
  came: 'good',
  confirmed: 'good',
  called: '',
  underWay: '',
  notYet: '',
  noAnswer: '',
  missed: 'danger',
  cannotCome: 'danger',
  anotherTime: 'warn',
  toCall: 'warn',
  notReached: 'warn',
  notAsked: 'warn',
};

const groupWords = [
  ['Confirmed', ['confirmed', 'came']],
  ['Cannot come, or another time', ['cannotCome', 'anotherTime']],
  ['No answer yet', ['noAnswer', 'underWay', 'called']],
  ['Not reached', ['toCall', 'notReached']],
  ['Not asked', ['notAsked', 'notYet']],
] as const satisfies readonly (readonly [string, readonly ConfirmationState[]])[];

/** How many visits stand where; missed ones are in none. */
export function confirmationCounts(visits: readonly VisitOfDay[]): readonly (readonly [string, number])[] {
  return groupWords.map(([words, states]) => [
    words,
    visits.filter(({ confirmation: { state } }) => states.some((one) => one === state)).length,
  ]);
}
