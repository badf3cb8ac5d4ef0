// Sentences that go into the record in the speaker's own words: what the patient said, education, assessment, plan.
import type { Recorded } from './record.ts';
import type { Sentence } from './sentence.ts';
import { tokensOf } from './tokens.ts';
import type { Span, Token } from './tokens.ts';

const who = new Set(['patient', 'pt', 'she', 'he', 'client', 'they']);
const says = new Set([
  'report',
  'reported',
  'state',
  'stated',
  'say',
  'said',
  'complain',
  'denie',
  'denied',
  'note',
  'feel',
  'describe',
  'endorse',
]);
const assesses = new Set([
  'tolerated',
  'demonstrate',
  'demonstrated',
  'progressing',
  'present',
  'benefit',
  'respond',
  'responded',
]);
const teaches = new Set(['educated', 'instructed', 'taught', 'education', 'reviewed']);

type Section = 'subjective' | 'assessment' | 'plan' | 'education';

/** Puts a sentence under its heading, where it has one. */
export function sectionOf(recorded: Recorded, { tokens }: Sentence, text: string): void {
  const section = headingOf(tokens);
  if (section === null) return;
  const span = { from: Math.min(...tokens.map(({ from }) => from)), to: Math.max(...tokens.map(({ to }) => to)) };
  const words = wordsOf(tokens, text, span);
  const { session } = recorded;
  if (section === 'subjective')
    session.subjective.words = recorded.words('/subjective/words', session.subjective.words, words, span);
  else if (section === 'education') {
    recorded.words(`/education/${session.education.length}`, null, words, span);
    session.education.push(words);
  } else session[section] = recorded.words(`/${section}`, session[section], words, span);
}

function headingOf(tokens: readonly Token[]): Section | null {
  const [first, second, third] = [0, 1, 2].map((at) => tokens[at]?.word ?? '');
  if (first === 'assessment') return 'assessment';
  if (first === 'plan' || first === 'will' || (first === 'continue' && tokens.length > 2)) return 'plan';
  if (first === 'next' && (second === 'visit' || second === 'session')) return 'plan';
  if (tokens.slice(0, 4).some(({ word }) => teaches.has(word))) return 'education';
  const subject = who.has(first ?? '');
  if (first === 'subjective' || (subject && (says.has(second ?? '') || says.has(third ?? ''))) || says.has(first ?? ''))
    return 'subjective';
  if ((subject && tokens.slice(1, 4).some(({ word }) => assesses.has(word))) || first === 'tolerated')
    return 'assessment';
  return null;
}

/** As written; where something was taken back, as it is meant. */
export function wordsOf(tokens: readonly Token[], text: string, { from, to }: Span): string {
  const written = text.slice(from, to);
  if (tokensOf(written).length === tokens.length) return written;
  return tokens.map((token) => token.text).join(' ');
}
