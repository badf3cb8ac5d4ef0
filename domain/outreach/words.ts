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
  'exercise.reminder',
  'exercise.milestone',
  'discharge.notice',
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
