// Keeps what a payer or a clearinghouse said of a claim: the whole of it in the vault, codes, days and cents for flows.
import { isSentBack } from '../../domain/claim/facts.ts';
import { standingOf } from '../../domain/claim/standing.ts';
import type { AnsweredClaim } from '../../domain/claim/status.ts';
import type { Audit } from '../audit/append.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import { isPayerNumberKnown } from './life/payer-number.ts';
import { claimChanged, leaveWord } from './life/tellings.ts';
import type { ToTell } from './life/tables.ts';

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
    /** Told by whoever was sent the claim (277CA), or answered to a question (277). */
    readonly as: 'acknowledgment' | 'status';
    readonly by: Principal;
  },
): Promise<{ record: string; structure: Readonly<Record<string, unknown>> }> {
  const { clinic, claim, operation, said, raw = null, as, by } = of;
  const record = await needs.vault.put(clinic, 'claimStatus', { claim: said, raw }, { trx });
  const structure = structureOfStatuses(said);
  // A claim whose payer has told its number may be replaced or taken back from now on.
  if (said.payerClaimNumber !== null && !(await isPayerNumberKnown(trx, claim))) await claimChanged(trx, claim);
  await trx
    .insertInto('claim_statuses')
    .values({
      clinic,
      claim,
      record,
      operation,
      sent_back: isSentBack(said),
      payer_number_known: said.payerClaimNumber !== null,
      structure: JSON.stringify(structure),
      at: needs.now(),
    })
    .execute();
  const body = as === 'status' ? statusWord(said) : await acknowledgmentWord(trx, of);
  if (body !== null) await leaveWord(trx, { id: `${as}/${record}`, clinic, claim, body, at: needs.now() });
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

/** The first status counts; null: there is none. */
function statusWord({ statuses }: AnsweredClaim): ToTell | null {
  const [first] = statuses;
  return first === undefined ? null : { what: 'status', standing: standingOf(first.category), codes: codesOf([first]) };
}

/** About the submission that left last: the acknowledgment itself names the claim and not which sending of it. */
async function acknowledgmentWord(
  trx: Trx,
  { clinic, claim, said }: { readonly clinic: string; readonly claim: string; readonly said: AnsweredClaim },
): Promise<ToTell> {
  const sent = await trx
    .selectFrom('effects')
    .select('key')
    .where('clinic', '=', clinic)
    .where('key', 'like', `claim.submit/${claim}/%`)
    .where('sent_at', 'is not', null)
    .orderBy('sent_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const accepted = !isSentBack(said);
  const codes = accepted ? null : codesOf(said.statuses);
  return { what: 'acknowledgment', level: '277CA', accepted, key: sent?.key ?? null, codes };
}

function codesOf(statuses: readonly { readonly category: string; readonly code: string }[]): string {
  return [...new Set(statuses.map(({ category, code }) => `${category} ${code}`.trim()))].join(' ');
}
