// What a document says of how treatment was tolerated, held against the responses on record.
import type { WordClaim } from './claim-types.ts';
import { doubt, said } from './claim-types.ts';
import type { Fact } from './facts.ts';

const adverse: ReadonlySet<string> = new Set(['more pain', 'modified', 'stopped']);
const calm: ReadonlySet<string> = new Set(['well', 'less pain']);

export function checkResponse(claim: WordClaim): void {
  const { evidence, atom, context } = claim;
  const all = evidence.current.all.filter(({ kind }) => kind === 'intervention');
  const named = context.names === null ? [] : all.filter((fact) => context.names?.includes(fact));
  const about = named.length > 0 ? named : all;
  const answers = about.flatMap(({ words }) => words['response'] ?? []);
  if (!isBorne(atom.word, answers, named.length > 0, isEveryOne(claim))) {
    doubt(claim, 'negation', `The response on record is another than ${said(claim)}.`, about);
    return;
  }
  for (const fact of about) if (isTold(fact, atom.word)) evidence.told.responses.add(fact);
}

function isTold({ words }: Fact, word: string): boolean {
  return words['response'] === word || (word === 'poor' && adverse.has(words['response'] ?? ''));
}

/** "Every intervention", "all exercises": one exception is enough to make it untrue. */
function isEveryOne({ sense }: WordClaim): boolean {
  return sense.atoms.some(({ what, word }) => what === 'topic' && word === 'each');
}

function isBorne(word: string, answers: readonly string[], isNamed: boolean, isEvery: boolean): boolean {
  if (answers.length === 0) return false;
  switch (word) {
    case 'well':
      if (isNamed) return answers.some((answer) => calm.has(answer));
      return isEvery ? answers.every((answer) => calm.has(answer)) : !answers.some((answer) => adverse.has(answer));
    case 'calm':
    case 'adverse':
      return word === 'adverse'
        ? answers.some((answer) => adverse.has(answer))
        : !answers.some((answer) => adverse.has(answer));
    case 'poor':
      return answers.some((answer) => adverse.has(answer));
    default:
      return answers.includes(word);
  }
}
