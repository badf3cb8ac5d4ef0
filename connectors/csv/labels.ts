// Labels of columns and words in cells, as people write them.

/** Letters and digits with single blanks between them: nothing to take off. */
const plain = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;

/** How labels and words are compared: case, accents of punctuation and repeated blanks do not count. */
export function normalized(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#%]+/gu, ' ')
    .trim();
}
