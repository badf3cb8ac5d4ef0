// The ledger of what patients agreed to: every word is kept, the latest about each category and channel holds.
import type { ConsentEntry, ConsentSource } from '../../domain/outreach/consent.ts';
import { dateInZone } from '../../domain/calendar.ts';
import { inForceOn } from '../../domain/dated-rows.ts';
import type { Category, Channel } from '../../domain/outreach/words.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { clinicOf } from './needs.ts';
import type { MessageNeeds } from './needs.ts';

type LedgerNeeds = Pick<MessageNeeds, 'now' | 'audit' | 'outreach'>;

export interface Word {
  readonly clinic: string;
  readonly patient: string;
  readonly state: ConsentEntry['state'];
  readonly categories: readonly Category[] | null;
  readonly channels: readonly Channel[] | null;
  readonly source: ConsentSource;
  readonly by: Principal;
  /** Vault reference of how it is known; left out where a reply, a link or a vendor said it. */
  readonly evidence?: string | null;
}

/** Writes down one word of a patient; who is waiting to be sent to is weighed anew. */
export async function writeConsent({ now, audit }: LedgerNeeds, trx: Trx, word: Word): Promise<void> {
  const { clinic, patient, state, categories, channels, source, by, evidence = null } = word;
  await trx
    .insertInto('message_consents')
    .values({
      clinic,
      patient,
      state,
      categories: categories === null ? null : [...categories],
      channels: channels === null ? null : [...channels],
      source,
      by_actor: actorOf(by),
      at: now(),
      evidence,
    })
    .execute();
  await trx
    .updateTable('messages')
    .set((eb) => ({ changes: eb('changes', '+', 1), updated_at: now() }))
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .where('state', '=', 'open')
    .execute();
  await audit.append(trx, {
    clinic,
    actor: actorOf(by),
    action: state === 'granted' ? 'consent.granted' : 'consent.revoked',
    subject: patient,
    purpose: `outreach.${source}`,
    details: { categories: categories ?? 'all', channels: channels ?? 'all' },
  });
}

/** What STOP ends: as much as the rule of the day says, for everybody who is reached there. Returns the rule's id. */
export async function revoke(
  needs: LedgerNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly patients: readonly string[];
    readonly channel: Channel;
    readonly source: ConsentSource;
    readonly by: Principal;
  },
): Promise<string | null> {
  const { clinic, patients, channel, source, by } = of;
  const { zone } = await clinicOf(trx, clinic);
  const day = dateInZone(needs.now().toISOString(), zone);
  const rule = inForceOn(needs.outreach.rules.revocationScope, day)[0];
  const own: readonly Channel[] = channel === 'email' ? ['email'] : ['text', 'voice'];
  const channels = rule?.scope === 'everything' ? null : own;
  for (const patient of patients)
    await writeConsent(needs, trx, { clinic, patient, state: 'revoked', categories: null, channels, source, by });
  return rule?.id ?? null;
}
