// How far a signed text is from its draft: the fewest words put in, taken out or exchanged (Levenshtein, by words).

export interface EditFigure {
  /** Id of the section. */
  readonly section: string;
  readonly draftedWords: number;
  readonly signedWords: number;
  /** Words put in, taken out or exchanged. */
  readonly changedWords: number;
}

interface Sections {
  readonly sections: readonly {
    readonly id: string;
    readonly sentences: readonly { readonly text: string }[];
  }[];
}

/** By section, in the order of the signed document; a section that only one of them has counts whole. */
export function editFigures(drafted: Sections, signed: Sections): EditFigure[] {
  const ids = new Set([...signed.sections, ...drafted.sections].map(({ id }) => id));
  return [...ids].map((section) => {
    const before = wordsOf(drafted, section);
    const after = wordsOf(signed, section);
    return {
      section,
      draftedWords: before.length,
      signedWords: after.length,
      changedWords: wordDistance(before, after),
    };
  });
}

function wordsOf({ sections }: Sections, id: string): string[] {
  const sentences = sections.find((section) => section.id === id)?.sentences ?? [];
  return sentences.flatMap(({ text }) => text.split(/\s+/).filter((word) => word !== ''));
}

/** Words that both begin and end with alike cost nothing, so that one changed word in a long section is found at once. */
export function wordDistance(before: readonly string[], after: readonly string[]): number {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > from && endAfter > from && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--;
    endAfter--;
  }
  const inner = after.slice(from, endAfter);
  let row = Array.from({ length: inner.length + 1 }, (_, at) => at);
  for (const [index, word] of before.slice(from, endBefore).entries()) {
    const next = [index + 1];
    for (const [at, other] of inner.entries())
      next.push(Math.min((next[at] ?? 0) + 1, (row[at + 1] ?? 0) + 1, (row[at] ?? 0) + (word === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
