// Words of dictation that no clinic adds to: sides, signs, times of a pain score, cues of reporting and denying.

const sideWords: Readonly<Record<string, string>> = {
  left: 'left',
  right: 'right',
  bilateral: 'both',
  bilaterally: 'both',
  bilat: 'both',
  both: 'both',
};

/** The side a word names; single letters count in capitals only. */
export function sideOf(word: string, text: string): string | null {
  if (text === 'L') return 'left';
  if (text === 'R') return 'right';
  return Object.hasOwn(sideWords, word) ? (sideWords[word] ?? null) : null;
}

export function isSideWord(word: string, text: string): boolean {
  return sideOf(word, text) !== null;
}

const closed: readonly (readonly [kind: ClosedKind, name: string, words: readonly string[]])[] = [
  [
    'when',
    'before',
    ['before', 'pre', 'arrival', 'initially', 'initial', 'today', 'current', 'currently', 'now', 'start'],
  ],
  ['when', 'after', ['after', 'post', 'following', 'afterward', 'end']],
  ['when', 'worst', ['worst']],
  ['when', 'best', ['best', 'least']],
  ['mode', 'active', ['active', 'arom', 'actively']],
  ['mode', 'passive', ['passive', 'prom', 'passively']],
  ['polarity', 'positive', ['positive', 'pos']],
  ['polarity', 'negative', ['negative', 'neg']],
  ['denies', 'denies', ['deny', 'denie', 'denied', 'no', 'not', 'without', 'never', 'none']],
  [
    'reports',
    'reports',
    [
      'report',
      'reported',
      'complain',
      'complained',
      'state',
      'stated',
      'has',
      'had',
      'have',
      'note',
      'noted',
      'endorse',
      'endorsed',
      'describe',
    ],
  ],
  ['turn', 'but', ['but', 'however', 'except', 'though']],
  ['gait', 'gait', ['ambulated', 'ambulation', 'ambulate', 'walked', 'walk', 'gait']],
  ['rom', 'rom', ['rom', 'arom', 'prom']],
];

export type ClosedKind = 'when' | 'mode' | 'polarity' | 'denies' | 'reports' | 'turn' | 'gait' | 'rom';

const byWord = new Map<string, { readonly kind: ClosedKind; readonly name: string }[]>();
for (const [kind, name, words] of closed)
  for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), { kind, name }]);

/** What a word is of the closed words; of "AROM" both, the mode and that it is about motion. */
export function closedWord(word: string): readonly { readonly kind: ClosedKind; readonly name: string }[] {
  return byWord.get(word) ?? [];
}

/** Words that say nothing by themselves and name no exercise. */
export const stopWords: ReadonlySet<string> = new Set(
  'a an and at with the of for on in to was is were then each per side time today patient pt performed did completed also continue continued from by using while her his their it x set rep repetition hold held second minute next plu weight ankle cuff after before using about approximately around roughly during due'.split(
    ' ',
  ),
);
