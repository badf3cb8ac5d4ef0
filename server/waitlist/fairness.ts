// Whether offers reach everybody alike: the ledgers of past slots with what is known of each patient today; counts only, small cells hidden.
import { ruleOn } from '../../domain/dated-rows.ts';
import { equity } from '../../domain/waitlist/equity.ts';
import type { EquityLine, EquityReport } from '../../domain/waitlist/equity.ts';
import { ledger } from '../../domain/waitlist/ledger.ts';
import type { Db } from '../database/tables.ts';
import type { WaitlistNeeds } from './needs.ts';

const usualDays = 180;

/** Every slot opened since the day; half a year unless said otherwise. */
export async function fairness(
  needs: WaitlistNeeds,
  clinic: string,
  of: { readonly from?: string },
): Promise<EquityReport & { readonly from: string; readonly slots: number }> {
  const { db } = needs;
  const today = needs.now().toISOString().slice(0, 10);
  const from = of.from ?? new Date(needs.now().getTime() - usualDays * 86_400_000).toISOString().slice(0, 10);
  const rows = await db
    .selectFrom('freed_slots')
    .select(['ref', 'ranking', 'state'])
    .where('clinic', '=', clinic)
    .where('opened_at', '>=', new Date(`${from}T00:00:00Z`))
    .execute();
  const told = rows.flatMap(({ ref, ranking, state }) =>
    ledger(ranking, state).map((line) => ({ slot: ref, ...line })),
  );
  const patients = [...new Set(told.map(({ patient }) => patient))];
  const knownOf = await whatIsKnown(needs, clinic, patients, today);
  const carried = await channelsOfOffers(db, clinic, from);
  const lines = told.map(({ slot, entry, patient, eligible, offer }): EquityLine => {
    const known = knownOf.get(patient);
    return {
      patient,
      eligible: eligible === 'yes' || offer !== null,
      outcome: offer?.outcome ?? null,
      channel: carried.get(`${slot} ${entry}`) ?? known?.channel ?? null,
      language: known?.language ?? null,
      payerClass: known?.payerClass ?? null,
    };
  });
  const { smallCell } = ruleOn(needs.waitlistRules, today).equity;
  return { from, slots: rows.length, ...equity(lines, smallCell) };
}

/** By which channel an offer left. */
async function channelsOfOffers(db: Db, clinic: string, from: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('slot_offers as o')
    .innerJoin('messages as m', 'm.ref', 'o.message')
    .select(['o.slot', 'o.entry', 'm.ways'])
    .where('o.clinic', '=', clinic)
    .where('o.at', '>=', new Date(`${from}T00:00:00Z`))
    .execute();
  return new Map(
    rows.flatMap(({ slot, entry, ways }): [string, string][] => {
      const left = ways.find(({ state }) => state === 'delivered' || state === 'sent');
      return left === undefined ? [] : [[`${slot} ${entry}`, left.channel]];
    }),
  );
}

/** What the patient said of channel and language, and the class of the payer; null is unknown. */
async function whatIsKnown(needs: WaitlistNeeds, clinic: string, patients: readonly string[], today: string) {
  if (patients.length === 0) return new Map<string, never>();
  const rows = await needs.db
    .selectFrom('patients as p')
    .leftJoin('contact_preferences as c', 'c.patient', 'p.ref')
    .select(['p.ref', 'p.payer', 'c.channels', 'c.language'])
    .where('p.clinic', '=', clinic)
    .where('p.ref', 'in', patients)
    .execute();
  const classes = new Map<string, string | null>();
  for (const payer of new Set(rows.flatMap(({ payer: one }) => one ?? []))) {
    const line = await needs.policies.lineOfBusiness(needs.db, clinic, payer, today);
    classes.set(payer, line === 'unknown' ? null : line);
  }
  return new Map(
    rows.map(({ ref, payer, channels, language }) => [
      ref,
      {
        channel: channels?.[0] ?? null,
        language,
        payerClass: payer === null ? null : (classes.get(payer) ?? null),
      },
    ]),
  );
}
