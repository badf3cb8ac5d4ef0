// A named person lets a finding stand, and says why; the claim stays as it is, and the rule's record keeps it.
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import { claimChanged } from '../claims/life/tellings.ts';
import { claimRow } from '../claims/records.ts';
import type { Db } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import { countsOf } from './findings.ts';
import type { FindingCounts } from './findings.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
}

/** Throws `reference.unknown`, `access.forbidden` for a role whose finding it is not, `state.conflict` where it no longer stands. */
export function overrideFinding(
  { db, now, audit, vault }: Needs,
  clinic: string,
  of: { readonly claim: string; readonly key: string; readonly reason: string },
  by: SessionPrincipal,
): Promise<FindingCounts> {
  const reason = of.reason.trim();
  if (reason === '') throw new GaitError('input.invalid', 'Say why the finding may stand.', { where: 'reason' });
  return db.transaction().execute(async (trx) => {
    await claimRow(trx, clinic, of.claim, true);
    const finding = await trx
      .selectFrom('claim_findings')
      .selectAll()
      .where('claim', '=', of.claim)
      .where('key', '=', of.key)
      .executeTakeFirst();
    if (finding === undefined)
      throw new GaitError('reference.unknown', 'This claim has no such finding.', { where: 'finding' });
    if (!by.roles.some((role) => role === finding.role || role === 'biller'))
      throw new GaitError('access.forbidden', `This finding is for the role ${finding.role}.`, { where: 'finding' });
    if (finding.fixed_at !== null || finding.overridden_at !== null)
      throw new GaitError('state.conflict', 'This finding does not stand any more.', {
        where: 'finding',
        fix: 'Read the claim again.',
      });
    const record = await vault.put(clinic, 'reason', { text: reason }, { trx });
    await trx
      .updateTable('claim_findings')
      .set({ overridden_at: now(), overridden_by: by.user, reason: record })
      .where('claim', '=', of.claim)
      .where('key', '=', of.key)
      .execute();
    await claimChanged(trx, of.claim);
    await audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: 'finding.overridden',
      subject: of.claim,
      purpose: 'claim.scrub',
      rule: finding.rule,
      details: { rule: finding.rule, variant: finding.variant, line: finding.line, severity: finding.severity },
    });
    return countsOf(trx, of.claim);
  });
}
