// Which payer of a patient one is: the first, the second, the third …

/** SBR01 in the order in which payers are asked. */
const responsibilities = 'PSTABCDEFGH';

/** 1 for the first payer; null where the claim does not say. */
export function rankOf(responsibility: string | null): number | null {
  const at = responsibility === null || responsibility === '' ? -1 : responsibilities.indexOf(responsibility);
  return at < 0 ? null : at + 1;
}
