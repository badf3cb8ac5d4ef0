// The ways a language model goes wrong about a sentence, done on purpose.
export const lies = ['number', 'side', 'finding', 'negation', 'drop', 'date', 'leak'] as const;
/** How it fails to answer at all. */
export const failures = ['junk', 'prose', 'unknownIds', 'hang', 'fail', 'refuse', 'redirect'] as const;

export type Lie = (typeof lies)[number];

/** The sentence with a lie in it; the sentence itself where it holds nothing to lie about. */
export function lied(text: string, lie: Lie): string {
  switch (lie) {
    case 'number':
      return text.replace(/\d+/, (number) => String(Number(number) + 1));
    case 'side':
      return text.replace(/\b(?:left|right)\b/i, (side) => (side.toLowerCase() === 'left' ? 'right' : 'left'));
    case 'finding':
      return text.replace(/\.$/, ' and the patient reported dizziness.');
    case 'negation':
      return text.replace(/\b(?:no|not|denies|denied|without)\b ?/i, '');
    case 'drop':
      return text.replace(/[,;][^,;]*\d[^,;]*(?=[.,;])/, '');
    case 'date':
      return text.replace(/\b\d{2}\/(\d{2})\/\d{4}\b/, (date, day: string) =>
        date.replace(`/${day}/`, `/${day === '01' ? '02' : '01'}/`),
      );
    case 'leak':
      return text.replace(/\.$/, ' (Maria Lopez, 555-555-0142).');
  }
}

/** The sentence in other words that claim the same. */
export function honest(text: string): string {
  const plain = text.replace(/\bThe patient\b/g, 'Patient').replace(/ and /, ', and ');
  return plain === text ? text.replace(/, /, ' and ') : plain;
}
