// Which of several dated rows of rule data is in force on a day.
import { GaitError } from '../errors.ts';

/**
 * The row in force on a day; the later one where two are.
 * @param about what the rows are of, as the refusal says it: `scheduling` for those of `rules/scheduling`
 * @throws GaitError `input.invalid` where none is
 */
export function ruleOn<
  Row extends { readonly effectiveFrom: string; readonly effectiveTo?: string | null | undefined },
>(rows: readonly Row[], date: string, about = 'scheduling'): Row {
  const inForce = rows.filter((row) => row.effectiveFrom <= date && (row.effectiveTo ?? date) >= date);
  const [row] = inForce.sort((one, other) => (one.effectiveFrom < other.effectiveFrom ? 1 : -1));
  if (row === undefined)
    throw new GaitError('input.invalid', `No ${about} rule is in force on ${date}`, {
      fix: `Add a dated row under rules/${about}`,
    });
  return row;
}
