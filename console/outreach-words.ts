// The console's words for messages to patients: what each is about, how far it has come, what a patient wants.
import { ruleInWords } from '../domain/outreach/kept-back.ts';
import type { ConsentSource } from '../domain/outreach/consent.ts';
import type { Ending, Way } from '../domain/outreach/course.ts';
import type { Category, Channel, Purpose } from '../domain/outreach/words.ts';
import type { ShownMessage } from './outreach.ts';

export const channelWords: Readonly<Record<Channel, string>> = { text: 'Text', email: 'E-mail', voice: 'Phone call' };

export const categoryWords: Readonly<Record<Exclude<Category, 'answer'>, string>> = {
  reminder: 'Visits and reminders',
  waitlist: 'Earlier visits',
  exercise: 'Exercises',
  payment: 'Payments',
  marketing: 'News and offers',
};

export function categoryInWords(category: Category): string {
  return category === 'answer' ? 'Answers' : categoryWords[category];
}

const purposeWords: Partial<Record<Purpose, string>> = {
  'visit.reminder': 'Reminder of a visit',
  'visit.booked': 'A visit was booked',
  'visit.missed': 'A visit was missed',
  'visit.telehealth': 'How to join a video visit',
  'waitlist.offer': 'An earlier visit was offered',
  'waitlist.booked': 'The earlier visit is theirs',
  'waitlist.taken': 'The earlier visit went to somebody else',
  'exercise.reminder': 'Reminder of the exercises',
  'exercise.milestone': 'Praise for the exercises',
  'discharge.notice': 'The plan ends soon',
  'forms.request': 'Forms to fill in',
  'patient.welcome': 'Welcome',
  'optout.confirmed': 'No more messages: confirmed',
  'reply.confirmed': 'Thanks for the answer',
  'reply.received': 'Their message was received',
};

/** "visit.someThing" → "some thing" for what the table does not know yet. */
export function purposeInWords(purpose: Purpose): string {
  const last = purpose.split('.').at(-1) ?? purpose;
  return (
    purposeWords[purpose] ?? last.replace(/([a-z])([A-Z])/g, (_all, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  );
}

const endingWords: Readonly<Record<Ending, string>> = {
  delivered: 'delivered',
  sent: 'sent',
  callList: 'on the call list',
  unreached: 'not reached',
  withdrawn: 'withdrawn',
  shadow: 'rehearsed, nothing was sent',
};

const answerWords: Readonly<Record<string, string>> = {
  yes: 'they said yes',
  no: 'they said no',
  reschedule: 'they asked for another time',
};

/** How far a message has come, in words; an answer goes before what became of the sending. */
export function messageInWords({ ending, answer, rule, waitsUntil }: ShownMessage): string {
  if (answer !== null) return answerWords[answer] ?? 'answered';
  if (ending !== null) return endingWords[ending];
  if (waitsUntil === null) return 'under way';
  const why = ruleInWords(rule);
  return why === null ? 'waits' : `waits: ${why}`;
}

const stateWords: Readonly<Record<Way['state'], string>> = {
  untried: 'not tried',
  uncertain: 'perhaps sent, being asked about',
  sent: 'sent',
  delivered: 'delivered',
  failed: 'did not arrive',
  refused: 'not sent',
  shadow: 'rehearsed',
};

/** "Text: not sent, wants no messages"; "Text: did not arrive (30003)". */
export function wayInWords({ channel, state, reason }: Way): string {
  const why = ruleInWords(reason);
  const more = why !== null ? `, ${why}` : reason === null ? '' : ` (${reason})`;
  return `${channelWords[channel]}: ${stateWords[state]}${more}`;
}

const intentWords: Readonly<Record<string, string>> = {
  stop: 'Wrote STOP: gets no more messages',
  cancel: 'Wrote CANCEL: gets no more messages, the visit stays',
  wrongNumber: 'Says it is the wrong number',
  start: 'Wants messages again',
  yes: 'Said yes',
  no: 'Said no',
  reschedule: 'Asked for another time',
  help: 'Asked for help',
  free: 'Wrote something',
};

export function replyInWords(intent: string): string {
  return intentWords[intent] ?? 'Wrote something';
}

export const sourceWords: Readonly<Record<ConsentSource, string>> = {
  staff: 'said so to staff',
  intake: 'on an intake form',
  reply: 'by replying to a message',
  link: 'on the page of a message',
  vendor: 'told by the messaging vendor',
};

/** "all messages, by text and phone call". */
export function scopeInWords(of: {
  readonly categories: readonly Category[] | null;
  readonly channels: readonly Channel[] | null;
}): string {
  const what = of.categories === null ? 'all messages' : of.categories.map(categoryInWords).join(', ').toLowerCase();
  return of.channels === null
    ? what
    : `${what}, by ${of.channels.map((one) => channelWords[one].toLowerCase()).join(' and ')}`;
}

/** "34 %", "under 1 %"; null is unknown and never 0. */
export function riskInWords(risk: number | null): string {
  if (risk === null) return 'unknown';
  return risk > 0 && risk < 0.01 ? 'under 1 %' : `${Math.round(risk * 100)} %`;
}
