// What the clinic's billers do with claims that came back to them: they find out what doubt hides, and have what was not taken go again.
import { awaited, json } from '../../../runtime/demo/surfaces.ts';
import type { ClaimsClinic, Known, Standing } from './clinic.ts';

/** The claims whose doubt persons settled, with which word, and those they had go again. */
export interface Worked {
  readonly toldSent: ReadonlySet<string>;
  readonly toldNotSent: ReadonlySet<string>;
  readonly again: ReadonlySet<string>;
}

/** Several people work at once. */
export async function inLanes(all: readonly Known[], work: (claim: Known) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const lane = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
}

/** With the payer, closed, or in the hands of a person: not still on its way, and not lost. */
export function isSettled({ state, kinds }: Standing): boolean {
  return !['new', 'submitting', 'uncertain'].includes(state) || kinds.length > 0;
}

/**
 * Works until each of these claims is settled. Of a sending in doubt a biller says what the clearinghouse's journal says; what came back
 * goes again once, but for `except`. A claim of which somebody said that it did not arrive is sent by its flow some minutes later: unless
 * there is time for that, nobody says it.
 */
export async function workOff(
  clinic: ClaimsClinic,
  claims: readonly Known[],
  of: { readonly seconds: number; readonly hasTime: boolean; readonly except: Known },
): Promise<Worked> {
  const worked = { toldSent: new Set<string>(), toldNotSent: new Set<string>(), again: new Set<string>() };
  let left: string[] = [];
  const round = async (): Promise<true | null> => {
    const now = await clinic.standings();
    left = [];
    for (const known of claims) {
      const { claim } = known;
      const one = now.get(claim);
      if (one === undefined) continue;
      if (one.kinds.includes('claim.uncertain')) {
        if (!(await tellDoubt(clinic, known, of.hasTime, worked))) continue;
      } else if (one.kinds.includes('claim.fix') && known !== of.except && !worked.again.has(claim)) {
        worked.again.add(claim);
        await clinic.decide(known, 'claim.fix', 'fixed');
      } else if (one.kinds.includes('claim.submit') && worked.again.has(claim))
        await clinic.decide(known, 'claim.submit', 'approve');
      else if (isSettled(one)) continue;
      left.push(`${claim} ${one.state} ${one.kinds.join()}`);
    }
    return left.length === 0 ? true : null;
  };
  await awaited('end of the sendings', of.seconds, round).catch((error: unknown) => {
    throw new Error(`${String(error)} ${left.join('; ')}`);
  });
  return worked;
}

/** A biller asks the clearinghouse and says what it said; false: nobody said anything. */
async function tellDoubt(
  clinic: ClaimsClinic,
  claim: Known,
  hasTime: boolean,
  { toldSent, toldNotSent }: { readonly toldSent: Set<string>; readonly toldNotSent: Set<string> },
): Promise<boolean> {
  const left = (await clinic.leftByClaim()).get(claim.claim) ?? 0;
  const wasSent = ((await clinic.taken()).get(claim.number) ?? 0) > left;
  if (!wasSent && !hasTime) return false;
  const outcome = wasSent ? { outcome: { confirmation: null } } : {};
  await clinic.decide(claim, 'claim.uncertain', wasSent ? 'wasSent' : 'wasNotSent', outcome);
  (wasSent ? toldSent : toldNotSent).add(claim.claim);
  return true;
}

/** Remittances that are not posted by themselves, as the second part of a payment in two files, are looked into and posted. */
export async function postHeld(clinic: ClaimsClinic): Promise<number> {
  const items = await clinic.rows<{ id: string }>(
    `select id from work_items where kind = 'remittance.unbalanced' and status = 'open'`,
  );
  for (const { id } of items) await clinic.decideOn(id, 'postAnyway', { reason: 'The second file of one payment.' });
  return items.length;
}

/** An appeal whose letter has no blank left is approved, and a person says that it was sent. */
export async function appeal(clinic: ClaimsClinic, claim: Known): Promise<void> {
  await clinic.decide(claim, 'claim.denied', 'appeal');
  const letter = await clinic.item(claim, 'claim.appeal');
  await clinic.revise(letter, (draft) => ({
    ...draft,
    letter: String(draft['letter']).replaceAll(/\[fill in: [^\]]*\]/g, 'known'),
  }));
  await clinic.decide(claim, 'claim.appeal', 'approve');
  const outcome = { channel: 'fax', at: new Date().toISOString(), confirmation: null };
  await clinic.decide(claim, 'claim.send', 'sent', { outcome });
}

/** The patient pays at the desk what the books say is left to them. */
export async function patientPays(clinic: ClaimsClinic, claim: Known, today: string): Promise<number> {
  const cents = Number((await clinic.books(claim.claim))['patientBalanceCents']);
  const body = {
    key: `payment-of-${claim.number}`.slice(0, 64).replaceAll(/[^0-9A-Za-z-]/g, '-'),
    cents,
    paidOn: today,
  };
  const answer = await clinic.biller.post(`/v1/console/claims/${claim.claim}/payments`, { ...body, method: 'card' });
  if (json(answer)['outcome'] !== 'posted') throw new Error(`The payment was ${JSON.stringify(answer)}.`);
  return cents;
}
