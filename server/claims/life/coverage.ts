// Whether the patient's coverage is still the one a claim was made for.
import type { Claim } from '../../../domain/claim/schema.ts';
import { GaitError } from '../../../domain/errors.ts';
import type { Trx } from '../../database/tables.ts';
import { memberLookup } from '../../imports/rows.ts';
import type { Vault } from '../../vault/vault.ts';
import type { ClaimRow } from '../records.ts';

/**
 * True where the patient's coverage has changed by the last day of service, so that another payer may be the one to bill. A person
 * who has decided since that the claim goes on is not asked again.
 */
export async function isCoverageInDoubt(
  { vault }: { readonly vault: Vault },
  trx: Trx,
  { clinic, ref, service_to: to }: ClaimRow,
  claim: Claim,
): Promise<boolean> {
  const person = claim.patient ?? claim.subscriber;
  const lookup = memberLookup(claim.subscriber.memberId, person.birthDate);
  if (to === null || Object.keys(lookup).length === 0) return false;
  const coverage = await vault.find(clinic, 'coverage', lookup, { trx }).catch((error: unknown) => {
    if (error instanceof GaitError && error.code === 'state.conflict') return null;
    throw error;
  });
  if (coverage === null) return false;
  const changed = await trx
    .selectFrom('patients as p')
    .innerJoin('authorizations as a', 'a.patient', 'p.ref')
    .select('p.coverage_changed_on')
    .where('p.clinic', '=', clinic)
    .where('a.coverage', '=', coverage)
    .whereRef('p.coverage', '<>', 'a.coverage')
    .where('p.coverage_changed_on', '<=', to)
    .limit(1)
    .executeTakeFirst();
  return (
    changed !== undefined &&
    changed.coverage_changed_on !== null &&
    !(await goesOn(trx, ref, changed.coverage_changed_on))
  );
}

async function goesOn(trx: Trx, claim: string, changedOn: string): Promise<boolean> {
  const row = await trx
    .selectFrom('work_item_decisions as d')
    .innerJoin('work_items as w', 'w.id', 'd.work_item')
    .select('d.id')
    .where('w.subject', '=', claim)
    .where('w.kind', '=', 'claim.held')
    .where('d.decision', '=', 'resume')
    // Its workflow looks at the claim before the decision is settled.
    .where('d.state', '<>', 'refused')
    .where('d.at', '>=', new Date(`${changedOn}T00:00:00.000Z`))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
