// Numbers in which dates and strength grades are compared.

/** `2026-01-31` as 20260131. */
export function dayValue(date: string): number {
  return Number(date.slice(0, 4)) * 10_000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
}

/** `4-` as 37, `4` as 40, `4+` as 43: in the order of the grades. */
export function gradeValue(grade: string): number {
  const sign = grade.endsWith('+') ? 3 : grade.endsWith('-') ? -3 : 0;
  return Number(grade.slice(0, 1)) * 10 + sign;
}
