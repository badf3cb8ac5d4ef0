// What a document says of how treatment was tolerated, held against the responses on record.
import type { WordClaim } from './claim-types.ts';
import { doubt, said } from './claim-types.ts';
import { ofKind } from './facts.ts';
import type { Fact } from './facts.ts';

const adverse: ReadonlySet<string> = new Set(['more pain', 'modified', 'stopped']);
const calm: ReadonlySet<string> = new Set(['well', 'less pain']);

export function checkResponse(claim: WordClaim): void {
  const { evidence, atom, context } = claim;
  const all = ofKind(evidence.current, 'intervention');
  const named = context.names === null ? [] : amongNames(all, context.names);
  const about = named.length > 0 ? named : all;
  const answers = answersOf(about);
  if (!isBorne(atom.word, answers, named.length > 0, isEveryOne(claim))) {
    doubt(claim, 'negation', `The response on record is another than ${said(claim)}.`, about);
    return;
  }
  for (const fact of about) if (isTold(fact, atom.word)) evidence.told.responses.add(fact);
}

/** Those facts that a name of the text stands for. */
export function amongNames(facts: readonly Fact[], names: readonly Fact[]): Fact[] {
  const found: Fact[] = [];
  for (const fact of facts) if (names.includes(fact)) found.push(fact);
  return found;
}

function answersOf(facts: readonly Fact[]): string[] {
  const answers: string[] = [];
  for (const { words } of facts) {
    const answer = words['response'];
    if (answer !== null && answer !== undefined) answers.push(answer);
  }
  return answers;
}

function isCalm(answer: string): boolean {
  return calm.has(answer);
}

function isAdverse(answer: string): boolean {
  return adverse.has(answer);
}

function isTold({ words }: Fact, word: string): boolean {
  return words['response'] === word || (word === 'poor' && adverse.has(words['response'] ?? ''));
}

/** "Every intervention", "all exercises": one exception is enough to make it untrue. */
function isEveryOne({ sense }: WordClaim): boolean {
  for (const { what, word } of sense.atoms) if (what === 'topic' && word === 'each') return true;
  return false;
}

function isBorne(word: string, answers: readonly string[], isNamed: boolean, isEvery: boolean): boolean {
  if (answers.length === 0) return false;
  switch (word) {
    case 'well':
      if (isNamed) return answers.some(isCalm);
      return isEvery ? answers.every(isCalm) : !answers.some(isAdverse);
    case 'calm':
    case 'adverse':
      return word === 'adverse' ? answers.some(isAdverse) : !answers.some(isAdverse);
    case 'poor':
      return answers.some(isAdverse);
    default:
      return answers.includes(word);
  }
}
