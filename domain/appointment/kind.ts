// What kind of visit it is, from the words a PT system has for its type.
import { appointmentKinds } from './schema.ts';
import type { AppointmentKind } from './schema.ts';

/** The first that fits: a telehealth evaluation is held by video before it is anything else. */
const words: readonly (readonly [AppointmentKind, RegExp])[] = [
  [appointmentKinds[2], /\btele-?\s?(health|visit|rehab|med)|\b(virtual|video|remote|online)\b/i],
  [appointmentKinds[0], /\b(initial|new patient|ie)\b|\b(re-?)?eval(uation)?\b/i],
  [appointmentKinds[1], /\b(treat(ment)?|follow-?\s?up|visit|session|progress|daily|return|therapy|f\/u|fu|tx)\b/i],
];

/** @param type as the system writes it, null where it tells none. Null: unknown, or words that say nothing of it. */
export function appointmentKindOf(type: string | null): AppointmentKind | null {
  return type === null ? null : (words.find(([, pattern]) => pattern.test(type))?.[0] ?? null);
}
