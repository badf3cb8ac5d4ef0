// The order of texts by their code units: the same on every machine, whatever its language.

/** Below zero: `one` comes first. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
