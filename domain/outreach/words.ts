// The words of outreach: what a message is about, how it reaches a patient, and why it was written.

/** What a message is about: consent and caps are counted by it. `answer`: Gait replies to what the patient just wrote. */
export const categories = ['reminder', 'waitlist', 'exercise', 'payment', 'marketing', 'answer'] as const;
export type Category = (typeof categories)[number];

export const channels = ['text', 'email', 'voice'] as const;
export type Channel = (typeof channels)[number];

/** Why a message is written: its words are found by it. */
export const purposes = [
  'visit.reminder',
  'visit.booked',
  'visit.missed',
  'visit.telehealth',
  'waitlist.offer',
  'waitlist.booked',
  'waitlist.taken',
  'waitlist.ended',
  'waitlist.notEligible',
  'waitlist.declined',
  'waitlist.gone',
  'waitlist.withdrawn',
  'waitlist.notBooked',
  'exercise.reminder',
  'exercise.milestone',
  'discharge.notice',
  'discharge.fewer',
  'forms.request',
  'patient.welcome',
  'optout.confirmed',
  'reply.confirmed',
  'reply.received',
] as const;
export type Purpose = (typeof purposes)[number];

/** A text and a call reach the same telephone: who stops one of them stops both. */
export function isTelephone(channel: Channel): boolean {
  return channel !== 'email';
}

/** What START brings back: messages that Gait starts about care. Payment and marketing need a word of their own. */
export const startedAgain: readonly Category[] = ['reminder', 'waitlist', 'exercise'];

const categoryOfPurpose = {
  'visit.reminder': 'reminder',
  'visit.booked': 'reminder',
  'visit.missed': 'reminder',
  'visit.telehealth': 'reminder',
  'waitlist.offer': 'waitlist',
  'waitlist.booked': 'answer',
  'waitlist.taken': 'answer',
  'waitlist.ended': 'answer',
  'waitlist.notEligible': 'answer',
  'waitlist.declined': 'answer',
  'waitlist.gone': 'waitlist',
  'waitlist.withdrawn': 'waitlist',
  'waitlist.notBooked': 'waitlist',
  'exercise.reminder': 'exercise',
  'exercise.milestone': 'exercise',
  'discharge.notice': 'reminder',
  'discharge.fewer': 'reminder',
  'forms.request': 'reminder',
  'patient.welcome': 'reminder',
  'optout.confirmed': 'answer',
  'reply.confirmed': 'answer',
  'reply.received': 'answer',
} as const satisfies Record<Purpose, Category>;

/** By which consent and caps a message goes. */
export function categoryOf(purpose: Purpose): Category {
  return categoryOfPurpose[purpose];
}
