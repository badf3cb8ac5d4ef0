// Finds the service line of a claim that a line of a remittance is about.
import type { ClaimLine } from '../claim/line-schema.ts';
import type { RemittanceLine } from '../claim/remittance.ts';

/**
 * By our control number (REF*6R), else by code, day, modifiers and charge as far as they tell lines apart; each line once.
 * @returns for each line of the remittance the claim's line, or null
 */
export function matchLines(said: readonly RemittanceLine[], lines: readonly ClaimLine[]): (ClaimLine | null)[] {
  const taken = new Set<number>();
  const take = (line: ClaimLine | null): ClaimLine | null => {
    if (line !== null) taken.add(line.number);
    return line;
  };
  const numbered = said.map(({ controlNumber }) => {
    const same = lines.filter((line) => controlNumber !== null && line.controlNumber === controlNumber);
    return same.length === 1 ? take(same[0] ?? null) : null;
  });
  return said.map((line, index) => {
    const known = numbered[index] ?? null;
    if (known !== null) return known;
    return take(
      alike(
        line,
        lines.filter(({ number }) => !taken.has(number)),
      ),
    );
  });
}

/** The first of the lines that cannot be told from it; two that are alike in all of it stand for each other. */
function alike(said: RemittanceLine, lines: readonly ClaimLine[]): ClaimLine | null {
  const billed = said.submittedProcedure ?? said.procedure;
  if (billed === null) return null;
  const days = said.dates
    .filter(({ qualifier }) => qualifier === '472' || qualifier === '150')
    .map(({ date }) => date)
    .filter((date) => date !== null);
  const same = lines.filter(
    ({ procedure, from }) =>
      procedure?.code === billed.value && (days.length === 0 || from === null || days.includes(from)),
  );
  const charge = said.chargeCents === null ? null : Math.abs(said.chargeCents);
  const modifiers = [...billed.modifiers].sort().join(' ');
  const closer = [
    (line: ClaimLine) => [...(line.procedure?.modifiers ?? [])].sort().join(' ') === modifiers,
    (line: ClaimLine) => line.chargeCents === charge,
  ].reduce((left, fits) => (left.some(fits) ? left.filter(fits) : left), same);
  return closer[0] ?? null;
}
