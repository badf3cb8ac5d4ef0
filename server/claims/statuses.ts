// Keeps what a payer or a clearinghouse said of a claim: the whole of it in the vault, codes, days and cents for flows.
import { isSentBack } from '../../domain/claim/facts.ts';
import type { AnsweredClaim } from '../../domain/claim/status.ts';
import type { Audit } from '../audit/append.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';

interface Needs {
  readonly audit: Audit;
  readonly vault: Vault;
  readonly now: () => Date;
}

/** What a flow may see of a claim's statuses: the first of them in front, as a payer puts the one that counts. */
export function structureOfStatuses({ statuses }: Pick<AnsweredClaim, 'statuses'>): Readonly<Record<string, unknown>> {
  const told = statuses.map(({ category, code, entity, effectiveOn, chargeCents, paidCents, paidOn }) => ({
    category,
    code,
    entity,
    effectiveOn,
    chargeCents,
    paidCents,
    paidOn,
  }));
  const [first] = told;
  return { ...first, statuses: told };
}

/** Returns the reference of what was kept. `record`: where the whole answer lies already. */
export async function keepStatus(
  needs: Needs,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly claim: string;
    readonly operation: string;
    readonly said: AnsweredClaim;
    readonly raw?: unknown;
    readonly by: Principal;
  },
): Promise<{ record: string; structure: Readonly<Record<string, unknown>> }> {
  const { clinic, claim, operation, said, raw = null, by } = of;
  const record = await needs.vault.put(clinic, 'claimStatus', { claim: said, raw }, { trx });
  const structure = structureOfStatuses(said);
  await trx
    .insertInto('claim_statuses')
    .values({
      clinic,
      claim,
      record,
      operation,
      sent_back: isSentBack(said),
      structure: JSON.stringify(structure),
      at: needs.now(),
    })
    .execute();
  const details = { category: said.statuses[0]?.category ?? null, answer: record };
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(by),
    action: 'claim.statusRead',
    subject: claim,
    purpose: operation,
    details,
  });
  return { record, structure };
}
