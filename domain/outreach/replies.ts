// What a patient means by what they wrote back: sure words are acted upon, everything else is for a person to read.
import { holdsWords, plain } from './content.ts';
import { inForceOn } from '../dated-rows.ts';
import { intents } from './schema.ts';
import type { Intent, ReplyRow } from './schema.ts';

export interface ReadReply {
  /** `free`: no words that are known; a person reads it. */
  readonly intent: Intent | 'free';
  /** A word for stop stands somewhere in it: nothing more is sent until a person has read it. */
  readonly mayMeanStop: boolean;
  /** The row whose words it was, null for free text. */
  readonly row: string | null;
  /** Of the words: the answer goes back in it. Null for free text. */
  readonly language: string | null;
}

/** Courtesy around a word leaves its meaning. */
const courtesy =
  /^(?:please|pls|hi|hello|hola|por favor|gracias|thanks|thank you|thx|ty|ok|okay)\b|\b(?:please|pls|por favor|gracias|thanks|thank you|thx|ty)$/g;

/** Small letters, no accents, no punctuation at the ends or between words but apostrophes dropped. */
function words(text: string): string {
  return plain(text)
    .replace(/'/g, '')
    .replace(/[^\p{L}\p{N}\s-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function bare(text: string): string {
  const stripped = text.replace(courtesy, '').trim();
  return stripped === '' ? text : stripped;
}

/** Words that revoke come first, whatever else a text says. */
const order: readonly Intent[] = intents;
const revoking: readonly Intent[] = ['stop', 'cancel', 'wrongNumber'];

/**
 * Reads one reply. A whole text that is a known word, perhaps with courtesy around it, means what the word means; a phrase that
 * clearly revokes does so anywhere in a text; a bare word of stopping amid other words is for a person, and until then nothing
 * more is sent.
 * @param day the calendar date in the clinic's zone
 */
export function readReply(rules: readonly ReplyRow[], text: string, day: string): ReadReply {
  const rows = inForceOn(rules, day);
  const whole = words(text);
  const short = bare(whole);
  for (const intent of order)
    for (const { id, language, intents: lists } of rows)
      if (lists[intent]?.some((word) => [whole, short].includes(words(word))))
        return { intent, mayMeanStop: false, row: id, language };
  for (const intent of revoking)
    for (const { id, language, phrases } of rows)
      if (phrases?.[intent]?.some((phrase) => holdsWords(whole, words(phrase))))
        return { intent, mayMeanStop: false, row: id, language };
  const mayMeanStop = rows.some(({ intents: lists }) =>
    revoking.some((intent) => lists[intent]?.some((word) => holdsWords(whole, words(word)))),
  );
  return { intent: 'free', mayMeanStop, row: null, language: null };
}
