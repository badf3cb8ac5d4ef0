// Labels of columns and words in cells, as people write them.

/** How labels and words are compared: case, accents of punctuation and repeated blanks do not count. */
export function normalized(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#%]+/gu, ' ')
    .trim();
}
