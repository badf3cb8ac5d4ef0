// How far the confirmation of a visit has come, and what the front desk does next; what nobody asked nobody knows.
import type { AppointmentStatus } from '../appointment/schema.ts';
import type { Ending, Way } from './course.ts';
import { keptBackInWords, ruleInWords } from './kept-back.ts';

/** What is known of the reminder of one visit. */
export interface ReminderOf {
  readonly status: AppointmentStatus;
  /** ISO UTC; null: the system tells no time. */
  readonly startsAt: string | null;
  /** Null: no reminder was written. */
  readonly reminder: {
    readonly ways: readonly Pick<Way, 'state' | 'reason'>[];
    /** Null: it is under way. */
    readonly ending: Ending | null;
    readonly rule: string | null;
    readonly answer: string | null;
  } | null;
  /** The newest call about it; null: none was asked for. */
  readonly call: { readonly isOpen: boolean; readonly decision: string | null } | null;
}

export const confirmationStates = [
  'came',
  'missed',
  'confirmed',
  'cannotCome',
  'anotherTime',
  'noAnswer',
  'underWay',
  'toCall',
  'called',
  'notReached',
  'notYet',
  'notAsked',
] as const;
export type ConfirmationState = (typeof confirmationStates)[number];

export interface Confirmation {
  readonly state: ConfirmationState;
  readonly words: string;
  /** Null: nothing. */
  readonly toDo: string | null;
}

const told = (state: ConfirmationState, words: string, toDo: string | null = null): Confirmation => ({
  state,
  words,
  toDo,
});

const answers: Readonly<Record<string, Confirmation>> = {
  yes: told('confirmed', 'confirmed'),
  no: told('cannotCome', 'cannot come', 'Cancel it in the schedule and find another time'),
  reschedule: told('anotherTime', 'asks for another time', 'Find another time; the visit stays until you move it'),
};

const calls: Readonly<Record<string, Confirmation>> = {
  reached: told('called', 'reached by telephone'),
  leftWord: told('called', 'word was left, no answer yet', 'Call again if nothing comes'),
  notReached: told('notReached', 'not reached by telephone', 'Try once more before the visit'),
  wrongNumber: told('notReached', 'the number is wrong', 'Correct the number in the PT system'),
  wantsNone: told('called', 'wants no messages'),
  notNeeded: told('called', 'no call was needed'),
};

const endings: Readonly<Record<Exclude<Ending, 'callList'>, Confirmation>> = {
  delivered: told('noAnswer', 'reminded, no answer yet'),
  sent: told('noAnswer', 'reminder sent, no answer yet'),
  unreached: told('notReached', 'not reached', 'Call the patient'),
  withdrawn: told('notAsked', 'the reminder was withdrawn', 'Call if the visit still holds'),
  shadow: told('notAsked', 'rehearsed, nothing was sent', 'Call: the messages are in rehearsal'),
};

/**
 * Answers go before calls, calls before what became of the message.
 * @param of.now ISO UTC
 * @param of.reminderHours hours before a visit from which its reminder goes
 */
export function confirmationOf(
  { status, startsAt, reminder, call }: ReminderOf,
  { now, reminderHours }: { readonly now: string; readonly reminderHours: number },
): Confirmation {
  if (status === 'arrived') return told('came', 'is here or was seen');
  if (status === 'missed') return told('missed', 'did not come', 'Book the visit anew');
  if (reminder === null) {
    const isAhead = startsAt !== null && Date.parse(startsAt) - Date.parse(now) > reminderHours * 3_600_000;
    if (isAhead) return told('notYet', `is reminded ${reminderHours} hours before`);
    return told('notAsked', 'unknown: nobody was asked', 'Call, or see whether the flow of reminders is published');
  }
  const answer = reminder.answer === null ? undefined : answers[reminder.answer];
  if (answer !== undefined) return answer;
  if (call !== null && !call.isOpen) {
    const outcome = calls[call.decision ?? ''];
    if (outcome !== undefined) return outcome;
  }
  const { ending, ways, rule } = reminder;
  if (ending === null) {
    const why = ruleInWords(rule);
    return told('underWay', why === null ? 'reminder under way' : `reminder waits: ${why}`);
  }
  if (ending !== 'callList') return endings[ending];
  return told('toCall', `on the call list: ${keptBackInWords(ways, rule)}`, 'Call the patient');
}
