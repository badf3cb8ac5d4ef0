// The denial workbench: what payers denied and nobody has settled, with what it means in our own words, the money, and the last day to act.
import type { CodeWords } from '../../domain/x12/code-words.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import { nameIn, openItems } from './claim-facts.ts';

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
}

/** The last day to act in front; claims whose last day nobody told behind, the largest amount in front of them. */
export async function denialList(
  { db, vault }: Needs,
  words: CodeWords,
  clinic: string,
  by: SessionPrincipal,
): Promise<unknown[]> {
  const rows = await db
    .selectFrom('claim_lives as l')
    .innerJoin('claims as c', 'c.ref', 'l.claim')
    .select(['l.claim', 'l.state', 'l.since', 'l.denial', 'c.payer', 'c.service_from', 'c.charge_cents'])
    .where('l.clinic', '=', clinic)
    .where('l.denial', 'is not', null)
    .where('l.state', '<>', 'closed')
    .execute();
  const refs = rows.map(({ claim }) => claim);
  const items = await openItems(db, clinic, refs);
  const opened = await vault.openMany(clinic, refs, {
    purpose: 'claim.denials',
    action: 'claim.denialsListed',
    actor: by,
  });
  const meaning = (table: 'adjustment-reasons' | 'remark-codes', code: string) => {
    const row = words(table, code);
    return { code, meaning: row?.meaning ?? null, fix: row?.fix ?? null };
  };
  return rows
    .flatMap(({ claim, state, since, denial, payer, service_from: from, charge_cents: chargeCents }) => {
      if (denial === null) return [];
      const { class: kind, whatToDo, group, reason, remarks, cents, decideBy } = denial;
      return [
        {
          claimRef: claim,
          patientName: nameIn(opened.get(claim)),
          payer,
          from,
          chargeCents,
          state,
          since: since.toISOString(),
          class: kind,
          whatToDo,
          group,
          reason: meaning('adjustment-reasons', reason),
          remarks: remarks.map((code) => meaning('remark-codes', code)),
          deniedCents: cents,
          decideBy,
          workItem: items.get(claim) ?? null,
        },
      ];
    })
    .sort((one, other) => {
      const [a, b] = [one.decideBy ?? '9999', other.decideBy ?? '9999'];
      return a === b ? other.deniedCents - one.deniedCents : a < b ? -1 : 1;
    });
}
