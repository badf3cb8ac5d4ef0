// What of a claim's charge may still be lost: open at insurance, denied, or owed by the patient. Pure.
import type { Books } from './books.ts';

interface Followed {
  /** docs/claim-states.md. */
  readonly state: string;
  readonly deniedCents: number | null;
}

const owedByPatient: readonly string[] = ['patientBalance', 'paymentPlan'];

/**
 * Cents; null: not known.
 * @param books null: nothing was posted to it
 * @param life null: nobody follows the claim
 */
export function atRiskCents(chargeCents: number | null, books: Books | null, life: Followed | null): number | null {
  if (life?.state === 'closed') return 0;
  const open = openAtInsurance(chargeCents, books);
  const denied = life?.deniedCents ?? 0;
  const patient = life !== null && owedByPatient.includes(life.state) ? (books?.patientBalanceCents ?? null) : 0;
  return open === null || patient === null ? null : Math.max(0, open) + denied + patient;
}

/** Books that contradict themselves tell no amount. */
function openAtInsurance(chargeCents: number | null, books: Books | null): number | null {
  if (books === null) return chargeCents;
  return books.standing === 'contradictory' ? null : books.openCents;
}
