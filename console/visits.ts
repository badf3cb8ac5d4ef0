// What the server answers about the visits of a day, with how far their confirmation has come, and how that is said.
import type { AppointmentStatus } from '../domain/appointment/schema.ts';

export interface VisitOfDay {
  readonly visit: string;
  readonly patient: string;
  readonly name: { readonly given: string; readonly family: string } | null;
  /** ISO UTC; null: the system tells no time. */
  readonly startsAt: string | null;
  readonly status: AppointmentStatus;
  /** Null: nobody was asked to confirm. */
  readonly message: string | null;
  readonly state: string | null;
  readonly ending: string | null;
  readonly answer: string | null;
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

const answerWords: Readonly<Record<string, string>> = {
  yes: 'confirmed',
  no: 'cannot come',
  reschedule: 'asks for another time',
};

const endingWords: Readonly<Record<string, string>> = {
  delivered: 'reminded, no answer yet',
  sent: 'reminder sent, no answer yet',
  callList: 'on the call list',
  unreached: 'not reached',
  withdrawn: 'the reminder was withdrawn',
  shadow: 'rehearsed, nothing was sent',
};

/** How far the confirmation of a visit has come; where nobody asked, nobody knows. */
export function confirmationInWords({ message, answer, ending }: VisitOfDay): string {
  if (message === null) return 'unknown: nobody was asked';
  if (answer !== null) return answerWords[answer] ?? 'answered';
  return ending === null ? 'reminder under way' : (endingWords[ending] ?? 'unknown');
}
