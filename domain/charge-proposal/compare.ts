// Where what was charged and what was captured of a day differ: codes and units, for a biller to look at.

interface CodeUnits {
  readonly code: string;
  /** null: not told. */
  readonly units: number | null;
}

export interface ChargeDifference {
  readonly code: string;
  /** null: not told; absent codes are 0. */
  readonly captured: number | null;
  readonly charged: number | null;
}

/** Codes of which the units differ; unknown units are no difference by themselves. */
export function chargeDifferences(
  captured: readonly CodeUnits[],
  charged: readonly CodeUnits[],
): readonly ChargeDifference[] {
  const codes = [...new Set([...captured, ...charged].map(({ code }) => code))].sort();
  return codes.flatMap((code) => {
    const [own, other] = [sumOf(captured, code), sumOf(charged, code)];
    return own === null || other === null || own === other ? [] : [{ code, captured: own, charged: other }];
  });
}

function sumOf(rows: readonly CodeUnits[], code: string): number | null {
  return rows
    .filter((row) => row.code === code)
    .reduce<number | null>((sum, { units }) => (sum === null || units === null ? null : sum + units), 0);
}
