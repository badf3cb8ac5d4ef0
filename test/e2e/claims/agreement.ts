// Whether Gait, the clearinghouse and the payers tell the same of every claim: how often it was sent, where it is, and every cent.
import { json, list } from '../../../runtime/demo/surfaces.ts';
import type { ClaimsClinic, Known } from './clinic.ts';
import { isSettled } from './staff.ts';

/** Cents over all claims that were approved: the charge is what was paid, adjusted, left to patients and is open. */
export interface Money {
  readonly chargeCents: number;
  readonly paidCents: number;
  readonly adjustedCents: number;
  readonly patientCents: number;
  readonly openCents: number;
  /** The same payments by the simulated payers' own journal. */
  readonly paidByPayersCents: number;
}

/** Claims that the clearinghouse has more or less often than they are known to have left. */
export async function doubled(clinic: ClaimsClinic, claims: readonly Known[]): Promise<string[]> {
  const taken = await clinic.taken();
  const left = await clinic.leftByClaim();
  return claims.flatMap(({ claim, number }) => {
    const [here, there] = [left.get(claim) ?? 0, taken.get(number) ?? 0];
    return here === there ? [] : [`${claim}: ${there} at the clearinghouse, ${here} here`];
  });
}

/** Approved claims that are nowhere: neither with the payer, nor closed, nor in the hands of a person. */
export async function lost(clinic: ClaimsClinic, approved: readonly Known[]): Promise<string[]> {
  const standings = await clinic.standings();
  return approved.flatMap(({ claim }) => {
    const one = standings.get(claim);
    return one !== undefined && isSettled(one) ? [] : [`${claim} ${one?.state ?? 'new'}`];
  });
}

/** The books of these claims, and which of them do not add up or say another payment than the payers do. */
export async function moneyOf(
  clinic: ClaimsClinic,
  approved: readonly Known[],
): Promise<{ readonly money: Money; readonly wrong: readonly string[] }> {
  const held = await clinic.held();
  const wrong: string[] = [];
  let money = { chargeCents: 0, paidCents: 0, adjustedCents: 0, patientCents: 0, openCents: 0, paidByPayersCents: 0 };
  for (const { claim, number } of approved) {
    const books = await clinic.books(claim);
    const cents = (name: string): number => Number(books[name] ?? 0);
    const [charge, paid, adjusted] = [cents('chargeCents'), cents('paidCents'), cents('adjustedCents')];
    const [patient, open] = [cents('patientCents'), cents('openCents')];
    const theirs = held
      .filter((one) => one.number === number && !one.isReplaced)
      .reduce((sum, one) => sum + one.paidCents, 0);
    if (paid !== theirs || paid + adjusted + patient + open !== charge)
      wrong.push(`${claim}: ${charge} = ${paid} + ${adjusted} + ${patient} + ${open}; the payer paid ${theirs}`);
    money = {
      chargeCents: money.chargeCents + charge,
      paidCents: money.paidCents + paid,
      adjustedCents: money.adjustedCents + adjusted,
      patientCents: money.patientCents + patient,
      openCents: money.openCents + open,
      paidByPayersCents: money.paidByPayersCents + theirs,
    };
  }
  return { money, wrong };
}

/** Remittances that are not posted, or whose parts do not come to the payment. */
export async function remittancesWrong({ biller }: ClaimsClinic): Promise<string[]> {
  const { remittances } = await biller.get('/v1/console/remittances?limit=200');
  const wrong: string[] = [];
  for (const { remittance, amountCents, state } of list(remittances)) {
    const { totals } = await biller.get(`/v1/console/remittances/${String(remittance)}`);
    const { claimsCents, providerCents, notPostedCents } = json(totals);
    const sum = Number(claimsCents) + Number(providerCents) + Number(notPostedCents);
    if (state !== 'posted' || sum !== amountCents)
      wrong.push(`${String(remittance)} ${String(state)}: ${sum} of ${String(amountCents)}`);
  }
  return wrong;
}
