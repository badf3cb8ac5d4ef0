// Texts that a field holds as one line, separated by commas.

/** The parts of a line, without blanks around them and without empty ones. */
export function textList(value: unknown): string[] {
  return (typeof value === 'string' ? value.split(',') : [])
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
