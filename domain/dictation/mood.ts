// Whether a sentence tells of what was done and found today, or of a plan, an earlier visit, a goal, or what the patient is to do at home.
import type { Frame } from './frames.ts';
import type { Sentence } from './sentence.ts';
import type { Token } from './tokens.ts';

/** `taught`: exercises named in it were taught or given for home; whether they were done here it does not tell. */
export type Mood = 'today' | 'planned' | 'earlier' | 'taught';

const planned = [
  'next visit',
  'next session',
  'next time',
  'next week',
  'will',
  'plan',
  'goal',
  'recommend',
  'consider',
  'would like to',
  'is to',
];
const earlier = [
  'last visit',
  'last session',
  'last week',
  'last time',
  'last treatment',
  'previously',
  'previou visit',
  'previou session',
  'yesterday',
  'at evaluation',
  'at initial evaluation',
];
const taught = ['instructed', 'educated', 'taught', 'home exercise', 'home program', 'hep', 'for home', 'at home'];
/** "No falls since last visit" and "progressed from last visit" are of today. */
const comparing = new Set(['since', 'from', 'than', 'as', 'to']);
const present = new Set(['today', 'now', 'currently']);

/** What a sentence speaks of; a plan before all else, then the past where nothing in it is of today. */
export function moodOf({ tokens, items }: Sentence): Mood {
  if (planned.some((said) => placesOf(tokens, said).length > 0)) return 'planned';
  const past = earlier.flatMap((said) => placesOf(tokens, said));
  const isPast = past.some(
    (at) => !comparing.has(tokens[at - 1]?.word ?? '') && !items.some(({ first, end }) => at >= first && at < end),
  );
  if (isPast && !tokens.some(({ word }) => present.has(word))) return 'earlier';
  return taught.some((said) => placesOf(tokens, said).length > 0) ? 'taught' : 'today';
}

function placesOf(tokens: readonly Token[], said: string): number[] {
  const words = said.split(' ');
  return tokens.flatMap((_, at) => (words.every((word, offset) => tokens[at + offset]?.word === word) ? [at] : []));
}

const leftOut = new Set([
  'skip',
  'skipped',
  'defer',
  'deferred',
  'omitted',
  'omit',
  'cancelled',
  'canceled',
  'unable',
  'refused',
  'declined',
  'instead',
]);
const doing = new Set([
  'do',
  'done',
  'perform',
  'performed',
  'complete',
  'completed',
  'able',
  'attempt',
  'attempted',
  'given',
  'tolerate',
  'use',
  'used',
  'indicated',
]);
const nots = new Set(['not', 'didnt', 'wasnt', 'werent', 'couldnt', 'cannot', 'never', 'no']);

/** Whether it is said of a thing that it was not done: "ultrasound was not performed", "skip the treadmill", "no bridges today". */
export function wasLeftOut({ tokens, items, clauseOf }: Sentence, { anchor, clause }: Frame): boolean {
  const own = tokens.flatMap((token, at) => (clauseOf[at] === clause ? [{ ...token, at }] : []));
  if (own.some(({ word }) => leftOut.has(word)) || ['held', 'hold'].includes(tokens[anchor.first - 1]?.word ?? ''))
    return true;
  if (anchor.kind === 'exercise' && isMeasured(items, clauseOf, clause)) return true;
  return own.some(({ word, at }) => {
    if (!nots.has(word)) return false;
    const next = [1, 2, 3].map((offset) => tokens[at + offset]?.word ?? '');
    const ofDoing = word !== 'no' && next.some((one) => doing.has(one));
    const near = anchor.first > at && anchor.first - at <= 2;
    const right = near && !items.some(({ first, kind }) => first > at && first < anchor.first && kind !== 'denies');
    return ofDoing || right;
  });
}

/** "Straight leg raise to 60 degrees": how far, which no exercise has. */
function isMeasured(items: Sentence['items'], clauseOf: Sentence['clauseOf'], clause: number): boolean {
  const own = items.filter(({ first }) => clauseOf[first] === clause);
  return (
    own.some(({ kind }) => kind === 'degrees') &&
    !own.some(({ kind }) => kind === 'sets' || kind === 'repetitions' || kind === 'motion')
  );
}
